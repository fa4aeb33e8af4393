"""Pages, feeds and images from the network: politely, bounded, and from public addresses only.

Each host is looked up once, every address it has is judged, and the connection goes to the one that
was judged; every redirect is judged again. robots.txt is obeyed, a host is asked one thing at a
time with a pause, and what has not changed since it was last imported is not sent again.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import msgspec

from sitegen import __version__
from sitegen.base.diagnostics import in_words
from sitegen.base.files import write_whole
from sitegen.base.networks import is_public
from sitegen.base.progress import Progress, silent
from sitegen.base.secrets import hidden
from sitegen.base.text import digest
from sitegen.importer.detect import recode
from sitegen.model.base import Struct

HOSTS = 64  # hosts asked at once
PAUSE = 1.0  # seconds between two requests to one host
MAX_PAUSE = 30.0  # of what a robots.txt may ask for
TIMEOUT = 15.0  # seconds for each step of a request
DEADLINE = 60.0  # seconds for a whole one
_LATE = f"takes longer than {DEADLINE:.0f} seconds"
MAX_HOPS = 5
MAX_SIZE = 32 * 1024 * 1024
MAX_ROBOTS = 512 * 1024
MAX_RULES = 5_000
_SECONDS = re.compile(r"\d{1,4}(?:\.\d{1,3})?")  # of a pause
_SIGNS = "/%:@!$&'()*+,;=~-._?"
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_FOR_GOOD = (301, 308)
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{2,40})", re.I)


class FetchRefused(Exception):
    """Something that is not fetched, or that does not answer as it should; the text says why."""


class FetchedPage(Struct, frozen=True):
    """What a URL answered.

    ``data`` is UTF-8 where the answer named another charset. ``moved`` is where the URL has moved
    for good, ``retry_after`` for how many seconds the server asks to be left alone.
    """

    url: str
    data: bytes = b""
    unchanged: bool = False
    reason: str = ""
    etag: str = ""
    modified: str = ""
    status: int = 0
    moved: str = ""
    retry_after: float = 0.0


class SeenResponse(Struct, frozen=True):
    """What is remembered of a URL whose content has been imported; ``rules`` is a digest of those
    that its items were judged by."""

    etag: str = ""
    modified: str = ""
    rules: str = ""


class _Answer(Struct, frozen=True):
    status: int
    headers: dict[str, str]
    data: bytes


class Rules(Struct, frozen=True):
    """What a robots.txt says to us (RFC 9309): rules as (allowed, pattern), and the pause it asks
    for."""

    rules: tuple[tuple[bool, str], ...] = ()
    pause: float = PAUSE
    why: str = ""  # it closes all, where it is not the file that says so

    def allow(self, path: str) -> bool:
        """Whether ``path`` may be fetched: the longest rule that fits decides, and for two of one
        length the allowing one."""
        best = max(((len(p), ok) for ok, p in self.rules if p and fits(path, p)), default=(0, True))
        return best[1]


class Fetcher:
    """Fetches URLs and remembers, between runs, how to ask whether they have changed."""

    def __init__(
        self,
        cache: Path,
        contact: str = "",
        private: bool = False,
        fresh: bool = False,
        pause: float = PAUSE,
    ) -> None:
        self.cache, self.private, self.pause = cache, private, pause
        self.agent = f"sitegen/{__version__}" + (f" (+{contact})" if contact else "")
        self.seen = {} if fresh else _remembered(cache / "fetch.json")
        self._robots: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._asked: dict[str, float] = {}
        self._guard = threading.Lock()

    def pages(
        self, addresses: Iterable[str], progress: Progress = silent
    ) -> dict[str, FetchedPage]:
        """What each URL answers; many hosts are asked at once, each one thing at a time."""
        return {a: future.result() for a, future in self.begin(addresses, progress).items()}

    def begin(
        self,
        addresses: Iterable[str],
        progress: Progress = silent,
        rules: Mapping[str, str] | None = None,
    ) -> dict[str, Future[FetchedPage]]:
        """Ask for the URLs as `pages` does, without waiting for the answers.

        ``rules`` has the digests of the rules for what a URL holds: with other rules than at the
        last time, its content is asked for also if it has not changed.
        """
        answers: dict[str, Future[FetchedPage]] = {a: Future() for a in addresses}
        hosts: dict[str, list[str]] = defaultdict(list)
        for address in answers:
            hosts[_netloc(address)].append(address)

        def ask(mine: list[str]) -> None:
            for address in mine:
                try:
                    answers[address].set_result(self.page(address, (rules or {}).get(address, "")))
                except Exception as error:  # noqa: BLE001
                    answers[address].set_exception(error)  # nobody waits for ever
                with self._guard:
                    done = sum(answer.done() for answer in answers.values())
                    progress("fetching", done, len(answers))

        pool = ThreadPoolExecutor(min(HOSTS, max(1, len(hosts))))
        for mine in hosts.values():
            pool.submit(ask, mine)
        pool.shutdown(wait=False)
        return answers

    def page(self, address: str, rules: str = "") -> FetchedPage:
        """What one URL answers.

        Never raises: ``reason`` says why there is no content.
        """
        seen = self.seen.get(_key(address), SeenResponse())
        seen = seen if seen.rules == rules else SeenResponse()
        asked = {
            k: v
            for k, v in (("If-None-Match", seen.etag), ("If-Modified-Since", seen.modified))
            if v
        }
        try:
            url, answer, moved = self._follow(address, asked, MAX_SIZE)
        except FetchRefused as error:
            return FetchedPage(address, reason=str(error))
        if answer.status == 304:
            return FetchedPage(url, unchanged=True, status=304, moved=moved)
        if answer.status != 200:
            return FetchedPage(
                url,
                reason=f"answers {answer.status}",
                status=answer.status,
                retry_after=retry_after(answer.headers),
            )
        match = _CHARSET.search(answer.headers.get("content-type", ""))
        data = recode(answer.data, match[1] if match else "")
        return FetchedPage(
            url,
            data,
            etag=answer.headers.get("etag", "")[:500],
            modified=answer.headers.get("last-modified", "")[:100],
            status=200,
            moved=moved,
        )

    def picture(self, address: str) -> bytes | None:
        """The bytes of an image; those fetched once are kept, as a repeated import needs them
        again."""
        kept = self.cache / "pictures" / _key(address)
        with contextlib.suppress(OSError):
            return kept.read_bytes()
        try:
            _, answer, _ = self._follow(address, {}, MAX_SIZE)
        except FetchRefused:
            return None
        if answer.status != 200 or not answer.data:
            return None
        write_whole(kept, answer.data)
        return answer.data

    def remember(self, address: str, page: FetchedPage, rules: str = "") -> None:
        """Note that what ``page`` holds has been imported, by these rules."""
        if page.etag or page.modified:
            self.seen[_key(address)] = SeenResponse(page.etag, page.modified, rules)

    def save(self) -> None:
        """Keep what is remembered for the next run."""
        write_whole(
            self.cache / "fetch.json",
            msgspec.json.format(msgspec.json.encode(self.seen, order="sorted"), indent=1),
        )

    # -- one request

    def _follow(
        self, address: str, headers: dict[str, str], limit: int
    ) -> tuple[str, _Answer, str]:
        """Where a URL leads, what is answered there, and where it has moved for good."""
        here, moved, for_good = checked(address), "", True
        for _ in range(MAX_HOPS + 1):
            rules = self._rules(here)
            if not rules.allow(_target(here)):
                raise FetchRefused(
                    rules.why or "is closed to programs by the robots.txt of its site"
                )
            answer = self._ask(here, headers, limit)
            location = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not location:
                return here, answer, moved
            here = checked(urljoin(here, location[:4000]))
            for_good = for_good and answer.status in _FOR_GOOD
            moved = here if for_good else moved
        raise FetchRefused(f"redirects more than {MAX_HOPS} times")

    def _rules(self, address: str) -> Rules:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc.lower()}"
        if origin not in self._robots:
            self._robots[origin] = self._read_rules(f"{origin}/robots.txt")
        return self._robots[origin]

    def _read_rules(self, address: str) -> Rules:
        """RFC 9309: no file, all is open; a server that fails, all is closed."""
        here = address
        try:
            for _ in range(MAX_HOPS + 1):
                answer = self._ask(here, {}, MAX_ROBOTS, cut=True)
                if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                    break
                here = checked(urljoin(here, answer.headers["location"][:4000]))
        except FetchRefused as error:
            if "not found" in str(error) or "private" in str(error):
                raise
            return Rules(((False, "/"),), why=str(error))
        if answer.status >= 500:
            why = (
                f"is not visited: the robots.txt of its site answers {answer.status}, so its rules"
                " are not known"
            )
            return Rules(((False, "/"),), why=why)
        return (
            read_robots(answer.data, self.pause)
            if answer.status == 200
            else Rules(pause=self.pause)
        )

    def _ask(self, address: str, headers: dict[str, str], limit: int, cut: bool = False) -> _Answer:
        host = _netloc(address)
        with self._guard:
            lock = self._locks[host]
        with lock:
            rules = self._robots.get(f"{urlsplit(address).scheme}://{host}")
            wait = (
                self._asked.get(host, -1e9)
                + (rules.pause if rules else self.pause)
                - time.monotonic()
            )
            if wait > 0:
                time.sleep(min(wait, MAX_PAUSE))
            try:
                return _request(
                    address, {"User-Agent": self.agent, **headers}, limit, self.private, cut
                )
            except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
                raise FetchRefused(f"does not answer: {_said(error)}") from None
            finally:
                self._asked[host] = time.monotonic()


def retry_after(headers: Mapping[str, str]) -> float:
    """How many seconds `Retry-After` asks for (RFC 9110, 10.2.3); 0 where it does not. A date is
    compared with that of the answer, as clocks differ."""
    said = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", said):
        return float(said)
    try:
        until, now = (parsedate_to_datetime(text) for text in (said, headers.get("date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _said(error: Exception) -> str:
    """Why a connection failed, in words: never the name of an exception."""
    if isinstance(error, http.client.IncompleteRead):
        return "the connection broke off"
    if isinstance(error, http.client.HTTPException):
        return "what it sent is not HTTP"
    return in_words(error)


def checked(address: str) -> str:
    """``address`` without its fragment.

    Raises Refused where it is not http(s), or carries a name and password.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise FetchRefused("is not a valid URL") from None
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or re.search(r"[\s\\<>\"]", address.strip())
    ):
        raise FetchRefused(f"leads to a URL that is not visited: `{hidden(address)[:80]}`")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("carries a name and password, which is not supported")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return urlunsplit(
        (parts.scheme, host + (f":{port}" if port else ""), parts.path or "/", parts.query, "")
    )


