"""References of reading lists and literature managers: RIS (Zotero, EndNote) and CSL JSON.

RIS: https://refman.com/sites/rm/files/m/direct_export_ris.pdf. CSL JSON: https://citationstyles.org/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from sitegen.importer.detect import decode_text
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, language, people_of, words
from sitegen.importer.formats.jsonfeed import load_items
from sitegen.importer.kept import measured_values
from sitegen.importer.limits import left_out, objects_of
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.text.press_labels import LANGUAGES
from sitegen.importer.text.press_values import day_of
from sitegen.importer.to_markdown import absolute, paragraphs
from sitegen.model.article import Person, Source
from sitegen.model.base import Struct


class Reference(Struct, frozen=True):
    """What a reference says of an article, as its manager writes it; ``day`` as in ISO 8601."""

    title: str = ""
    authors: tuple[Person, ...] = ()
    day: str = ""
    source: str = ""
    url: str = ""
    abstract: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    page: str = ""


_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?$")
_READ = frozenset("TI T1 CT AU A1 DA Y1 PY T2 JO JF BT PB UR L2 AB N2 KW LA SP EP".split())
# languages as BibLaTeX calls them
_BABEL = {
    **LANGUAGES,
    **dict.fromkeys(["american", "usenglish"], "en-US"),
    **dict.fromkeys(["british", "ukenglish"], "en-GB"),
    **dict.fromkeys(["ngerman", "austrian", "naustrian"], "de"),
    "brazilian": "pt-BR",
}
_ONLY_ABSTRACT = "no text found: the reference gives only an abstract"
_ONLY_TITLE = "no text found: the reference gives only the headline"


def read_ris(data: bytes, zone: str = "") -> Batch:
    """An article for each record of a RIS file; what is outside of records is reported."""
    found: list[Imported] = []
    notes: list[Note] = []
    record: dict[str, list[str]] = {}
    last = ""
    for number, row in enumerate(decode_text(data)[0].lstrip("\ufeff").splitlines(), 1):
        tag, value = _tagged(row)
        if tag == "TY":
            record, last = {tag: [value]}, tag
        elif not record:
            notes += _outside(row, number)
        elif tag == "ER":
            found.append(_of_ris(record, zone))
            record = {}
        elif tag:
            last = tag
            record.setdefault(tag, []).append(value)
        elif value:
            record[last][-1] += f"\n{value}"
    if record:
        found.append(_of_ris(record, zone))
        notes.append(Note("the last record has no end (ER); it was read as far as it goes"))
    return Batch(found, tuple(notes[:20]))


def _tagged(row: str) -> tuple[str, str]:
    """(the tag of a line, its value); the tag of a line that goes on with a value is empty."""
    match = _LINE.match(row.rstrip())
    return (match[1], (match[2] or "").strip()) if match else ("", row.strip())


def _outside(row: str, number: int) -> list[Note]:
    return [Note("a line outside of any record is not read", number)] if row.strip() else []


def _of_ris(record: dict[str, list[str]], zone: str) -> Imported:
    """One record as an article."""

    def first(*tags: str) -> str:
        return next((v for t in tags for v in record.get(t, ()) if v), "")

    dates = Dates(zone)
    day = _day_of_ris(first("DA", "Y1", "PY"))
    names = [value for tag in ("AU", "A1") for value in record.get(tag, ())]
    reference = Reference(
        title=first("TI", "T1", "CT"),
        authors=names_of(names),
        day=day,
        source=first("T2", "JO", "JF", "BT", "PB"),
        url=first("UR", "L2"),
        abstract=first("AB", "N2"),
        tags=tuple(record.get("KW", [])),
        lang=first("LA"),
        page="–".join(v for v in (first("SP"), first("EP")) if v),
    )
    unread = {tag: " ".join(values) for tag, values in record.items() if tag not in _READ}
    return article_of_reference(reference, dates, unread)


def _day_of_ris(value: str) -> str:
    """`2026/11/26/`, `2026 Nov 26` or `20261126` as `2026-11-26`."""
    day = re.sub(r"/+$", "", value.split("/(", 1)[0]).replace("/", "-").strip()
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", day):
        return "-".join(match.groups())
    if match := re.fullmatch(r"(\d{4})[\s-]+([^\W\d]{3,12})\.?[\s-]+(\d{1,2})", day):
        return day_of([f"{match[3]} {match[2]} {match[1]}"], "")
    return day


def read_csl(data: bytes, zone: str = "") -> Batch:
    """An article for each reference in CSL JSON."""
    items, notes = load_items(data)
    entries, others = objects_of(items, "reference")
    titled = [one for one in entries if one.get("title")]
    untitled = left_out(len(entries) - len(titled), "reference", "they have no title")
    return Batch([_of_csl(one, zone) for one in titled], (*notes, *others, *untitled))


def _of_csl(item: dict[str, Any], zone: str) -> Imported:
    dates = Dates(zone)
    people = [one for one in item.get("author", ()) if isinstance(one, dict)]
    reference = Reference(
        title=str(item["title"]),
        authors=tuple(map(_csl_person, people)),
        day=_csl_day(item.get("issued")),
        source=_csl_text(item, "container-title", "publisher"),
        url=_csl_text(item, "URL"),
        abstract=_csl_text(item, "abstract"),
        tags=tuple(_csl_text(item, "keyword").split(",")),
        lang=_csl_text(item, "language"),
        page=_csl_text(item, "page"),
    )
    return article_of_reference(reference, dates)


def _csl_text(item: dict[str, Any], *keys: str) -> str:
    """The first of several values that says something."""
    return str(next(filter(None, map(item.get, keys)), ""))


def _csl_day(issued: Any) -> str:
    """A date in its parts as `2026-11-26`, else as it was typed."""
    if not isinstance(issued, dict):
        return ""
    parts = (issued.get("date-parts") or [[]])[0]
    numbers = map(int, filter(str.isdigit, map(str, parts)))
    day = "-".join(f"{number:02}" for number in numbers)
    return day or _csl_text(issued, "raw", "literal")


def _csl_person(value: dict[str, Any]) -> Person:
    """A name in its parts, in the order in which it is spoken."""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    spoken = " ".join(str(value[part]) for part in parts if value.get(part))
    return Person(clean_inline(spoken or str(value.get("literal") or "")))


def _turned(name: str) -> str:
    """`Marsh, Edda` as Edda Marsh."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() else name


