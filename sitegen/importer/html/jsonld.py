"""What JSON-LD says of an article (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.timestamps import first_value
from sitegen.importer.html.candidates import Claims, unescape
from sitegen.importer.html.json_repair import repaired
from sitegen.importer.html.meta import words_of
from sitegen.model.article import Person
from sitegen.names.byline import read_people

MAX_SCRIPT = 2_000_000
MAX_NODES = 5_000
MAX_VALUES = 500  # people or images of a node
ARTICLE_TYPES = frozenset(
    "NewsArticle Article BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle"
    " BackgroundNewsArticle ReviewNewsArticle SatiricalArticle LiveBlogPosting TechArticle"
    " ScholarlyArticle SocialMediaPosting AdvertiserContentArticle Report Review"
    " CreativeWork".split()
)
_PAGE_TYPES = frozenset(
    "WebPage ItemPage VideoObject MedicalWebPage HowTo Recipe Question DiscussionForumPosting"
    " PodcastEpisode".split()
)
_COMMENT = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$")
_CONTROL = re.compile(r"[\x00-\x1f]+")


def from_json_ld(tree: Any, claims: Claims, country: str, zone: str, url: str) -> None:
    """Add what the JSON-LD of a page says to ``claims``."""
    nodes = list(_all_nodes(tree, claims))
    node = _likeliest(nodes, url)
    if node is not None:
        by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
        _article_node(node, by_id, claims, country, zone)
    for node in nodes:
        _add_site(node, claims)


def _add_site(node: dict[str, Any], claims: Claims) -> None:
    """Add what a node says of the site, and where in it the page is."""
    kinds = _types(node)
    if "WebSite" in kinds:
        claims.site = claims.site or clean_inline(_text(node, "name"))
    if "BreadcrumbList" in kinds:
        _breadcrumbs(node, claims)


def _all_nodes(tree: Any, claims: Claims) -> Iterator[dict[str, Any]]:
    """The objects of all scripts of JSON-LD; what is broken is noted in ``claims``."""
    total = 0
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "").lower():
            continue
        total += len(text)
        if total > MAX_SCRIPT:
            return
        document = _loads(text)
        if document is None and text.strip():
            claims.notes.append(
                "the page's JSON-LD is broken and was not read: compare authors and date with the"
                " page"
            )
        yield from _nodes(document)


_SAYS = ("headline", "author", "datePublished", "name")  # an article has one of them


def _likeliest(nodes: list[dict[str, Any]], url: str) -> dict[str, Any] | None:
    """The node of the page's article, else of the page itself where that has a date."""
    articles = [n for n in nodes if _types(n) & ARTICLE_TYPES and any(map(n.get, _SAYS))]
    if articles:
        return max(articles, key=lambda node: _article_rank(node, url))
    pages = (n for n in nodes if _types(n) & _PAGE_TYPES and n.get("datePublished"))
    return next(pages, None)


def _breadcrumbs(node: dict[str, Any], claims: Claims) -> None:
    """Add the levels between the front page and the page itself as sections."""
    items = node.get("itemListElement")
    for number, item in enumerate(items[1:5] if isinstance(items, list) else [], 1):
        name = _name_of_level(item) if isinstance(item, dict) else None
        if isinstance(name, str):
            claims.say("sections", unescape(name)[:80], f"breadcrumb {number}")


def _name_of_level(item: dict[str, Any]) -> Any:
    inner = item.get("item")
    return item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)


def _loads(text: str) -> Any:
    """The JSON of a script, repaired where it must be; None for what is none."""
    text = _COMMENT.sub("", text.strip("\ufeff \t\r\n\xa0")).strip().rstrip(";")
    for spelling in _spellings(text):
        try:
            return json.loads(spelling, strict=False)
        except (ValueError, RecursionError):
            continue
    return _several(spelling) or None


def _spellings(text: str) -> Iterator[str]:
    """A JSON text, and ever more of it repaired."""
    yield text
    yield _CONTROL.sub(" ", text)
    yield repaired(text)


