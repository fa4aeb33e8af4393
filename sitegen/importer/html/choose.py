"""What is believed of all that a page says: one value for each field, with how sure it is and what
decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sitegen.importer.fields.linear import Rated, weights_of
from sitegen.importer.fields.timestamps import find_stamps
from sitegen.importer.html.authors import choose_authors, name_key
from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.dates import as_shown, rate_dates
from sitegen.importer.html.sections import rate_sections
from sitegen.importer.html.titles import rate_titles, title_key
from sitegen.importer.model import Weighed
from sitegen.model.article import Person
from sitegen.model.base import Struct

MAX_WEIGHED = 6
MAX_GUESSED = 200_000  # characters of a page that are searched for a date that it does not claim
_SHORT = 60  # letters of a line that says a day and little else
_TAG = re.compile(r"<[^<>]{0,5000}>")
_NO_TEXT = re.compile(r"<(script|style|svg)\b[^>]{0,2000}>.{0,500000}?</\1\s*>", re.I | re.S)


class Choice(Struct, frozen=True):
    """The chosen values of a page's fields; ``weighed`` has all candidates with their reasons."""

    title: str = ""
    authors: tuple[Person, ...] = ()
    date: str = ""
    updated: str = ""
    section: str = ""
    weighed: tuple[Weighed, ...] = ()
    confidence: dict[str, float] = {}
    evidence: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()


def choose(claims: Claims, text: str, url: str, country: str) -> Choice:
    """Choose among the claims of a page, of which ``text`` is the HTML and ``country`` the last
    label of its host."""
    titles = rate_titles(claims, url)
    people, chosen = choose_authors(claims)
    days = rate_dates(claims)
    sections = rate_sections(claims)
    date, guessed = _date(days, claims, text, country)
    likely = [c.value for c in claims.dates if "called change" in c.signs]
    confidence = {
        "title": _chance(titles),
        "authors": _chance_of_authors(people, chosen),
        "date": 0.0 if guessed else _chance(days),
        "section": _chance(sections),
    }
    authors = tuple(one.value for one in chosen)
    title = titles[0].value if titles else ""
    section = sections[0].value if sections else ""
    values = {"title": title, "authors": authors, "date": date, "section": section}
    return Choice(
        title=title,
        authors=authors,
        date=date,
        updated=next((v for v in likely if date and v[:10] >= date[:10] and v != date), ""),
        section=section,
        weighed=(
            *_weighed("title", titles),
            *_weighed("authors", [Rated(p.value.name, *p[1:]) for p in people]),
            *_weighed("date", days),
            *_weighed("section", sections),
        ),
        confidence={field: round(confidence[field], 2) for field, value in values.items() if value},
        evidence=tuple(_evidence(claims, values, guessed)),
        doubts=(f"the date {date} is a guess from the page's text",) if guessed and date else (),
    )


def _evidence(claims: Claims, values: dict[str, Any], guessed: bool) -> Iterator[tuple[str, str]]:
    """(field, which parts of the page say so) of each field that has a value."""
    for field, (said, reading) in _SAID.items():
        value = values[field]
        if value and field == "date" and guessed:
            yield field, "from the page's text (a guess)"
        elif value:
            agree = (one.where for one in getattr(claims, said) if reading(one.value, value))
            wheres = dict.fromkeys(agree)
            yield field, "from " + ", ".join([*wheres][:4] or ["the text around it"])


def _name_one(people: tuple[Person, ...], chosen: tuple[Person, ...]) -> bool:
    """Whether people are named among those that were chosen."""
    names = {name_key(person.name) for person in chosen}
    return not names.isdisjoint(name_key(person.name) for person in people)


# The claims of each field, and how one of them says a value.
_SAID: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "title": ("titles", lambda said, title: title_key(title) in title_key(said)),
    "authors": ("authors", _name_one),
    "date": ("dates", lambda said, date: said[:10] == date[:10]),
    "section": ("sections", lambda said, section: said == section),
}


def _chance(rated: Sequence[Rated[Any]]) -> float:
    return rated[0].chance if rated else 0.0


def _chance_of_authors(people: Sequence[Rated[Person]], chosen: Sequence[Rated[Person]]) -> float:
    """How sure all the ``chosen`` are: that one of them is the likeliest of ``people``, who share
    that chance, and that the others are named with that one."""
    names = {one.value.name for one in chosen}
    first = sum(one.chance for one in people if one.value.name in names)
    others = [one.chance for one in chosen if one not in people]
    return min(first, *others) if others else first


def _date(days: Sequence[Rated[str]], claims: Claims, text: str, country: str) -> tuple[str, bool]:
    """(the date, whether it is a guess): the best candidate, which is a guess if none is
    likelier."""
    best = next((day for day in days if day.value), None)
    if best is None:
        text = _NO_TEXT.sub("", text)[:MAX_GUESSED]
        return _by_htmldate(text) or _in_words(text, claims.lang[:2], country), True
    return as_shown(best.value, claims, country), not days[0].value


def _by_htmldate(text: str) -> str:
    """What htmldate finds; the first of January, which it makes of a bare year, does not count."""
    from htmldate import find_date

    try:
        found = (
            find_date(text, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
            or ""
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        return ""
    return "" if found.endswith("-01-01") else found


def _in_words(text: str, lang: str, country: str) -> str:
    """The first day that a line of a page is, or begins with."""
    lines = (" ".join(line.split()) for line in _TAG.split(text))
    for line in lines:
        if not 8 <= len(line) <= 3000 or not any(map(str.isdigit, line[:_SHORT])):
            continue
        for stamp in find_stamps(line[:_SHORT], lang, country)[:1]:
            if stamp.value and (stamp.start <= 2 or len(line) <= _SHORT):
                return stamp.value[:10]
    return ""


def _weighed(field: str, rated: Sequence[Rated[str]]) -> list[Weighed]:
    """The best candidates of a field as a person reads them."""
    weights = weights_of(field)
    best = sorted((one for one in rated if one.value), key=lambda one: -one.chance)[:MAX_WEIGHED]
    return [
        Weighed(
            field, one.value, round(one.chance, 3), round(one.score, 2), tuple(one.reasons(weights))
        )
        for one in best
    ]


__all__ = ["Choice", "choose"]
