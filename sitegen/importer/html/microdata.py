"""What microdata (schema.org) and microformats2 (https://microformats.org/wiki/h-entry) say of an
article."""

from __future__ import annotations

from typing import Any

from sitegen.importer.fields.timestamps import first_value
from sitegen.importer.html.candidates import Claims, in_aside, text_of
from sitegen.model.article import Person
from sitegen.names.byline import MAX_PEOPLE, read_people

_DAYS = frozenset(("datepublished", "datecreated", "datemodified"))
_PEOPLE = frozenset(("author", "creator"))
_PROPS = frozenset(("headline", *_DAYS, *_PEOPLE))
_CHANGE = ("called change",)


def from_microdata(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add what the `itemprop` attributes of a page say to ``claims``."""
    for element in tree.xpath("//*[@itemprop]")[:3000]:
        props = _PROPS.intersection(element.get("itemprop").lower().split())
        if props:
            _add_property(element, props, claims, country, zone)


def _add_property(
    element: Any, props: frozenset[str], claims: Claims, country: str, zone: str
) -> None:
    """Add what an element says that is named for some properties of an article."""
    signs = ("in furniture",) if in_aside(element) else ()
    value = element.get("content") or element.get("datetime") or text_of(element)
    if "headline" in props:
        claims.say("titles", value, "microdata headline", signs)
    if props & _DAYS:
        stamp = first_value(value, claims.lang[:2], country, zone)
        said = _CHANGE if "datemodified" in props else ()
        claims.say("dates", stamp, "microdata", (*signs, *said))
    if props & _PEOPLE and element.tag != "meta":
        claims.say("authors", _people_of(element, claims.lang), "microdata author", signs)


def _people_of(element: Any, lang: str) -> tuple[Person, ...]:
    """The people whom an element names, each as a `name` or all as its text."""
    named = element.xpath(".//*[@itemprop='name']")[:MAX_PEOPLE] or [element]
    texts = (one.get("content") or text_of(one) for one in named)
    return tuple(person for text in texts for person in read_people(text, lang))


def from_h_entry(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add what the page's one entry says to ``claims``."""
    outermost = [e for e in _with_class(tree, "h-entry") if not _is_within(e, "h-entry")]
    if len(outermost) != 1:
        return
    entry = outermost[0]
    claims.say("authors", _people_of_entry(entry, claims.lang), "h-entry")
    for name, signs in (("dt-published", ()), ("dt-updated", _CHANGE)):
        for element in _with_class(entry, name)[:1]:
            written = element.get("datetime") or text_of(element)
            stamp = first_value(written, claims.lang[:2], country, zone)
            claims.say("dates", stamp, "h-entry", signs)
    links = [*_with_class(entry, "p-canonical"), *_with_class(entry, "u-canonical")]
    claims.canonical = claims.canonical or "".join(e.get("href", "").strip() for e in links[:1])


def _is_within(element: Any, name: str) -> bool:
    """Whether an element is within one of a class."""
    return any(name in above.get("class", "").split() for above in element.iterancestors())


def _people_of_entry(entry: Any, lang: str) -> tuple[Person, ...]:
    """The authors of an entry, each name once."""
    out: dict[str, Person] = {}
    for element in _with_class(entry, "p-author")[:MAX_PEOPLE]:
        named = _with_class(element, "p-name")[:1] or [element]
        href = element.get("href", "")
        url = href if href.startswith("http") else ""
        for person in read_people(text_of(named[0]), lang):
            said = Person(person.name, person.role, url, person.org)
            out.setdefault(said.name.casefold(), said)
    return tuple(out.values())


_HATOM = (
    (frozenset(("published", "dt-published")), ()),
    (frozenset(("updated", "dt-updated")), _CHANGE),
)


def from_hatom(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add the dates that a page has for machines in `abbr`.

    https://microformats.org/wiki/hatom
    """
    for element in tree.xpath("//abbr[@class and @title]")[:3000]:
        names = element.get("class").split()
        signs = next((signs for called, signs in _HATOM if not called.isdisjoint(names)), None)
        if signs is not None and not in_aside(element):
            stamp = first_value(element.get("title"), claims.lang[:2], country, zone)
            claims.say("dates", stamp, "h-entry", signs)


def _with_class(tree: Any, name: str) -> list[Any]:
    found = tree.xpath(f".//*[contains(@class, '{name}')]")
    return [element for element in found if name in element.get("class").split()]


__all__ = ["from_h_entry", "from_hatom", "from_microdata"]
