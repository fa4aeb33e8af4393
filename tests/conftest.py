"""A small site in a temporary directory, and the command line as a user runs it.

The markers `slow`, `browser` and `network` are set here from what a test uses. A test without a
marker that starts a process or opens a connection fails: `make fast` stays fast.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.fork_server import ForkServer, compile_once

# What a test module imports, itself or by a helper, and the marker that this gives its tests.
MARKED_BY_IMPORT = {
    "subprocess": "slow",
    "multiprocessing": "slow",
    "sitegen.engine.build": "slow",  # whole builds
    "playwright": "browser",
    "socket": "network",
    "socketserver": "network",
    "http.server": "network",
}
MATTERING = ("tests.", *MARKED_BY_IMPORT)
# Fixtures that build sites in processes of their own.
SLOW_FIXTURES = {"digest", "make_digest"}
MARKERS = ("slow", "browser", "network")
# Files with tests of ten seconds and more, by which several processes begin.
LONGEST = (
    "engine/test_incremental.py",
    "deploy/test_ssh.py",
    "docs/test_workflows.py",
    "deploy/test_s3.py",
    "engine/test_robustness.py",
    "serve/test_requests.py",
    "test_benchmarks.py",
    "deploy/test_uploads.py",
)

# How long one example takes says more of the machine than of the code.
settings.register_profile("sitegen", deadline=None)
settings.load_profile("sitegen")
# Audit events of what a test without a marker may not do.
FORBIDDEN = {
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.system",
    "socket.bind",
    "socket.connect",
    "subprocess.Popen",
}

# The folder that Linux keeps in memory, and what the files of all tests may take.
MEMORY = Path("/dev/shm")
ROOM = 4 << 30

NOW = "2026-11-24T12:00:00+00:00"
SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def fork_server() -> ForkServer:
    """The server that runs commands, for all tests of this process."""
    return ForkServer()


@pytest.fixture(scope="session", autouse=True)
def end_fork_server() -> Iterator[None]:
    """End the server with the tests, before what they covered is summed up."""
    yield
    if fork_server.cache_info().currsize:
        fork_server().close()


class Digest:
    """A site that tests write to, build and look at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "site.yaml").write_text(SITE)

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file below the site's root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def article(
        self,
        name: str,
        title: str = "",
        date: str = "2026-11-01T10:00:00+01:00",
        body: str = "Text.",
        more: str = "",
    ) -> Path:
        """Put an article in section `world`."""
        head = f"title: {title or name}\ndate: {date}\nauthors: [Ann Ames]\n{more}".rstrip()
        return self.write(f"content/world/{name}.md", f"---\n{head}\n---\n\n{body}\n")

    def run(
        self, *arguments: str, expect: int | None = 0, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """`sitegen ARGUMENTS --site ROOT` in a process of its own."""
        done = fork_server().run([*arguments, "--site", str(self.root)], self.root, stdin)
        assert "Traceback" not in done.stderr
        if expect is not None:
            assert done.returncode == expect, done.stderr + done.stdout
        return done

    def build(self, *arguments: str, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        """`sitegen build` at the tests' moment."""
        return self.run("build", "--now", NOW, *arguments, expect=expect)

    def tree(self) -> dict[str, bytes]:
        """Every file of output/ with its bytes."""
        out = self.root / "output"
        return {
            p.relative_to(out).as_posix(): p.read_bytes()
            for p in sorted(out.rglob("*"))
            if p.is_file()
        }

    def page(self, path: str) -> str:
        """The text of one file of output/."""
        return (self.root / "output" / path).read_text("utf-8")


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A site without articles."""
    return Digest(tmp_path)


@pytest.fixture
def make_digest(tmp_path: Path) -> Callable[[str], Digest]:
    """Makes further sites by name."""

    def make(name: str) -> Digest:
        (tmp_path / name).mkdir()
        return Digest(tmp_path / name)

    return make


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser. It is imported here, so that this module is none of those that use it."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _called(function: ast.expr) -> str:
    """The last part of the name of what is called."""
    return getattr(function, "attr", "") or getattr(function, "id", "")


@cache
def imported(path: Path) -> frozenset[str]:
    """Dotted names that a test module imports; the imports of its helpers are its own.

    Empty for one without any name that matters: most need not be parsed again.
    """
    names: set[str] = set()
    text = path.read_text("utf-8")
    if not any(name in text for name in MATTERING):
        return frozenset()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Call) and _called(node.func) == "importorskip":
            names |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
    for name in sorted(names):
        if name.startswith("tests.") and name != "tests.conftest":
            helper = importlib.util.find_spec(name)
            if helper and helper.origin and Path(helper.origin) != path:
                names |= imported(Path(helper.origin))
    return frozenset(names)


@cache
def module_markers(path: Path) -> frozenset[str]:
    """The markers of all tests in ``path``."""
    names = imported(path)
    return frozenset(
        marker
        for module, marker in MARKED_BY_IMPORT.items()
        if any(name == module or name.startswith(f"{module}.") for name in names)
    )


def markers(path: Path, fixtures: set[str]) -> set[str]:
    """The markers of a test in ``path`` that uses ``fixtures``."""
    return {*module_markers(path), *(["slow"] if fixtures & SLOW_FIXTURES else [])}


def pytest_configure(config: pytest.Config) -> None:
    """What one process compiles, the others read: tests start hundreds. If several processes run
    the tests, temporary files are in memory."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if getattr(config.option, "numprocesses", None) and "TMPDIR" not in os.environ:
        keep_files_in_memory(config)


def keep_files_in_memory(config: pytest.Config) -> None:
    """Let temporary files be in memory until the tests end, where there is room: sites are written
    and deleted by the thousand, and a disk takes a fifth of the time of the tests."""
    if not has_room(MEMORY):
        return
    folder = tempfile.mkdtemp(prefix="sitegen-tests-", dir=MEMORY)
    config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))
    os.environ["TMPDIR"] = folder  # the processes that are started inherit it
    tempfile.tempdir = None


