"""How much of a field one article has: what is beyond that is left out, and reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from sitegen.base.text import counted
from sitegen.content.article import MOST
from sitegen.importer.model import Imported, Note
from sitegen.model.base import Struct

T = TypeVar("T")
S = TypeVar("S", bound=Struct)
LONGEST_TAG = 80  # characters
# Entries of a list; what pages and feeds call keywords is less than what an editor wrote.
_MOST = {
    **MOST,
    "tags": MOST["tags"] - 1,  # the section that an article had elsewhere becomes a tag
    "aliases": 500,
    "corrections": 500,
}
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


def of_readers_left_out(count: int, noun: str) -> tuple[Note, ...]:
    """The note of an export with ``count`` of what readers wrote, if there are any."""
    said = f"{counted(count, noun)} of readers not imported"
    return (Note(said, level="note"),) if count else ()


def first_of(found: Sequence[T], most: int, noun: str) -> tuple[Sequence[T], tuple[Note, ...]]:
    """(the first ``most`` of ``found``, a note if there are others)."""
    if len(found) <= most:
        return found, ()
    return found[:most], (others_left_out(most, noun),)


def objects_of(values: Iterable[Any], noun: str) -> tuple[list[dict[str, Any]], tuple[Note, ...]]:
    """(the objects among ``values``, a note of how many others there are); ``noun`` names one."""
    found, others = [], 0
    for value in values:
        if isinstance(value, dict):
            found.append(value)
        else:
            others += 1
    return found, left_out(others, noun, f"each {noun} is an object")


def left_out(count: int, noun: str, reason: str) -> tuple[Note, ...]:
    """The note of an export of which ``count`` entries are not read, if there are any."""
    return (Note(f"{counted(count, noun)} left out, as {reason}"),) if count else ()


def within_limits(found: Imported) -> Imported:
    """``found`` with as much of each field as an article may have, and a note of what is left
    out."""
    tags = tuple(tag for tag in found.tags if len(tag) <= LONGEST_TAG)
    notes: list[str] = []
    if len(tags) < len(found.tags):
        count = counted(len(found.tags) - len(tags), "tag")
        notes.append(f"{count} of more than {LONGEST_TAG} characters left out")
        found = msgspec.structs.replace(found, tags=tags)
    for field, limit in (_MOST if found.own else _MOST | _MOST_OF_OTHERS).items():
        values = getattr(found, field)
        if len(values) > limit:
            notes.append(f"only the first {limit} of {len(values)} {field} are kept")
            found = msgspec.structs.replace(found, **{field: values[:limit]})
    found = _with_short_texts(found, _LONGEST, "the {}", notes)
    if found.image is not None:
        image = _with_short_texts(found.image, _LONGEST_OF_IMAGE, "the {} of the lead image", notes)
        if image is not found.image:
            found = msgspec.structs.replace(found, image=image)
    return msgspec.structs.replace(found, notes=(*found.notes, *notes)) if notes else found


def _with_short_texts(thing: S, longest: Mapping[str, int], called: str, notes: list[str]) -> S:
    """``thing`` with texts that are no longer than they may be; ``notes`` get a line for each that
    was."""
    for field, limit in longest.items():
        text = getattr(thing, field)
        if len(text) > limit:
            what = called.format(field)
            notes.append(f"{what} has {len(text)} characters: it ends after {limit}")
            thing = msgspec.structs.replace(thing, **{field: _cut(text, limit)})
    return thing


def _cut(text: str, length: int) -> str:
    """The first words of ``text``, which are at most ``length`` characters."""
    words = text[: length - 1].rpartition(" ")[0]
    return f"{words or text[: length - 1]}…"
