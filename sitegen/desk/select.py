"""Which items an editor names: numbers of the last list and ranges of them, ids, files, rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.conditions import Condition, ConditionError
from sitegen.base.diagnostics import fail
from sitegen.base.files import write_whole
from sitegen.config.intake import FIELDS, intake_rule
from sitegen.desk.listing import WaitingItem

LIST = ".sitegen-cache/inbox-list.json"
_NUMBERS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_RULE = re.compile(rf"\s*(?:not\s+)?(?:{'|'.join(FIELDS)})\s*(?:[<>=~]|(?:is|has)\s)")
_ID = re.compile(r"(?:import-)?([0-9a-f]{6,16})")


def read_rules(texts: Sequence[str]) -> list[Condition]:
    """The rules of a filter. Raises SitegenError for one that cannot be read."""
    out = []
    for text in texts:
        try:
            out.append(intake_rule(text))
        except ConditionError as error:
            raise fail("inbox", str(error), help=error.help, exit_status=2) from None
    return out


def filtered(items: Sequence[WaitingItem], rules: Sequence[Condition]) -> list[WaitingItem]:
    """The items of which all ``rules`` hold; `text` is the summary here."""
    return [item for item in items if all(rule.holds(_values(item)) for rule in rules)]


def matching(items: Sequence[WaitingItem], query: str) -> list[WaitingItem]:
    """The items that ``query`` means: a rule as in site.yaml (`age < 2d`), or else words that a
    headline, source, summary or tag has. Raises SitegenError for a rule that cannot be read."""
    if _RULE.match(query):
        return filtered(items, read_rules([query]))
    words = query.casefold().split()
    return [item for item in items if _has_all(item, words)]


def _has_all(item: WaitingItem, words: Sequence[str]) -> bool:
    texts = (item.title, item.source, item.section, item.summary, *item.tags)
    text = "\n".join(texts).casefold()
    return all(word in text for word in words)


def _values(item: WaitingItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "summary": item.summary,
        "text": item.summary,
        "author": [],
        "source": item.source,
        "section": item.section,
        "url": item.url,
        "lang": item.lang,
        "tags": item.tags,
        "words": item.words,
        "age": item.age,
    }


def remember_list(root: Path, items: Sequence[WaitingItem]) -> None:
    """Keep the order of a list that was shown, so that its numbers mean the same later."""
    write_whole(root / LIST, msgspec.json.encode([item.key for item in items]))


def selected(root: Path, items: Sequence[WaitingItem], names: Sequence[str]) -> list[WaitingItem]:
    """The items that ``names`` mean, each once.

    Raises SitegenError for a name that means none, or several.
    """
    shown = _last_list(root)
    out: dict[str, WaitingItem] = {}
    for name in names:
        for item in _named(items, name, shown):
            out.setdefault(item.path, item)
    return list(out.values())


def _named(items: Sequence[WaitingItem], name: str, shown: Sequence[str]) -> list[WaitingItem]:
    if numbers := _NUMBERS.fullmatch(name):
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        return _by_number(items, name, first, last, shown)
    key = _ID.fullmatch(name)
    found = _by_key(items, name, key[1]) if key else _by_path(items, name)
    if not found:
        hint = "`sitegen inbox` lists what waits, with numbers and ids; to take a published article"
        hint += " off the site, write `status: withheld` into its front matter"
        raise fail("inbox", f"no item `{name}` waits in the inbox", help=hint)
    return found


def _by_key(items: Sequence[WaitingItem], name: str, key: str) -> list[WaitingItem]:
    """The item whose id begins with ``key``."""
    found = [item for item in items if item.key.startswith(key)]
    if len(found) > 1:
        raise fail("inbox", f"`{name}` means {len(found)} items", help="write more of the id")
    return found


def _by_path(items: Sequence[WaitingItem], name: str) -> list[WaitingItem]:
    """The items whose path ends with ``name``."""
    end = f"/{name.lstrip('/')}"
    return [item for item in items if f"/{item.path}".endswith(end)]


def _by_number(
    items: Sequence[WaitingItem], name: str, first: int, last: int, shown: Sequence[str]
) -> list[WaitingItem]:
    if not 1 <= first <= last <= len(shown):
        count = f"the last list has {len(shown)} items" if shown else "no list was shown yet"
        raise fail("inbox", f"`{name}`: {count}", help="`sitegen inbox` shows the numbers")
    wanted = shown[first - 1 : last]
    waiting = {item.key: item for item in items}
    found = [waiting[key] for key in wanted if key in waiting]
    if not found:
        hint = "`sitegen inbox` shows what waits now"
        raise fail("inbox", f"`{name}` of the last list does not wait any more", help=hint)
    return found


def _last_list(root: Path) -> list[str]:
    try:
        return msgspec.json.decode((root / LIST).read_bytes(), type=list[str])
    except (OSError, msgspec.DecodeError):
        return []
