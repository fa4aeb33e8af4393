"""serve."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

import click

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.text import counted
from sitegen.cli.build import options, summary
from sitegen.cli.shared import build_options, clock, quiet_option
from sitegen.cli.terminal import ProgressBar, echo, show

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from sitegen.engine.options import BuildOptions
    from sitegen.model.output import BuildReport
    from sitegen.serve.state import Current

    Others = Mapping[str, Callable[[Current], ASGIApp]]


@click.command("serve")
@build_options
@click.option(
    "-p",
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; the next free one if it is in use.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-O", "--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--no-reload",
    is_flag=True,
    help="Serve pages as they are: no live reload, no errors in the browser.",
)
@quiet_option
def serve_command(
    port: int, host: str, open_browser: bool, no_reload: bool, quiet: bool, **flags: Any
) -> None:
    """Preview the site at http://localhost:8000/ and rebuild it on every change.

    The preview is built into a folder of its own, with local URLs: output/ stays as it is, and
    a preview can never be deployed.

    \b
    Examples:
      sitegen serve --open           open it in your browser
      sitegen serve --drafts --future
    """
    chosen = options(output="", **flags)
    run_preview(chosen, flags["now"], Listening(host, port, open_browser), not no_reload, quiet)


class Listening(NamedTuple):
    """Where a preview listens, and whether a browser is opened there."""

    host: str
    port: int
    open_browser: bool = False
    page: str = ""  # the page to be opened, below the host; empty: that of the site


def run_preview(
    chosen: BuildOptions,
    now: str,
    where: Listening,
    reload: bool,
    quiet: bool,
    others: Others | None = None,
) -> None:
    """Build and serve until interrupted; ``others`` are further applications of the server."""
    import msgspec

    from sitegen.engine.places import CACHE
    from sitegen.serve import Preview, free_socket, preview_folder, serve

    # SIGTERM ends the process like any exit, so that a build ends its workers.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    cache = Path(chosen.root) / CACHE
    with free_socket(where.host, where.port) as listener, preview_folder(cache) as folder:
        reporter = Reporter(folder, quiet)
        taken = listener.getsockname()[1]
        own = msgspec.structs.replace(chosen, output=str(folder), preview=True)
        preview = Preview(
            own,
            listener,
            where.host,
            lambda: clock(now),
            reporter.built,
            reporter.progress,
            partial(_ready, where, taken),
            reload,
            others or {},
        )
        try:
            serve(preview)
        except KeyboardInterrupt:
            echo("stopped", err=True)
            sys.exit(130)


class Reporter:
    """Prints what the builds of a preview report, and each message only while it is news."""

    def __init__(self, folder: Path, quiet: bool) -> None:
        self.folder, self.quiet = folder, quiet
        self.bar = ProgressBar(quiet)
        self.messages: set[str] = set()
        self.problems: Sequence[Diagnostic] | None = None  # of the last build
        self.published = True

    def progress(self, what: str, done: int, total: int) -> None:
        """Show progress; a message without numbers is printed once."""
        if not total and what in self.messages:
            return
        if not total:
            self.messages.add(what)
        self.bar(what, done, total)

    def built(self, report: BuildReport | None, problems: Sequence[Diagnostic]) -> None:
        """Print the outcome of one build; without ``report`` it could not begin."""
        first, repeated = self.problems is None, self.problems == problems
        if not repeated:
            self._show_new(problems)
        published = report is not None and report.published
        if not report or not published:
            self._failed()
        elif not self.quiet and (report.changed or not repeated):
            echo(summary(report) if first else self._rebuilt(report))
        self.published, self.problems = published, problems

    def _show_new(self, problems: Sequence[Diagnostic]) -> None:
        """Print errors, and what else was not reported of the last build."""
        known = set(self.problems or ())
        show(d for d in problems if d.level == "error" or d not in known)

    def _failed(self) -> None:
        """Say what the preview shows after a build that failed."""
        if (self.folder / "index.html").is_file():
            echo("Build failed. Still showing the last good version.", err=True)
        else:
            echo("Build failed. The site appears here once the errors are fixed.", err=True)

    def _rebuilt(self, report: BuildReport) -> str:
        verb = "Rebuilt" if self.published else "Fixed and rebuilt"
        files = f"{counted(report.written, 'file')} written, {report.removed} removed"
        return f"{verb}: {files} ({report.seconds:.2f} s)"


def _ready(where: Listening, taken: int, url: str) -> None:
    """Say where the preview is, and open it if asked."""
    from sitegen.serve import WILDCARDS

    if where.port not in (0, taken):
        echo(f"port {where.port} is in use; using {taken}")
    shown = urljoin(url, where.page)
    echo(f"serving at {url} (stop with Ctrl-C)")
    if where.page:
        echo(f"the desk is at {shown}")
    if where.host in WILDCARDS:
        echo("everyone who can reach this machine can see it", err=True)
    if where.open_browser:
        threading.Thread(target=_open, args=(shown,), daemon=True).start()


def _open(url: str) -> None:
    """Show ``url`` in a browser that Ctrl-C here does not end; say so if there is none."""
    import webbrowser

    has_screen = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    )
    try:
        # Without a screen it would start a browser in this terminal.
        opened = has_screen and webbrowser.open(url)
    except webbrowser.Error:
        opened = False
    if not opened:
        echo(f"no browser could be opened; open this URL yourself: {url}", err=True)


# A preview has its own folder; one in a folder of the user's choice could be deployed.
serve_command.params = [option for option in serve_command.params if option.name != "output"]
