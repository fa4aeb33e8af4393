"""Resolve documents into a digest: what is published now, in which order, in which lists.

Pure.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from sitegen.base.dates import in_zone
from sitegen.base.diagnostics import Diagnostic, nearest_hint, problem
from sitegen.base.groups import grouped
from sitegen.base.languages import direction
from sitegen.base.spelling import best_spelling
from sitegen.base.text import PAGE_ENDS, counted, digest, slugify
from sitegen.config.languages import folder_of, shown_in, split_path
from sitegen.config.schema import Config
from sitegen.content.authors import each_once
from sitegen.content.discover import PAGES
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.rights import permitted
from sitegen.model.site import Byline, Card, Link, Listing, Shown, Site, SiteFacts
from sitegen.site.taxonomies import KINDS, Taxonomy, taxonomies
from sitegen.site.twins import TwinsFound, find_twins

NEWS_SECONDS = 2 * 86_400.0  # how long a news sitemap holds an article
WORDS_A_MINUTE = 220  # that a reader reads
LONG_TEXT = 200  # words from which on lists say how long reading takes

NEVER = (0.0, "")  # no change is due


def resolve(
    documents: Iterable[Document], config: Config, now: float, shown: Shown
) -> tuple[Site, list[Diagnostic]]:
    """The digest at the moment ``now`` (seconds since 1970).

    Articles are ordered oldest first by (date, slug, path); pages follow them. Those held back are
    counted by reason.
    """
    kept, expired, skipped, due = _published(documents, config, now, shown)
    facts = SiteFacts(expired=expired)
    names = known_names(config)
    kept = [finished(d, facts, config, names) for d in sorted(kept, key=order)]
    pages = [d for d in kept if d.kind == "page"]
    kept = kept[: len(kept) - len(pages)]
    sections = _merged_sections(kept, config)
    problems = _merged_problems(sections, kept)
    kept = [_moved(d, sections) for d in kept] if sections else kept
    found = find_twins(kept, config.language)
    if found.twins:
        skipped["duplicate"] = len(found.twins)
    aliases = _urls_of_twins(kept, found, config)
    kept = [_also_at(d, aliases) for i, d in enumerate(kept) if i not in found.twins]
    places = [terms_of(d, names.taxonomies, config) for d in kept]
    listings, respelt = _listings(places, config, names)
    listings, moved = _apart(listings, names.taxonomies)
    kept = [_respelt(d, respelt) for d in kept] if respelt else kept
    facts = SiteFacts(
        expired=expired,
        sections=sections,
        aliases=aliases,
        respelt=respelt,
        authors={x.slug: Link(x.name, x.url) for x in listings if x.kind == "author"},
    )
    news = fresh(kept, now)
    due += [leaves_news(kept[i]) for i in news]
    first, change = min(due, default=NEVER)
    archive, days = _by_day(kept, config)
    every = [*kept, *pages]
    site = Site(
        documents=tuple(every),
        cards=tuple([card(d, config, facts) for d in every]),
        listings=listings,
        skipped=dict(sorted(skipped.items())),
        due=first,
        next_due=due_text(first, config),
        next_change=change,
        news=news,
        spun=found.spun,
        paths=tuple([d.path for d in every]),
        page_count=len(pages),
        archive=archive,
        days=days,
        withdrawn=frozenset(i for i, d in enumerate(every) if d.status == "withdrawn"),
        noindex=frozenset(i for i, d in enumerate(every) if d.noindex),
        corrected=tuple(i for i, d in enumerate(kept) if d.corrections),
        facts=facts,
    )
    problems = [
        *found.problems,
        *_section_problems(kept, config),
        *problems,
        *_moved_problems(moved, kept),
    ]
    return site, problems


def _published(
    documents: Iterable[Document], config: Config, now: float, shown: Shown
) -> tuple[list[Document], frozenset[str], Counter[str], list[tuple[float, str]]]:
    """The articles that are published at ``now``; the paths of those that have expired and stay;
    how many are held back, by reason; and when something changes, with what does."""
    kept: list[Document] = []
    expired: set[str] = set()
    skipped: Counter[str] = Counter()
    due: list[tuple[float, str]] = []
    for document in documents:
        due += [(t, change) for t, change in moments(document) if t > now]
        if reason := held_back(document, config, now, shown):
            skipped[reason] += 1
            continue
        kept.append(document)
        if has_expired(document, now, shown):
            expired.add(document.path)
    return kept, frozenset(expired), skipped, due


def order(document: Document) -> tuple[bool, float, str, str]:
    """What articles are ordered by, and pages after them."""
    is_page = document.kind == "page"
    return is_page, 0.0 if is_page else document.stamp, document.slug, document.path


class KnownNames(Struct, frozen=True):
    """What site.yaml says of names: those of authors by each name and alias in lower case, and the
    taxonomies. ``renaming`` are those with synonyms."""

    authors: dict[str, str]
    taxonomies: dict[str, Taxonomy]
    renaming: tuple[str, ...] = ()


def known_names(config: Config) -> KnownNames:
    """The names that site.yaml gives to authors and terms."""
    authors = {
        name.casefold(): a.name for a in config.authors.values() for name in (*a.aliases, a.name)
    }
    found = taxonomies(config)
    return KnownNames(authors, found, tuple(kind for kind, x in found.items() if x.names))


def finished(document: Document, facts: SiteFacts, config: Config, names: KnownNames) -> Document:
    """``document`` as pages show it: with what its rights, other articles (``facts``) and the
    settings make of it; ``names`` are the `known_names`."""
    if document.path in facts.expired:
        document = _after_expiry(document, config)
    document = permitted(_named(document, names.authors))
    if names.renaming:
        document = _without_synonyms(document, names)
    if facts.sections:
        document = _moved(document, facts.sections)
    document = _also_at(document, facts.aliases)
    if facts.respelt:
        document = _respelt(document, facts.respelt)
    if document.path in facts.targets:
        targets, data = facts.targets[document.path], facts.data[document.path]
        document = msgspec.structs.replace(document, targets=targets, data=data)
    return document


def moments(document: Document) -> tuple[tuple[float, str], ...]:
    """When the article goes live and when it expires, with what happens then."""
    return (
        (_appears(document), "an article goes live"),
        (document.expires_stamp, "an article expires"),
    )


def _urls_of_twins(
    documents: list[Document], found: TwinsFound, config: Config
) -> dict[str, tuple[str, ...]]:
    """The URLs of articles that are left out as twins, by the path of the one that is listed,
    where they lead."""
    aliases: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for index, (listed, _) in found.twins.items():
        first = documents[listed]
        own = document_url(first, config)
        urls = (document_url(documents[index], config), *documents[index].aliases)
        aliases[first.path] += tuple(url for url in urls if url not in (own, *first.aliases))
    return {path: tuple(dict.fromkeys(urls)) for path, urls in aliases.items()}


def _also_at(document: Document, aliases: Mapping[str, tuple[str, ...]]) -> Document:
    """``document`` with the URLs of its twins."""
    more = aliases.get(document.path)
    return (
        msgspec.structs.replace(document, aliases=(*document.aliases, *more)) if more else document
    )


def fresh(documents: list[Document], now: float) -> tuple[int, ...]:
    """The articles of the last two days at ``now``, newest first; ``documents`` come oldest
    first."""
    out = []
    for index in range(len(documents) - 1, -1, -1):
        document = documents[index]
        if document.stamp + NEWS_SECONDS <= now:
            break
        if is_fresh(document, now):
            out.append(index)
    return tuple(out)


def leaves_news(document: Document) -> tuple[float, str]:
    """When the news sitemap drops ``document``, and what happens then."""
    return document.stamp + NEWS_SECONDS, "an article leaves the news sitemap"


def due_text(moment: float, config: Config) -> str:
    """The moment of the next change in the site's zone; empty for none."""
    return datetime.fromtimestamp(moment, config.zone).isoformat() if moment else ""


