"""Whether URLs of other sites answer.

Politely: answers are cached, one request per host at a time, HEAD before GET. A private address is
never requested: the host is looked up once, and the connection goes to the address that was
checked. Every redirect is checked again.
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
DEADLINE = 30.0  # seconds for a request
MAX_HOPS = 5
DAY = 86_400.0
GOOD_FOR = 7 * DAY
BAD_FOR = DAY
PASSING_FOR = DAY / 24  # what may be fixed soon: no answer, or a failure of the server
REACHED = frozenset(
    [401, 403, 405, 406, 418, 429, 451, 999]
)  # the page may exist, but not for a program
_MOVED = frozenset([301, 308])
_SIGNS = "/%:@!$&'()*+,;=~-._?"  # allowed in a URL without escapes
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_MUTE = "does not answer"
_NO_HOST = "leads to a host that does not exist"
_OFFLINE = 3  # if as many hosts and all others are unknown, this machine is offline


class Answer(Struct, frozen=True):
    """The answer of a URL at a moment: the status, the target of permanent redirects, or why it
    gave none."""

    at: float
    status: int = 0
    final: str = ""
    wrong: str = ""

    @property
    def broken(self) -> bool:
        """Whether a reader who follows the link sees an error."""
        return bool(self.wrong) or (self.status >= 400 and self.status not in REACHED)

    @property
    def passing(self) -> bool:
        """Whether the answer may be different soon."""
        return self.status >= 500 or self.wrong.startswith(_MUTE)

    @property
    def lasts(self) -> float:
        """Seconds for which the answer is kept."""
        return GOOD_FOR if not self.broken else PASSING_FOR if self.passing else BAD_FOR


class RequestRefused(Exception):
    """A URL that is not requested, or that does not answer; the text says why."""


def external_links(facts: Facts) -> dict[str, list[tuple[str, str]]]:
    """Every URL outside the site, with the articles and keys that lead to it."""
    own = urlsplit(facts.config.base_url).netloc
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for document in facts.shown:
        text = facts.texts.get(document.path)
        places = (
            [(href, "") for href in (*text.links, *(src for src, _ in text.images))] if text else []
        )
        places += [
            (document.source.url, "source"),
            (document.canonical, "canonical"),
            *((p.url, "authors") for p in document.authors),
        ]
        places += [(document.image.src, "image")] if document.image else []
        for href, key in places:
            url = href.partition("#")[0]
            if url.startswith(("http://", "https://")) and urlsplit(url).netloc != own:
                found[url].setdefault((document.path, key))
    return {url: list(places) for url, places in sorted(found.items())}


def external(
    facts: Facts, cache: Path, progress: Progress, private: bool = False
) -> Iterator[Finding]:
    """Links to other sites that are broken or have moved, each at the first article that has it."""
    links = external_links(facts)
    answers = ask_all(links, cache, facts.now, progress, private)
    if unknown := len(links) - len(answers):
        hint = "connect it and check again; no answer was cached"
        message = (
            f"none of {unknown} URLs of other sites could be requested: this machine seems to"
            " be offline"
        )
        yield Finding("link-external", message, help=hint)
    for url, places in links.items():
        if not (answer := answers.get(url)):
            continue
        path, key = places[0]
        more = f" ({len(places)} articles have it)" if len(places) > 1 else ""
        if answer.broken:
            moved = f"has moved to `{answer.final}`, which " if answer.final else ""
            message = f"`{url}` {moved}{answer.wrong or f'answers {answer.status}'}{more}"
            yield Finding("link-external", message, path, key, url, _advice(answer))
        elif answer.final:
            yield Finding(
                "link-redirect",
                f"`{url}` has moved permanently{more}",
                path,
                key,
                url,
                f"write `{answer.final}`",
            )


def _advice(answer: Answer) -> str:
    if answer.passing:
        return "this may be temporary: check again in an hour, then correct or remove the link"
    return (
        "it was removed permanently: remove the link"
        if answer.status == 410
        else "correct or remove the link"
    )


def ask_all(
    urls: Iterable[str], cache: Path, now: float, progress: Progress, private: bool = False
) -> dict[str, Answer]:
    """An answer for each URL: a recent one from the file ``cache``, else a new one; none if this
    machine is offline."""
    known = _read(cache)
    wanted = list(urls)
    fresh = [a for a in wanted if a not in known or not 0 <= now - known[a].at <= known[a].lasts]
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in fresh:
        hosts[urlsplit(url).netloc.lower()].append(url)
    done = 0
    lock, stop = threading.Lock(), threading.Event()

    def ask_host(mine: list[str]) -> None:
        nonlocal done
        answer = None
        for url in mine:
            unknown_host = answer and answer.wrong == _NO_HOST  # the same for its other URLs
            if not answer or not unknown_host:
                if answer and stop.wait(PAUSE):
                    return
                answer = visit(url, now, private)
            with lock:
                known[url] = answer
                done += 1
                progress("asking other sites", done, len(fresh))

    pool = ThreadPoolExecutor(HOSTS)
    try:
        list(pool.map(ask_host, hosts.values()))
    finally:  # answers before an interruption are kept
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


def visit(url: str, now: float, private: bool = False) -> Answer:
    """What ``url`` answers, redirects followed.

    Never raises.
    """
    here, final, lasting = url, "", True
    try:
        for _ in range(MAX_HOPS + 1):
            status, location = _asked(here, private)
            if status not in _REDIRECTS:
                return Answer(now, status, final if final != url else "")
            if not location:
                raise RequestRefused("redirects to nowhere")
            here = urljoin(here, location)
            lasting = lasting and status in _MOVED
            final = here if lasting else final
        raise RequestRefused(f"redirects more than {MAX_HOPS} times")
    except RequestRefused as error:
        return Answer(
            now,
            final=final if final != url and "redirects" not in str(error) else "",
            wrong=str(error),
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(now, final=final if final != url else "", wrong=_in_words(error))


def _asked(url: str, private: bool) -> tuple[int, str]:
    """Status and `Location`.

    Many servers answer HEAD with an error or not at all: then GET decides.
    """
    try:
        status, location = _request("HEAD", url, private)
        if status < 400:
            return status, location
    except (ConnectionRefusedError, ssl.SSLError):
        raise
    except (OSError, http.client.HTTPException):
        pass
    return _request("GET", url, private)


def _in_words(error: Exception) -> str:
    """A failure in words; the text of the other side is not repeated, as it can hold anything."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"has an invalid certificate: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "does not answer over TLS"
    if isinstance(error, TimeoutError):
        return f"{_MUTE} within {TIMEOUT:.0f} seconds"
    if isinstance(error, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)):
        return f"{_MUTE}: it closes the connection"
    if isinstance(error, http.client.HTTPException):
        return "does not speak HTTP"
    if isinstance(error, OSError) and error.strerror:
        return f"{_MUTE}: {error.strerror.lower()}"
    return "is not a URL that can be requested"


def _request(method: str, url: str, private: bool) -> tuple[int, str]:
    """Status and `Location` of one request."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RequestRefused(f"leads to a URL that is not requested: `{url[:80]}`")
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

    Raises RequestRefused if the host does not exist or any of its addresses is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RequestRefused(_NO_HOST) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not private and not all(is_public(address) for address in addresses):
        raise RequestRefused("leads to an address that is not public, and was not requested")
    return addresses[0], port
