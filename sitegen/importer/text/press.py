"""One document of a press database (Factiva, LexisNexis, Nexis Uni, ProQuest, EBSCO, PressReader)
as text, to an article.

Such documents name their parts by labels (`BYLINE: Jane Roe`, `HD The clock stays fast`). What a
label says goes to its field; lines without one are headline, source and day in the order of each
database, or the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sitegen.base.text import count_words
from sitegen.importer.fields.credits import credit_people
from sitegen.importer.fields.dateline import dateline
from sitegen.importer.fields.language import guess_language, language_code
from sitegen.importer.fields.text import clean_inline, clean_line, escape_block, raw_lines
from sitegen.importer.fields.timestamps import find_stamps
from sitegen.importer.model import Imported
from sitegen.importer.text.labels import END
from sitegen.importer.text.press_labels import LANGUAGES, OF, code_of, coded, label_of, labelled
from sitegen.importer.text.wrapped import Paragraph, unwrap
from sitegen.importer.to_markdown import join_blocks
from sitegen.model.article import Person, Rights, Source
from sitegen.model.base import Struct
from sitegen.names.byline import split_byline

_LENGTH = re.compile(
    r"\d[\d.,\s]{0,8}(?:words|mots|wörter|palabras|palavras|parole|woorden|ord)", re.I
)
_COPYRIGHT = re.compile(r"(?:copyright\b|©|\(c\)).*", re.I)
_RESERVED = re.compile(
    r"all rights reserved\W*|tous droits réservés\W*|alle rechte vorbehalten\W*"
    r"|todos los derechos reservados\W*|tutti i diritti riservati\W*",
    re.I,
)
_COUNT = re.compile(rf"\W*(?:document\s+)?\d+\s*{OF}\s*\d+(?:\s+documents?)?\W*|record: \d+", re.I)
_FOOT = re.compile(r"end of document|(?:document|dokument|documento)\s+[A-Z]{3,12}0\w{12,30}", re.I)
_PAGE = re.compile(
    r"\b(?:pg|page|pages|pág|pag|p|s|seite)\.?\s*(?P<page>[A-Z]?\d[\w, -]{0,12}?)\s*(?=[;,.]|$)",
    re.I,
)
_CODED_SOURCE = re.compile(r"[A-Z]{3,8}")
_PAGE_ALONE = re.compile(r"[A-Z]{0,2}\d{1,4}[A-Z]?")
_TURNED = re.compile(r"(?P<last>[^,;]{2,40}),\s*(?P<first>[^,;]{1,40})")
_LETTERHEAD = re.compile(
    r"late edition.*|first"
    r" edition.*|final.*|.*\bedition\b.*|english|français|deutsch|español|\d{1,2}:\d{2}",
    re.I,
)
_SIGNED = re.compile(r"(?:By|Von|Par|Por|Di)\s")
# `Gazette. 11/26/2026, p17`: the month is first, whatever the language (EBSCO)
_OF_EBSCO = re.compile(r"(?P<source>[^.;]{2,120})[.;].{0,60}?(?P<day>\d{1,2}/\d{1,2}/\d{4})")

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


class _Head(Struct, frozen=True):
    """What the lines without a label say, and those of them that are text."""

    title: str = ""
    source: str = ""
    date: str = ""
    text: tuple[Paragraph, ...] = ()
    authors: str = ""
    page: str = ""


def is_press(lines: Sequence[str]) -> bool:
    """Whether ``lines`` are of a document that a press database wrote: three of its labels, or
    codes."""
    rows = [line.strip() for line in lines[:400]]
    labels = {label for row in rows if (label := label_of(row))}
    codes = {code for row in rows if (code := code_of(row))}
    length = any(_LENGTH.fullmatch(row) for row in rows[:40])
    foot = any(_FOOT.fullmatch(line.strip()) for line in lines[-20:])
    return len(labels) >= 3 or {"HD", "LP"} <= codes or (length and foot)


def read_press(lines: Sequence[str], *, before: int = 0, zone: str = "") -> Imported:
    """The article of one document; ``before`` is the number of lines of the file before it.

    Never raises for bad input.
    """
    return read_document(lines, before=before, zone=zone).found


def read_document(lines: Sequence[str], *, before: int = 0, zone: str = "") -> PressDocument:
    """As `read_press`, with the lines that the article was read from."""
    rows = [row for row in unwrap(raw_lines("\n".join(lines))) if clean_line(row.text)]
    is_coded = sum(bool(coded(clean_line(row.text))[0]) for row in rows) >= 4
    parts = _parts(rows, is_coded)
    said = _said(parts)
    head = _head([p.row for p in parts if not p.field], said, zone)
    text = [p.row for p in parts if p.field == "body"] or list(head.text)
    body = join_blocks([escape_block(clean_line(row.text)) for row in text])
    plain = "\n".join(row.text for row in text)
    title = " ".join(said.get("title", ())) or head.title
    date = head.date or _day([*said.get("date", ()), *_turned_days(said)], zone)
    source = head.source or _named_source(said)
    page = (said.get("page", ("",))[0] or head.page or _page(said))[:40]
    authors = said.get("authors") or ((head.authors,) if head.authors else ())
    doubts = [] if title else ["no headline found"]
    doubts += [] if count_words(body) >= 25 else ["no running text found"]
    fields = {"title": title, "authors": authors, "date": date, "source": source, "page": page}
    where = f"from the document in line {before + rows[0].number}" if rows else ""
    found = Imported(
        title=clean_inline(title)[:500],
        dek=clean_inline(" ".join(said.get("dek", ()))),
        authors=_people(authors),
        credits=tuple(p for line in said.get("credits", ()) for p in credit_people(_holder(line))),
        date=date,
        dateline=clean_inline(" ".join(said.get("place", ()))) or dateline(plain[:200], ""),
        source=Source(clean_inline(source)),
        section=clean_inline(re.split(r"[;,]", " ".join(said.get("section", ())))[0]).title(),
        lang=_language(said) or guess_language(plain),
        rights=Rights(notice=clean_inline(" ".join(said.get("copyright", ())))[:500]),
        body=body,
        extra={"page": page} if page else {},
        evidence=tuple((name, where) for name, value in fields.items() if value and where),
        doubts=tuple(doubts),
    )
    return PressDocument(found, tuple((p.row.text, _furniture(p)) for p in parts))


def _parts(rows: list[Paragraph], is_coded: bool) -> list[_Part]:
    """``rows`` with the field that each belongs to: what is below the label of the text is text
    until the next label."""
    out: list[_Part] = []
    inside = ""
    for row in rows:
        text = clean_line(row.text)
        if row.gap and inside not in ("", "body") and not is_coded and _has_value(out, inside):
            inside = ""  # what comes after an empty line is no more of the label's value
        if mark := _mark(text):
            out.append(_Part(mark, row))
            continue
        field, rest = coded(text) if is_coded else labelled(text)
        if field:
            inside = field if field == "body" or not rest or is_coded else ""
            if rest:
                out.append(_Part(field, Paragraph(row.number, rest, row.gap)))
        else:
            out.append(_Part(inside, row))
    return out


def _has_value(parts: list[_Part], field: str) -> bool:
    return bool(parts) and parts[-1].field == field


def _mark(text: str) -> str:
    """The field of a line that is no text wherever it is: a copyright, a count, a foot."""
    if _COPYRIGHT.fullmatch(text) and count_words(text) <= 30:
        return "copyright"
    is_mark = _RESERVED.fullmatch(text) or _COUNT.fullmatch(text) or _FOOT.fullmatch(text)
    return "-" if is_mark or not any(c.isalnum() for c in text) else ""


def _furniture(part: _Part) -> str:
    """The kind of furniture that a part is, or an empty string for what has to be in the
    article."""
    if part.field in ("-", "copyright", "lang", "date", "info", "page", "source"):
        return DATABASE
    text = clean_line(part.row.text)
    is_short = count_words(text) <= 8 and not END.search(text)
    return "letterhead" if not part.field and is_short else ""


def _said(parts: Iterable[_Part]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for part in parts:
        if part.field not in ("", "-", "body"):
            out[part.field] = (*out.get(part.field, ()), clean_line(part.row.text))
    return out


def _head(rows: list[Paragraph], said: dict[str, tuple[str, ...]], zone: str) -> _Head:
    """What the lines without a label say.

    The headline is above the day (Nexis Uni, Factiva), else below it (LexisNexis); the source is
    the line above the day, or below it where the headline is alone above (Factiva).
    """
    title = " ".join(said.get("title", ()))
    at = next((i for i, row in enumerate(rows[:12]) if _is_day(row.text, zone)), -1)
    if at < 0 and title:
        return _Head(title=title, text=tuple(rows))
    date = _day([rows[at].text], zone) if at >= 0 else ""
    above = [row for row in rows[: max(at, 0)] if not _LENGTH.fullmatch(clean_line(row.text))]
    signed = next((i for i, row in enumerate(above) if _SIGNED.match(row.text)), -1)
    authors = clean_line(above.pop(signed).text) if signed > 0 else ""
    below = rows[at + 1 :]
    first = next((i for i, row in enumerate(below) if _is_paragraph(row.text)), len(below))
    lead = [clean_line(row.text) for row in below[:first]]
    known = _Head(title=title, date=date, text=tuple(below[first:]), authors=authors)
    return _with_source(known, [row.text for row in above], lead, at >= 0)


def _with_source(head: _Head, above: list[str], lead: list[str], dated: bool) -> _Head:
    """``head`` with headline and source by the lines above and below the day."""
    title, source, page = head.title, "", ""
    named = [row for row in lead if not _LETTERHEAD.fullmatch(row)]
    if dated and len(lead) >= 2 and any(_CODED_SOURCE.fullmatch(row) for row in lead[:3]):
        source = lead[0]
        page = next((row for row in lead[1:5] if _PAGE_ALONE.fullmatch(row)), "")
    elif len(above) >= 2:
        source = above[-1]
    elif above and not title and dated and named:
        title, source = named[-1], above[0]
    title = title or next(iter(above), "") or next(iter(lead), "")
    return _Head(title, clean_line(source), head.date, head.text, head.authors, page)


def _is_day(text: str, zone: str) -> bool:
    return count_words(text) <= 10 and bool(_day([text], zone))


def _is_paragraph(text: str) -> bool:
    words = count_words(text)
    return words > 30 or (words >= 8 and bool(END.search(text)))


def _day(texts: Iterable[str], zone: str) -> str:
    for text in texts:
        for stamp in find_stamps(text, "", "", zone):
            if stamp.clear and stamp.value:
                return stamp.value[:10]
    return ""


def _turned_days(said: dict[str, tuple[str, ...]]) -> list[str]:
    """The lines on the publication, with days of EBSCO as in ISO 8601."""
    out = []
    for text in said.get("info", ()):
        match = _OF_EBSCO.match(text)
        month, day, year = match["day"].split("/") if match else ("", "", "")
        out.append(f"{year}-{int(month):02}-{int(day):02}" if match else text)
    return out


def _named_source(said: dict[str, tuple[str, ...]]) -> str:
    named = next(iter(said.get("source") or said.get("info") or ("",)))
    match = _OF_EBSCO.match(named)
    return match["source"].strip() if match else named.split(";")[0].strip()


def _language(said: dict[str, tuple[str, ...]]) -> str:
    name = re.split(r"[;,/ ]", next(iter(said.get("lang", ("",)))))[0]
    return LANGUAGES.get(name.casefold(), "") or language_code(name)


def _page(said: dict[str, tuple[str, ...]]) -> str:
    placed = (*said.get("section", ()), *said.get("info", ()))
    found = [m["page"].strip() for text in placed if (m := _PAGE.search(text))]
    ends = [
        m[1]
        for text in said.get("info", ())
        if (m := re.search(r":\s*([A-Z]?\d\w{0,4})\.?\s*$", text))
    ]
    return next(iter([*found, *ends]), "")


def _people(texts: Iterable[str]) -> tuple[Person, ...]:
    """The people of bylines; `Roe, Jane; Doe, John` is turned round, and capitals are made
    names."""
    out: list[Person] = []
    for text in texts:
        names = [_turned(part.strip(), ";" in text) for part in text.split(";")]
        people = [p for name in names for p in split_byline(name)]
        out += [
            Person(p.name.title() if p.name.isupper() else p.name, p.role, p.url, p.org)
            for p in people
        ]
    return tuple(dict.fromkeys(out))


def _turned(text: str, listed: bool) -> str:
    """`Roe, Jane` as Jane Roe; two full names are two people, unless they are ``listed`` with
    others."""
    match = _TURNED.fullmatch(text)
    if match is None:
        return text
    if not listed and " " in match["last"].strip() and " " in match["first"].strip():
        return text
    return f"{match['first']} {match['last']}"


def _holder(line: str) -> str:
    """The holder in a line of images: what is behind the last sentence of the caption."""
    return re.split(r"[.!?]\s+", line.strip())[-1]
