"""Resolve documents into a digest: what is published now, in which order, in which lists.

Pure.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from operator import attrgetter
from urllib.parse import urlsplit

import msgspec

from sitegen.base.dates import in_zone
from sitegen.base.diagnostics import Diagnostic, nearest, problem
from sitegen.base.languages import direction
from sitegen.base.memo import Memo
from sitegen.base.spelling import best_spelling
from sitegen.base.text import counted, digest, slugify
from sitegen.config.schema import Config
from sitegen.content.authors import each_once
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.rights import permitted
from sitegen.model.site import Byline, Card, Link, Listing, Site
from sitegen.site.twins import TwinsFound, find_twins

PAGE_ENDS = ("/", ".html", ".htm")  # of the path of a page
TAXONOMIES = {
    "tag": ("Tags", "/tags/"),
    "author": ("Authors", "/authors/"),
    "source": ("Sources", "/sources/"),
}
NEWS_SECONDS = 2 * 86_400.0  # how long a news sitemap holds an article


class Shown(Struct, frozen=True):
    """Which unpublished articles a build includes, as asked for on the command line."""

    drafts: bool = False
    future: bool = False
    expired: bool = False


def resolve(
    documents: Iterable[Document],
    config: Config,
    now: float,
    shown: Shown,
    memo: Memo | None = None,
) -> tuple[Site, list[Diagnostic]]:
    """The digest at the moment ``now`` (seconds since 1970).

    Documents are ordered oldest first by (date, slug, path). Those held back are counted by reason.
    """
    memo = memo or Memo(0)
    skipped: Counter[str] = Counter()
    kept: list[Document] = []
    due: list[tuple[float, str]] = []
    for document in documents:
        if (
            document.status == "published"
            and document.stamp <= now
            and not document.publish_stamp
            and not document.expires_stamp
        ):
            kept.append(document)  # as almost all are
            continue
        reason = held_back(document, config, now, shown)
        due += [(t, change) for t, change in _changes(document) if t > now]
        if reason:
            skipped[reason] += 1
        else:
            kept.append(
                _after_expiry(document, config) if _expired(document, now, shown) else document
            )
    keys = memo.each("order", attrgetter("stamp", "slug", "path"), kept)
    order = memo.whole("order", keys, lambda: sorted(range(len(keys)), key=keys.__getitem__))
    aliases = {
        name.casefold(): a.name for a in config.authors.values() for name in (*a.aliases, a.name)
    }
    kept = memo.each(
        "shown", lambda d: permitted(_named(d, aliases)), [kept[i] for i in order], aliases
    )
    moved_sections = _merged_sections(kept, config)
    merged_problems = _merged_problems(moved_sections, kept)
    if moved_sections:
        kept = memo.each("sections", partial(_moved, sections=moved_sections), kept, moved_sections)
    found = find_twins(kept, config.language, memo)
    if found.twins:
        skipped["duplicate"] = len(found.twins)
        kept = _each_listed_once(kept, found, config, memo)
    news = fresh(kept, now)
    due += [(kept[i].stamp + NEWS_SECONDS, "an article leaves the news sitemap") for i in news]
    places = memo.each("places", _places, kept)
    known = (config.sections, config.authors, config.sources)
    listings, respelt = memo.whole("listings", (known, places), lambda: _listings(places, config))
    listings, moved = _apart(listings)
    if respelt:
        kept = memo.each("respelt", partial(_respelt, names=respelt), kept, respelt)
    authors = {x.slug: Link(x.name, x.url) for x in listings if x.kind == "author"}
    sections = {name: section_link(name, config) for name in {d.section for d in kept}}
    first, change = min(due, default=(0.0, ""))
    next_due = datetime.fromtimestamp(first, config.zone).isoformat() if due else ""
    problems = [
        *found.problems,
        *_section_problems(kept, config),
        *merged_problems,
        *_moved_problems(moved, kept),
    ]
    table = memo.table("cards", (config, authors, sections))
    cards = tuple(
        [table.settled(d.path, d, (), partial(card, d, config, authors, sections)) for d in kept]
    )
    site = Site(
        tuple(kept),
        cards,
        listings,
        dict(sorted(skipped.items())),
        first,
        next_due,
        change,
        news,
    )
    return msgspec.structs.replace(site, compared=found.compared), problems


def _changes(document: Document) -> tuple[tuple[float, str], ...]:
    """When the article goes live and when it expires, with what happens then."""
    return (
        (_appears(document), "an article goes live"),
        (document.expires_stamp, "an article expires"),
    )


def _each_listed_once(
    documents: list[Document], found: TwinsFound, config: Config, memo: Memo
) -> list[Document]:
    """``documents`` without the twins of others, whose URLs lead to the one that is listed."""
    aliases: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for index, (listed, _) in found.twins.items():
        own = document_url(documents[listed], config)
        urls = (document_url(documents[index], config), *documents[index].aliases)
        aliases[listed] += tuple(
            url for url in urls if url != own and url not in documents[listed].aliases
        )
    table = memo.table("listed once", config)

    def with_aliases(index: int) -> Document:
        document = documents[index]
        return msgspec.structs.replace(
            document, aliases=(*document.aliases, *dict.fromkeys(aliases[index]))
        )

    return [
        table.get(d.path, d, aliases[i], partial(with_aliases, i)) if i in aliases else d
        for i, d in enumerate(documents)
        if i not in found.twins
    ]


def fresh(documents: list[Document], now: float) -> tuple[int, ...]:
    """The articles of the last two days at ``now``, newest first; ``documents`` come oldest
    first."""
    out = []
    for index in range(len(documents) - 1, -1, -1):
        document = documents[index]
        if document.stamp + NEWS_SECONDS <= now:
            break
        if document.stamp <= now and document.status != "withdrawn" and not document.noindex:
            out.append(index)
    return tuple(out)


def held_back(document: Document, config: Config, now: float, shown: Shown) -> str:
    """Why the document is not published at ``now``, or an empty string."""
    if document.status == "withheld":
        return "withheld"
    if document.status == "draft" and not shown.drafts:
        return "draft"
    if _appears(document) > now and not shown.future:
        return "future"
    if document.status == "withdrawn":
        return ""  # its tombstone stays
    gone = (document.on_expiry or config.on_expiry) == "remove" and _expired(document, now, shown)
    return "expired" if gone else ""


def _expired(document: Document, now: float, shown: Shown) -> bool:
    return (
        bool(document.expires_stamp)
        and document.expires_stamp <= now
        and not shown.expired
        and document.status != "withdrawn"
    )


def _after_expiry(document: Document, config: Config) -> Document:
    """An article that has expired, and stays: as an excerpt, or for readers of the site alone."""
    if (document.on_expiry or config.on_expiry) == "noindex":
        return msgspec.structs.replace(document, noindex=True)
    show = "link" if document.rights.show == "link" else "excerpt"
    return msgspec.structs.replace(
        document, rights=msgspec.structs.replace(document.rights, show=show)
    )


def _appears(document: Document) -> float:
    return max(document.stamp, document.publish_stamp)


def source_name(document: Document) -> str:
    """The source's name, or the host of the source's URL where none is given."""
    if document.source.name or not document.source.url:
        return document.source.name
    return (urlsplit(document.source.url).hostname or "").removeprefix("www.")


def _named(document: Document, aliases: Mapping[str, str]) -> Document:
    """Authors by the names of ``authors:`` in site.yaml, where they or one of their aliases are
    used, in any case."""
    if not aliases or not any(p.name.casefold() in aliases for p in document.authors):
        return document
    people = [
        msgspec.structs.replace(p, name=aliases.get(p.name.casefold(), p.name))
        for p in document.authors
    ]
    return msgspec.structs.replace(document, authors=each_once(people))


def _respelt(document: Document, names: Mapping[tuple[str, str], str]) -> Document:
    """``document`` with its terms as lists show them, each once; ``names`` has those that are
    written otherwise."""
    written = [("tag", tag) for tag in document.tags] + [
        ("author", p.name) for p in document.authors
    ]
    if names.keys().isdisjoint([*written, ("source", document.source.name)]):
        return document
    people = [
        msgspec.structs.replace(p, name=names.get(("author", p.name), p.name))
        for p in document.authors
    ]
    tags = tuple(dict.fromkeys(names.get(("tag", t), t) for t in document.tags))
    source = names.get(("source", document.source.name), document.source.name)
    return msgspec.structs.replace(
        document,
        authors=each_once(people),
        tags=tags,
        source=msgspec.structs.replace(document.source, name=source),
    )


def document_url(document: Document, config: Config) -> str:
    """The site-relative path of an article."""
    if document.url:
        return page_url(document.url)
    year, month, day = document.date[:10].split("-")
    return page_url(
        _permalink(document.section, config).format(
            section=document.section,
            year=year,
            month=month,
            day=day,
            slug=document.slug,
            id=slugify(document.id) if document.id else document.slug,
        )
    )


def _permalink(section: str, config: Config) -> str:
    """The pattern of the URLs of the articles of ``section``."""
    settings = config.sections.get(section)
    return settings.permalink if settings and settings.permalink else config.permalink


def page_url(path: str) -> str:
    """``path`` as the URL of a page: a folder, with a slash at its end, unless it names an HTML
    file.

    Hosts serve a file without a suffix as a download.
    """
    return path if path.endswith(PAGE_ENDS) else f"{path}/"


def translated(documents: Sequence[Document]) -> dict[int, int]:
    """Each translation with its original, by number; a translation of a translation has the
    original of that.

    Withdrawn articles are left out, as original and as translation.
    """
    if not any(d.translation_of for d in documents):
        return {}
    shown = [(i, d) for i, d in enumerate(documents) if d.status != "withdrawn"]
    known = {name: i for i, d in shown for name in (d.path, d.id) if name}
    out = {}
    for index, document in shown:
        first = known.get(document.translation_of)
        if (
            first is not None
            and first != index
            and (original := _original(documents, first, known)) != index
        ):
            out[index] = original
    return out


def _original(documents: Sequence[Document], index: int, known: Mapping[str, int]) -> int:
    """The original of an original: a translation may name another translation.

    Of a ring it is the oldest.
    """
    way: list[int] = []
    while index not in way:
        way.append(index)
        index = known.get(documents[index].translation_of, index)
    return min(way[way.index(index) :])


def section_link(slug: str, config: Config) -> Link:
    """A section's name and page."""
    entry = config.sections.get(slug)
    return Link(
        entry.title if entry and entry.title else slug.replace("-", " ").capitalize(), f"/{slug}/"
    )


