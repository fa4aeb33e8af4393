"""The vocabularies of feeds: which element of an item is its own, and which one only bears the same
name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from sitegen.importer.formats.safe_xml import local, text_in

BASE = "{http://www.w3.org/XML/1998/namespace}base"
OWN = ("", "atom")
_KNOWN = (
    ("purl.org/dc/", "dc"),
    ("search.yahoo.com/mrss", "media"),
    ("search.yahoo.com/searchmonkey", "media"),
    ("itunes.com/dtds", "itunes"),
    ("www.w3.org/2005/atom", "atom"),
    ("purl.org/atom/ns", "atom"),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/rss/1.0/modules/", "module"),
    ("www.w3.org/1999/xhtml", "xhtml"),
    ("creativecommons", "license"),
    ("rssnamespace.org/feedburner", "feedburner"),
)
# RSS in a namespace: 0.90, 1.0, and what some programs give 2.0.
_RSS = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
)
_RSS_PARTS = (
    "backend.userland.com",
    "blogs.law.harvard.edu",
    "cyber.law.harvard.edu",
    "purl.org/net/rss",
    "my.netscape.com/publish",
)
# Names of elements as readers look for them; some programs write `PUBDATE`.
_USUAL = {
    name.lower(): name
    for name in (
        "rss feed channel item entry title link description guid pubDate author category comments"
        " enclosure source content summary id published updated issued modified created rights"
        " copyright language encoded creator date subject contributor name email uri lastBuildDate"
        " managingEditor webMaster body image url"
    ).split()
}


def family(element: Any) -> str:
    """The vocabulary of an element: empty for RSS's own, else a short name; `other` for those that
    are not known."""
    tag = str(element.tag)
    if tag[:1] != "{":
        return "other" if ":" in tag else ""
    return _family_of(tag[1:].partition("}")[0])


@lru_cache(maxsize=1000)
def _family_of(uri: str) -> str:
    if uri in _RSS or any(p in uri for p in _RSS_PARTS):
        return ""
    lower = uri.lower()
    return next((name for part, name in _KNOWN if part in lower), "other")


def own(element: Any, *names: str, families: tuple[str, ...] = OWN) -> Iterator[Any]:
    """The children with one of the names, from the vocabularies in their order."""
    found = [(e, n, family(e)) for e in element if (n := local(e)) in names]
    for wanted in families if found else ():
        for name in names:
            yield from (e for e, n, kind in found if n == name and kind == wanted)


def said(element: Any, *names: str, families: tuple[str, ...] = (*OWN, "dc")) -> str:
    """The text of the first such child that has any."""
    return next(
        (t for e in own(element, *names, families=families) if (t := text_in(e).strip())), ""
    )


def usual_names(root: Any) -> None:
    """Write the names of elements and attributes as the readers look for them."""
    for element in root.iter():
        if isinstance(element.tag, str):
            _name_as_usual(element)


def _name_as_usual(element: Any) -> None:
    name = local(element)
    usual = _USUAL.get(name.lower(), name)
    if usual == name:
        return
    element.tag = element.tag.removesuffix(name) + usual
    capitals = [key for key in element.attrib if key.isupper()]
    for key in capitals:
        element.set(key.lower(), element.attrib.pop(key))


def base_of(element: Any, url: str) -> str:
    """What relative URLs in an element are relative to; empty without `xml:base`
    (https://www.w3.org/TR/xmlbase/)."""
    bases = [b for e in (element, *element.iterancestors()) if (b := e.get(BASE))]
    here = url if bases else ""
    for one in reversed(bases):
        try:
            here = urljoin(here, one.strip())
        except ValueError:
            continue
    return here
