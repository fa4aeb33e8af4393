"""Whether addresses of other sites answer.

Politely: remembered, one request a host at a time, HEAD before GET. A private address is never
visited: the host is looked up once, and the connection goes to the address that was judged. Every
redirect is judged anew.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import msgspec

from sitegen import __version__
from sitegen.base.files import write_whole
from sitegen.base.networks import is_public
from sitegen.base.progress import Progress
from sitegen.check.model import Facts, Finding
from sitegen.model.base import Struct

HOSTS = 8  # hosts asked at once
PAUSE = 1.0  # seconds between two requests to one host
TIMEOUT = 10.0  # seconds for each step of a request
DEADLINE = 30.0  # seconds for a whole one
MAX_HOPS = 5
DAY = 86_400.0
GOOD_FOR = 7 * DAY
BAD_FOR = DAY
PASSING_FOR = DAY / 24  # what may be mended soon: no answer, or a fault of the server
REACHED = frozenset(
    [401, 403, 405, 406, 418, 429, 451, 999]
)  # the page may be there, but not for us
_MOVED = frozenset([301, 308])
_SIGNS = "/%:@!$&'()*+,;=~-._?"  # may stand in an address as they are
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_MUTE = "does not answer"
_NO_HOST = "leads to a host that is not found"
_OFFLINE = 3  # hosts none of which is found: then it is not they who are away


class Answer(Struct, frozen=True):
    """What an address answered at a moment: the status, where permanent redirects lead, or why
    there is no answer."""

    at: float
    status: int = 0
    final: str = ""
    wrong: str = ""

    @property
    def broken(self) -> bool:
        """Whether a reader who follows the link meets an error."""
        return bool(self.wrong) or (self.status >= 400 and self.status not in REACHED)

    @property
    def passing(self) -> bool:
        """Whether it may be another answer soon."""
        return self.status >= 500 or self.wrong.startswith(_MUTE)

    @property
    def lasts(self) -> float:
        """Seconds for which it need not be asked for again."""
        return GOOD_FOR if not self.broken else PASSING_FOR if self.passing else BAD_FOR


class RequestRefused(Exception):
    """An address that is not visited, or that does not answer; the text says why."""


def external_links(facts: Facts) -> dict[str, list[tuple[str, str]]]:
    """Every address outside the site, with the articles and keys that lead to it."""
    own = urlsplit(facts.config.base_url).netloc
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for document in facts.shown:
        text = facts.texts.get(document.path)
        places = (
            [(href, "") for href in (*text.links, *(src for src, _ in text.pictures))]
            if text
            else []
        )
        places += [
            (document.source.url, "source"),
            (document.canonical, "canonical"),
            *((p.url, "authors") for p in document.authors),
        ]
        places += [(document.image.src, "image")] if document.image else []
        for href, key in places:
            address = href.partition("#")[0]
            if address.startswith(("http://", "https://")) and urlsplit(address).netloc != own:
                found[address].setdefault((document.path, key))
    return {address: list(places) for address, places in sorted(found.items())}


def external(
    facts: Facts, cache: Path, progress: Progress, private: bool = False
) -> Iterator[Finding]:
    """Links to other sites that are broken or have moved, each told at the first article that has
    it."""
    links = external_links(facts)
    answers = ask_all(links, cache, facts.now, progress, private)
    if unknown := len(links) - len(answers):
        hint = "connect it, and check again; nothing was remembered"
        message = (
            f"none of {unknown} addresses of other sites could be asked for: this machine seems to"
            " be offline"
        )
        yield Finding("link-external", message, help=hint)
    for address, places in links.items():
        if not (answer := answers.get(address)):
            continue
        path, key = places[0]
        more = f" ({len(places)} articles have it)" if len(places) > 1 else ""
        if answer.broken:
            moved = f"has moved to `{answer.final}`, which " if answer.final else ""
            message = f"`{address}` {moved}{answer.wrong or f'answers {answer.status}'}{more}"
            yield Finding("link-external", message, path, key, address, _advice(answer))
        elif answer.final:
            yield Finding(
                "link-redirect",
                f"`{address}` has moved for good{more}",
                path,
                key,
                address,
                f"write `{answer.final}`",
            )


def _advice(answer: Answer) -> str:
    if answer.passing:
        return (
            "this may pass: look at it again in an hour, and if it stays correct or remove the link"
        )
    return (
        "it is gone for good: remove the link"
        if answer.status == 410
        else "correct or remove the link"
    )


def ask_all(
    addresses: Iterable[str], cache: Path, now: float, progress: Progress, private: bool = False
) -> dict[str, Answer]:
    """An answer for each address: a recent one from the file ``cache``, else a new one; none where
    this machine is offline."""
    known = _read(cache)
    wanted = list(addresses)
    fresh = [a for a in wanted if a not in known or not 0 <= now - known[a].at <= known[a].lasts]
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in fresh:
        hosts[urlsplit(address).netloc.lower()].append(address)
    done = 0
    lock, stop = threading.Lock(), threading.Event()

    def ask_host(mine: list[str]) -> None:
        nonlocal done
        answer = None
        for address in mine:
            if (
                not answer or answer.wrong != _NO_HOST
            ):  # which the others of this host would be told, too
                if answer and stop.wait(PAUSE):
                    return
                answer = visit(address, now, private)
            with lock:
                known[address] = answer
                done += 1
                progress("asking other sites", done, len(fresh))

    pool = ThreadPoolExecutor(HOSTS)
    try:
        list(pool.map(ask_host, hosts.values()))
    finally:  # what was learnt before an interruption counts
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
        with lock:
            if len(hosts) >= _OFFLINE and all(
                known[a].wrong == _NO_HOST for a in fresh if a in known
            ):
                known = {a: answer for a, answer in known.items() if a not in fresh}
            elif fresh:
                write_whole(
                    cache, msgspec.json.format(msgspec.json.encode(known, order="sorted"), indent=1)
                )
    return {a: known[a] for a in wanted if a in known}


def _read(cache: Path) -> dict[str, Answer]:
    try:
        return msgspec.json.decode(cache.read_bytes(), type=dict[str, Answer])
    except (OSError, msgspec.DecodeError):
        return {}


def visit(address: str, now: float, private: bool = False) -> Answer:
    """What ``address`` answers, redirects followed.

    Never raises.
    """
    here, final, lasting = address, "", True
    try:
        for _ in range(MAX_HOPS + 1):
            status, location = _asked(here, private)
            if status not in _REDIRECTS:
                return Answer(now, status, final if final != address else "")
            if not location:
                raise RequestRefused("redirects to nowhere")
            here = urljoin(here, location)
            lasting = lasting and status in _MOVED
            final = here if lasting else final
        raise RequestRefused(f"redirects more than {MAX_HOPS} times")
    except RequestRefused as error:
        return Answer(
            now,
            final=final if final != address and "redirects" not in str(error) else "",
            wrong=str(error),
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(now, final=final if final != address else "", wrong=_told(error))


def _asked(address: str, private: bool) -> tuple[int, str]:
    """Status and `Location`.

    Many servers answer HEAD wrongly or not at all: GET has the last word.
    """
    try:
        status, location = _request("HEAD", address, private)
        if status < 400:
            return status, location
    except (ConnectionRefusedError, ssl.SSLError):
        raise
    except (OSError, http.client.HTTPException):
        pass
    return _request("GET", address, private)


def _told(error: Exception) -> str:
    """A failure in words; what the other side said is not repeated, as anything can stand in it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"has a certificate that does not hold: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "does not answer over a safe connection (TLS)"
    if isinstance(error, TimeoutError):
        return f"{_MUTE} within {TIMEOUT:.0f} seconds"
    if isinstance(error, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)):
        return f"{_MUTE}: it closes the connection"
    if isinstance(error, http.client.HTTPException):
        return "does not speak HTTP"
    if isinstance(error, OSError) and error.strerror:
        return f"{_MUTE}: {error.strerror.lower()}"
    return "is no address that can be asked for"


