"""What the meta tags and the address of a page say of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.timestamps import find_stamps, read_machine_date
from sitegen.importer.html.candidates import Claims, text_of, unescape
from sitegen.importer.html.outlets import squeeze
from sitegen.model.article import Person
from sitegen.names.byline import read_people
from sitegen.names.shape import looks_like_name

# The tags of each field, as schemas and systems name them.
_TITLES = (
    "og:title twitter:title dc.title dcterms.title parsely-title sailthru.title headline title hdl"
    " cxenseparse:title"
).split()
_AUTHORS = (
    "author parsely-author sailthru.author byl dc.creator dcterms.creator article:author_name"
    " article:author og:article:author cxenseparse:author authors og:author vr:author"
    " cxenseparse:recs:author citation_author dc.creator.creator article.author mrf:authors"
).split()
_DATES = (
    "article:published_time og:article:published_time parsely-pub-date sailthru.date datepublished"
    " pubdate publishdate publish-date publish_date publication_date date.available dc.date.issued"
    " dcterms.date dcterms.created dc.date dcterms.issued article:published article_date_original"
    " originalpublicationdate cxenseparse:recs:publishtime published_at article.published ptime"
    " pdate created date bt:pubdate analyticsattributes.articledate rnews:datepublished og:pubdate"
    " og:published_time shareaholic:article_published_time citation_publication_date citation_date"
    " timestamp iso-8601-publish-date publishedtime cxenseparse:publishtime datecreated displaydate"
    " release_date"
).split()
_CHANGES = (
    "article:modified_time og:updated_time lastmod last-modified dcterms.modified datemodified"
    " article:modified"
).split()
_DEKS = (
    "og:description description twitter:description dc.description dcterms.description"
    " sailthru.description"
).split()
_SECTIONS = "article:section parsely-section".split()
_TAGS = "news_keywords parsely-tags keywords".split()
_WRITTEN_BY = re.compile(
    r"(?:written|posted) by|author|verfasst von|geschrieben von|autor|écrit par|escrito por|scritto"
    r" da|geschreven door",
    re.I,
)
_URL_DATES = tuple(
    re.compile(rf"/{form}(?=[/_.-]|$)")
    for form in (
        r"(?P<y>(?:19|20)\d\d)[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])",
        r"(?P<y>(?:19|20)\d\d)/(?P<m>[1-9]|1[0-2])/(?P<d>[1-9]|[12]\d|3[01])",
        r"(?P<d>[0-3]\d)-(?P<m>[01]\d)-(?P<y>(?:19|20)\d\d)",
    )
)


def metas_of(tree: Any) -> dict[str, list[str]]:
    """The contents of the meta tags of a page, by their names in small letters."""
    out: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = _first_attribute(meta, "property", "name", "itemprop").lower()
        content = _first_attribute(meta, "content", "value")
        if name and content and len(out.setdefault(name, [])) < 50:
            out[name].append(content[:5000])
    return out


def _first_attribute(element: Any, *names: str) -> str:
    """The value of the first of an element's attributes that has one."""
    return next(filter(None, map(element.get, names)), "").strip()


def from_meta(
    tree: Any, metas: dict[str, list[str]], claims: Claims, country: str, zone: str
) -> None:
    """Add what the meta tags and the links of a page's head say to ``claims``."""
    for field, names in (("titles", _TITLES), ("deks", _DEKS), ("sections", _SECTIONS)):
        for name, value in _first(metas, names):
            claims.say(field, unescape(value), f"meta {name}")
    _add_authors(metas, claims)
    for names, signs in ((_DATES, ()), (_CHANGES, ("called change",))):
        for name, value in _first(metas, names):
            stamp = read_machine_date(value, zone, country).value
            claims.say("dates", stamp, f"meta {name}", signs)
    described = _one(metas, _DEKS)
    for found in find_stamps(described[-300:], claims.lang[:2], country, zone)[:1]:
        claims.say("dates", found.value, "the description")
    claims.site = clean_inline(unescape(_one(metas, ["og:site_name"])))[:100] or claims.site
    claims.tags = claims.tags or _tags(metas)
    claims.lang = claims.lang or _one(metas, ["og:locale"])
    if image := _one(metas, ["og:image"]):
        claims.images.append({"src": image, "alt": _one(metas, ["og:image:alt"])})
    claims.canonical = _canonical(tree) or claims.canonical or _one(metas, ["og:url"])


def _add_authors(metas: dict[str, list[str]], claims: Claims) -> None:
    """Add the people whom the meta tags for authors name, and those of cards for networks."""
    for name in _AUTHORS:
        claims.say("authors", _people(metas.get(name, []), claims.lang), f"meta {name}")
    for number in "12":
        label, *_ = metas.get(f"twitter:label{number}", [""])
        if _WRITTEN_BY.fullmatch(label):
            people = _people(metas.get(f"twitter:data{number}", []), claims.lang)
            claims.say("authors", people, "meta twitter:data")


