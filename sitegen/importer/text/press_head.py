"""The lines of a document of a press database that have no label: headline, byline, source, day and
page, in the order of each database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import filterfalse

import msgspec

from sitegen.base.text import count_words
from sitegen.importer.fields.text import clean_line
from sitegen.importer.text.labels import END, is_short_line
from sitegen.importer.text.press_labels import LANGUAGES
from sitegen.importer.text.press_values import day_of, is_day, publication
from sitegen.importer.text.wrapped import Paragraph
from sitegen.model.base import Struct
from sitegen.names.byline import split_byline
from sitegen.names.shape import looks_like_name

LENGTH = re.compile(
    r"\d[\d.,\s]{0,8}(?:words|mots|wörter|palabras|palavras|parole|woorden|ord)", re.I
)
_CODED_SOURCE = re.compile(r"[A-Z]{3,8}")
_PAGE_ALONE = re.compile(r"[A-Z]{0,2}\d{1,4}[A-Z]?")
_LETTERHEAD = re.compile(
    r"(?:(?:late|first|second|third|all|web|night|morning|evening|\d) )?(?:editions?|final)\b.*"
    r"|first|.*\b(?:edition|édition|ausgabe|edición|edizione|edição|editie)\b.*"
    r"|correction appended",
    re.I,
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,5})?", re.I)
_SIGNED = re.compile(r"(?:By|Von|Par|Por|Di)\s")
_OF_DAY = re.compile(r".{2,80}\s[-–—|]\s.*\d{4}")  # `The Gazette - November 26, 2026`
MOST = 12  # rows of a head


class PressHead(Struct, frozen=True):
    """What the lines without a label say, and those of them that are text."""

    title: str = ""
    source: str = ""
    date: str = ""
    text: tuple[Paragraph, ...] = ()
    authors: str = ""
    page: str = ""
    section: str = ""
    dek: str = ""


class Labels(Struct, frozen=True):
    """The numbers of lines with labels: of the first one, and of the one that names the length of
    the text, which is the last of its head; 0 without one."""

    first: int = 0
    length: int = 0


class _Above(Struct, frozen=True):
    """What is above the day."""

    rows: tuple[str, ...] = ()
    authors: str = ""
    section: str = ""


def read_head(
    rows: Sequence[Paragraph], title: str, zone: str, labels: Labels | None = None
) -> PressHead:
    """What ``rows``, the lines without a label, say; ``title`` is the headline that a label names.

    The headline is above the day (Nexis Uni, Factiva), else below it (LexisNexis); the source is
    the line above the day, or below it where the headline is alone above (Factiva).
    """
    at = next((i for i, row in enumerate(rows[:MOST]) if is_day(row.text, zone)), -1)
    labels = labels or Labels()
    if at < 0:
        return _without_day(rows, title, labels.first)
    return _with_day(rows, at, title, zone, labels.length)


def _without_day(rows: Sequence[Paragraph], title: str, first_label: int) -> PressHead:
    """What ``rows`` say of which none is a day: the first one is the headline, where it is above
    all labels; else the text begins with the first paragraph."""
    if title:
        return PressHead(title=title, text=tuple(rows))
    if rows and rows[0].number < first_label:
        return PressHead(title=clean_line(rows[0].text), text=tuple(rows[1:]))
    first = _first_of_text(rows, 0)
    lead = [clean_line(row.text) for row in rows[:first]]
    return PressHead(title=next(iter(_without_times(lead)), ""), text=tuple(rows[first:]))


def _with_day(rows: Sequence[Paragraph], at: int, title: str, zone: str, length: int) -> PressHead:
    """What ``rows`` say of which row ``at`` is the day; ``length`` is the number of the line that
    closes the head, where that is below the day."""
    day, below = rows[at], rows[at + 1 :]
    is_closed = day.number < length
    above = _above([clean_line(row.text) for row in rows[:at]])
    first = _first_of_text(below, length if is_closed else 0)
    head = PressHead(
        title=title,
        date=day_of([day.text], zone),
        text=tuple(below[first:]),
        authors=above.authors,
        section=above.section,
    )
    if _OF_DAY.fullmatch(day.text):
        said = publication(day.text, zone)
        named = title or next(iter(above.rows), "")
        return msgspec.structs.replace(head, title=named, source=said.source, page=said.page)
    lead = [clean_line(row.text) for row in below[:first]]
    named_below = _without_letterhead(lead)
    is_below = len(above.rows) == 1 or bool(above.rows and named_below)
    if is_closed and not title and is_below:
        return _of_lexisnexis(head, above.rows, named_below)
    return _with_source(head, above.rows, lead)


def _first_of_text(rows: Sequence[Paragraph], length: int) -> int:
    """The first of ``rows`` that is text: the first one below the line with the ``length``, or the
    first paragraph where no line has it."""
    if length:
        return next((i for i, row in enumerate(rows) if row.number > length), len(rows))
    return next((i for i, row in enumerate(rows) if _is_paragraph(row.text)), len(rows))


def _of_lexisnexis(head: PressHead, above: Sequence[str], lead: Sequence[str]) -> PressHead:
    """``head`` with the source from above the day, and the headline from below it; what is behind
    a semicolon at the end of a line is the line below the headline."""
    parts = next((n + 1 for n, row in enumerate(lead) if row.endswith(";")), len(lead))
    title = " ".join(lead[:parts]).removesuffix(";")
    dek = " ".join(lead[parts:])
    return msgspec.structs.replace(head, title=title, dek=dek, source=" ".join(above))


def _above(rows: list[str]) -> _Above:
    """The lines above the day, without byline and length, and without the section that Factiva has
    above the headline."""
    length = next(filter(lambda i: LENGTH.fullmatch(rows[i]), range(len(rows))), -1)
    kept = list(filterfalse(LENGTH.fullmatch, rows))
    signed = _place_of_byline(kept, length)
    authors = kept.pop(signed) if signed > 0 else ""
    section = kept.pop(0) if length >= 0 and _is_filed(kept) else ""
    return _Above(tuple(kept), authors, section)


def _is_filed(rows: list[str]) -> bool:
    """Whether the first of several lines may be a section."""
    return len(rows) > 1 and is_short_line(rows[0], 4)


def _place_of_byline(kept: list[str], length: int) -> int:
    """The line with the byline, which may be names above the ``length``; 0 or less without one."""
    for i, row in enumerate(kept):
        if i and _SIGNED.match(row):
            return i
    is_above_length = length > 1 and _is_names(kept[length - 1])
    return length - 1 if is_above_length else -1


def _is_names(row: str) -> bool:
    people = split_byline(row) if count_words(row) <= 12 else ()
    return bool(people) and all(looks_like_name(p.name) for p in people)


def _with_source(head: PressHead, above: Sequence[str], lead: Sequence[str]) -> PressHead:
    """``head`` with headline and source by the lines above and below the day."""
    rows = _without_times(lead)
    title, source, page = _title_and_source(head.title, above, rows)
    title = title or " ".join(above[:-1] or above) or next(iter(rows), "")
    return msgspec.structs.replace(head, title=title, source=source, page=page)


def _title_and_source(
    title: str, above: Sequence[str], below: Sequence[str]
) -> tuple[str, str, str]:
    """(headline, source, page) by the lines above and below the day, as far as these say them;
    ``title`` is the headline if a label names it."""
    if _has_coded_source(below):
        page = next(filter(_PAGE_ALONE.fullmatch, below[1:5]), "")
        return title, below[0], page
    if len(above) >= 2 or (above and title):
        return title, above[-1], ""
    named = _without_letterhead(below)
    return (named[-1], above[0], "") if above and named else (title, "", "")


def _has_coded_source(rows: Sequence[str]) -> bool:
    """Whether the first lines are a source and its code, as Factiva has them."""
    return len(rows) >= 2 and any(map(_CODED_SOURCE.fullmatch, rows[:3]))


def _without_times(rows: Sequence[str]) -> list[str]:
    return [row for row in rows if not _TIME.fullmatch(row)]


def _without_letterhead(rows: Sequence[str]) -> list[str]:
    return [row for row in rows if not _is_letterhead(row)]


def _is_letterhead(row: str) -> bool:
    return bool(_LETTERHEAD.fullmatch(row)) or row.casefold() in LANGUAGES


def _is_paragraph(text: str) -> bool:
    words = count_words(text)
    return words > 30 or (words >= 8 and bool(END.search(text)))
