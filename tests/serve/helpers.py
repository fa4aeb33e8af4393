"""A preview as its user runs it, and a browser that looks at it."""

from __future__ import annotations

import http.client
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.conftest import NOW, Digest, fork_server

HTML = (
    '<html><head><link rel="stylesheet" href="/assets/main.{0}.css"><link rel=icon'
    ' href="/i.svg"></head><body>{1}<img src="p.png"></body></html>'
)


def put(folder: Path, name: str, text: str) -> None:
    """Write a file in one step, as editors do."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name("." + path.name)
    part.write_text(text)
    os.replace(part, path)


def eventually(true: Callable[[], Any], what: str = "") -> Any:
    """What ``true`` returns once that counts as true; a generous limit, so that a slow machine
    passes."""
    end = time.monotonic() + 60
    while not (found := true()):
        assert time.monotonic() < end, what or "it never came"
        time.sleep(0.02)
    return found


class Server:
    """A running `sitegen serve`."""

    def __init__(
        self, site: Digest, *arguments: str, now: str = NOW, command: str = "serve"
    ) -> None:
        moment = ["--now", now] if now else []
        words = [command, "--port", "0", *moment, "--site", str(site.root), *arguments]
        read, write = os.pipe()
        self.printed = os.fdopen(read, encoding="utf-8")
        with os.fdopen(write, "wb") as output:
            self.process = fork_server().start(words, Path.cwd(), output)
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        line = eventually(
            lambda: (
                next((one for one in list(self.lines) if one.startswith("serving at ")), "")
                or self._ended()
            ),
            self.text(),
        )
        self.address = line.split()[2]
        self.port = urlsplit(self.address).port or 0
        self.root = site.root

    def _ended(self) -> str:
        assert self.process.poll() is None, self.text()
        return ""

    def _read(self) -> None:
        with self.printed:
            for line in self.printed:
                self.lines.append(line)

    def text(self) -> str:
        """All that was printed so far."""
        return "".join(self.lines)

    def builds(self) -> int:
        """How many builds have written something, but for the first."""
        return sum("ebuilt: " in line for line in list(self.lines))

    def get(
        self, path: str = "/", method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer to a raw path."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(
            method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        body = (
            b"" if path.startswith("/_sitegen/events") and answer.status == 200 else answer.read()
        )
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def shows(self, text: str, path: str = "/") -> bool:
        """Waits until a page has ``text``."""
        return bool(eventually(lambda: text in self.get(path)[2].decode(), self.text()))

    def stop(self, number: int = signal.SIGINT) -> int:
        """End the server; its exit status."""
        self.process.send_signal(number)
        status = self.process.wait(30)
        self.reader.join(5)
        return status


@contextmanager
def serving(site: Digest, *arguments: str, now: str = NOW) -> Iterator[Server]:
    """A preview for as long as it is needed."""
    server = Server(site, *arguments, now=now)
    try:
        yield server
    finally:
        server.stop()
        assert "Traceback" not in server.text()