def _whole_day(day: str, dates: Dates) -> str:
    """The date, where it has year, month and day; a year alone is no day."""
    return dates(day) if re.match(r"\d{4}-\d{1,2}-\d{1,2}", day) else ""


def names_of(names: Iterable[str]) -> tuple[Person, ...]:
    """The people of names that may be turned round, `Marsh, Edda`."""
    return tuple(p for name in names if name.strip() for p in people_of([_turned(name)]))


def article_of_reference(
    reference: Reference, dates: Dates, unread: Mapping[str, str] | None = None
) -> Imported:
    """A reference as an article, which is a draft: it has no more text than an abstract; ``unread``
    are the fields of its record that no reader looks at."""
    link = absolute(reference.url, "")
    body = paragraphs(re.sub(r"<[^<>]{1,200}>", " ", reference.abstract))
    date = _whole_day(reference.day, dates)
    said = {"title": reference.title, "authors": reference.authors, "date": date}
    found = Imported(
        title=clean_inline(reference.title),
        authors=tuple(p for p in reference.authors if p.name),
        date=date,
        source=Source(clean_inline(reference.source), link),
        canonical=link,
        tags=words(reference.tags),
        lang=language(reference.lang) or _BABEL.get(reference.lang.casefold(), ""),
        body=body,
        guid=link,
        extra={"page": clean_inline(reference.page)} if reference.page else {},
        doubts=(_ONLY_ABSTRACT if body else _ONLY_TITLE,),
        notes=dates.notes,
        evidence=tuple((name, "from the reference") for name, value in said.items() if value),
    )
    return measured_values(found, _words_of(reference), unread)


def _words_of(reference: Reference) -> dict[str, str]:
    """The values of a reference as texts, by field."""
    values = msgspec.structs.asdict(reference)
    values |= {"authors": " ".join(p.name for p in reference.authors)}
    return values | {"tags": " ".join(reference.tags)}
