"""serve."""

from __future__ import annotations

import gc
from typing import Any

import click

from sitegen.cli.shared import build_options, progress, quiet_option, show


@click.command("serve")
@build_options
@click.option("-p", "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port, or the next free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-O", "--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@quiet_option
def serve_command(port: int, host: str, open_browser: bool, quiet: bool, **flags: Any) -> None:
    """Build the site and show it at http://localhost:8000/.

    The preview is built into a folder of its own, with local addresses: output/ stays as it is.
    """
    from pathlib import Path
    from urllib.parse import urlsplit

    import msgspec

    from sitegen.build import CACHE, build, read_config
    from sitegen.cli.building import options, summary
    from sitegen.serve import free_socket, preview_app, serve

    chosen = options(**flags)
    root = Path(chosen.root)
    config, _ = read_config(root, chosen.base_url)
    path = urlsplit(config.base_url).path.rstrip("/")
    with free_socket(host, port) as listener:
        shown = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}{path}/"
        folder = Path(chosen.output) if chosen.output else root / CACHE / "preview"
        report = build(msgspec.structs.replace(chosen, output=str(folder), base_url=address, keep_going=True), progress(quiet))
        show(report.diagnostics)
        if not quiet:
            click.echo(summary(report))
        click.echo(f"serving at {address} (stop with Ctrl-C)")
        gc.enable()
        if open_browser:
            click.launch(address)
        serve(preview_app(folder, address, host), listener)
