"""Items of the inbox that no longer belong there: dropped or taken elsewhere, or what the rules of
their source say now. Nothing is fetched for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen.base.files import read_bytes
from sitegen.base.text import count_words
from sitegen.config.intake import intake_rule
from sitegen.config.schema import Config, SourceConfig
from sitegen.content.inbox import InboxItem, outlet_of, read_inbox
from sitegen.importer.place.existing import Holdings
from sitegen.importer.place.frontmatter_writer import is_sealed
from sitegen.importer.place.intake import age_in_days, judge
from sitegen.model.article import Document
from sitegen.model.base import Struct


class Leaving(Struct, frozen=True):
    """An item that leaves the inbox, and why."""

    item: InboxItem
    reason: str


def leaving(
    root: Path, config: Config, holdings: Holdings, dropped: Mapping[str, str], now: float
) -> Iterator[Leaving]:
    """Every item that leaves the inbox. One that a person has edited stays, whatever the rules
    say."""
    for item in read_inbox(root, config):
        known = holdings.by_key.get(item.key)
        if item.key in dropped:
            yield Leaving(item, f"dropped from the inbox on {dropped[item.key]}")
        elif known is not None and "/_" not in known.path:
            yield Leaving(item, f"is in {known.path} already")
        elif (reason := refused(root, item, config, now)) and _is_untouched(root, item):
            yield Leaving(item, reason)


def refused(root: Path, item: InboxItem, config: Config, now: float) -> str:
    """Why the rules of its source drop an item of the inbox; empty if they do not."""
    if item.document is None:
        return ""
    _, outlet = outlet_of(item.document, config)
    if outlet is None or not (outlet.keep or outlet.drop):
        return ""
    verdict = judge(inbox_values(root, item, item.document, outlet, config, now), outlet)
    return "" if verdict.taken else verdict.in_words()


def inbox_values(
    root: Path,
    item: InboxItem,
    document: Document,
    outlet: SourceConfig,
    config: Config,
    now: float,
) -> Mapping[str, Any]:
    """What rules may ask of an item, as `intake.values_of` has it; its text is read only where a
    rule asks for it."""
    asked = {intake_rule(text).field for text in (*outlet.keep, *outlet.drop)}
    text = _body(root, item) if asked & {"text", "words"} else ""
    return {
        "title": document.title,
        "summary": document.summary or document.dek,
        "text": text,
        "author": [person.name for person in document.authors],
        "source": document.source.name,
        "section": document.section,
        "url": document.canonical or document.source.url,
        "lang": document.lang,
        "tags": document.tags,
        "words": count_words(text),
        "age": age_in_days(document.date, config, now),
    }


def _body(root: Path, item: InboxItem) -> str:
    text = read_bytes(root / item.path, item.path).decode("utf-8", "replace")
    return text.split("\n---\n", 1)[-1]


def _is_untouched(root: Path, item: InboxItem) -> bool:
    """Whether the file is as an import wrote it."""
    return is_sealed(read_bytes(root / item.path, item.path).decode("utf-8", "replace"))


def remove_from(root: Path, items: list[Leaving], failed: Callable[[str, OSError], None]) -> None:
    """Delete the files of items that leave; ``failed`` is called for one that stays."""
    for one in items:
        try:
            (root / one.item.path).unlink(missing_ok=True)
        except OSError as error:
            failed(one.item.path, error)
