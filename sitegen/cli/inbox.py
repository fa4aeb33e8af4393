"""inbox: what waits, and picking and dropping it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
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
from sitegen.cli.terminal import echo, echo_json, echo_lines, line_width, show, table

if TYPE_CHECKING:
    from sitegen.config.schema import Config
    from sitegen.desk.journal import Action, Outcome
    from sitegen.desk.listing import Inbox, WaitingItem

ACTIONS = ("list", "pick", "drop", "undo")
MOST = 200  # items of a list


@click.command("inbox")
@click.argument("action", type=click.Choice(ACTIONS), default="list")
@click.argument("items", nargs=-1, metavar="[ITEM]...")
@site_option
@click.option(
    "--where",
    "rules",
    multiple=True,
    metavar="RULE",
    help="Only items of which this rule holds, as in site.yaml: `title ~ ferry` (repeatable).",
)
@click.option("--edition", default="", metavar="KEY", help="Pick into this edition.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=MOST,
    show_default=True,
    help="List at most N items; 0 for all.",
)
@now_option
@dry_run_option
@json_option
@quiet_option
def inbox_command(
    action: str,
    items: tuple[str, ...],
    site: str,
    rules: tuple[str, ...],
    edition: str,
    limit: int,
    now: str,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """List what waits in the inbox, by story, and pick or drop it.

    ITEM is a number or a range of the last list (3, 5-9), an id or its beginning, or a file. `pick`
    moves an item into the folder of its section; if it is dated in another edition than the open
    one, it goes into the open one. `drop` removes it for good: no later import brings it back.
    `undo` takes back the last action.

    \b
    Examples:
      sitegen inbox
      sitegen inbox --where "title ~ ferry" --where "age < 2d"
      sitegen inbox pick 1 4-6
      sitegen inbox pick 7 --edition 2026-w48
      sitegen inbox drop --where "source is Salm Post" --where "age > 7d"
      sitegen inbox undo
    """
    from sitegen.desk.actions import drop, pick, undo
    from sitegen.desk.select import filtered, read_rules, selected
    from sitegen.site.periods import local_moment

    root, moment = find_site(site), clock(now)
    conditions = read_rules(rules)
    config, found, closed = _inbox(root, moment, with_site=action == "list")
    local = local_moment(moment, config.zone)
    if action == "list":
        if items:
            hint = f"use pick or drop, as in `sitegen inbox pick {items[0]}`"
            raise fail("inbox", "list takes no items", help=hint, exit_status=2)
        _list(root, found, filtered(found.items, conditions), limit, as_json)
        return
    if action == "undo":
        _report(undo(root, config), "undone", as_json, quiet)
        return
    if not items and not rules:
        hint = f"name items: sitegen inbox {action} 1 4-6; or give a rule with --where"
        raise fail("inbox", f"nothing to {action}", help=hint, exit_status=2)
    chosen = selected(root, found.items, items) if items else list(found.items)
    chosen = filtered(chosen, conditions)
    if dry_run:
        for item in chosen:
            echo(f"would {action} {item.key[:7]} {item.title}")
        return
    outcome = (
        pick(root, config, chosen, local, closed, edition)
        if action == "pick"
        else drop(root, config, chosen, local[:10])
    )
    _report(outcome, "picked" if action == "pick" else "dropped", as_json, quiet)


def _inbox(root: Path, moment: str, with_site: bool) -> tuple[Config, Inbox, set[str]]:
    """The settings, the inbox, and the keys of the closed editions; what it has in common with the
    articles of the site is looked up for a list only."""
    from sitegen.content.closed_editions import manifest_files, read_manifests
    from sitegen.desk.listing import inbox
    from sitegen.engine.articles import read_documents
    from sitegen.engine.site_folder import read_config

    now = datetime.fromisoformat(moment).timestamp()
    config, articles = (read_documents(root)[:2]) if with_site else (read_config(root)[0], [])
    closed, _ = read_manifests(root, manifest_files(root, config), config)
    return (
        config,
        inbox(root, config, now, articles, closed),
        {e.key for e in closed if e.published},
    )


def _list(
    root: Path, found: Inbox, items: Sequence[WaitingItem], limit: int, as_json: bool
) -> None:
    from sitegen.desk.select import remember_list

    shown = items[:limit] if limit else items
    remember_list(root, shown)
    if as_json:
        echo_json({"items": shown, "waiting": len(items), "hidden": found.hidden})
        return
    rows = [_cells(number, item, shown) for number, item in enumerate(shown, 1)]
    for line in table(rows, 5, line_width()):
        echo(line)
    for item in (item for item in shown if item.problem):
        echo(f"{item.path}: {item.problem}", err=True)
    more = (
        f", {len(items) - len(shown)} more (--limit 0 lists all)" if len(shown) < len(items) else ""
    )
    echo(f"{counted(len(items), 'item')} waiting{more}" if items else "nothing waits")
    for reason, count in sorted(found.hidden.items()):
        echo(f"{counted(count, 'item')} not listed, the next import takes them away: {reason}")


def _remarks(item: WaitingItem) -> Iterator[str]:
    """What an editor should know of an item."""
    if item.edition:
        yield f"already in {item.edition}"
    if item.same_as:
        yield f"likely the same as {item.same_as}"
    if item.excerpt:
        yield "excerpt"
    if item.problem:
        yield "cannot be read"
    elif item.draft:
        yield "draft"


def _cells(number: int, item: WaitingItem, shown: Sequence[WaitingItem]) -> tuple[str, ...]:
    """A row: number, id, source, age, words, title with remarks."""
    first = number == 1 or not item.story or shown[number - 2].story != item.story
    remarks = "; ".join(_remarks(item))
    title = f"{'' if first else '+ '}{item.title}{f' [{remarks}]' if remarks else ''}"
    return str(number), item.key[:7], item.source, _age(item.age), str(item.words), title


def _age(days: float | None) -> str:
    """An age in its greatest unit: `5 h`, `3 d`."""
    if days is None:
        return "-"
    return f"{max(0, int(days * 24))} h" if days < 2 else f"{int(days)} d"


def _report(outcome: Outcome, did: str, as_json: bool, quiet: bool) -> None:
    """Print what was done; exit with 1 if anything was not."""
    if as_json:
        echo_json({"done": [*map(_facts, outcome.done)], "diagnostics": outcome.problems})
    else:
        if not quiet:
            echo_lines(_done_lines(outcome, did))
        show(outcome.problems)
    if outcome.problems:
        raise SystemExit(1)


def _facts(action: Action) -> dict[str, Any]:
    """What was done, for programs."""
    path = action.files[0].after
    return {"action": action.what, "id": action.key, "title": action.title, "path": path}


def _done_lines(outcome: Outcome, did: str) -> list[str]:
    """What was done, for people."""
    if not outcome.done and not outcome.problems:
        return ["no item fits"]
    return [f"{did} {_shown_place(action, did)}" for action in outcome.done]


def _shown_place(action: Action, did: str) -> str:
    """Where an item is now, or was; of a dropped one the title."""
    if did == "dropped":
        return action.title
    return action.files[0].after if did == "picked" else action.files[0].before
