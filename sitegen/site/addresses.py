"""Which published URLs have another place now: those of articles and of lists.

A thing is known by its kind and id: the file of an article, the slug of a term. Where the id is
gone, it is known by its mark: the `id` of an article, else its date and title; for a list, the
mark of its oldest article. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from sitegen.base.groups import grouped
from sitegen.base.text import below, digest, slugify
from sitegen.config.schema import FEED_FILES, Config
from sitegen.content.addresses import OLD, Address
from sitegen.model.article import Document
from sitegen.model.site import FormerUrls, Listing, Site
from sitegen.site.taxonomies import taxonomies

ARTICLES = ("article", "page")  # kinds whose ids are files
FEED = "feed"
# How other programs call the folders of lists, with what these are called here.
LIST_FOLDERS = {
    **dict.fromkeys(("tag", "tags"), "tag"),
    **dict.fromkeys(("category", "categories", "section", "sections"), "section"),
    **dict.fromkeys(("author", "authors"), "author"),
}
_MARK = 8  # letters


def article_mark(document: Document) -> str:
    """What an article is recognised by after its file has been renamed."""
    said = document.id or f"{document.date[:10]} {document.title.casefold()}"
    return digest(said.encode())[:_MARK]


def list_mark(listing: Listing, documents: Sequence[Document]) -> str:
    """What a list is recognised by after its name has changed."""
    return article_mark(documents[listing.documents[0]]) if listing.documents else ""


def list_id(listing: Listing) -> str:
    """A list by its kind and slug."""
    return f"{listing.kind}/{listing.slug}"


def with_former_urls(
    site: Site,
    rows: Sequence[Address],
    config: Config,
    files: Collection[str],
    expired: Collection[str],
) -> Site:
    """``site``, whose articles and lists are also found at the URLs that they had, by the ``rows``
    of `addresses.tsv`.

    ``files`` are URLs that files have, ``expired`` the files of articles whose time is over.
    """
    articles = [row for row in rows if row.kind in ARTICLES and row.id not in expired]
    moved, unknown = _moved_articles(site, articles)
    old = [row.path for row in rows if row.kind == OLD]
    for index, path in _articles_by_slug(site, old):
        moved[index].append(path)
    gone = _gone_lists(site, rows)
    renamed = _renamed_lists(site, rows, gone, config)
    former = FormerUrls(
        renamed=renamed,
        feeds=_former_feeds(site, rows, renamed, config),
        expired=frozenset(expired),
        settled=not (unknown or gone or old),
    )
    site = replace(site, former=former)
    return _with_aliases(site, moved, files) if moved else site


# Articles -------------------------------------------------------------------------------------
def _moved_articles(
    site: Site, rows: Sequence[Address]
) -> tuple[defaultdict[int, list[str]], bool]:
    """The recorded URLs that articles no longer have, by the number of the article; and whether
    some id means none."""
    numbers = {path: i for i, path in enumerate(site.paths)}
    moved: defaultdict[int, list[str]] = defaultdict(list)
    unknown: list[Address] = []
    for row in rows:
        index = numbers.get(row.id)
        if index is None:
            unknown.append(row)
        elif row.path != site.cards[index].url:
            moved[index].append(row.path)
    if not unknown:
        return moved, False
    recorded = {row.id for row in rows}
    new = _only_ones(
        (article_mark(document), i)
        for i, document in enumerate(site.documents)
        if document.path not in recorded
    )
    for row in unknown:
        if row.mark in new:
            moved[new[row.mark]].append(row.path)
    return moved, True


def _articles_by_slug(site: Site, old: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Those of the ``old`` URLs, of another program's site, that end with the slug of one article,
    each after the number of the article."""
    if not old:
        return
    slugs = _only_ones((document.slug, i) for i, document in enumerate(site.documents))
    for path in old:
        slug = _slug_at_end(path)
        if slug in slugs:
            yield slugs[slug], path


def _slug_at_end(path: str) -> str:
    """The slug that the URL of an article ends with; empty for that of a list."""
    folder, _, name = path.strip("/").rpartition("/")
    is_list = folder.partition("/")[0] in LIST_FOLDERS
    return "" if is_list else name.partition(".")[0]


