"""serve."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import Any

import click

from sitegen.base.diagnostics import Diagnostic
from sitegen.cli.shared import build_options, clock, progress, quiet_option, show


@click.command("serve")
@build_options
@click.option("-p", "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port, or the next free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-O", "--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--no-reload", is_flag=True, help="Leave pages as they are: no live reload, no errors in the browser.")
@quiet_option
def serve_command(port: int, host: str, open_browser: bool, no_reload: bool, quiet: bool, **flags: Any) -> None:
    """Build the site, show it at http://localhost:8000/, and keep up with every change.

    The preview is built into a folder of its own, with local addresses: output/ stays as it is, and
    nothing of a preview can be deployed.
    """
    from pathlib import Path

    import msgspec

    from sitegen.build import CACHE
    from sitegen.cli.building import options, summary
    from sitegen.serve import Preview, free_socket, preview_folder, serve

    now = flags["now"]
    chosen = options(output="", **flags)
    last: list[object] = []

    def heard(report: Any, found: Sequence[Diagnostic]) -> None:
        if last[1:] != [found]:
            show(found)
        if report and report.published:
            rebuilt = f"{report.written} files written, {report.removed} removed in {report.seconds:.2f} s"
            if not quiet and (report.changed or last[1:] != [found]):
                click.echo(rebuilt if last else summary(report))
        elif not report or not report.published:
            click.echo("not published: the last good site stays, if there is one", err=True)
        last[:] = [True, found]

    def ready(address: str) -> None:
        click.echo(f"serving at {address} (stop with Ctrl-C)")
        if open_browser:
            click.launch(address)

    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that a build ends its workers
    with free_socket(host, port) as listener, preview_folder(Path(chosen.root) / CACHE) as folder:
        own = msgspec.structs.replace(chosen, output=str(folder), preview=True)
        serve(Preview(own, listener, host, lambda: clock(now), heard, progress(quiet), ready, not no_reload))


# A preview has its own folder: one that is built elsewhere could be deployed.
serve_command.params = [option for option in serve_command.params if option.name != "output"]
