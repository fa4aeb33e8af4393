"""Search on the site itself: which articles are in the index, in which shards, and the page that
asks it.

Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import pairwise

from sitegen.base.l10n import language_name
from sitegen.base.languages import direction
from sitegen.base.text import href
from sitegen.config.languages import folder_of, languages_of
from sitegen.config.schema import Config
from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import SearchIndex, SearchRecord, SearchView, Shard
from sitegen.site.taxonomies import Taxonomy, taxonomies

PAGE = "/search/"
FOLDER = "search/index"  # below output/; all files of the index, and no others, are there
ROOT = "index.json"  # in that folder: what a reader loads first
SMALL, LARGE = (
    64,
    1_024,
)  # articles of one index: what an edit costs, and what a reader loads for each index asked
_YEAR_1 = 62_135_596_800  # seconds from the first year to 1970


def shards(site: Site, config: Config) -> tuple[Shard, ...]:
    """The articles by language, each cut into shards that are counted from the oldest, as `cuts`
    says.

    Articles that are withdrawn, or that have expired and only stay for readers of the site, are in
    none. They are counted all the same, so that no other one moves when one is withdrawn.
    """
    tongues: dict[str, list[SearchRecord | None]] = defaultdict(list)
    known = taxonomies(config)
    for index, document in enumerate(site.documents):
        found = document.status != "withdrawn" and not document.noindex
        tongues[_tongue(document.lang or config.language)].append(
            record(site, index, known) if found else None
        )
    out: list[Shard] = []
    for lang, records in sorted(tongues.items()):
        parts = (
            tuple(r for r in records[start:end] if r)
            for start, end in pairwise((*cuts(len(records)), len(records)))
        )
        out += (
            Shard(f"{FOLDER}/{lang}/{number}", lang, part)
            for number, part in enumerate(filter(None, parts), 1)
        )
    return tuple(out)


def cuts(count: int) -> list[int]:
    """Where each shard of ``count`` articles starts, counted from the oldest.

    Old articles, which hardly ever change, are in shards of LARGE; the next ones in halves,
    quarters and so on of that, each size at most once, as in a binary number; and the youngest,
    SMALL or some more, in the last. So an edit of today's news indexes few articles again, a new
    article adds to the last shard, and the number of shards is little above articles / LARGE.
    """
    starts, size, start = [], LARGE, 0
    while size >= SMALL:
        if count - start >= size + SMALL:
            starts.append(start)
            start += size
        else:
            size //= 2
    return [*starts, start]


def record(site: Site, index: int, known: Mapping[str, Taxonomy]) -> SearchRecord:
    """What the index may hold of one article; its rights are kept as on its page."""
    d, card = site.documents[index], site.cards[index]
    text = d.rights.show != "link"
    return SearchRecord(
        url=href(card.url),
        title=d.title,
        date=card.date,
        minute=int(d.stamp + _YEAR_1) // 60,
        section=card.section.name,
        source=card.source,
        authors=tuple(dict.fromkeys(a.name for a in card.authors)),
        dek=d.dek,
        comment=d.comment.text if d.comment else "",
        show=d.rights.show,
        words=d.rights.words if d.rights.show == "excerpt" else 0,
        body_from=d.path if text else "",
        body_digest=d.body_digest if text else "",
        terms={
            kind: tuple(
                dict.fromkeys(level for name in names for level in known[kind].levels(name))
            )
            for kind, names in d.terms.items()
        },
    )


def search_url(lang: str, config: Config) -> str:
    """The search page in a language of the site."""
    return f"/{folder_of(lang, config)}{PAGE[1:]}"


def search_pages(made: tuple[Shard, ...], config: Config, preview: bool) -> Iterator[Page]:
    """The page with the form, in each language of the site; in a preview it says that there is no
    index."""
    tongues = {shard.lang for shard in made}
    filters = _filters(made, config)
    for lang in languages_of(config):
        url = search_url(lang, config)
        indexes = () if preview else _indexes(tongues, _tongue(lang))
        view = SearchView("Search", url, indexes, filters, preview)
        own = "" if url == PAGE else lang
        yield Page(f"{url[1:]}index.html", "search.html", view, "search page", lang=own)


def _filters(made: Iterable[Shard], config: Config) -> tuple[tuple[str, str], ...]:
    """The taxonomies that articles have terms of: kind and title of each."""
    used = {kind for shard in made for one in shard.records for kind in one.terms}
    return tuple((x.kind, x.title) for x in taxonomies(config).values() if x.kind in used)


def _indexes(tongues: Set[str], own: str) -> tuple[SearchIndex, ...]:
    """The languages that articles are found in, ``own`` first."""
    return tuple(
        SearchIndex(lang, language_name(lang), direction(lang))
        for lang in sorted(tongues, key=lambda lang: (lang != own, lang))
    )


def _tongue(lang: str) -> str:
    """The language without its country or script: there is one index for each, with endings of its
    own."""
    return lang.split("-")[0]