def _only_ones(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The number of each mark that only one has."""
    found = grouped(pairs)
    return {mark: numbers[0] for mark, numbers in found.items() if len(numbers) == 1}


def _with_aliases(site: Site, moved: Mapping[int, list[str]], files: Collection[str]) -> Site:
    """``site`` with the URLs in ``moved`` as aliases, except those that something else has now."""
    taken = _taken_urls(site) | set(files)
    documents, aliases = list(site.documents), dict(site.facts.aliases)
    for index, paths in moved.items():
        more = tuple(sorted(path for path in paths if path not in taken))
        if more:
            document = documents[index]
            aliases[document.path] = (*aliases.get(document.path, ()), *more)
            documents[index] = replace(document, aliases=(*document.aliases, *more))
    facts = replace(site.facts, aliases=aliases)
    return replace(site, documents=tuple(documents), facts=facts)


def _taken_urls(site: Site) -> set[str]:
    """The URLs of articles and lists, and the aliases that articles name themselves."""
    articles = {card.url for card in site.cards}
    aliases = {alias for document in site.documents for alias in document.aliases}
    lists = {listing.url for listing in (*site.listings, *site.days, site.archive)}
    return articles | aliases | lists


# Lists ----------------------------------------------------------------------------------------
def _gone_lists(site: Site, rows: Sequence[Address]) -> dict[str, str]:
    """The recorded lists that the site no longer has, by kind and slug, with their marks."""
    present = {list_id(x) for x in site.listings}
    kinds = {x.kind for x in site.listings}
    named = ((f"{row.kind}/{row.id}", row.mark) for row in rows if row.kind in kinds)
    return {name: mark for name, mark in named if mark and name not in present}


def _renamed_lists(
    site: Site, rows: Sequence[Address], gone: Mapping[str, str], config: Config
) -> dict[str, str]:
    """The lists that have another name now, by kind and slug, with what they are called."""
    if not gone:
        return {}
    present = {list_id(x) for x in site.listings}
    recorded = {f"{row.kind}/{row.id}" for row in rows}
    kinds = {name.partition("/")[0] for name in gone}
    new = [x for x in site.listings if list_id(x) not in recorded]
    by_mark = {
        kind: _only_ones(
            (list_mark(x, site.documents), n) for n, x in enumerate(new) if x.kind == kind
        )
        for kind in kinds
    }
    out = {}
    for name, mark in gone.items():
        kind, slug = name.split("/", 1)
        said = f"{kind}/{_said_to_be(kind, slug, site, config)}"
        if said in present:
            out[name] = said
        elif mark in by_mark.get(kind, {}):
            out[name] = list_id(new[by_mark[kind][mark]])
    return out


def _said_to_be(kind: str, slug: str, site: Site, config: Config) -> str:
    """The slug that settings or articles give another spelling of a term."""
    if kind == "section":
        return site.facts.sections.get(slug, "")
    if kind == "author":
        return _slugs_by_alias(config).get(slug, "")
    taxonomy = taxonomies(config).get(kind)
    if taxonomy and slug in taxonomy.names:
        return taxonomy.slug(taxonomy.names[slug])
    return ""


def _slugs_by_alias(config: Config) -> dict[str, str]:
    """The slug of each author, by that of each of their other names."""
    authors = config.authors.values()
    return {slugify(alias): slugify(a.name) for a in authors for alias in a.aliases}


def _former_feeds(
    site: Site, rows: Sequence[Address], renamed: Mapping[str, str], config: Config
) -> dict[str, tuple[str, ...]]:
    """The URLs that the feeds of each list had, by kind and slug of the list; that of the site is
    `site/`."""
    homes = {list_id(x): x.url for x in site.listings} | {"site/": "/"}
    present = {
        below(home) + FEED_FILES[name]
        for listing, home in homes.items()
        for name in config.feed_formats(listing.partition("/")[0])
    }
    out: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.kind == FEED and row.path not in present:
            name = renamed.get(row.id, row.id)
            if name in homes:
                out[name].append(row.path)
    return {name: tuple(paths) for name, paths in out.items()}
