"""What microdata (schema.org) and microformats2 (https://microformats.org/wiki/h-entry) say of an
article."""

from __future__ import annotations

from typing import Any

from sitegen.importer.fields.timestamps import first_value
from sitegen.importer.html.candidates import Claims, in_aside, text_of
from sitegen.model.article import Person
from sitegen.names.byline import MAX_PEOPLE, read_people


def from_microdata(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add what the `itemprop` attributes of a page say to ``claims``."""
    for element in tree.xpath("//*[@itemprop]")[:3000]:
        props = set((element.get("itemprop") or "").lower().split())
        if not props & _PROPS:
            continue
        signs = ("in furniture",) if in_aside(element) else ()
        value = element.get("content") or element.get("datetime") or text_of(element)
        if "headline" in props:
            claims.say("titles", value, "microdata headline", signs)
        if props & {"datepublished", "datecreated", "datemodified"}:
            stamp = first_value(value, claims.lang[:2], country, zone)
            said = ("called change",) if "datemodified" in props else ()
            claims.say("dates", stamp, "microdata", (*signs, *said))
        if props & {"author", "creator"} and element.tag != "meta":
            named = element.xpath(".//*[@itemprop='name']")[:MAX_PEOPLE] or [element]
            people = [
                p
                for one in named
                for p in read_people((one.get("content") or text_of(one)), claims.lang)
            ]
            claims.say("authors", tuple(people), "microdata author", signs)


_PROPS = frozenset(
    ["headline", "datepublished", "datecreated", "datemodified", "author", "creator"]
)


def from_h_entry(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add what the page's one entry says to ``claims``."""
    entries = [
        e
        for e in _with_class(tree, "h-entry")
        if not any("h-entry" in (a.get("class") or "").split() for a in e.iterancestors())
    ]
    if len(entries) != 1:
        return
    entry = entries[0]
    people: dict[str, Person] = {}
    for element in _with_class(entry, "p-author")[:MAX_PEOPLE]:
        named = _with_class(element, "p-name")[:1] or [element]
        href = element.get("href") or ""
        for person in read_people(text_of(named[0]), claims.lang):
            url = person.url or (href if href.startswith("http") else "")
            people.setdefault(
                person.name.casefold(), Person(person.name, person.role, url, person.org)
            )
    claims.say("authors", tuple(people.values()), "h-entry")
    for name, signs in (("dt-published", ()), ("dt-updated", ("called change",))):
        for element in _with_class(entry, name)[:1]:
            written = element.get("datetime") or text_of(element)
            stamp = first_value(written, claims.lang[:2], country, zone)
            claims.say("dates", stamp, "h-entry", signs)
    for element in (_with_class(entry, "p-canonical") or _with_class(entry, "u-canonical"))[:1]:
        claims.canonical = claims.canonical or (element.get("href") or "").strip()


def from_hatom(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add the dates that a page has for machines in `abbr` (https://microformats.org/wiki/hatom)."""
    for element in tree.xpath("//abbr[@class and @title]")[:3000]:
        names = set(element.get("class").split())
        stamp = first_value(element.get("title"), claims.lang[:2], country, zone)
        if names & {"published", "dt-published"} and not in_aside(element):
            claims.say("dates", stamp, "h-entry")
        elif names & {"updated", "dt-updated"} and not in_aside(element):
            claims.say("dates", stamp, "h-entry", ("called change",))


def _with_class(tree: Any, name: str) -> list[Any]:
    found = tree.xpath(f".//*[contains(@class, '{name}')]")
    return [element for element in found if name in element.get("class").split()]


__all__ = ["from_h_entry", "from_hatom", "from_microdata"]
