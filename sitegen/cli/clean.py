"""clean."""

from __future__ import annotations

from pathlib import Path

import click

from sitegen.base.text import counted
from sitegen.cli.shared import (
    complete_folder,
    dry_run_option,
    find_site,
    named_folder,
    quiet_option,
    site_option,
)
from sitegen.cli.terminal import echo, show


@click.command("clean")
@site_option
@click.option(
    "-o",
    "--output",
    default="",
    metavar="DIR",
    shell_complete=complete_folder,
    help="Output folder to clean (default: output/ of the site).",
)
@dry_run_option
@quiet_option
def clean_command(site: str, output: str, dry_run: bool, quiet: bool) -> None:
    """Remove the built files and the cache. Files that sitegen did not write stay.

    \b
    Examples:
      sitegen clean --dry-run
    """
    from sitegen.engine.clean import clean

    root = find_site(site)
    folder = named_folder(Path(output).resolve()) if output else root / "output"
    removed, foreign, notes = clean(root, folder, dry_run)
    show(d for d in notes if d.code == "recovered")
    if not quiet:
        echo(f"{'would remove' if dry_run else 'removed'} {counted(removed, 'file')} and the cache")
        if foreign:
            echo(
                f"left in {folder.name}/: {counted(foreign, 'file')} that sitegen did not write",
                err=True,
            )
