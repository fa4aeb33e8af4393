"""sources: the feeds and mailboxes of site.yaml and their state."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.base.text import counted
from sitegen.cli.shared import clock, find_site, json_option, now_option, site_option
from sitegen.cli.terminal import echo, echo_json, line_width, table

if TYPE_CHECKING:
    from sitegen.config.schema import Config
    from sitegen.importer.input.feed_state import FeedState

HEAD = ("source", "state", "last answer", "a week", "fails since", "next try", "reason")


@click.command("sources")
@site_option
@now_option
@json_option
def sources_command(site: str, now: str, as_json: bool) -> None:
    """List the feeds and mailboxes of `sources:` in site.yaml: the day of their last answer, how
    many items they bring a week, since when they fail, and when they are asked again.

    The state of a source is `ok`, `new` (not asked yet), `failing`, `dead` (failing for a week),
    `gone` (its server says that it does not come back) or `moved`. Nothing is fetched.
    """
    from sitegen.engine.site_folder import read_config
    from sitegen.importer.input.feed_state import read_states

    root: Path = find_site(site)
    config, _ = read_config(root)
    moment = datetime.fromisoformat(clock(now)).timestamp()
    states = list(read_states(root, config).values())
    if as_json:
        echo_json([_row(state, config, moment) for state in states])
        return
    if not states:
        echo("no source has a feed or a mailbox; add one to site.yaml: see `sitegen help sources`")
        return
    cells = [_cells(state, config, moment) for state in states]
    for line in table([HEAD, *cells], len(HEAD) - 1, line_width()):
        echo(line)
    bad = sum(bool(state.failing) for state in states)
    echo(f"{counted(len(states), 'source')}{f', {bad} failing' if bad else ''}")


def _row(state: FeedState, config: Config, now: float) -> dict[str, Any]:
    """What is known of a feed or mailbox, for programs."""
    from sitegen.base.secrets import hidden_feeds, without_secrets

    source = config.sources[state.source]
    return {
        "source": state.source,
        "name": source.name,
        "feed": hidden_feeds(source.feed),
        "mail": without_secrets(source.mail),
        "state": _word(state, config, now),
        "success": state.success,
        "items_a_week": state.week,
        "failing_since": state.failing,
        "failures": state.failures,
        "reason": state.reason,
        "next_try": "" if state.gone else state.until,
        "moved": hidden_feeds(state.moved),
    }


def _word(state: FeedState, config: Config, now: float) -> str:
    if state.gone:
        return "gone"
    if state.failing:
        return "dead" if state.is_dead(now) else "failing"
    if state.moved and state.moved != config.sources[state.source].feed:
        return "moved"
    return "ok" if state.success else "new"


def _cells(state: FeedState, config: Config, now: float) -> tuple[str, ...]:
    """A row of the table, in the order of `HEAD`; times are those of the site's zone."""
    row = _row(state, config, now)
    until = "never" if state.gone else _local(state.until, config) or "next run"
    return (
        state.source,
        row["state"],
        state.success or "-",
        f"{state.week:g}" if state.week else "-",
        _local(state.failing, config)[:10] or "-",
        until,
        state.reason or (f"now at {row['moved']}" if row["state"] == "moved" else ""),
    )


def _local(moment: str, config: Config) -> str:
    from sitegen.base.dates import in_zone

    return in_zone(moment, config.zone)[:16].replace("T", " ") if moment else ""
