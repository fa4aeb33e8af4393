"""explain."""

from __future__ import annotations

from typing import Any

import click

from sitegen.cli.build import options
from sitegen.cli.shared import build_options, complete_file
from sitegen.cli.terminal import echo


@click.command("explain")
@click.argument("page", shell_complete=complete_file)
@build_options
def explain_command(page: str, **flags: Any) -> None:
    """Explain why PAGE would or would not be rebuilt.

    PAGE is a file below output/ or a path of the site.

    \b
    Examples:
      sitegen explain /tags/
      sitegen explain output/index.html
    """
    import msgspec

    from sitegen.engine.explain import explain

    for line in explain(msgspec.structs.replace(options(**flags), dry_run=True), page):
        echo(line)
