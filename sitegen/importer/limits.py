"""How much of a field one article has: what is beyond that is left out, and reported."""

from __future__ import annotations

from typing import Any

import msgspec

from sitegen.base.text import counted
from sitegen.content.article import MOST
from sitegen.importer.model import Imported

LONGEST_TAG = 80  # characters
# Entries of a list; what pages and feeds call keywords is less than what an editor wrote.
_MOST = {**MOST, "aliases": 500, "corrections": 500}
_MOST["tags"] -= 1  # the section that an article had elsewhere becomes a tag
_MOST_OF_OTHERS = {"tags": 50}
# Characters of a text that is one line.
_LONGEST = {"title": 1_000, "dek": 5_000, "summary": 5_000, "dateline": 200, "section": 200}


def within_limits(found: Imported) -> Imported:
    """``found`` with as much of each field as an article may have, and a note of what is left
    out."""
    most = _MOST if found.own else _MOST | _MOST_OF_OTHERS
    changed: dict[str, Any] = {}
    notes: list[str] = []
    tags = tuple(tag for tag in found.tags if len(tag) <= LONGEST_TAG)
    if len(tags) < len(found.tags):
        changed["tags"] = tags
        count = counted(len(found.tags) - len(tags), "tag")
        notes.append(f"{count} of more than {LONGEST_TAG} characters left out")
    for field, limit in most.items():
        values = changed.get(field, getattr(found, field))
        if len(values) > limit:
            changed[field] = values[:limit]
            notes.append(f"only the first {limit} of {len(values)} {field} are kept")
    for field, limit in _LONGEST.items():
        text = getattr(found, field)
        if len(text) > limit:
            changed[field] = _cut(text, limit)
            notes.append(f"the {field} has {len(text)} characters: it ends after {limit}")
    if not notes:
        return found
    return msgspec.structs.replace(found, **changed, notes=(*found.notes, *notes))


def _cut(text: str, length: int) -> str:
    """The first words of ``text``, which are at most ``length`` characters."""
    words = text[: length - 1].rpartition(" ")[0]
    return f"{words or text[: length - 1]}…"