def is_fresh(document: Document, now: float) -> bool:
    """Whether the news sitemap holds ``document`` at ``now``."""
    recent = document.stamp <= now < document.stamp + NEWS_SECONDS
    return recent and document.status != "withdrawn" and not document.noindex


def held_back(document: Document, config: Config, now: float, shown: Shown) -> str:
    """Why the document is not published at ``now``, or an empty string."""
    is_draft = document.status == "draft" and not shown.drafts
    if is_draft or document.status == "withheld":
        return document.status
    if _appears(document) > now and not shown.future:
        return "future"
    if document.status == "withdrawn":
        return ""  # its tombstone stays
    leaves = (document.on_expiry or config.on_expiry) == "remove"
    return "expired" if leaves and has_expired(document, now, shown) else ""


def has_expired(document: Document, now: float, shown: Shown) -> bool:
    """Whether the time of ``document`` is over at ``now``."""
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


def _without_synonyms(document: Document, names: KnownNames) -> Document:
    """``document`` with the name that counts for each term."""
    known = names.taxonomies
    source = document.source
    if source.name and "source" in names.renaming:
        source = msgspec.structs.replace(source, name=known["source"].named((source.name,))[0])
    return msgspec.structs.replace(
        document,
        tags=known["tag"].named(document.tags),
        terms={kind: known[kind].named(terms) for kind, terms in document.terms.items()},
        source=source,
    )