def card(
    document: Document, config: Config, authors: dict[str, Link], sections: dict[str, Link]
) -> Card:
    """All that a list may show of ``document``, in the site's zone; ``authors`` are by their
    slug."""
    lang = document.lang or config.language
    return Card(
        title=document.title,
        url=document_url(document, config),
        date=in_zone(document.date, config.zone),
        section=sections[document.section],
        summary=document.summary,
        authors=bylines(document, authors),
        updated=in_zone(document.updated, config.zone),
        source=source_name(document),
        image=document.image,
        lang="" if lang == config.language else lang,
        dir=direction(lang),
        lead=document.lead,
        id=document.id or document.path,
    )


def bylines(document: Document, authors: dict[str, Link]) -> tuple[Byline, ...]:
    """Every author with the page of their own."""
    out = []
    for person in document.authors:
        listing = authors.get(slugify(person.name))
        out.append(
            Byline(
                listing.name if listing else person.name,
                listing.url if listing else "",
                person.role,
                person.org,
            )
        )
    return tuple(out)


class _Places(Struct, frozen=True):
    """The lists that an article is in, by their names as written."""

    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def _places(document: Document) -> _Places:
    if document.status == "withdrawn":
        return _Places()
    source = source_name(document)
    return _Places(
        (document.section,),
        document.tags,
        tuple([p.name for p in document.authors]),
        (source,) if source else (),
    )


