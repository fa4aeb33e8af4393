"""What the values of labels of press databases say: people, days, pages, publications."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

import msgspec

from sitegen.base.text import count_words
from sitegen.importer.fields.credits import caption_and_credit, is_agency, whole_credit
from sitegen.importer.fields.language import language_code
from sitegen.importer.fields.timestamps import find_stamps
from sitegen.importer.text.press_labels import LANGUAGES
from sitegen.model.article import Person
from sitegen.model.base import Struct
from sitegen.names.byline import split_byline
from sitegen.names.shape import is_organisation, looks_like_name

Said = Mapping[str, tuple[str, ...]]  # the values of each field
_PAGE = re.compile(
    r"\b(?:pg|page|pages|pág|pag|p|s|seite)\.?\s*(?P<page>[A-Z]?\d[\w, -]{0,12}?)\s*(?=[;,.]|$)",
    re.I,
)
_PAGE_AT_END = re.compile(r":\s*([A-Z]?\d\w{0,4})\.?\s*$")
_HOLDERS = (looks_like_name, is_agency, is_organisation)
_TURNED = re.compile(r"(?P<last>[^,;]{2,40}),\s*(?P<first>[^,;]{1,40})")
_DAY = (
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}\.?\s+[^\W\d]{3,12}\.?\s+\d{4}"
    r"|[^\W\d]{3,12}\.?\s+\d{1,2},\s*\d{4})"
)
# `Gazette. 11/26/2026, p17`, `Zeitung vom 26.11.2026, Seite 7`, `Gazette ; Salm 26 Nov 2026: B17.`
_PUBLICATION = re.compile(
    rf"(?P<source>\S.{{1,119}}?)(?:[\s.,;:\[\]()–-]|\b(?:vom|du|del|of)\s)+(?P<day>{_DAY})"
    r"(?:\W{1,4}(?:Seite|pages?|pp?\.?|pg\.?|S\.)?\s?(?P<page>[A-Z]{0,2}\d\w{0,5}))?.*"
)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # of EBSCO, whatever the language
_PLACE = re.compile(r"\s*(?:[;\[]|,\s*n[o°º]\.?\s*\d|\(Vol\b|\((?:Online|Print)\)?).*")


class Publication(Struct, frozen=True):
    """Where and when an article was published, as one line says it."""

    source: str = ""
    day: str = ""
    page: str = ""


def publication(text: str, zone: str) -> Publication:
    """What a line on the publication says; without a day, the line is the source."""
    match = _PUBLICATION.fullmatch(text)
    if match is None:
        return Publication(_named(text))
    american = _AMERICAN.fullmatch(match["day"])
    written = "{2}-{0:0>2}-{1:0>2}".format(*american.groups()) if american else match["day"]
    return Publication(_named(match["source"]), day_of([written], zone), match["page"] or "")


def _named(text: str) -> str:
    """The source of a line on the publication, without its town, volume and the like."""
    return _PLACE.sub("", text).strip(" .,;")


def day_of(texts: Iterable[str], zone: str) -> str:
    """The first day that one of ``texts`` names, or an empty string."""
    for text in texts:
        for stamp in find_stamps(text, "", "", zone):
            if stamp.clear and stamp.value:
                return stamp.value[:10]
    return ""


def is_day(text: str, zone: str) -> bool:
    """Whether a line is little more than a day."""
    return count_words(text) <= 10 and bool(day_of([text], zone))


def language_of(said: Said) -> str:
    """The language that labels name, as a tag."""
    name = re.split(r"[;,/ ]", next(iter(said.get("lang", ("",)))))[0]
    return LANGUAGES.get(name.casefold(), "") or language_code(name)


def page_of(said: Said) -> str:
    """The page that the lines on section or publication name."""
    info = said.get("info", ())
    placed = (*said.get("section", ()), *info, *said.get("source", ()))
    named = (match["page"].strip() for match in map(_PAGE.search, placed) if match)
    at_end = (match[1] for match in map(_PAGE_AT_END.search, info) if match)
    return next(chain(named, at_end), "")


# what a line on the section says beside it: part, page, column, version
_BESIDE_SECTION = re.compile(
    r"(?:section|part|column|col|page|pg|pp?|s|seite|pág|pag|version|edition|issue|no|vol)\b"
    r"[.:]?\s*[\w./-]{0,12}|[A-Z]?\d[\w-]{0,6}",
    re.I,
)


def section_in(texts: Iterable[str]) -> str:
    """The section that lines such as `Section B; Page 22; National Desk` name, without part, page
    and column."""
    parts = [part.strip() for text in texts for part in re.split(r"[;,]", text)]
    return next((part for part in parts if part and not _BESIDE_SECTION.fullmatch(part)), "")


def in_small(text: str) -> str:
    """A text of capitals or of small letters only, with a capital for each word."""
    return text.title() if text.isupper() or text.islower() else text


_CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿ]{4,}")  # more than initials


def people_in(texts: Iterable[str]) -> tuple[Person, ...]:
    """The people of bylines; `Roe, Jane; Doe, John` is turned round, and capitals are made
    names."""
    people = chain.from_iterable(map(_people_of, texts))
    named = (msgspec.structs.replace(p, name=_name_in_small(p.name)) for p in people)
    return tuple(dict.fromkeys(named))


def _people_of(text: str) -> list[Person]:
    """The people of a byline, in the letters that it has."""
    parts = [part.strip() for part in text.split(";")]
    names = (_turned(part, listed=len(parts) > 1) for part in parts)
    return list(chain.from_iterable(map(split_byline, names)))


def _name_in_small(name: str) -> str:
    if name.isupper():
        return name.title()
    return _CAPITALS.sub(lambda m: m[0].title() if m[0].isupper() else m[0], name)


def _turned(text: str, listed: bool) -> str:
    """`Roe, Jane` as Jane Roe; two full names are two people, unless they are ``listed`` with
    others."""
    match = _TURNED.fullmatch(text)
    if match is None:
        return text
    if not listed and " " in match["last"].strip() and " " in match["first"].strip():
        return text
    return f"{match['first']} {match['last']}"


def holder_of(line: str) -> str:
    """The holder in a line on an image: what its credit says, or a name behind the last sentence of
    the caption; else an empty string."""
    credit = caption_and_credit(line)[1] or whole_credit(line)
    if credit:
        return credit
    last = re.split(r"[.!?]\s+", line.strip())[-1].strip(" .")
    return last if any(may_be(last) for may_be in _HOLDERS) else ""
