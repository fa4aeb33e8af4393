"""How much of a field one article has: what is beyond that is left out, and reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from sitegen.base.text import counted
from sitegen.content.article import MOST
from sitegen.importer.model import Imported, Note
from sitegen.model.base import Struct

T = TypeVar("T")
LONGEST_TAG = 80  # characters
# Entries of a list; what pages and feeds call keywords is less than what an editor wrote.
_MOST = {**MOST, "aliases": 500, "corrections": 500}
_MOST["tags"] -= 1  # the section that an article had elsewhere becomes a tag
_MOST_OF_OTHERS = {"tags": 50}
# Characters of a text that is one line.
_LONGEST = {"title": 1_000, "dek": 5_000, "summary": 5_000, "dateline": 200, "section": 200}
_LONGEST_OF_IMAGE = {
    "alt": 2_000,
    "caption": 5_000,
    "creator": 1_000,
    "credit": 1_000,
    "copyright": 2_000,
    "license": 1_000,
}


def others_left_out(most: int, noun: str) -> Note:
    """The note of an input with more than ``most`` of what ``noun`` names in the plural."""
    return Note(f"has more than {most} {noun}; the others are not read")


def first_of(found: Sequence[T], most: int, noun: str) -> tuple[Sequence[T], tuple[Note, ...]]:
    """(the first ``most`` of ``found``, a note if there are others)."""
    if len(found) <= most:
        return found, ()
    return found[:most], (others_left_out(most, noun),)


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
    changed |= _texts_within(_LONGEST, found, "the {}", notes)
    if found.image is not None:
        texts = _texts_within(_LONGEST_OF_IMAGE, found.image, "the {} of the lead image", notes)
        changed["image"] = msgspec.structs.replace(found.image, **texts)
    if not notes:
        return found
    return msgspec.structs.replace(found, **changed, notes=(*found.notes, *notes))


def _texts_within(
    longest: Mapping[str, int], thing: Struct, called: str, notes: list[str]
) -> dict[str, str]:
    """The fields of ``thing`` that are too long, as they are then; ``notes`` get a line for
    each."""
    changed = {}
    for field, limit in longest.items():
        text = getattr(thing, field)
        if len(text) > limit:
            changed[field] = _cut(text, limit)
            what = called.format(field)
            notes.append(f"{what} has {len(text)} characters: it ends after {limit}")
    return changed


def _cut(text: str, length: int) -> str:
    """The first words of ``text``, which are at most ``length`` characters."""
    words = text[: length - 1].rpartition(" ")[0]
    return f"{words or text[: length - 1]}…"