def _request(method: str, address: str, private: bool) -> tuple[int, str]:
    """Status and `Location` of one request."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RequestRefused(f"leads to an address that is not visited: `{address[:80]}`")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=TIMEOUT)
    sock = socket.create_connection(judged_address(parts.hostname, port, private), TIMEOUT)
    timer = threading.Timer(DEADLINE, _cut, (sock,))
    timer.daemon = True
    timer.start()
    try:
        if secure:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
        connection.sock = sock
        target = quote(parts.path or "/", safe=_SIGNS) + (
            f"?{quote(parts.query, safe=_SIGNS)}" if parts.query else ""
        )
        headers = {
            "User-Agent": f"sitegen/{__version__} (link check)",
            "Accept": "*/*",
            "Connection": "close",
        }
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        return response.status, response.getheader("Location") or ""
    finally:
        timer.cancel()
        connection.close()
        sock.close()


def _cut(sock: socket.socket) -> None:
    """End a connection that takes too long, so that a reader of it wakes up."""
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def judged_address(host: str, port: int, private: bool = False) -> tuple[str, int]:
    """The network address to connect to for ``host``.

    Raises Refused where the host is not found or any of its addresses is not a public one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RequestRefused(_NO_HOST) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not private and not all(is_public(address) for address in addresses):
        raise RequestRefused("leads to an address that is not public, and was not visited")
    return addresses[0], port
