"""edition: closing editions and listing them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from sitegen.base.diagnostics import fail
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
from sitegen.cli.terminal import echo, echo_json, line_width, show, table

if TYPE_CHECKING:
    from sitegen.engine.editions import SiteEditions
    from sitegen.model.site import Edition

HEADINGS = ("EDITION", "NUMBER", "STATE", "LENGTH", "CLOSES", "TITLE")
DAY = 16  # letters of a moment, to the minute


@click.command("edition")
@click.argument("action", type=click.Choice(["close", "list"]))
@click.argument("key", default="")
@site_option
@click.option("-y", "--yes", is_flag=True, help="Close without asking.")
@now_option
@dry_run_option
@json_option
@quiet_option
def edition_command(action: str, key: str, **flags: Any) -> None:
    """List editions, or close them.

    `close` writes content/editions/KEY.yaml for every edition that has ended, or for the edition
    KEY and all older ones of its series. It lists them first; in a terminal it asks before it
    closes more than one. A closed edition no longer changes: articles that come late go into the
    next one. With several series, KEY is SERIES/KEY, and SERIES alone means all of it that has
    ended.

    \b
    Examples:
      sitegen edition list
      sitegen edition close --dry-run
      sitegen edition close 2026-w48
      sitegen edition close weekly/2026-w48 --yes
    """
    from sitegen.engine.editions import close_edition, read_editions, to_close

    root = find_site(flags["site"])
    given = read_editions(root, clock(flags["now"]))
    show(given.notes)
    if action == "list":
        _list(given, key, flags["as_json"])
        return
    chosen = to_close(given, key)
    quiet = flags["quiet"] or flags["as_json"]
    _announce(chosen, quiet or flags["dry_run"], flags["yes"])
    for edition in chosen:
        name = close_edition(root, edition, given, flags["dry_run"])
        if not quiet:
            did = "would write" if flags["dry_run"] else "wrote"
            articles = counted(len(edition.documents), "article")
            echo(f"{did} {name}: edition {edition.number}, {articles}")
    if flags["as_json"]:
        echo_json({"closed": [_facts(edition, given) for edition in chosen]})
    elif not chosen and not quiet:
        echo(
            "no open edition has ended; name one to close it now: `sitegen edition list` lists them"
        )


# Listing --------------------------------------------------------------------------------------
def _list(given: SiteEditions, name: str, as_json: bool) -> None:
    """Print a table of the editions of the series ``name``, or of all, the newest first.

    Raises SitegenError for a series that does not exist.
    """
    facts = [_facts(edition, given) for edition in _chosen(given, name)]
    if as_json:
        echo_json({"editions": facts})
        return
    if not facts:
        echo("no article is in an edition yet")
        return
    for line in table([HEADINGS, *map(_row, facts)], 5, line_width()):
        echo(line)


def _chosen(given: SiteEditions, name: str) -> list[Edition]:
    """The editions of the series ``name``, or those of all, one series after the other; the newest
    first."""
    slugs = [series.slug for series in given.config.series]
    chosen = [_checked_series(name, slugs)] if name else slugs
    newest_first = given.editions[::-1]
    return [edition for slug in chosen for edition in newest_first if edition.series == slug]


def _checked_series(name: str, slugs: Sequence[str]) -> str:
    """``name``, if it is that of a series."""
    if name in slugs:
        return name
    from sitegen.site.membership import series_hint  # slow to import

    hint = series_hint(name, slugs)
    raise fail("edition", f"series `{name}` does not exist", help=hint, exit_status=2)


def _row(facts: dict[str, Any]) -> tuple[str, ...]:
    """An edition as a row of the table."""
    articles = counted(facts["articles"], "article")
    when = facts["closes"].replace("T", " ") or "-"
    return facts["key"], f"No. {facts['number']}", facts["state"], articles, when, facts["title"]


def _facts(edition: Edition, given: SiteEditions) -> dict[str, Any]:
    """What is said of an edition: an open one whose time is over has `ended`."""
    from sitegen.site.periods import closing, own_key, series_of

    series = series_of(edition.key, given.config)
    assert series
    over = "ended" if given.has_ended(edition) else "open"
    return {
        "key": edition.key,
        "series": edition.series,
        "number": edition.number,
        "state": "closed" if edition.published else over,
        "articles": len(edition.documents),
        "closes": edition.published[:DAY] or closing(series, own_key(edition.key)),
        "title": edition.title,
        "url": edition.url,
    }


# Closing --------------------------------------------------------------------------------------
def _announce(chosen: Sequence[Edition], silent: bool, yes: bool) -> None:
    """Say which editions will be closed; ask, if a person closes more than one.

    Raises click.Abort where the answer is no.
    """
    if not chosen or silent:
        return
    keys = ", ".join(edition.key for edition in chosen)
    echo(f"closes {counted(len(chosen), 'edition')}: {keys}")
    is_asked = len(chosen) > 1 and not yes
    if is_asked and sys.stdin.isatty() and sys.stdout.isatty():
        click.confirm("Close them?", abort=True)
