"""One document of a press database (Factiva, LexisNexis, Nexis Uni, ProQuest, EBSCO, PressReader,
Gale, Genios, NewsBank, Europresse) as text, to an article.

Such documents name their parts by labels (`BYLINE: Jane Roe`, `HD The clock stays fast`). What a
label says goes to its field; lines without one are headline, source and day in the order of each
database, or the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from sitegen.base.text import count_words
from sitegen.importer.fields.credits import credit_people
from sitegen.importer.fields.dateline import dateline
from sitegen.importer.fields.language import guess_language
from sitegen.importer.fields.text import clean_inline, clean_line, escape_block, raw_lines
from sitegen.importer.model import Imported
from sitegen.importer.text.labels import is_short_line
from sitegen.importer.text.press_head import LENGTH, Labels, PressHead, read_head
from sitegen.importer.text.press_labels import (
    FOOT_IN_WORDS,
    NUMBER_OF_EUROPRESSE,
    NUMBER_OF_FACTIVA,
    OF,
    code_of,
    coded,
    label_of,
    labelled,
)
from sitegen.importer.text.press_values import (
    Publication,
    Said,
    day_of,
    holder_of,
    in_small,
    language_of,
    page_of,
    people_in,
    publication,
    section_in,
)
from sitegen.importer.text.wrapped import Paragraph, unwrap
from sitegen.importer.to_markdown import join_blocks
from sitegen.model.article import Correction, Person, Rights, Source
from sitegen.model.base import Struct

_COPYRIGHT = re.compile(r"\(?(?:copyright\b|©|\(c\)).*", re.I)
_OF_RIGHTS = re.compile(r"^\(?copyright\s?:\s*\(?|^\((?=copyright)", re.I)
# the rights of the database, not of the article
_OF_HOST = re.compile(
    r"(?:.{0,20}\bcopyright|©).{0,20}\b(?:Factiva|LexisNexis|ProQuest|EBSCO|NewsBank"
    r"|Cedrom-SNi|GBI-Genios)\b.*",
    re.I,
)
# below each article of EBSCO
_PROPERTY = re.compile(r"copyright of .{2,200} is the property of .*", re.I)
_RESERVED = re.compile(
    r"all rights reserved\W*|tous droits réservés\W*|alle rechte vorbehalten\W*"
    r"|todos los derechos reservados\W*|tutti i diritti riservati\W*",
    re.I,
)
_ALL_RIGHTS = re.compile(
    r"rights reserved|droits réservés|rechte vorbehalten|derechos reservados", re.I
)
_COUNT = re.compile(rf"\W*(?:document\s+)?\d+\s*{OF}\s*\d+(?:\s+documents?)?\W*|record: \d+", re.I)
_FOOT = re.compile(
    rf"{FOOT_IN_WORDS}|{NUMBER_OF_FACTIVA}|{NUMBER_OF_EUROPRESSE}|certificat émis le .{{1,300}}",
    re.I,
)
_RUNNING = re.compile(r"(?:page|seite)\s+\d{1,4}\s+(?:of|de|von|sur)\s+\d{1,4}", re.I)
# `France, jeudi 26 novembre 2026 55 mots, p. 7`, the line below the source (Europresse)
_OF_EUROPRESSE = re.compile(
    r"(?:(?P<section>[^,\d]{2,60}),\s+)?(?P<day>[^,]*\d{4})(?:\s+[\d\s]{1,8}mots)?"
    r",\s+p\.\s?(?P<page>\S{1,12})"
)
# `The clock stays fast: [City Edition]` (ProQuest)
_EDITION = re.compile(r"\s*:\s*\[[^\]]{0,40}\bEdition\b[^\]]{0,20}\]\s*$", re.I)

_OF_DATABASE = frozenset("- length copyright corrected lang date info page source section".split())
LEAST = 25  # words of a text, unless a label says that it has fewer
DATABASE = "label of the database"  # the kind of furniture that a line is


class PressDocument(Struct, frozen=True):
    """An article, and the lines of its input, each with the kind of furniture that it is or an
    empty string."""

    found: Imported
    lines: tuple[tuple[str, str], ...] = ()


class _Part(Struct, frozen=True):
    """A label, or an empty one, and a paragraph that it speaks of."""

    field: str
    row: Paragraph


def is_press(lines: Sequence[str]) -> bool:
    """Whether ``lines`` are of a document that a press database wrote: three of its labels, or
    codes, or the head and foot of one without labels."""
    rows = [line.strip() for line in lines[:400]]
    labels = set(map(label_of, rows)) - {""}
    if len(labels) >= 3 or set(map(code_of, rows)) >= {"HD", "LP"}:
        return True
    foot = map(str.strip, lines[-20:])
    return any(map(_is_of_head, rows[:40])) and any(map(_FOOT.fullmatch, foot))


def _is_of_head(row: str) -> bool:
    """Whether a line is one that the head of a document without labels has."""
    return bool(LENGTH.fullmatch(row) or _OF_EUROPRESSE.fullmatch(row))


def read_press(lines: Sequence[str], *, before: int = 0, zone: str = "") -> Imported:
    """The article of one document; ``before`` is the number of lines of the file before it.

    Never raises for bad input.
    """
    return read_document(lines, before=before, zone=zone).found


def read_document(lines: Sequence[str], *, before: int = 0, zone: str = "") -> PressDocument:
    """As `read_press`, with the lines that the article was read from."""
    rows = _rows(lines)
    parts = _parts(_with_labels(rows), is_coded=_are_coded(rows))
    said = _said(parts)
    unlabelled = [part.row for part in parts if not part.field]
    head = read_head(unlabelled, _joined(said, "title"), zone, _numbers_of_labels(parts))
    text = _text(parts, head, said)
    where = f"from the document in line {before + rows[0].number}" if rows else ""
    found = _article(said, head, text, where, zone)
    return PressDocument(found, tuple((part.row.text, _furniture(part)) for part in parts))


def _are_coded(rows: list[Paragraph]) -> bool:
    """Whether enough lines of a document begin with codes to read them as such."""
    fields = (coded(clean_line(row.text))[0] for row in rows)
    return sum(map(bool, fields)) >= 4


def _numbers_of_labels(parts: Sequence[_Part]) -> Labels:
    """The lines with the first label, and with the one that names the length of the text."""
    labelled = [part for part in parts if part.field not in ("", "-")]
    lengths = (part.row.number for part in parts if part.field == "length")
    return Labels(labelled[0].row.number if labelled else 0, next(lengths, 0))


def _article(
    said: Said, head: PressHead, text: Sequence[Paragraph], where: str, zone: str
) -> Imported:
    """The article of what labels and lines say, with its ``text``."""
    body = join_blocks([escape_block(clean_line(row.text)) for row in text])
    plain = "\n".join(row.text for row in text)
    printed = _printed(said, head, zone)
    title = clean_inline(_EDITION.sub("", head.title))
    authors = people_in(said.get("authors") or (head.authors,))
    read = {
        "title": title,
        "authors": authors,
        "date": printed.day,
        "source": printed.source,
        "page": printed.page,
    }
    return Imported(
        title=title,
        dek=clean_inline(_joined(said, "dek") or head.dek),
        authors=authors,
        credits=_credits(said),
        corrections=_corrections(said, printed.day, zone),
        date=printed.day,
        dateline=clean_inline(_joined(said, "place")) or dateline(plain[:200], ""),
        source=Source(printed.source),
        section=clean_inline(in_small(section_in(said.get("section", ())) or head.section)),
        lang=language_of(said) or guess_language(plain),
        rights=Rights(notice=clean_inline(_notice(said))),
        body=body,
        extra={"page": printed.page[:40]} if printed.page else {},
        evidence=tuple((name, where) for name, value in read.items() if value and where),
        doubts=_doubts(title, body, said),
    )


def _printed(said: Said, head: PressHead, zone: str) -> Publication:
    """Where and when an article was printed."""
    lines = (*said.get("source", ()), *said.get("info", ()))
    named = [publication(line, zone) for line in lines]
    source = _first([head.source, *(one.source for one in named)])
    day = _first([head.date, day_of(said.get("date", ()), zone), *(one.day for one in named)])
    page = _first([*said.get("page", ()), head.page, *(one.page for one in named), page_of(said)])
    return Publication(clean_inline(source), day, page)


def _credits(said: Said) -> tuple[Person, ...]:
    found = (credit_people(holder_of(line)) for line in said.get("credits", ()))
    return tuple(chain.from_iterable(found))


def _doubts(title: str, body: str, said: Said) -> tuple[str, ...]:
    missing = {"no headline found": not title, "no running text found": not _has_text(body, said)}
    return tuple(doubt for doubt, is_so in missing.items() if is_so)


def _joined(said: Said, field: str) -> str:
    """All that labels say of a field, in one line."""
    return " ".join(said.get(field, ()))


def _has_text(body: str, said: Said) -> bool:
    """Whether a text is long enough for an article, or about as long as its label says."""
    words = count_words(body)
    stated = [int(n) for row in said.get("length", ()) for n in re.findall(r"\d{1,3}\b", row)[:1]]
    return words >= LEAST or any(words >= 0.6 * number > 0 for number in stated)


def _notice(said: Said) -> str:
    """Who holds the rights, without the label and the brackets around it."""
    text = _OF_RIGHTS.sub("", _joined(said, "copyright"))
    return text.removesuffix(")") if text.count(")") > text.count("(") else text


def _corrections(said: Said, date: str, zone: str) -> tuple[Correction, ...]:
    """What the database says was wrong in the article, with the day of that, or of the article."""
    text = clean_inline(_joined(said, "correction"))
    day = day_of(said.get("corrected", ()), zone) or date
    return (Correction(day, text),) if text and day else ()


def _first(values: Iterable[str]) -> str:
    """The first value that says something."""
    return next((value for value in values if value), "")


def _rows(lines: Sequence[str]) -> list[Paragraph]:
    """The paragraphs of a document, without the heads that the pages of its print have."""
    kept = _without_running_heads(list(lines))
    return [row for row in unwrap(raw_lines("\n".join(kept))) if clean_line(row.text)]


def _without_running_heads(lines: list[str]) -> list[str]:
    """``lines`` with empty ones in the place of `Page 2 of 4` and the headline below it, where it
    comes again."""
    texts = [*map(str.strip, lines), ""]
    marks = [n for n, text in enumerate(texts) if _RUNNING.fullmatch(text)]
    below = [n + 1 for n in marks]
    heads = _repeated(texts, below)
    out = list(lines)
    for n in (*marks, *filter(lambda n: texts[n] in heads, below)):
        out[n] = ""
    return out


def _repeated(texts: list[str], below: list[int]) -> set[str]:
    """The texts at the places ``below`` marks that are elsewhere, too."""
    found = Counter(texts[n] for n in below)
    return {text for text, number in found.items() if text and texts.count(text) > number}


def _with_labels(rows: list[Paragraph]) -> list[Paragraph]:
    """``rows`` with labels in the head of a document of Europresse, which has a fixed order:
    source; section, day and page; headline; author."""
    at = next(
        (n for n, r in enumerate(rows[:4]) if _OF_EUROPRESSE.fullmatch(clean_line(r.text))), 0
    )
    if not at or at + 2 >= len(rows):
        return rows
    match = _OF_EUROPRESSE.fullmatch(clean_line(rows[at].text))
    said = match.groupdict() if match else {}
    has_author = may_be_author(rows[at + 2].text)
    head = {
        "Publication title": rows[at - 1].text,
        "Section": said.get("section") or "",
        "Publication date": said.get("day") or "",
        "Page": said.get("page") or "",
        "Headline": rows[at + 1].text,
        "Author": rows[at + 2].text if has_author else "",
    }
    number = rows[at].number
    labels = [Paragraph(number, f"{label}: {value}", 1) for label, value in head.items() if value]
    text = rows[at + 2 + has_author :]
    return [*rows[: at - 1], *labels, Paragraph(number, "Body", 1), *text]


def may_be_author(row: str) -> bool:
    """Whether the line below a headline of Europresse can name the author."""
    return is_short_line(row, 12)


def _text(parts: Sequence[_Part], head: PressHead, said: Said) -> list[Paragraph]:
    """The paragraphs of the text; its last line may repeat who holds the rights (Factiva)."""
    text = [p.row for p in parts if p.field == "body"] or list(head.text)
    notice = _joined(said, "copyright").casefold()
    last = clean_line(text[-1].text).casefold() if text else ""
    is_holder = bool(last) and count_words(last) <= 8 and last.rstrip(". ") in notice
    return text[:-1] if is_holder else text


def _parts(rows: list[Paragraph], is_coded: bool) -> list[_Part]:
    """``rows`` with the field that each belongs to: what is below the label of the text is text
    until the next label."""
    out: list[_Part] = []
    inside = ""
    for row in rows:
        if not is_coded and _ends_value(row, out, inside):
            inside = ""
        parts, inside = _parts_of_row(row, inside, is_coded)
        out += parts
    return out


def _ends_value(row: Paragraph, parts: list[_Part], field: str) -> bool:
    """Whether ``row`` is no more of the value of the label above it: an empty line is between them;
    a text goes on behind it."""
    if not row.gap or field in ("", "body"):
        return False
    return bool(parts) and parts[-1].field == field


def _parts_of_row(row: Paragraph, inside: str, is_coded: bool) -> tuple[list[_Part], str]:
    """(the parts that a line is, the field that the lines below it belong to); it is itself below
    the label of the field ``inside``."""
    text = clean_line(row.text)
    if mark := _mark(text):
        return [_Part(mark, row)], inside
    field, rest = coded(text) if is_coded else labelled(text)
    if not field:
        return [_Part(inside, row)], inside
    goes_on = field == "body" or not rest or is_coded
    return _value(field, row, rest), field if goes_on else ""


def _value(field: str, row: Paragraph, rest: str) -> list[_Part]:
    """The part that is behind the label of a field, if anything is."""
    return [_Part(field, msgspec.structs.replace(row, text=rest))] if rest else []


def _mark(text: str) -> str:
    """The field of a line that is no text wherever it is: a copyright, a count, a foot."""
    if _is_of_host(text):
        return "-"
    if _PROPERTY.fullmatch(text) or _is_copyright(text):
        return "copyright"
    return "-" if _is_of_database(text) else ""


def _is_of_host(text: str) -> bool:
    return bool(_OF_HOST.fullmatch(text)) and count_words(text) <= LEAST


def _is_of_database(text: str) -> bool:
    """Whether a line has no letters, or is one that databases put around each document."""
    if not any(map(str.isalnum, text)):
        return True
    return any(mark.fullmatch(text) for mark in (_RESERVED, _COUNT, _FOOT))


def _is_copyright(text: str) -> bool:
    most = 80 if _ALL_RIGHTS.search(text) else 30
    return bool(_COPYRIGHT.fullmatch(text)) and count_words(text) <= most


def _furniture(part: _Part) -> str:
    """The kind of furniture that a part is, or an empty string for what has to be in the
    article."""
    if part.field in _OF_DATABASE:
        return DATABASE
    if part.field == "credits":
        return "caption"
    text = clean_line(part.row.text)
    return "letterhead" if not part.field and is_short_line(text, 8) else ""


def _said(parts: Iterable[_Part]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for part in parts:
        if part.field not in ("", "-", "body"):
            out[part.field] = (*out.get(part.field, ()), clean_line(part.row.text))
    return out
