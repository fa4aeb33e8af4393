"""Time the import of many feeds at once, of which half fail in ten ways, and show what an editor
waits for.

python benchmarks/feeds.py [--feeds 40] [--items 500] [--failing 20] [--slow 0]

Each feed has a server of its own on this machine. ``--slow`` feeds answer after a minute.
"""

from __future__ import annotations

import argparse
import contextlib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler
from itertools import cycle, islice
from pathlib import Path

from answering import answering
from importing import paragraphs, title

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
NOW = "2026-11-24T12:00:00+01:00"
SLOW = 60.0  # seconds

Answer = tuple[int, dict[str, str], bytes]

NOTHING = "nothing listens"
# Ten ways in which a feed fails.
FAILURES: tuple[tuple[str, Callable[[str], Answer]], ...] = (
    ("it is not found", lambda url: (404, {}, b"")),
    ("it is gone for good", lambda url: (410, {}, b"")),
    ("its server asks for a pause", lambda url: (429, {"Retry-After": "3600"}, b"")),
    ("its server fails", lambda url: (500, {}, b"Oops")),
    ("its server is overloaded", lambda url: (503, {}, b"")),
    ("it redirects to itself", lambda url: (302, {"Location": url}, b"")),
    ("its domain is for sale", lambda url: (200, {}, b"<html><body>For sale</body></html>")),
    ("it is empty", lambda url: (200, {}, b"")),
    ("it is an image", lambda url: (200, {}, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
    (NOTHING, lambda url: (0, {}, b"")),
)


def feed(number: int, items: int) -> bytes:
    """A feed of its own: ``number`` makes its items different from those of others."""
    rows = "".join(
        f"<item><title>{title(number * 1_000 + n)}</title>"
        f"<link>https://outlet-{number}.example/{n}</link><dc:creator>Ann Ames</dc:creator>"
        f"<pubDate>Mon, 23 Nov 2026 {n % 24:02}:{n % 60:02}:00 +0100</pubDate><description>"
        + escape("".join(f"<p>{p}</p>" for p in paragraphs(number * 1_000 + n)))
        + "</description></item>"
        for n in range(items)
    )
    head = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    return f"{head}<title>Outlet {number}</title>{rows}</channel></rss>".encode()


def _handler(answer: Callable[[str], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                status, headers, body = 404, {}, b""
            else:
                status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    return Handler


def _at_once(body: bytes, url: str) -> Answer:
    return 200, {}, body


def _slowly(body: bytes, url: str) -> Answer:
    time.sleep(SLOW)
    return 200, {}, body


def _silent() -> str:
    """A URL of this machine at which nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


def _good(feeds: int, items: int, slow: int) -> Iterator[Callable[[str], Answer]]:
    """The answers of ``feeds`` feeds with ``items`` in all; the first ones are slow."""
    for number in range(feeds):
        share = items // feeds + (number < items % feeds)
        way = _slowly if number < slow else _at_once
        yield partial(way, feed(number, share))


@contextmanager
def served(feeds: int, items: int, failing: int, slow: int = 0) -> Iterator[list[str]]:
    """The URLs of ``feeds`` feeds with ``items`` in all, of which some fail or are slow."""
    answers = [("", answer) for answer in _good(feeds - failing, items, slow)]
    answers += islice(cycle(FAILURES), failing)
    with ExitStack() as running:
        hosts = [
            _silent() if name == NOTHING else running.enter_context(answering(_handler(answer)))
            for name, answer in answers
        ]
        yield [f"{host}/feed" for host in hosts]


def site_of(folder: Path, urls: list[str], status: str = "inbox") -> Path:
    """A site that follows these feeds."""
    rows = [f"  outlet-{n}: {{feed: '{url}', status: {status}}}\n" for n, url in enumerate(urls)]
    (folder / "content").mkdir(parents=True)
    (folder / "site.yaml").write_text(f"{SITE}sources:\n{''.join(rows)}")
    return folder


def main() -> None:
    """Import twice, and print how long each took."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("feeds", 40), ("items", 500), ("failing", 20), ("slow", 0)):
        options.add_argument(f"--{name}", type=int, default=default)
    said = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(said.feeds, said.items, said.failing, said.slow) as urls,
    ):
        site = site_of(Path(folder) / "site", urls)
        command = [sys.executable, "-m", "sitegen", "import", "--allow-private", "-q", "--now", NOW]
        for what in ("first", "again"):
            start = time.perf_counter()
            done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
            waiting = len(list((site / "content/_inbox").glob("*.md")))
            taken = time.perf_counter() - start
            print(f"{what}: {taken:.1f} s, {waiting} items wait, exit status {done.returncode}")


if __name__ == "__main__":
    main()