def has_room(folder: Path) -> bool:
    """Whether ``folder`` is in memory, may hold the files of all tests, and programs may be
    started in it."""
    try:
        state = os.statvfs(folder)
        memory = Path("/proc/meminfo").read_text()
    except OSError:
        return False
    unused = {name: int(size) << 10 for name, size in re.findall(r"(\w+): +(\d+) kB", memory)}
    free = min(state.f_bavail * state.f_frsize, unused["MemAvailable"] // 2)
    programs = not state.f_flag & os.ST_NOEXEC
    return programs and free >= ROOM and os.access(folder, os.W_OK)


def pytest_sessionstart() -> None:
    """Builds in the process of the tests compile no template twice, either."""
    compile_once()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let the garbage collector pass over what is collected: it stays until the end, and looking
    through it again and again takes a third of the time of collecting."""
    gc.disable()
    try:
        import_own_share(session.config)
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def import_own_share(config: pytest.Config) -> None:
    """Import every nth test module in one of n processes, before it collects all of them: what
    pytest has to compile is then compiled by one of them, and read by the others."""
    given = getattr(config, "workerinput", None)
    if given is None:
        return
    first, count = int(given["workerid"].removeprefix("gw")), given["workercount"]
    places = [Path(place).resolve() for place in config.args]
    files = sorted(Path(__file__).parent.rglob("test_*.py"))
    wanted = [path for path in files if any(path.is_relative_to(place) for place in places)]
    for path in wanted[first::count]:
        name = ".".join(path.relative_to(config.rootpath).with_suffix("").parts)
        with contextlib.suppress(Exception, pytest.skip.Exception):  # collecting reports it
            importlib.import_module(name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test by what it uses, and let each of several processes begin with what takes
    long."""
    for item in items:
        for marker in sorted(markers(item.path, set(getattr(item, "fixturenames", ())))):
            item.add_marker(marker)
    if given := getattr(config, "workerinput", None):
        items[:] = in_shares(items, given["workercount"])


def in_shares(items: list[pytest.Item], count: int) -> list[pytest.Item]:
    """The tests, in ``count`` shares of the same size of which each begins with its share of the
    slow ones; tests of a file stay together.

    A process takes from the end of another's share when it has no more tests of its own: what is
    left when all come to their ends is quick.
    """
    shares: list[list[pytest.Item]] = [[] for _ in range(count)]
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    for path in sorted(files, key=lambda path: speed(path, files[path])):
        min(shares, key=len).extend(files[path])
    return [item for share in shares for item in share]


def speed(path: Path, items: list[pytest.Item]) -> int:
    """0 for a file with tests of many seconds, 1 for slow tests, and 2 for quick ones."""
    if path.relative_to(Path(__file__).parent).as_posix() in LONGEST:
        return 0
    return 1 if any(item.get_closest_marker("slow") for item in items) else 2


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """More processes than cores: a fifth of the time of the tests is waiting for disks, clocks and
    connections."""
    cores = yield
    return cores + cores // 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each process begins with its share of the files and takes tests of the others at the end:
    fixtures of a module are made once, and no process waits for the longest tests."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


class Watch:
    """What the running test starts and connects to."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in FORBIDDEN:
            self.seen.append(f"{event} {arguments}")


@pytest.fixture(scope="session")
def watch() -> Watch:
    """Hears of every process and connection until the tests end."""
    with contextlib.suppress(ImportError):
        import urllib3.util.connection  # noqa: F401 - binds a socket once, to look for IPv6
    watch = Watch()
    sys.addaudithook(watch)
    return watch


@pytest.fixture(autouse=True)
def fast_tests_start_nothing(request: pytest.FixtureRequest, watch: Watch) -> Iterator[None]:
    """Fail a test without a marker that starts a process or opens a connection."""
    watch.seen.clear()
    yield
    if not any(request.node.get_closest_marker(marker) for marker in MARKERS):
        assert watch.seen == [], "use the fixture `digest`, or mark the test as slow"