def judged_address(host: str, port: int, private: bool = False) -> tuple[str, int]:
    """The network address to connect to for ``host``.

    Raises Refused where the host is not found, or where any of its addresses is not a public one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchRefused("leads to a host that is not found") from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not private and not all(is_public(a) for a in addresses):
        raise FetchRefused("leads to a private address, which is not visited (see --allow-private)")
    return addresses[0], port


def _request(
    address: str, headers: dict[str, str], limit: int, private: bool, cut: bool
) -> _Answer:
    """One request to the address that was judged, its answer unpacked up to ``limit`` bytes."""
    parts = urlsplit(address)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    sock = socket.create_connection(judged_address(host, port, private), TIMEOUT)
    timer = threading.Timer(DEADLINE, _end, (sock,))
    timer.daemon = True
    timer.start()
    try:
        if secure:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection.sock = sock
        asked = {"Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close", **headers}
        connection.request("GET", _target(address), headers=asked)
        response = connection.getresponse()
        answered = {k.lower(): v for k, v in response.getheaders()}
        data = (
            b""
            if response.status in _REDIRECTS or response.status == 304
            else _read(response, answered, limit, cut)
        )
        return _Answer(response.status, answered, data)
    finally:
        timer.cancel()
        connection.close()
        sock.close()


def _read(
    response: http.client.HTTPResponse, headers: dict[str, str], limit: int, cut: bool
) -> bytes:
    """The body, unpacked piece by piece, so that a small answer cannot become a large one
    unseen."""
    unpack = _unpacker(headers.get("content-encoding", "").strip().lower())
    out, size, start = [], 0, time.monotonic()
    while piece := response.read(65536):
        if unpack is not None:
            piece = unpack.decompress(piece, limit + 1 - size)
        out.append(piece)
        size += len(piece)
        if size > limit and cut:
            return b"".join(out)[:limit]
        if size > limit:
            raise FetchRefused(f"sends more than {limit // 1048576} MiB")
        if time.monotonic() - start > DEADLINE:
            raise FetchRefused(_LATE)
    is_cut_off = unpack is not None and out and not unpack.eof
    if response.length or is_cut_off:
        is_late = time.monotonic() - start > DEADLINE - TIMEOUT  # which ended the connection
        raise FetchRefused(_LATE if is_late else "broke off before all of it was here")
    return b"".join(out)


def _unpacker(encoding: str) -> zlib._Decompress | None:
    """What unpacks an answer in ``encoding``; None for one that is as it is."""
    if encoding in ("", "identity"):
        return None
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchRefused(f"answers in the encoding `{encoding[:30]}`, which was not asked for")
    return zlib.decompressobj(zlib.MAX_WBITS | 32)


def _end(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _netloc(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _target(address: str) -> str:
    parts = urlsplit(address)
    return quote(parts.path or "/", safe=_SIGNS) + (
        f"?{quote(parts.query, safe=_SIGNS)}" if parts.query else ""
    )


def _key(address: str) -> str:
    """What an address is remembered by: it may hold the key of a subscriber, and the memory may
    end up in a backup."""
    return digest(address.encode("utf-8", "surrogatepass"))


def _remembered(path: Path) -> dict[str, SeenResponse]:
    try:
        seen = msgspec.json.decode(path.read_bytes(), type=dict[str, SeenResponse])
    except (OSError, msgspec.DecodeError):
        return {}
    return {key: answer for key, answer in seen.items() if "/" not in key}  # once by address


# robots.txt ----------------------------------------------------------------------------------


def read_robots(data: bytes, pause: float = PAUSE) -> Rules:
    """The rules for `sitegen`, or else those for everyone."""
    groups: dict[str, _RobotsGroup] = {}
    current: list[_RobotsGroup] = []
    is_head = False
    for key, value in _robots_lines(data):
        if key != "user-agent":
            is_head = False
            for group in current:
                group.take(key, value)
            continue
        if not is_head:
            current, is_head = [], True
        current.append(groups.setdefault(value.lower(), _RobotsGroup()))
    name = next((name for name in groups if name and name in "sitegen"), "*")
    mine = groups.get(name, _RobotsGroup())
    return Rules(tuple(mine.rules), max(pause, mine.pause))


def _robots_lines(data: bytes) -> Iterator[tuple[str, str]]:
    """(key, value) of the lines of a robots.txt, without comments."""
    for row in data.decode("utf-8", "replace").splitlines()[:50_000]:
        key, colon, value = row.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


@dataclass
class _RobotsGroup:
    """What a robots.txt says to the programs of one name so far."""

    rules: list[tuple[bool, str]] = field(default_factory=list)
    pause: float = 0.0

    def take(self, key: str, value: str) -> None:
        if key in ("allow", "disallow") and len(self.rules) < MAX_RULES:
            self.rules.append((key == "allow", value))
        elif key == "crawl-delay" and _SECONDS.fullmatch(value):
            self.pause = min(float(value), MAX_PAUSE)


def fits(path: str, pattern: str) -> bool:
    """Whether ``pattern`` (`*` for anything, `$` for the end) fits the beginning of ``path``.

    Takes linear time.
    """
    whole = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for number, part in enumerate(parts[1:], 1):
        if whole and number == len(parts) - 1:
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not whole or len(parts) > 1 or at == len(path)
