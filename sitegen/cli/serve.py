"""serve."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

import click

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.text import counted
from sitegen.cli.shared import build_options, clock, echo, progress_bar, quiet_option, show


@click.command("serve")
@build_options
@click.option(
    "-p",
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port, or the next free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-O", "--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--no-reload",
    is_flag=True,
    help="Leave pages as they are: no live reload, no errors in the browser.",
)
@quiet_option
def serve_command(
    port: int, host: str, open_browser: bool, no_reload: bool, quiet: bool, **flags: Any
) -> None:
    """Build the site, show it at http://localhost:8000/, and keep up with every change.

    The preview is built into a folder of its own, with local addresses: output/ stays as it is, and
    nothing of a preview can be deployed.
    """
    from pathlib import Path

    import msgspec

    from sitegen.cli.build import options, summary
    from sitegen.engine.places import CACHE
    from sitegen.serve import WILDCARDS, Preview, free_socket, preview_folder, serve

    now = flags["now"]
    chosen = options(output="", **flags)
    last: list[Any] = []  # whether the last build was published, and what it found
    told: set[str] = set()
    bar = progress_bar(quiet)

    def progress(what: str, done: int, total: int) -> None:
        if total or what not in told:  # what is said of each build is said once
            told.update(() if total else (what,))
            bar(what, done, total)

    def ready(address: str) -> None:
        taken = listener.getsockname()[1]
        if port not in (0, taken):
            echo(f"port {port} is taken; the next free one is {taken}")
        echo(f"serving at {address} (stop with Ctrl-C)")
        if host in WILDCARDS:
            echo("everybody who reaches this machine can see it", err=True)
        if open_browser:
            threading.Thread(target=_open, args=(address,), daemon=True).start()

    signal.signal(
        signal.SIGTERM, lambda number, frame: sys.exit(128 + number)
    )  # so that a build ends its workers
    with free_socket(host, port) as listener, preview_folder(Path(chosen.root) / CACHE) as folder:

        def heard(report: Any, found: Sequence[Diagnostic]) -> None:
            if last[1:] != [found]:
                known = set(last[1] if last else ())
                show(d for d in found if d.level == "error" or d not in known)
            if report and report.published:
                again = "published again: " if last and not last[0] else ""
                rebuilt = (
                    f"{again}{counted(report.written, 'file')} written, {report.removed} removed in"
                    f" {report.seconds:.2f} s"
                )
                if not quiet and (report.changed or last[1:] != [found]):
                    echo(rebuilt if last else summary(report))
            elif (folder / "index.html").is_file():
                echo("not published: the last good site stays up until this is mended", err=True)
            else:
                echo("not published: there is no site to show until this is mended", err=True)
            last[:] = [bool(report and report.published), found]

        own = msgspec.structs.replace(chosen, output=str(folder), preview=True)
        try:
            serve(
                Preview(
                    own, listener, host, lambda: clock(now), heard, progress, ready, not no_reload
                )
            )
        except KeyboardInterrupt:
            echo("stopped", err=True)
            sys.exit(130)


def _open(address: str) -> None:
    """Show ``address`` in a browser of its own session, which Ctrl-C here does not end; say so where there is none."""  # noqa: E501
    import webbrowser

    screen = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    )
    try:
        opened = screen and webbrowser.open(
            address
        )  # without a screen it would start one for the terminal
    except webbrowser.Error:
        opened = False
    if not opened:
        echo(f"no browser could be opened: open {address} in one yourself", err=True)


# A preview has its own folder: one that is built elsewhere could be deployed.
serve_command.params = [option for option in serve_command.params if option.name != "output"]