def _listings(
    places: Sequence[_Places], config: Config
) -> tuple[tuple[Listing, ...], dict[tuple[str, str], str]]:
    """Every section and term that has articles, and the spellings that are not shown, with what is
    shown for each.

    Names that make one slug are one term.
    """
    groups: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(dict)
    for kind, names in _members(places).items():
        for name, indices in names.items():
            groups[kind, slugify(name)][name] = indices
    given = {
        "author": {a.name for a in config.authors.values()},
        "source": {s.name for s in config.sources.values()},
    }
    out = []
    respelt: dict[tuple[str, str], str] = {}
    for (kind, slug), spelt in sorted(groups.items()):
        if kind == "section":
            name = section_link(slug, config).name
        else:
            name = best_spelling({n: len(found) for n, found in spelt.items()}, given.get(kind, ()))
            respelt |= {(kind, n): name for n in spelt if n != name}
        url = f"/{slug}/" if kind == "section" else f"/{kind}/{slug}/"
        indices = [i for found in spelt.values() for i in found]
        members = tuple(sorted(set(indices)) if len(spelt) > 1 else dict.fromkeys(indices))
        out.append(Listing(kind, name, slug, url, members))
    return tuple(out), respelt


def _apart(
    listings: tuple[Listing, ...],
) -> tuple[tuple[Listing, ...], list[tuple[Listing, Listing]]]:
    """``listings`` with URLs that no file system takes for one, and those that have another URL,
    each with the one that has it.

    Names such as Straße and Strasse make two slugs, and one where case is folded (Unicode 15.1,
    3.13). The term of the oldest article keeps its URL; sections are folders of the site, and keep
    theirs.
    """
    first: dict[tuple[str, str], Listing] = {}
    for listing in sorted(listings, key=lambda x: (x.documents[:1], x.slug)):
        first.setdefault((listing.kind, _folded(listing.slug)), listing)
    out, moved = [], []
    for listing in listings:
        other = first[listing.kind, _folded(listing.slug)]
        if other is not listing and listing.kind != "section":
            url = f"/{listing.kind}/{listing.slug}-{digest(listing.slug.encode())[:6]}/"
            listing = msgspec.structs.replace(listing, url=url)
            moved.append((listing, other))
        out.append(listing)
    return tuple(out), moved


