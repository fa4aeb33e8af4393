"""The list of items that an editor dropped from the inbox: ``content/_dropped.txt``.

It has a line for each item: its id, and the day on which it was dropped or last seen in a feed.
The lines are sorted. Their order, repeats and the marks of a merge mean nothing, so two versions
are merged by keeping the lines of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from sitegen.base.diagnostics import SitegenError
from sitegen.base.files import read_bytes
from sitegen.base.locks import held
from sitegen.content.merged_lines import write_lines

DROPPED = "_dropped.txt"
LOCK = ".sitegen-cache/inbox.lock"
REMEMBERED = 180  # days after which an id is forgotten that no feed shows any more
MAX_DROPPED = 32 * 1024 * 1024
_LINE = re.compile(r"^([0-9a-f]{16}) (\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)
_HEAD = (
    "# Items that were dropped: their ids, and the day. No import brings them back.\n"
    "# Written by sitegen; to merge two versions, keep the lines of both.\n"
)


def read_dropped(root: Path, content: str) -> dict[str, str]:
    """The ids of dropped items, each with its last day; none where there is no list."""
    shown = f"{content}/{DROPPED}"
    try:
        data = read_bytes(root / shown, shown, MAX_DROPPED)
    except SitegenError:
        if (root / shown).exists():
            raise
        return {}
    days: dict[str, str] = {}
    for key, day in _LINE.findall(data.decode("utf-8", "replace")):
        days[key] = max(day, days.get(key, ""))
    return days


def pruned(days: Mapping[str, str], today: str) -> dict[str, str]:
    """``days`` without those that no feed has shown for `REMEMBERED` days."""
    oldest = (date.fromisoformat(today) - timedelta(REMEMBERED)).isoformat()
    return {key: day for key, day in days.items() if day >= oldest}


def seen_again(days: Mapping[str, str], keys: set[str], today: str) -> dict[str, str]:
    """``days`` with ``today`` for those of ``keys`` that would be forgotten soon: a feed still
    shows them. Others stay, so that the list rarely changes."""
    soon = (date.fromisoformat(today) - timedelta(REMEMBERED // 2)).isoformat()
    return {key: today if key in keys and day < soon else day for key, day in days.items()}


def change_dropped(
    root: Path, content: str, change: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    """Replace the list by what ``change`` makes of it; no change by another program is lost."""
    with held(root / LOCK):
        days = read_dropped(root, content)
        new = change(dict(days))
        if new != days:
            write_dropped(root, content, new)


def write_dropped(root: Path, content: str, days: Mapping[str, str]) -> None:
    """Replace the list."""
    rows = "".join(f"{key} {day}\n" for key, day in sorted(days.items()))
    write_lines(root / content, DROPPED, _HEAD + rows)