def _several(text: str) -> list[Any]:
    """The values in front of what is none: several objects in one script, or one and rubbish."""
    out: list[Any] = []
    at = 0
    decoder = json.JSONDecoder(strict=False)
    while len(out) < MAX_VALUES:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        out.append(value)
        at += len(text[at : at + 9]) - len(text[at : at + 9].lstrip(" ,;\r\n\t"))
    return out


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD document that may describe the page, outermost first; bounded."""
    stack, seen = [value], 0
    while stack and seen < MAX_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, list):
            stack.extend(reversed(item[:500]))
        elif isinstance(item, dict):
            yield item
            for key in (
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "itemListElement",
                "hasPart",
                "item",
            ):
                if isinstance(item.get(key), (dict, list)):
                    stack.append(item[key])


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {k.rsplit("/", 1)[-1] for k in kinds if isinstance(k, str)}


def _article_rank(node: dict[str, Any], url: str) -> int:
    kinds = _types(node)
    rank = (
        2 * bool(node.get("headline"))
        + bool(node.get("author"))
        + bool(node.get("datePublished"))
        + 2 * bool(kinds & (ARTICLE_TYPES - {"CreativeWork", "Review"}))
    )
    target = (
        json.dumps([node.get("url"), node.get("@id"), node.get("mainEntityOfPage")])[:3000]
        if url
        else ""
    )
    return rank + 3 * bool(url and url.rstrip("/") in target)


_TITLES = {
    "headline": "JSON-LD",
    "name": "JSON-LD name",
    "alternativeHeadline": "JSON-LD alternativeHeadline",
}
_DATES = {
    "datePublished": ("JSON-LD", ()),
    "dateCreated": ("JSON-LD dateCreated", ()),
    "dateModified": ("JSON-LD dateModified", ("called change",)),
    "uploadDate": ("JSON-LD uploadDate", ()),
}


def _article_node(
    node: dict[str, Any], by_id: dict[str, dict[str, Any]], claims: Claims, country: str, zone: str
) -> None:
    """Add what the node of an article says to ``claims``."""
    claims.article_type = next(iter(sorted(_types(node) & ARTICLE_TYPES)), "")
    for key, where in _TITLES.items():
        claims.say("titles", unescape(_text(node, key)), where)
    _add_people(node, by_id, claims)
    for key, (where, signs) in _DATES.items():
        claims.say("dates", first_value(_text(node, key), "", country, zone), where, signs)
    claims.say("deks", unescape(_text(node, "description")), "JSON-LD")
    claims.publisher = claims.publisher or _publisher(node, by_id)
    section = next((s for s in _list(node.get("articleSection"))[:1] if isinstance(s, str)), "")
    claims.say("sections", unescape(section)[:80], "JSON-LD")
    words = node.get("keywords") or []
    words = re.split(r"\s*[,;]\s*", words) if isinstance(words, str) else words
    claims.tags = words_of(words) if isinstance(words, list) else ()
    claims.license = clean_inline(_text(node, "license"))[:300] or claims.license
    claims.lang = claims.lang or _text(node, "inLanguage")
    claims.images += _images(node, by_id)
    claims.text = unescape(_text(node, "articleBody"))


def _text(node: dict[str, Any], key: str) -> str:
    """A property of a node, where it is a text."""
    value = node.get(key)
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _resolved(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    """The node that a reference names, else ``value``."""
    name = value.get("@id") if isinstance(value, dict) else None
    return by_id.get(name, value) if isinstance(name, str) else value


def _add_people(node: dict[str, Any], by_id: dict[str, dict[str, Any]], claims: Claims) -> None:
    people = _first_people(node, ("author", "creator"), by_id, claims.lang)
    claims.say("authors", people, "JSON-LD")
    translators = _people(node.get("translator"), by_id, claims.lang)
    claims.helpers += [Person(p.name, "translator", p.url, p.org) for p in translators]


def _publisher(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> str:
    """The name of the publisher of a node."""
    for item in _list(_resolved(node.get("publisher"), by_id)):
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and not name.startswith("http"):
            return clean_inline(unescape(name))[:100]
    return ""


def _images(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Iterator[dict[str, str]]:
    """The images of a node."""
    for item in _list(node.get("image"))[:MAX_VALUES]:
        image = _resolved(item, by_id)
        if isinstance(image, str):
            yield {"src": image}
        elif isinstance(image, dict):
            yield _image_node(image, by_id)


def _image_node(item: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, str]:
    out = {}
    src = item.get("url") or item.get("contentUrl")
    src = src[0] if isinstance(src, list) and src else src
    if isinstance(src, str):
        out["src"] = src
    for key, name in (
        ("caption", "caption"),
        ("creditText", "credit"),
        ("copyrightNotice", "copyright"),
        ("license", "license"),
        ("description", "alt"),
    ):
        if isinstance(item.get(key), str):
            out[name] = clean_inline(unescape(item[key]))[:1000]
    people = _first_people(item, ("creator", "author", "copyrightHolder", "provider"), by_id)
    if people:
        out["creator"] = ", ".join(p.name for p in people)[:200]
    return out


def _first_people(
    node: dict[str, Any], keys: Iterable[str], by_id: dict[str, dict[str, Any]], lang: str = ""
) -> tuple[Person, ...]:
    """The people of the first of the properties ``keys`` of a node that names any."""
    return next(filter(None, (_people(node.get(key), by_id, lang) for key in keys)), ())


def _people(value: Any, by_id: dict[str, dict[str, Any]], lang: str = "") -> tuple[Person, ...]:
    """The people whom the value of a property names, each name once."""
    out: dict[str, Person] = {}
    if isinstance(value, dict) and isinstance(value.get("@list"), list):
        value = value["@list"]
    for item in _list(value)[:MAX_VALUES]:
        is_named = isinstance(item, dict) and _name_of(item)
        for person in _people_of(item if is_named else _resolved(item, by_id), lang):
            out.setdefault(person.name.casefold(), person)
    return tuple(out.values())


def _people_of(item: Any, lang: str) -> Iterator[Person]:
    """The people whom one value names: a node, or a name without one. What a node says beside its
    name is of one person."""
    node = item if isinstance(item, dict) else {}
    name = _name_of(node) if isinstance(item, dict) else item
    is_organisation = any("Organization" in kind for kind in _types(node))
    for one in _list(name):
        text = one.get("name") or one.get("@value") if isinstance(one, dict) else one
        people = read_people(text, lang, is_organisation) if isinstance(text, str) else ()
        if len(people) == 1:
            role = people[0].role or clean_inline(_text(node, "jobTitle"))[:60]
            yield Person(people[0].name, role, _link_of(node), people[0].org)
        else:
            yield from people


def _name_of(node: dict[str, Any]) -> Any:
    """A person's `name`, else `givenName` and `familyName` as one."""
    parts = (node.get(key) for key in ("givenName", "additionalName", "familyName"))
    texts = (part.strip() for part in parts if isinstance(part, str))
    return node.get("name") or " ".join(filter(None, texts))


def _link_of(node: dict[str, Any]) -> str:
    """The address of a page about a person, empty where none is given."""
    link = node.get("url") or node.get("sameAs")
    return link if isinstance(link, str) and link.startswith("http") else ""
