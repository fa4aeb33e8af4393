"""What a page says of its article: JSON-LD, then meta tags, then microdata and microformats, then
what is seen.

Each source is read into `Claims`, lists of values with where they stood; choosing among them is a
second step, so that sources that agree can outvote one that does not.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.timestamps import read_machine_date
from sitegen.importer.html.candidates import Claims, unescape
from sitegen.importer.html.headline import SITE_SPLIT
from sitegen.importer.html.jsonld import from_json_ld
from sitegen.importer.html.outlets import host_label, is_outlet, names_person, squeeze
from sitegen.importer.html.unmarked_authors import from_unmarked
from sitegen.importer.html.visible import from_h_entry, from_microdata, from_page
from sitegen.model.article import Person
from sitegen.names.byline import read_people
from sitegen.names.shape import looks_like_name

_TITLE_META = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "headline",
    "title",
    "hdl",
    "cxenseparse:title",
)
_AUTHOR_META = (
    "author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "article:author_name",
    "article:author",
    "og:article:author",
    "cxenseparse:author",
    "authors",
    "og:author",
    "vr:author",
    "cxenseparse:recs:author",
    "citation_author",
    "dc.creator.creator",
    "article.author",
    "mrf:authors",
)
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date.available",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date",
    "dcterms.issued",
    "article:published",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "published_at",
    "article.published",
    "ptime",
    "pdate",
    "created",
    "date",
    "bt:pubdate",
    "analyticsattributes.articledate",
    "rnews:datepublished",
    "og:pubdate",
    "og:published_time",
    "shareaholic:article_published_time",
    "citation_publication_date",
    "citation_date",
    "timestamp",
    "iso-8601-publish-date",
    "publishedtime",
    "cxenseparse:publishtime",
    "datecreated",
    "displaydate",
    "release_date",
)
_UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "datemodified",
    "article:modified",
)
_DEK_META = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
)
_WRITTEN_BY = re.compile(
    r"(?:written|posted) by|author|verfasst von|geschrieben von|autor|écrit par|escrito por|scritto"
    r" da|geschreven door",
    re.I,
)


def gather(tree: Any, url: str, country: str, zone: str) -> Claims:
    """Everything that ``tree`` (an lxml HTML tree) claims of its article."""
    claims = Claims()
    claims.lang = (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    ).strip()
    metas = _metas(tree)
    from_json_ld(tree, claims, country, zone, url)
    _from_meta(tree, metas, claims, country, zone)
    from_h_entry(tree, claims, country, zone)
    from_microdata(tree, claims, country, zone)
    from_page(tree, claims, country, zone)
    from_unmarked(tree, claims)
    return claims


def _metas(tree: Any) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (
            (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        )
        content = meta.get("content") or meta.get("value") or ""
        if name and content.strip() and len(out.setdefault(name, [])) < 50:
            out[name].append(content.strip()[:5000])
    return out


def _from_meta(
    tree: Any, metas: dict[str, list[str]], claims: Claims, country: str, zone: str
) -> None:
    for name in _TITLE_META:
        for value in metas.get(name, [])[:1]:
            claims.add("titles", unescape(value), f"meta {name}")
    for name in _AUTHOR_META:
        people: dict[str, Person] = {}
        for value in metas.get(name, []):
            for person in read_people(unescape(value)):
                people.setdefault(person.name.casefold(), person)
        if people:
            claims.authors.append((tuple(people.values()), f"meta {name}"))
    for number in "12":
        label = next(iter(metas.get(f"twitter:label{number}", [])), "")
        if _WRITTEN_BY.fullmatch(label) and (
            found := read_people(unescape(next(iter(metas.get(f"twitter:data{number}", [])), "")))
        ):
            claims.authors.append((found, "meta twitter:data"))
    for name in _DATE_META:
        for value in metas.get(name, [])[:1]:
            stamp = _meta_date(value, country, zone)
            if stamp:
                claims.dates.append((stamp, f"meta {name}"))
    for name in _UPDATED_META:
        for value in metas.get(name, [])[:1]:
            stamp = _meta_date(value, country, zone)
            if stamp:
                claims.updated.append((stamp, f"meta {name}"))
    for name in _DEK_META:
        for value in metas.get(name, [])[:1]:
            claims.add("deks", unescape(value), f"meta {name}")
    if metas.get("og:site_name"):
        claims.site = clean_inline(unescape(metas["og:site_name"][0]))[:100]
    if not claims.section:
        claims.section = clean_inline(
            unescape(
                next(
                    (metas[n][0] for n in ("article:section", "parsely-section") if metas.get(n)),
                    "",
                )
            )
        )[:80]
    if not claims.tags:
        words = metas.get("article:tag") or re.split(
            r"\s*[,;]\s*",
            next(
                (
                    metas[n][0]
                    for n in ("news_keywords", "parsely-tags", "keywords")
                    if metas.get(n)
                ),
                "",
            ),
        )
        claims.tags = tuple(
            dict.fromkeys(t for w in words[:60] if 1 < len(t := clean_inline(unescape(w))) <= 60)
        )[:20]
    if metas.get("og:image"):
        claims.images.append(
            {"src": metas["og:image"][0], "alt": (metas.get("og:image:alt") or [""])[0]}
        )
    if metas.get("og:locale") and not claims.lang:
        claims.lang = metas["og:locale"][0]
    for link in tree.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        href = (link.get("href") or "").strip()
        if "canonical" in rel and href and not claims.canonical:
            claims.canonical = href
    if not claims.canonical and metas.get("og:url"):
        claims.canonical = metas["og:url"][0]


def _meta_date(value: str, country: str, zone: str) -> str:
    return read_machine_date(value, zone, country).value


def choose_authors(claims: Claims) -> tuple[tuple[Person, ...], str]:
    """(people, where): the first claim that names people; an outlet's own name only where nothing
    else is found."""

    def outlet(person: Person) -> bool:
        return is_outlet(person.name, claims)

    ranked = sorted(claims.authors, key=lambda c: c[1] in ("a user's name", "meta twitter:data"))
    first = ranked[0][0] if ranked else ()
    if mononym := _agreed_mononym(claims):
        return mononym
    for people, where in ranked:
        if any(looks_like_name(p.name) and not outlet(p) for p in people):
            if (
                where == "a link to the author's page"
                and first
                and not all(outlet(p) for p in first)
            ):
                continue
            people, where = _outvoted(*_agreed(people, where, claims), claims)
            return tuple(p for p in people if not outlet(p)) or people, where
    for people, where in ranked:
        real = tuple(p for p in people if not outlet(p))
        if real and where != "a link to the author's page":
            return people, where
    return ranked[0] if ranked else _owner(claims)


def _agreed_mononym(claims: Claims) -> tuple[tuple[Person, ...], str] | None:
    """The single name (`Lauren`) that JSON-LD and a meta tag agree on, where no other claim has it
    in full."""
    data = [(p, w) for p, w in claims.authors if w == "JSON-LD" or w.startswith("meta ")]
    if (
        len(data) < 2
        or len({frozenset(_keys(p)) for p, _ in data}) > 1
        or data[0][1] != "JSON-LD"
        or len(data[0][0]) != 1
    ):
        return None
    name = data[0][0][0].name
    if not name.istitle() or not name.isalpha() or is_outlet(name, claims):
        return None
    longer = any(
        name.casefold() in p.name.casefold().split()
        for people, _ in claims.authors
        for p in people
        if p.name != name
    )
    return None if longer else data[0]


def _agreed(
    people: tuple[Person, ...], where: str, claims: Claims
) -> tuple[tuple[Person, ...], str]:
    """The visible byline in the place of ``people``, where it names more of them and is not alone
    with that, or far fewer."""
    shown = next((p for p, w in claims.authors if w == "the visible byline"), ())
    theirs, seen = _keys(people), _keys(shown)
    if theirs < seen and sum(_keys(p) == seen for p, _ in claims.authors) >= 2:
        return shown, "the visible byline"
    confirmed = (
        sum(
            _keys(p) == theirs for p, w in claims.authors if w == "JSON-LD" or w.startswith("meta ")
        )
        >= 2
    )
    return (
        (shown, "the visible byline")
        if seen and seen < theirs and len(theirs) > 3 and not confirmed
        else (people, where)
    )


def _outvoted(
    people: tuple[Person, ...], where: str, claims: Claims
) -> tuple[tuple[Person, ...], str]:
    """The claim in the place of ``people`` that two others or more make, where nobody else names
    any of ``people``.

    JSON-LD often names who put the article into the system.
    """
    theirs = _keys(people)
    others = [
        (p, w)
        for p, w in claims.authors
        if w != where and any(names_person(q.name, claims) for q in p)
    ]
    if not others or any(_keys(p) & theirs for p, _ in others):
        return people, where
    votes = Counter(frozenset(_keys(p)) for p, _ in others)
    chosen, count = max(votes.items(), key=lambda v: v[1])
    voters = [(p, w) for p, w in others if _keys(p) == chosen]
    # What is shown may be of a teaser: the data of the page are overruled by other data of it only.
    if count < 2 or (where == "JSON-LD" and not any(w.startswith("meta ") for _, w in voters)):
        return people, where
    return voters[0]


def _keys(people: tuple[Person, ...]) -> set[str]:
    return {p.name.casefold() for p in people}


def _owner(claims: Claims) -> tuple[tuple[Person, ...], str]:
    """The person whose name is that of the whole site (`Jane Roe`, janeroe.example): the last
    resort."""
    host = host_label(claims).replace("-", "")
    named = [
        claims.site,
        claims.publisher,
        *(p for t, w in claims.titles if w == "title" for p in SITE_SPLIT.split(t)),
    ]
    for text in named:
        text = re.split(r"[’']s?\s", text)[0]  # Jane Roe's Notes
        name = re.sub(r"^(?:(?:Dr|Prof|Dipl|Mag)\.\s?(?:-\w+\.\s?)?)+", "", clean_inline(text))
        one = len(name.split()) <= 2 and not any(w.isupper() and len(w) > 1 for w in name.split())
        if host and one and looks_like_name(name) and squeeze(name) == host:
            return (Person(name),), "the name of the site"
    return (), ""