def _respelt(document: Document, names: Mapping[str, Mapping[str, str]]) -> Document:
    """``document`` with its terms as lists show them, each once; ``names`` has those that are
    written otherwise."""
    authors, nothing = names.get("author", {}), dict[str, str]()
    source = names.get("source", {}).get(document.source.name)
    given = {"tag": document.tags, "author": [p.name for p in document.authors], **document.terms}
    if not source and all(
        names.get(kind, nothing).keys().isdisjoint(terms) for kind, terms in given.items()
    ):
        return document
    people = [
        msgspec.structs.replace(p, name=authors.get(p.name, p.name)) for p in document.authors
    ]

    def spelt(kind: str, terms: Iterable[str]) -> tuple[str, ...]:
        others = names.get(kind, nothing)
        return tuple(dict.fromkeys(others.get(term, term) for term in terms))

    return msgspec.structs.replace(
        document,
        authors=each_once(people),
        tags=spelt("tag", document.tags),
        terms={kind: spelt(kind, terms) for kind, terms in document.terms.items()},
        source=msgspec.structs.replace(document.source, name=source or document.source.name),
    )


def document_url(document: Document, config: Config) -> str:
    """The site-relative path of an article."""
    if document.url:
        return page_url(document.url)
    folder = folder_of(shown_in(document.lang, config), config)
    if document.kind == "page":
        return page_url(f"/{folder}{_page_path(document, config)[1:]}")
    year, month, day = document.date[:10].split("-")
    path = _permalink(document.section, config).format(
        section=document.section,
        year=year,
        month=month,
        day=day,
        slug=document.slug,
        id=slugify(document.id) if document.id else document.slug,
    )
    return page_url(f"/{folder}{path[1:]}")


def former_urls(document: Document, own: str) -> tuple[str, ...]:
    """The URLs that redirect to an article at ``own``: its aliases, but for one that has become
    its URL again, such as after a change of the permalink."""
    urls = dict.fromkeys(map(page_url, document.aliases))
    return tuple(url for url in urls if url != own)


def _page_path(document: Document, config: Config) -> str:
    """The path of a page: by default its slug, below the folders that it is in."""
    return config.pages.permalink.format(
        path="/".join([*_folders(document, config), document.slug]),
        slug=document.slug,
        id=slugify(document.id) if document.id else document.slug,
    )


def _folders(document: Document, config: Config) -> list[str]:
    """The folders of a page below that of all pages, as in a URL; none for a page elsewhere."""
    path = split_path(document.path, config)[1]
    if not path.startswith(f"{PAGES}/"):
        return []
    *folders, name = path.removeprefix(f"{PAGES}/").split("/")
    names = [slugify(folder) for folder in folders]
    return names[:-1] if name.startswith("index.") else names


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
    if not any(document.translation_of for document in documents):
        return {}
    known = _numbers_by_name(documents)
    originals: dict[int, int] = {}
    for index, document in enumerate(documents):
        if document.translation_of in known and document.status != "withdrawn":
            original = _original(documents, index, known)
            if original != index:
                originals[index] = original
    return originals


def _numbers_by_name(documents: Sequence[Document]) -> dict[str, int]:
    """The numbers of articles by what others may call them: their paths and ids."""
    shown = [(i, d) for i, d in enumerate(documents) if d.status != "withdrawn"]
    return {name: i for i, d in shown for name in (d.path, d.id) if name}


def _original(documents: Sequence[Document], index: int, known: Mapping[str, int]) -> int:
    """The original of an original: a translation may name another translation.

    Of a ring it is the oldest.
    """
    way: list[int] = []
    while index not in way:
        way.append(index)
        index = known.get(documents[index].translation_of, index)
    return min(way[way.index(index) :])


def section_link(slug: str, config: Config, lang: str = "") -> Link:
    """A section's name and page, in a language of the site."""
    titles = _section_titles(slug, config, lang or config.language)
    name = next(filter(None, titles), slug.replace("-", " ").capitalize())
    folder = folder_of(lang, config) if lang else ""
    return Link(name, f"/{folder}{slug}/")