def _merged_sections(documents: Sequence[Document], config: Config) -> dict[str, str]:
    """The sections whose folder some file systems take for that of another one, such as straße and
    strasse, each with the section that its articles move to.

    That is the one in site.yaml, else that of the oldest article. ``documents`` are oldest first.
    """
    first: dict[str, str] = {}
    for section in (*config.sections, *(d.section for d in documents)):
        first.setdefault(_folded(section), section)
    used = dict.fromkeys(d.section for d in documents)
    return {section: kept for section in used if (kept := first[_folded(section)]) != section}


def _moved(document: Document, sections: Mapping[str, str]) -> Document:
    """``document`` in the section that its own one is merged into."""
    section = sections.get(document.section)
    return msgspec.structs.replace(document, section=section) if section else document


def _merged_problems(
    sections: Mapping[str, str], documents: Sequence[Document]
) -> list[Diagnostic]:
    """A warning for each section that is merged into another one, at the first of its articles."""
    out = []
    for section, kept in sections.items():
        path = min(d.path for d in documents if d.section == section)
        message = f"the section `{section}` is merged into `{kept}`: some systems take them for one"
        hint = f"move its articles to `{kept}`, or give the section another name"
        out.append(problem("section", message, path, 1, 1, hint, level="warning"))
    return out


def _folded(slug: str) -> str:
    return slug if slug.isascii() else unicodedata.normalize("NFC", slug.casefold())


def _moved_problems(
    moved: Iterable[tuple[Listing, Listing]], documents: Sequence[Document]
) -> list[Diagnostic]:
    """A note for each term that has not the URL which its name makes, at the first of its
    articles."""
    out = []
    for listing, other in moved:
        message = (
            f"the {listing.kind} `{listing.name}` is at {listing.url}: `{other.name}` has"
            f" {other.url}"
        )
        hint = (
            "some file systems take the two names for one; if they mean the same, spell them alike"
        )
        path = documents[listing.documents[0]].path
        out.append(problem("term", message, path, 1, 1, hint, level="note"))
    return out


def _members(places: Sequence[_Places]) -> dict[str, dict[str, list[int]]]:
    """The articles of each section and term by its name as written, oldest first."""
    sections, tags, authors, sources = (defaultdict[str, list[int]](list) for _ in range(4))
    for index, place in enumerate(places):
        for groups, names in (
            (sections, place.sections),
            (tags, place.tags),
            (authors, place.authors),
            (sources, place.sources),
        ):
            for name in names:
                groups[name].append(index)
    return {"section": sections, "tag": tags, "author": authors, "source": sources}


def _section_problems(documents: list[Document], config: Config) -> list[Diagnostic]:
    """A warning for each section that site.yaml does not have, at the first of its articles."""
    if not config.sections:
        return []
    unknown: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.section not in config.sections:
            unknown[document.section].append(document.path)
    out = []
    for name, paths in unknown.items():
        near = nearest(name, config.sections)
        hint = f"did you mean `{near}`?" if near else "add it below `sections:` in site.yaml"
        articles = f" ({counted(len(paths), 'article')})" if len(paths) > 1 else ""
        message = f"section `{name}` is not in site.yaml{articles}"
        out.append(problem("section", message, min(paths), 1, 1, hint, level="warning"))
    return out


def moment(value: str) -> float:
    """Seconds since 1970 of an ISO moment; one without an offset is UTC."""
    stamp = datetime.fromisoformat(value)
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).timestamp()
