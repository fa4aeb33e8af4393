"""What the rules of its source say of an item: `keep` and `drop` of site.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sitegen.base.conditions import Condition
from sitegen.base.dates import read_date
from sitegen.base.files import read_bytes
from sitegen.config.intake import intake_rule
from sitegen.config.schema import Config, SourceConfig
from sitegen.content.article import NO_DATE
from sitegen.content.inbox import InboxItem, outlet_of
from sitegen.model.article import Document
from sitegen.model.base import Struct

DAY = 86_400.0


class Verdict(Struct, frozen=True):
    """Whether an item is taken, and the rule that decided; an empty ``rule`` says that none did."""

    taken: bool
    rule: str = ""

    def in_words(self) -> str:
        """The verdict for people."""
        if self.taken:
            return f"kept by `{self.rule}`" if self.rule else "no rule drops it"
        return f"dropped by `{self.rule}`" if self.rule else "no rule of `keep` holds"


def judge(values: Mapping[str, Any], outlet: SourceConfig) -> Verdict:
    """What the rules of ``outlet`` say of an item with these ``values`` by field.

    A rule of `drop` takes precedence over those of `keep`.
    """
    dropping = _first(values, outlet.drop)
    if dropping:
        return Verdict(False, f"drop: {dropping.text}")
    keeping = _first(values, outlet.keep)
    if keeping:
        return Verdict(True, f"keep: {keeping.text}")
    return Verdict(not outlet.keep)


def _first(values: Mapping[str, Any], rules: tuple[str, ...]) -> Condition | None:
    return next((rule for text in rules if (rule := intake_rule(text)).holds(values)), None)


def age_in_days(date: str, config: Config, now: float) -> float | None:
    """How many days before ``now`` something is dated; None where that is not known."""
    try:
        return (now - read_date(date, config.zone)[1]) / DAY if now else None
    except ValueError:
        return None


def age_of(document: Document, now: float) -> float | None:
    """How many days before ``now`` an article is dated; None where that is not known."""
    is_known = bool(now) and document.date not in ("", NO_DATE)
    return (now - document.stamp) / DAY if is_known else None


def refused(root: Path, item: InboxItem, config: Config, now: float) -> str:
    """Why the rules of its source drop an item of the inbox; empty if they do not."""
    document = item.document
    outlet = outlet_of(document, config)[1] if document else None
    if not document or not outlet:
        return ""
    rules = (*outlet.keep, *outlet.drop)
    if not rules:
        return ""
    asked = {intake_rule(text).field for text in rules}
    verdict = judge(inbox_values(root, item, document, now, "text" in asked), outlet)
    return "" if verdict.taken else verdict.in_words()


def inbox_values(
    root: Path,
    item: InboxItem,
    document: Document,
    now: float,
    with_text: bool = True,
) -> dict[str, Any]:
    """What rules may ask of an item, by the fields of `config/intake.py`; its file is read only
    for its text."""
    return {
        "title": document.title,
        "summary": document.summary or document.dek,
        "text": _body(root, item) if with_text else "",
        "author": [person.name for person in document.authors],
        "source": document.source.name,
        "section": document.section,
        "url": document.canonical or document.source.url,
        "lang": document.lang,
        "tags": document.tags,
        "words": document.words,
        "age": age_of(document, now),
    }


def _body(root: Path, item: InboxItem) -> str:
    text = read_bytes(root / item.path, item.path).decode("utf-8", "replace")
    return text.split("\n---\n", 1)[-1]