def from_name(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add the headline and the date in a page's `title` to ``claims``."""
    title = tree.find(".//title")
    name = text_of(title) if title is not None else ""
    claims.say("titles", name, "title")
    tail = name[-60:]
    for stamp in find_stamps(tail, claims.lang[:2], country, zone)[-1:]:
        if stamp.value and stamp.end >= len(tail) - 1:
            claims.say("dates", stamp.value, "title")


def from_url(url: str, claims: Claims) -> None:
    """Add the day and the section that an address names to ``claims``."""
    if day := url_date(url):
        claims.say("dates", day, "the URL")
    path = re.sub(r"https?://[^/]+", "", url).split("?")[0].strip("/").split("/")
    for part in path[:-1][:2]:
        if re.fullmatch(r"[a-z][a-z-]{2,30}", part):
            claims.say("sections", part.replace("-", " "), "the URL")


def from_owner(tree: Any, claims: Claims) -> None:
    """Add the person whose name is that of the whole site (`Jane Roe`, janeroe.example)."""
    parts = [p for c in claims.titles if c.where == "title" for p in _BARS.split(c.value)]
    ends = [parts[0], parts[-1]] if len(parts) > 1 else []
    feeds = [f.get("title", "") for f in tree.iter("link") if "alternate" in f.get("rel", "")]
    found: dict[str, Person] = {}
    for text in (claims.site, claims.publisher, *ends, *feeds[:4]):
        name = _DEGREES.sub("", re.split(r"[’']s?\s", text)[0])  # Jane Roe's Notes
        if len(name.split()) == 2 and looks_like_name(name):
            found.setdefault(squeeze(name), Person(name))
    for person in found.values():
        claims.say("authors", (person,), "the name of the site")


_SCRIPTED = re.compile(
    r"""\w{0,20}uthor(?:s|_?[nN]ame)?\\?"\s?:\s?\[?\s?\\?"(?P<name>[^"\\{}\[\]]{4,80})\\?\""""
)
_SCRIPTED_DAY = re.compile(
    r"""ubli(?:shed|cation|sh)(?:_?(?:at|on|date|time))?\\?"\s?:\s?"""
    r"""\\?"(?P<day>[^"\\]{10,30})\\?\"""",
    re.I,
)


def from_scripts(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add the authors and the one day of publication that the data of a page's scripts name:
    ``{"pageAuthor": "Jane Roe", "publishedAt": "2026-11-24"}``."""
    scripts = [s.text or "" for s in tree.iter("script") if "ld+json" not in s.get("type", "")]
    for name in _in_scripts(scripts, "uthor", _SCRIPTED)[:6]:
        claims.say("authors", read_people(unescape(name), claims.lang), "a script's data")
    days = _in_scripts(scripts, "ubli", _SCRIPTED_DAY)
    values = (read_machine_date(day, zone, country).value for day in days)
    stamps = list(filter(None, values))
    if len({value[:10] for value in stamps}) == 1:
        claims.say("dates", stamps[0], "a script's data")


def _in_scripts(scripts: list[str], begin: str, form: re.Pattern[str]) -> list[str]:
    """What scripts say in a ``form``, each once."""
    found = (match[1] for text in scripts for match in _scripted(text, begin, form))
    return list(dict.fromkeys(found))


def _scripted(text: str, begin: str, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The first places of a script where what begins with ``begin`` has a ``form``."""
    at, found = text.find(begin), 0
    while at >= 0 and found < 20:
        if match := form.match(text, at):
            found += 1
            yield match
        at = text.find(begin, at + len(begin))


_BARS = re.compile(r"\s+[|–—·•»:-]+\s+|\s*\|\s*")
_DEGREES = re.compile(r"^(?:(?:Dr|Prof|Dipl|Mag)\.\s?(?:-\w+\.\s?)?)+")


def url_date(url: str) -> str:
    """The day in a URL such as ``/2021/12/30/slug`` or ``/30-12-2021``."""
    for match in filter(None, (form.search(url) for form in _URL_DATES)):
        try:
            return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
        except ValueError:
            continue
    return ""


def _first(metas: dict[str, list[str]], names: list[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, metas[name][0]) for name in names if metas.get(name))


def _one(metas: dict[str, list[str]], names: list[str]) -> str:
    return next((value for _, value in _first(metas, names)), "")


def _people(values: list[str], lang: str) -> tuple[Person, ...]:
    people: dict[str, Person] = {}
    for value in values:
        for person in read_people(unescape(value), lang):
            people.setdefault(person.name.casefold(), person)
    return tuple(people.values())


def _tags(metas: dict[str, list[str]]) -> tuple[str, ...]:
    words = metas.get("article:tag") or re.split(r"\s*[,;]\s*", _one(metas, _TAGS))
    return words_of(words)


def words_of(values: list[Any]) -> tuple[str, ...]:
    """Tags: clean, each once."""
    texts = (clean_inline(unescape(v)) for v in values if isinstance(v, str))
    return tuple(dict.fromkeys(text for text in texts if len(text) > 1))


def _canonical(tree: Any) -> str:
    for link in tree.iter("link"):
        address = link.get("href", "").strip()
        if address and "canonical" in link.get("rel", "").lower().split():
            return str(address)
    return ""


__all__ = [
    "from_meta",
    "from_name",
    "from_owner",
    "from_scripts",
    "from_url",
    "metas_of",
    "url_date",
    "words_of",
]
