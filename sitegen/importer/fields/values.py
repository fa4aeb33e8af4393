"""Values as structured sources write them: dates, people, languages, lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.base.text import safe_path
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.timestamps import Moment, read_machine_date
from sitegen.model.article import Person
from sitegen.model.base import Struct
from sitegen.names.byline import read_helpers, read_people


def zone_of(name: str) -> ZoneInfo:
    """The time zone ``name``, or UTC where there is none of that name."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def read_moment(text: str, zone: str = "") -> str:
    """A date as RFC 3339, RFC 822, ISO 8601 or words, as in front matter; empty where it is none.

    The offset is kept as written; a time without one takes ``zone``, else UTC.
    """
    return noted_moment(text, zone).value


def noted_moment(text: str, zone: str = "", country: str = "") -> Moment:
    """As `read_moment`, with what a person should know: a zone that was guessed, a date that cannot
    be read."""
    return read_machine_date(clean_inline(str(text)[:200]), zone_of(zone).key, country)


class Dates:
    """Reads the dates of one article as `read_moment` does, and keeps what a person should know of
    them in ``notes``."""

    def __init__(self, zone: str = "", country: str = "") -> None:
        self.zone, self.country = zone, country
        self.noted: dict[str, None] = {}

    def __call__(self, text: str) -> str:
        """The date that ``text`` holds, as in front matter; empty where it is none."""
        moment = noted_moment(text, self.zone, self.country)
        if moment.note:
            self.noted[moment.note] = None
        return moment.value

    @property
    def notes(self) -> tuple[str, ...]:
        """What was guessed or could not be read, each once."""
        return tuple(self.noted)


def change_after(date: str, changed: str) -> str:
    """The moment of a change, if it is another than that of the publication and on no day before
    it; else an empty string."""
    is_later = bool(date) and changed != date and changed[:10] >= date[:10]
    return changed if is_later else ""


class ItemTimes(Struct, frozen=True):
    """When an item was published and changed, and until when it is held."""

    date: str = ""
    date_from: str = ""
    updated: str = ""
    until: str = ""
    expires: str = ""
    is_held: bool = False
    held_from: str = ""
    notes: tuple[str, ...] = ()


def helpers_of(texts: Iterable[str]) -> tuple[Person, ...]:
    """Who translated, photographed or edited, as bylines name them beside their authors."""
    return merged(person for text in texts for person in read_helpers(text))


def people_of(texts: Iterable[str], role: str = "", lang: str = "") -> list[Person]:
    """The people of several bylines, each once; ``lang`` is the language of the article where
    known."""
    out: dict[str, Person] = {}
    for text in texts:
        for person in read_people(text, lang):
            out.setdefault(
                person.name.casefold(),
                Person(person.name, person.role or role, person.url, person.org),
            )
    return list(out.values())


def merged(*groups: Iterable[Person]) -> tuple[Person, ...]:
    """People in order, each once; the first entry of a person is completed by later ones."""
    out: dict[str, Person] = {}
    for person in (p for group in groups for p in group):
        key = person.name.casefold()
        old = out.get(key, person)
        out[key] = Person(
            old.name, old.role or person.role, old.url or person.url, old.org or person.org
        )
    return tuple(out.values())


def language(value: Any) -> str:
    """A language tag in its usual form, or an empty string."""
    text = str(value or "").strip().replace("_", "-")
    return text if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", text) else ""


def words(values: Iterable[Any]) -> tuple[str, ...]:
    """Tags: clean, each once."""
    found = (
        clean_inline(str(v)) for v in values if v is not None and not isinstance(v, (dict, list))
    )
    return tuple(dict.fromkeys(v for v in found if v))


def ambiguous(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The names that are given to different things: of ``(name, thing)`` pairs those with more than
    one thing."""
    first: dict[str, str] = {}
    out = set()
    for name, thing in pairs:
        if first.setdefault(name, thing) != thing:
            out.add(name)
    return out


def status_of_post(*, is_published: bool, is_open: bool) -> str:
    """Ours for the status of a post: what not everyone could read is withheld."""
    if not is_published:
        return "draft"
    return "" if is_open else "withheld"


def closed_post(readers: str, system: str, audience: str) -> str:
    """A note for a post that only some ``readers`` of a ``system`` could read, with its word for
    them."""
    return f"only {readers} may read it in {system} (`{audience}`): keep it withheld"


def old_paths(url: str) -> tuple[str, ...]:
    """The path of the URL that an article had at its author's old site, as an alias; none for the
    front page and for odd ones."""
    try:
        path = safe_path(unquote(urlsplit(url).path)) or ""
    except ValueError:
        return ()
    is_odd = re.search(r"[:{}<>*?\"|\s]", path)
    return (f"/{path}",) if path.strip("/") and not is_odd else ()
