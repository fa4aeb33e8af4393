"""One document of a press database (Factiva, LexisNexis, Nexis Uni, ProQuest) as text, to an
article.

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
from sitegen.importer.fields.language import guess_language
from sitegen.importer.fields.text import clean_inline, clean_line, escape_block, raw_lines
from sitegen.importer.fields.timestamps import find_stamps
from sitegen.importer.model import Imported
from sitegen.importer.text.labels import END
from sitegen.importer.text.wrapped import Paragraph, unwrap
from sitegen.importer.to_markdown import join_blocks
from sitegen.model.article import Person, Source
from sitegen.model.base import Struct
from sitegen.names.byline import split_byline

# What a label says, by field; `-` is said to machines and archives only. Labels are matched
# whatever their case.
_LABELS = {
    "title": "headline|title|titel|titre|título|titulo|titolo|überschrift",
    "authors": (
        "byline|author|authors|author(s)|auteur|auteurs|autor|autoren|autorin|autores|autore|autori"
    ),
    "dek": "highlight|subtitle",
    "body": "body|full text|texte intégral|volltext|texto completo|text",
    "section": "section|rubrique|ressort|rubrik|sección|seção|sezione",
    "place": "dateline",
    "date": "publication date|date de publication",
    "source": "publication title|titre de la publication",
    "info": "publication info",
    "page": "first page|pages|page|pg",
    "credits": "graphic",
    "-": (
        "length|load-date|language|publication-type|subject|organization|ticker|industry|geographic|person|company|state|country|type|series|notes|distribution|journal-code|acc-no|document-type|pub-type|update|longueur|date-chargement|langue|type-publication|länge|sprache|longitud|idioma|lunghezza|lingua|abstract|location|publication"
        " year|publisher|issn|source type|last updated|proquest document id|database|language of"
        " publication|document type|place of publication|country of"
        " publication|links|copyright|subject(s)|people|company / organization|publication"
        " subject|source|volume|issue|identifier / keyword|credit|classification|industry"
        " code|correction-date|enhancement|cycle|edition|document url"
    ),
}
_FIELDS = {label: field for field, labels in _LABELS.items() for label in labels.split("|")}
# Factiva's codes of two or three letters.
_CODES = {
    "HD": "title",
    "BY": "authors",
    "CR": "credits",
    "PD": "date",
    "SN": "source",
    "SE": "section",
    "PG": "page",
    "LP": "body",
    "TD": "body",
    "ART": "caption",
    "CX": "-",
    "WC": "-",
    "ET": "-",
    "SC": "-",
    "ED": "-",
    "LA": "-",
    "CY": "-",
    "CO": "-",
    "IN": "-",
    "NS": "-",
    "RE": "-",
    "IPC": "-",
    "IPD": "-",
    "PUB": "-",
    "AN": "-",
    "VOL": "-",
    "CLM": "-",
    "RF": "-",
    "NT": "-",
    "GC": "-",
    "RST": "-",
    "CT": "-",
    "DLN": "-",
    "TI": "-",
    "PUI": "-",
}
_LABEL = re.compile(r"(?P<label>[^\W\d_][\w /()-]{1,40}?)\s?:(?:\s+(?P<rest>.*))?")
_CODE = re.compile(r"(?P<label>[A-Z]{2,3})(?:\s+(?P<rest>.*))?")
_LENGTH = re.compile(
    r"\d[\d.,\s]{0,8}(?:words|mots|wörter|palabras|palavras|parole|woorden|ord)", re.I
)
_COPYRIGHT = re.compile(
    r"(?:copyright\b|©|\(c\)).*|all rights reserved\W*|tous droits réservés\W*|alle rechte"
    r" vorbehalten\W*",
    re.I,
)
_COUNT = re.compile(r"\W*(?:document\s+)?\d+\s*\w{1,4}\s*\d+(?:\s+documents?)?\W*", re.I)
_FOOT = re.compile(r"end of document|(?:document|dokument|documento)\s+[A-Z]{3,12}0\w{12,30}", re.I)
_ALONE = frozenset(["body", "classification", "graphic", "headline"])
_PAGE = re.compile(
    r"(?:\b(?:pg|page|pages|pág|pag|p|s|seite)\.?\s*)(?P<page>[A-Z]?\d[\w, -]{0,12}?)\s*(?=[;,]|$)",
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


class _Part(Struct, frozen=True):
    """A label, or an empty one, and a paragraph that it speaks of."""

    field: str
    row: Paragraph


def is_press(lines: Sequence[str]) -> bool:
    """Whether ``lines`` are of a document that a press database wrote: three of its labels, or
    codes."""
    labels = {
        m["label"].casefold()
        for line in lines[:400]
        if (m := _LABEL.fullmatch(line.strip())) and m["label"].casefold() in _FIELDS
    }
    codes = {
        m["label"]
        for line in lines[:400]
        if (m := _CODE.fullmatch(line.strip())) and m["label"] in _CODES
    }
    length = any(_LENGTH.fullmatch(line.strip()) for line in lines[:40])
    foot = any(_FOOT.fullmatch(line.strip()) for line in lines[-20:])
    return len(labels) >= 3 or {"HD", "LP"} <= codes or (length and foot)


def read_press(lines: Sequence[str], *, before: int = 0, zone: str = "") -> Imported:
    """The article of one document; ``before`` is the number of lines of the file before it.

    Never raises for bad input.
    """
    rows = [row for row in unwrap(raw_lines("\n".join(lines))) if clean_line(row.text)]
    coded = sum(bool(_is_code(row.text)) for row in rows) >= 4
    parts = _parts(rows, coded)
    text = [p.row for p in parts if p.field == "body"]
    said = _said(parts)
    head = [p.row for p in parts if not p.field]
    title, source, date, text_below = _head(head, said, zone)
    if not text:
        text = text_below
    body = join_blocks([escape_block(clean_line(row.text)) for row in text])
    plain = "\n".join(row.text for row in text)
    date = date or _day(said.get("date", ()) or said.get("info", ()), zone)
    source = source or _named_source(said)
    page = _page(said)
    doubts = [] if title else ["no headline found"]
    doubts += [] if count_words(body) >= 25 else ["no running text found"]
    fields = (
        ("title", title),
        ("authors", said.get("authors")),
        ("date", date),
        ("source", source),
        ("page", page),
    )
    return Imported(
        title=clean_inline(title)[:500],
        dek=clean_inline(" ".join(said.get("dek", ()))),
        authors=_people(said.get("authors", ())),
        credits=tuple(p for line in said.get("credits", ()) for p in credit_people(_holder(line))),
        date=date,
        dateline=clean_inline(" ".join(said.get("place", ()))) or dateline(plain[:200], ""),
        source=Source(clean_inline(source)),
        section=clean_inline(re.split(r"[;,]", " ".join(said.get("section", ())))[0]).title(),
        lang=guess_language(plain),
        body=body,
        extra={"page": page} if page else {},
        evidence=tuple(
            (name, f"from the document in line {before + rows[0].number}")
            for name, value in fields
            if value and rows
        ),
        doubts=tuple(doubts),
    )


def _is_code(text: str) -> str:
    match = _CODE.fullmatch(clean_line(text))
    return _CODES.get(match["label"], "") if match else ""


def _parts(rows: list[Paragraph], coded: bool) -> list[_Part]:
    """``rows`` with the field that each belongs to: what is below the label of the text is text
    until the next label."""
    out: list[_Part] = []
    inside = ""
    for row in rows:
        text = clean_line(row.text)
        if (
            _COPYRIGHT.fullmatch(text)
            or _COUNT.fullmatch(text)
            or _FOOT.fullmatch(text)
            or not any(c.isalnum() for c in text)
        ):
            continue
        match = (_CODE if coded else _LABEL).fullmatch(text)
        field = (
            (
                _CODES.get(match["label"], "")
                if coded
                else _FIELDS.get(match["label"].casefold(), "")
            )
            if match
            else ""
        )
        rest = (match["rest"] or "").strip() if match else ""
        if not field and text.casefold() in _ALONE:
            field = _FIELDS[text.casefold()]
        if field:
            inside = field if field == "body" or not rest or coded else ""
            if rest:
                out.append(_Part(field, Paragraph(row.number, rest, row.gap)))
        elif inside:
            out.append(_Part(inside, row))
        else:
            out.append(_Part("", row))
    return out


def _said(parts: Iterable[_Part]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for part in parts:
        if part.field not in ("", "-", "body"):
            out[part.field] = (*out.get(part.field, ()), clean_line(part.row.text))
    return out


def _head(
    rows: list[Paragraph], said: dict[str, tuple[str, ...]], zone: str
) -> tuple[str, str, str, list[Paragraph]]:
    """(headline, source, day, text) of the lines without a label.

    The headline is above the day (Nexis Uni, Factiva), else below it (LexisNexis); the source is
    the line above the day, or below it where the headline is alone above (Factiva).
    """
    title = " ".join(said.get("title", ()))
    at = next(
        (
            i
            for i, row in enumerate(rows[:12])
            if count_words(row.text) <= 10 and _day([row.text], zone)
        ),
        -1,
    )
    date = _day([rows[at].text], zone) if at >= 0 else ""
    above = [row for row in rows[: max(at, 0)] if not _LENGTH.fullmatch(clean_line(row.text))]
    below = rows[at + 1 :]
    signed = next(
        (i for i, row in enumerate(above) if re.match(r"(?:By|Von|Par|Por|Di)\s", row.text)), -1
    )
    if signed > 0:
        said["authors"] = (clean_line(above.pop(signed).text),)
    first = next((i for i, row in enumerate(below) if _is_paragraph(row.text)), len(below))
    lead, text = below[:first], below[first:]
    source = ""
    if (
        at >= 0
        and len(lead) >= 2
        and any(_CODED_SOURCE.fullmatch(clean_line(r.text)) for r in lead[:3])
    ):
        source = lead[0].text
        page = next(
            (clean_line(r.text) for r in lead[1:5] if _PAGE_ALONE.fullmatch(clean_line(r.text))), ""
        )
        said.setdefault("page", (page,) if page else ())
    elif len(above) >= 2:
        source = above[-1].text
    elif (
        above
        and not title
        and at >= 0
        and (named := [r for r in lead if not _LETTERHEAD.fullmatch(clean_line(r.text))])
    ):
        return named[-1].text, above[0].text, date, text
    if not title and above:
        title = above[0].text
    if not title and lead:
        title = lead[0].text
    return title, clean_line(source), date, text


def _is_paragraph(text: str) -> bool:
    words = count_words(text)
    return words > 30 or (words >= 8 and bool(END.search(text)))


def _day(texts: Iterable[str], zone: str) -> str:
    for text in texts:
        for stamp in find_stamps(text, "", "", zone):
            if stamp.clear and stamp.value:
                return stamp.value[:10]
    return ""


def _named_source(said: dict[str, tuple[str, ...]]) -> str:
    named = said.get("source") or said.get("info") or ("",)
    return named[0].split(";")[0].strip()


def _page(said: dict[str, tuple[str, ...]]) -> str:
    if said.get("page"):
        return said["page"][0][:40]
    found = [m["page"].strip() for text in said.get("section", ()) if (m := _PAGE.search(text))]
    ends = [
        m[1]
        for text in said.get("info", ())
        if (m := re.search(r":\s*([A-Z]?\d\w{0,4})\.?\s*$", text))
    ]
    return next(iter([*found, *ends]), "")[:40]


def _people(texts: Iterable[str]) -> tuple[Person, ...]:
    """The people of bylines; `Roe, Jane; Doe, John` is turned round, and capitals are made
    names."""
    out: list[Person] = []
    for text in texts:
        names = [
            f"{m['first']} {m['last']}" if (m := _TURNED.fullmatch(part.strip())) else part
            for part in text.split(";")
        ]
        people = [p for name in names for p in split_byline(name)]
        out += [
            Person(p.name.title() if p.name.isupper() else p.name, p.role, p.url, p.org)
            for p in people
        ]
    return tuple(dict.fromkeys(out))


def _holder(line: str) -> str:
    """The holder in a line of images: what is behind the last sentence of the caption."""
    return re.split(r"[.!?]\s+", line.strip())[-1]