def _section_titles(slug: str, config: Config, lang: str) -> Iterator[str]:
    """The titles of a section in site.yaml: that of a language first."""
    language = config.languages.get(lang)
    for sections in (language.sections if language else {}, config.sections):
        if slug in sections:
            yield sections[slug].title


def card(document: Document, config: Config, facts: SiteFacts) -> Card:
    """All that a list may show of a finished ``document``, in the site's zone."""
    lang = document.lang or config.language
    return Card(
        title=document.title,
        url=document_url(document, config),
        date="" if document.kind == "page" else in_zone(document.date, config.zone),
        section=_section_of(document, config),
        summary=document.summary,
        authors=bylines(document, facts.authors),
        updated=in_zone(document.updated, config.zone),
        source=source_name(document),
        image=document.image,
        lang="" if lang == config.language else lang,
        dir=direction(lang),
        lead=document.lead,
        id=document.id or document.path,
        comment=document.comment,
        to=headline_target(document),
        genre=document.genre,
        minutes=reading_minutes(document),
    )


def reading_minutes(document: Document) -> int:
    """The minutes that reading takes; 0 for a text that is short or not shown in full."""
    whole = document.rights.show == "full" and document.status != "withdrawn"
    return -(-document.words // WORDS_A_MINUTE) if whole and document.words >= LONG_TEXT else 0


def headline_target(document: Document) -> str:
    """The URL of the original, if the headline leads there and not to the article's own page: where
    the article says so, and for a link with a comment of this digest."""
    original = document.source.url or document.canonical
    is_link = document.rights.show == "link" and document.comment is not None
    wanted = document.permalink == "source" or (is_link and document.permalink != "own")
    return original if wanted and document.status != "withdrawn" else ""


def _section_of(document: Document, config: Config) -> Link:
    """The section of an article in its language; that of a page is empty."""
    if not document.section:
        return Link("", "")
    return section_link(document.section, config, shown_in(document.lang, config))


def bylines(document: Document, authors: Mapping[str, Link]) -> tuple[Byline, ...]:
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


TermNames = dict[str, tuple[str, ...]]  # the lists that an article is in, by kind, as written


def terms_of(document: Document, known: Mapping[str, Taxonomy], config: Config) -> TermNames:
    """The lists that a finished ``document`` is in. A section is one list in each language of the
    site, and its name begins with the folder of that."""
    if document.status == "withdrawn":
        return {}
    source = source_name(document)
    folder = folder_of(shown_in(document.lang, config), config)
    places = {
        "section": (folder + document.section,),
        "tag": document.tags,
        "author": tuple([p.name for p in document.authors]),
        "source": (source,) if source else (),
        **document.terms,
    }
    for kind, names in places.items():
        if kind in known and known[kind].tree:
            places[kind] = tuple([level for name in names for level in known[kind].levels(name)])
    return places


def _listings(
    places: Sequence[TermNames], config: Config, names: KnownNames
) -> tuple[tuple[Listing, ...], dict[str, dict[str, str]]]:
    """Every section and term that has articles, and by kind the spellings that are not shown, with
    what is shown for each.

    Names that make one slug are one term.
    """
    known = names.taxonomies
    groups: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(dict)
    for kind, found in _members(places).items():
        slug_of = known[kind].slug if kind in known else section_slug
        for name, indices in found.items():
            groups[kind, slug_of(name)][name] = indices
    given = _given_names(config, known)
    out = []
    respelt: dict[str, dict[str, str]] = defaultdict(dict)
    for (kind, slug), spelt in sorted(groups.items()):
        indices = [i for some in spelt.values() for i in some]
        members = tuple(sorted(set(indices)) if len(spelt) > 1 else dict.fromkeys(indices))
        name = best_spelling({n: len(some) for n, some in spelt.items()}, given.get(kind, ()))
        if kind != "section" and (others := {n: name for n in spelt if n != name}):
            respelt[kind] |= others
        out.append(listing_of(kind, name, slug, members, config, known))
    return tuple(out), dict(respelt)


def listing_of(
    kind: str,
    name: str,
    slug: str,
    members: tuple[int, ...],
    config: Config,
    known: Mapping[str, Taxonomy],
) -> Listing:
    """A section or a term with its page; both are called as site.yaml has them."""
    if kind == "section":
        link, lang = section_of(slug, config)
        return Listing(kind, link.name, slug, link.url, members, lang)
    said = known[kind].terms.get(slug)
    title = (said.title if said else "") or known[kind].label(name)
    return Listing(kind, title, slug, known[kind].term_url(slug), members)


def section_slug(name: str) -> str:
    """The name of the list of a section in one language as in a URL."""
    return "/".join(map(slugify, name.split("/")))


def section_of(name: str, config: Config) -> tuple[Link, str]:
    """A section by the name of its list in one language of the site, and that language, which is
    empty for its own."""
    folder, _, slug = name.rpartition("/")
    others = {folder_of(lang, config): lang for lang in config.languages} if folder else {}
    lang = others.get(f"{folder}/", "")
    return section_link(slug, config, lang), lang


def _given_names(config: Config, known: Mapping[str, Taxonomy]) -> dict[str, set[str]]:
    """The names that site.yaml has, by kind."""
    given = {kind: {*taxonomy.names.values()} for kind, taxonomy in known.items()}
    given["author"] |= {a.name for a in config.authors.values()}
    given["source"] |= {s.name for s in config.sources.values()}
    for key, said in config.taxonomies.items():
        given[KINDS.get(key, key)] |= said.terms.keys()
    return given


def _apart(
    listings: tuple[Listing, ...], known: Mapping[str, Taxonomy]
) -> tuple[tuple[Listing, ...], list[tuple[Listing, Listing]]]:
    """``listings`` with URLs that no file system takes for one, and those that have another URL,
    each with the one that has it.

    Names such as Straße and Strasse make two slugs, and one where case is folded (Unicode 15.1,
    3.13). The term of the oldest article keeps its URL; sections are folders of the site, and keep
    theirs.
    """
    first: dict[tuple[str, str], Listing] = {}
    for listing in sorted(listings, key=lambda x: (x.documents[:1], x.slug)):
        first.setdefault((listing.kind, folded(listing.slug)), listing)
    out, moved = [], []
    for listing in listings:
        other = first[listing.kind, folded(listing.slug)]
        if other is not listing and listing.kind != "section":
            slug = f"{listing.slug}-{digest(listing.slug.encode())[:6]}"
            listing = msgspec.structs.replace(listing, url=known[listing.kind].term_url(slug))
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
        first.setdefault(folded(section), section)
    used = dict.fromkeys(d.section for d in documents)
    return {section: kept for section in used if (kept := first[folded(section)]) != section}


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


def folded(slug: str) -> str:
    """``slug`` as a file system compares it that takes small and capital letters for one."""
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


def _members(places: Sequence[TermNames]) -> dict[str, dict[str, list[int]]]:
    """The articles of each section and term by kind and name as written, oldest first."""
    out: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, place in enumerate(places):
        for kind, names in place.items():
            members = out[kind]
            for name in names:
                members[name].append(index)
    return out


def _section_problems(documents: list[Document], config: Config) -> list[Diagnostic]:
    """A warning for each section that site.yaml does not have, at the first of its articles."""
    if not config.sections:
        return []
    sections = [(document.section, document.path) for document in documents]
    unknown = grouped((name, path) for name, path in sections if name not in config.sections)
    out = []
    for name, paths in unknown.items():
        hint = nearest_hint(name, config.sections, "add it below `sections:` in site.yaml")
        articles = f" ({counted(len(paths), 'article')})" if len(paths) > 1 else ""
        message = f"section `{name}` is not in site.yaml{articles}"
        out.append(problem("section", message, min(paths), 1, 1, hint, level="warning"))
    return out


def _by_day(documents: Sequence[Document], config: Config) -> tuple[Listing, tuple[Listing, ...]]:
    """The articles that the archive shows, and those of each day in the site's zone, the oldest
    first."""
    days = grouped(
        (day_of(document, config), index)
        for index, document in enumerate(documents)
        if document.status != "withdrawn"
    )
    shown = tuple(sorted(i for members in days.values() for i in members))
    return Listing("archive", "All articles", "archive", "/archive/", shown), tuple(
        [day_listing(d, tuple(days[d])) for d in sorted(days)]
    )


def day_of(document: Document, config: Config) -> str:
    """The day of an article in the site's zone."""
    return in_zone(document.date, config.zone)[:10]


def day_listing(day: str, members: tuple[int, ...]) -> Listing:
    """The articles of one day."""
    return Listing("day", day, day, period_url(day), members)


def period_url(period: str) -> str:
    """The page of a day, month or year, which is written as in ISO 8601."""
    return f"/archive/{period.replace('-', '/')}/"
