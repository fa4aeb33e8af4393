"""Search on the site itself: which articles stand in the index, in which shards, and the page that asks it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sitegen.base.locales import language_name
from sitegen.base.text import direction, href
from sitegen.config import Config
from sitegen.model import Page, SearchIndex, SearchRecord, SearchView, Shard, Site

PAGE = "/search/"
FOLDER = "search/index"  # below output/; all files of the index, and no others, stand there
SHARD_SIZE = 2_000  # articles of one index: what an edit costs, and what Pagefind has room for in a few hundred MiB


def shards(site: Site, config: Config) -> tuple[Shard, ...]:
    """The articles by language, each cut into shards that are counted from the oldest, so that a new article changes the last.

    Articles that are withdrawn, or that have expired and only stay for readers of the site, stand in none.
    """
    tongues: dict[str, list[SearchRecord]] = defaultdict(list)
    for index, document in enumerate(site.documents):
        if document.status != "withdrawn" and not document.noindex:
            tongues[_tongue(document.lang or config.language)].append(record(site, index))
    return tuple(
        Shard(f"{FOLDER}/{lang}/{start // SHARD_SIZE + 1}", lang, tuple(records[start : start + SHARD_SIZE]))
        for lang, records in sorted(tongues.items())
        for start in range(0, len(records), SHARD_SIZE)
    )


def record(site: Site, index: int) -> SearchRecord:
    """What the index may hold of one article; its rights are kept as on its page."""
    d, card = site.documents[index], site.cards[index]
    text = d.rights.show != "link"
    return SearchRecord(
        url=href(card.url),
        title=d.title,
        date=d.date,
        section=card.section.name,
        source=card.source,
        authors=tuple(dict.fromkeys(a.name for a in card.authors)),
        dek=d.dek,
        show=d.rights.show,
        words=d.rights.words if d.rights.show == "excerpt" else 0,
        body_from=d.path if text else "",
        body_digest=d.body_digest if text else "",
    )


def search_page(made: tuple[Shard, ...], config: Config, preview: bool) -> Iterator[Page]:
    """The page with the form; in a preview it says that there is no index."""
    own = _tongue(config.language)
    counts: dict[str, int] = defaultdict(int)
    for shard in made:
        counts[shard.lang] += 1
    order = sorted(counts, key=lambda lang: (lang != own, lang))
    indexes = tuple(SearchIndex(lang, language_name(lang), f"/{FOLDER}/{lang}/", counts[lang], direction(lang)) for lang in order)
    view = SearchView("Search", PAGE, () if preview else indexes, preview)
    yield Page("search/index.html", "search.html", view, "search page")


def _tongue(lang: str) -> str:
    """The language without its country or script: Pagefind keeps one index for each, with word stems of its own."""
    return lang.replace("_", "-").split("-")[0].lower()
