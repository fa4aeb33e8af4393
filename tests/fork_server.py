"""Runs `sitegen` in processes of their own that need not import it: they are forked from a server
that has done so, and that has compiled the templates of the default theme.

    python -m tests.fork_server SOCKET    the server; it ends with its standard input

This is most of what a command on a small site takes. A forked process has its own memory, folder,
environment, standard streams and exit status, as one that the shell starts.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import json
import os
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any, TextIO

from tests.fork_client import connected

# Modules that commands import when they need them.
PRELOADED = (
    "sitegen.cli.main",
    "sitegen.check.run",
    "sitegen.deploy.run",
    "sitegen.deploy.site",
    "sitegen.engine.build",
    "sitegen.engine.explain",
    "sitegen.importer.run",
    "sitegen.render.jinja",
    "sitegen.scaffold.site",
    "sitegen.send.run",
    "sitegen.serve.server",
    "sitegen.theme_check.run",
    "boto3.s3.inject",
    "boto3.s3.transfer",
    "charset_normalizer",
    "trafilatura",
    "htmldate",
    "paramiko",
    "yaml",
)
SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
ARTICLE = "---\ntitle: A\ndate: 2026-11-01\nauthors: [Ann Ames]\n---\n\nText.\n"
PAGE = f"<title>A page</title><article><h1>A page</h1><p>{'Some words. ' * 50}</article>"
MAX_REQUEST = 1 << 20
STREAMS = 3


class ForkServer:
    """The server, as tests see it."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="sitegen-tests-")
        self.path = f"{self.folder}/socket"
        self.settings = interpreter_settings()
        command = [sys.executable, "-m", "tests.fork_server", self.path]
        root = str(Path(__file__).parent.parent)
        self.process = subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdout
        self.process.stdout.readline()  # it listens

    def run(
        self, arguments: list[str], cwd: Path, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """`sitegen ARGUMENTS` in ``cwd``, with the environment of the tests."""
        if interpreter_settings() != self.settings:  # they count when an interpreter starts
            command = [sys.executable, "-m", "sitegen", *arguments]
            return subprocess.run(
                command, capture_output=True, text=True, input=stdin, cwd=cwd, check=False
            )
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(stdin.encode())
            given.seek(0)
            streams = [given.fileno(), out.fileno(), err.fileno()]
            status = Started(connected(self.path, arguments, str(cwd), streams)).wait()
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(file.read().decode().replace("\r\n", "\n"))
        return subprocess.CompletedProcess(arguments, status, *texts)

    def start(self, arguments: list[str], cwd: Path, output: IO[Any] | None = None) -> Started:
        """`sitegen ARGUMENTS` in ``cwd`` that leads a process group; it prints to ``output``."""
        with open(os.devnull, "r+b") as nothing:
            printed = (output or nothing).fileno()
            streams = [nothing.fileno(), printed, printed]
            return Started(connected(self.path, arguments, str(cwd), streams))

    def programs(self) -> str:
        """A folder with a program `sitegen` that has its commands carried out here, for shells."""
        folder = Path(self.folder, "bin")
        if not folder.is_dir():
            folder.mkdir()
            words = [sys.executable, "-IS", str(Path(__file__).with_name("fork_client.py"))]
            program = folder / "sitegen"
            program.write_text(f'#!/bin/sh\nexec {shlex.join([*words, self.path])} "$@"\n')
            program.chmod(0o755)
        return str(folder)

    def close(self) -> None:
        """End the server."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()
        shutil.rmtree(self.folder)


class Started:
    """A command that runs."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.answer = connection, connection.makefile()
        self.pid = int(self.answer.readline())
        self.status: int | None = None

    def poll(self) -> int | None:
        """Its exit status, or None while it runs."""
        if self.status is None and select.select([self.connection], [], [], 0)[0]:
            self.wait()
        return self.status

    def wait(self, seconds: float | None = None) -> int:
        """Its exit status, once it has ended; TimeoutError where that takes more than
        ``seconds``."""
        if self.status is None:
            self.connection.settimeout(seconds)
            with self.connection, self.answer:
                self.status = int(self.answer.readline())
        return self.status

    def send_signal(self, number: int) -> None:
        """Send a signal, if it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)


def interpreter_settings() -> dict[str, str]:
    """The part of the environment that an interpreter reads when it starts."""
    return {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}


def prepare() -> None:
    """Import what commands import, and build a site, so that all that is loaded late is loaded."""
    for module in PRELOADED:
        with contextlib.suppress(ImportError):  # of an extra
            importlib.import_module(module)
    compile_once()
    parse_once()
    from sitegen.cli.main import run

    with tempfile.TemporaryDirectory() as name:
        article = Path(name) / "content/world/a.md"
        article.parent.mkdir(parents=True)
        article.write_text(ARTICLE)
        page = Path(name) / "page.html"
        page.write_text(PAGE)
        (Path(name) / "site.yaml").write_text(SITE)
        nowhere = io.StringIO()
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            run(["build", "-j", "1", "--now", "2026-11-24", "--site", name])
            run(["import", "-j", "1", str(page), "--site", name])
            run(["theme", "check", "base", "--site", name])


def compile_once() -> None:
    """Let Jinja compile the same template only once in this process and those forked from it.

    The code depends on text, name, file, messages and filters, and on nothing else.
    """
    from sitegen.render.jinja import Environment

    jinja_compile = Environment.compile
    compiled: dict[object, Any] = {}

    def remembered(self: Environment, source: Any, *more: Any, **named: Any) -> Any:
        if named or not isinstance(source, str):
            return jinja_compile(self, source, *more, **named)
        words = frozenset(self.translated.messages.items())
        key = (source, more, words, frozenset(self.filters.items()))
        if key not in compiled:
            compiled[key] = jinja_compile(self, source, *more)
        return compiled[key]

    Environment.compile = remembered  # type: ignore[method-assign, assignment]


def parse_once() -> None:
    """Let Jinja parse the same template only once for `theme check`, which changes no tree."""
    import jinja2

    jinja_parse = jinja2.Environment.parse
    parsed: dict[object, Any] = {}

    def remembered(self: jinja2.Environment, source: str) -> Any:
        key = (source, self.trim_blocks, self.lstrip_blocks)
        if key not in parsed:
            parsed[key] = jinja_parse(self, source)
        return parsed[key]

    jinja2.Environment.parse = remembered  # type: ignore[method-assign, assignment]


def serve(path: str) -> None:
    """Answer requests until standard input ends."""
    running: dict[int, socket.socket] = {}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(path)
        server.listen(64)
        ended = hear_of_ends()
        gc.freeze()
        print("listening", flush=True)
        while True:
            ready, _, _ = select.select([server, sys.stdin, ended], [], [])
            if sys.stdin in ready:
                return
            if ended in ready:
                ended.recv(MAX_REQUEST)
                report_ends(running)
            if server in ready:
                connection, _ = server.accept()
                process = begin(connection, [server, ended, *running.values()])
                running[process] = connection


def hear_of_ends() -> socket.socket:
    """A socket that can be read when a process that was forked from this one has ended."""
    ended, signalled = socket.socketpair()
    for end in (ended, signalled):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(signalled.detach(), warn_on_full_buffer=False)
    return ended


def begin(connection: socket.socket, others: list[socket.socket]) -> int:
    """Run the command that ``connection`` asks for in a process group of its own, without the
    sockets of ``others``.

    Sends its number, and returns it.
    """
    process = os.fork()
    if process == 0:
        for other in others:
            other.close()
        become(*received(connection))
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended
        os.setpgid(process, process)
    send(connection, process)
    return process


def received(connection: socket.socket) -> tuple[dict[str, object], list[int]]:
    """The request of ``connection``, and the standard streams that came with it."""
    with connection:
        _, streams, _, _ = socket.recv_fds(connection, 1, STREAMS)
        return json.loads(connection.makefile().read(MAX_REQUEST)), streams


def report_ends(running: dict[int, socket.socket]) -> None:
    """Send the status of each command that has ended to the test that waits for it."""
    with contextlib.suppress(ChildProcessError):  # there is none
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            process, status = ended
            with running.pop(process) as connection:
                send(connection, os.waitstatus_to_exitcode(status))


def send(connection: socket.socket, number: int) -> None:
    """Send a line with a number, if somebody still waits for it."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the test has ended
        connection.sendall(f"{number}\n".encode())


def become(request: dict[str, object], streams: list[int]) -> None:
    """Run the command in this process; never returns."""
    from sitegen.cli.main import main

    try:
        os.close(signal.set_wakeup_fd(-1))
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin, sys.stdout, sys.stderr = open_streams()
        os.chdir(str(request["cwd"]))
        signal.signal(signal.SIGINT, signal.default_int_handler)  # as in the foreground of a shell
        os.environ.clear()
        os.environ.update(request["environment"])  # type: ignore[call-overload]
        time.tzset()
        sys.argv = ["sitegen", *request["arguments"]]  # type: ignore[misc]
        main()
    except BaseException:  # noqa: BLE001 - shown as an interpreter shows it
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    os._exit(1)


def open_streams() -> tuple[TextIO, TextIO, TextIO]:
    """Standard streams as an interpreter opens them when it starts."""
    encoding = sys.stdout.encoding
    return (
        open(0, encoding=encoding, closefd=False),
        open(1, "w", encoding=encoding, closefd=False),
        open(2, "w", 1, encoding=encoding, errors="backslashreplace", closefd=False),
    )


if __name__ == "__main__":
    prepare()
    serve(sys.argv[1])
