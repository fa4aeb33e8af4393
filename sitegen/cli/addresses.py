"""addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sitegen.base.text import counted
from sitegen.cli.shared import (
    clock,
    dry_run_option,
    find_site,
    json_option,
    now_option,
    quiet_option,
    site_option,
)
from sitegen.cli.terminal import echo, echo_json, show

if TYPE_CHECKING:
    from sitegen.content.addresses import Address


@click.command("addresses")
@site_option
@click.option(
    "--accept", is_flag=True, help="Write tombstones for published URLs that lead nowhere."
)
@click.option(
    "--add",
    type=click.Path(exists=True, dir_okay=False),
    help="Also record the URLs of an old site: its sitemap, or a list of one URL a line.",
)
@now_option
@dry_run_option
@json_option
@quiet_option
def addresses_command(
    accept: bool, add: str | None, as_json: bool, quiet: bool, **flags: Any
) -> None:
    """Build the site and record its URLs in addresses.tsv.

    `deploy` does the same after an upload. Commit the file: `check` and `deploy` stop where a URL
    that it lists would lead nowhere.

    \b
    Examples:
      sitegen addresses --dry-run    show which URLs are new
      sitegen addresses
      sitegen addresses --accept     give up URLs that lead nowhere
      sitegen addresses --add old-sitemap.xml
    """
    from pathlib import Path

    from sitegen.base.dates import in_zone
    from sitegen.engine.addresses import by_original, recording, with_old_urls, write_recording
    from sitegen.engine.build import build
    from sitegen.engine.options import BuildOptions
    from sitegen.engine.site_folder import read_config
    from sitegen.engine.staleness import failing

    root, now = Path(find_site(flags["site"])), clock(flags["now"])
    report = build(BuildOptions(root=str(root), now=now))
    show(report.diagnostics)
    if failing(report.diagnostics, False):
        raise click.exceptions.Exit(1)
    day = in_zone(now, read_config(root)[0].zone)[:10]
    found = recording(root, root / "output", day, accept)
    if add:
        found = with_old_urls(found, _old_urls(add), day, by_original(root))
    if not flags["dry_run"]:
        write_recording(root, found)
    if as_json:
        echo_json({"new": found.new, "gone": found.ended, "recorded": len(found.rows)})
    elif not quiet:
        _echo(found.new, found.ended, len(found.rows), flags["dry_run"])


def _echo(new: tuple[str, ...], ended: tuple[str, ...], count: int, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    for path in new if dry_run else ():
        echo(f"+ {path}")
    for path in ended:
        echo(f"- {path} ({would}gone)")
    echo(f"{counted(count, 'URL')} {would}recorded, {len(new)} of them new")


def _old_urls(name: str) -> list[Address]:
    """The URLs that the file ``name`` lists; what is left out of it is shown.

    Raises SitegenError for a file that lists none.
    """
    from pathlib import Path

    from sitegen.base.diagnostics import fail, problem
    from sitegen.content.addresses import old_addresses

    found, left = old_addresses(Path(name).read_bytes())
    if not found:
        hint = "name a sitemap with `<loc>`, or a file with one URL a line"
        raise fail("addresses", "holds no URL", name, help=hint)
    if left:
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        message = f"left out, as no page can have such a URL: {', '.join(left[:3])[:300]}{more}"
        hint = "a static host does not see what is behind `?`: redirect such URLs at the old host"
        help = hint if any("?" in url for url in left) else "correct or remove these lines"
        show([problem("addresses", message, name, help=help, level="warning")])
    return found
