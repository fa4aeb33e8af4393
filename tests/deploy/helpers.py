"""What tests of deployment share: sites, what is at a target, and whether its pages find what they
show."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import socket
import threading
import time
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from tests.conftest import NOW, SITE, Digest, fork_server

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffff3f0005fe02fea7"
    "3581840000000049454e44ae426082"
)
PUBLIC = SITE.replace("https://t.example/", "https://t.press/")  # only that goes to a host
OURS = (".sitegen-manifest.json", ".sitegen-lock")
SHOWN = re.compile(r'(?:href|src)="(?:https://t\.press)?/?((?:\.\./)*(?:assets|images)/[^"]+)"')
KILLS = 20


def fill(digest: Digest, target: str, articles: int = 6, more: str = "") -> None:
    """A site with articles, a picture, a dot folder and a target called `live`."""
    (digest.root / "site.yaml").write_text(f"{PUBLIC}{more}deploy:\n  live: {target}\n")
    digest.write("static/.well-known/security.txt", "Contact: mailto:desk@t.example\n")
    digest.write("content/images/pixel.png", PIXEL)
    for number in range(articles):
        body = f"Text of number {number}.\n\n![Pixel](/images/pixel.png)\n\n" + "Many words. " * 200
        digest.article(
            f"a{number}", f"Article {number}", f"2026-11-{1 + number % 20:02}T10:00:00+01:00", body
        )


def deploy(digest: Digest, *arguments: str, expect: int | None = 0) -> str:
    """`sitegen deploy` at the tests' moment; what it said."""
    done = digest.run("deploy", "--now", NOW, *arguments, expect=expect)
    return done.stdout + done.stderr


def remove(digest: Digest, *numbers: int) -> None:
    """Take articles out of the site, and forget that their URLs were published: their files are to
    be deleted at the target."""
    for number in numbers:
        (digest.root / f"content/world/a{number}.md").unlink()
    (digest.root / "addresses.tsv").unlink(missing_ok=True)


def rows(said: str) -> list[str]:
    """The lines of ``said`` without the spaces that align columns."""
    return [" ".join(line.split()) for line in said.splitlines()]


def tree(folder: Path) -> dict[str, bytes]:
    """The files below ``folder`` but for sitegen's own."""
    found = {
        p.relative_to(folder).as_posix(): contents(p)
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
    return {
        n: d
        for n, d in found.items()
        if n not in OURS and not n.rsplit("/", 1)[-1].startswith(".sitegen-")
    }


def contents(path: Path) -> bytes:
    """The bytes of a file; they are read once for each state of it, as tests look all the time."""
    info = path.stat()
    return _read(path, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)


@lru_cache(maxsize=1 << 10)
def _read(path: Path, *state: int) -> bytes:
    return path.read_bytes()


def missing(files: dict[str, bytes]) -> set[tuple[str, str]]:
    """Pages, each with an asset that it shows and that is not in ``files``."""
    pages = {name: data for name, data in files.items() if name.endswith(".html")}
    for name, data in pages.items():
        assert data.rstrip().endswith(b"</html>"), name
    return {(name, path) for name, data in pages.items() for path in shown(data) - files.keys()}


@cache
def shown(page: bytes) -> frozenset[str]:
    """The paths of the assets and images that a page shows."""
    return frozenset(re.sub(r"^(\.\./)+", "", path) for path in SHOWN.findall(page.decode()))


def survive_kills(
    digest: Digest,
    look: Callable[[], dict[str, bytes]],
    seed: int,
    gone: type[Exception] = FileNotFoundError,
    group: bool = True,
) -> None:
    """Deploy, then kill twenty deployments of an edit, each at another moment of its work.

    All the time, ``look`` is asked for the target's files: no page may show an asset that is not
    there. ``gone`` is what it raises where a file goes away under its eyes.
    """
    dice, faults, done = random.Random(seed), [], threading.Event()

    def edit(number: int) -> None:
        digest.write("theme/assets/base.css", f"body {{ width: {number}px }}")

    def watch() -> None:
        pages: dict[str, bytes] = {}
        while not done.is_set():
            with contextlib.suppress(gone):
                files = look()
                faults.extend(missing({n: b"" for n in files if not n.endswith(".html")} | pages))
                pages = {n: data for n, data in files.items() if n.endswith(".html")}
            time.sleep(0.01)

    deploy(digest)
    edit(KILLS)
    began = time.monotonic()
    deploy(digest)
    seconds = time.monotonic() - began
    parts = dice.sample(range(KILLS), KILLS)
    command = ["deploy", "--now", NOW, "--site", str(digest.root)]
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for number, part in enumerate(parts):
            edit(number)
            process = fork_server().start(command, digest.root)
            time.sleep(1.1 * seconds * (part + dice.random()) / KILLS)
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
            process.wait()
            assert not missing(look())
    finally:
        done.set()
        watcher.join()
    assert faults == []


class Cut:
    """A door to a server that is shut, again and again, after so many bytes."""

    def __init__(self, port: int, after: int, times: int) -> None:
        self.to, self.after, self.left = port, after, times
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self.to))
            limit = self.after if self.left > 0 else -1
            self.left -= 1
            threading.Thread(target=self._join, args=(client, there, limit), daemon=True).start()

    def _join(self, client: socket.socket, there: socket.socket, limit: int) -> None:
        with client, there:
            back = threading.Thread(target=self._pump, args=(there, client, -1), daemon=True)
            back.start()
            self._pump(client, there, limit)
            back.join()

    @staticmethod
    def _pump(source: socket.socket, to: socket.socket, limit: int) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                to.sendall(data)
                passed += len(data)
                if 0 <= limit < passed:
                    break
        for one in (source, to):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Shut the door; who waits for a guest is woken."""
        with contextlib.suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
