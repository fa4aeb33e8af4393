"""Plan the sitemaps.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.base.memo import Memo
from sitegen.config.schema import Config
from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import (
    ArticleView,
    NewsView,
    SitemapView,
)
from sitegen.pages.site_texts import robots_page

NEWS_SIZE = 1_000  # that a news sitemap may hold
SITEMAP_SIZE = 40_000  # of the 50,000 that sitemaps.org allows

Entry = tuple[str, str]  # a URL, and when its page was last changed, where that is known


def sitemaps(
    entries: Sequence[Entry | None], site: Site, config: Config, memo: Memo
) -> Iterator[Page]:
    """The sitemap of ``entries``, one for each page or None, that of the news, and robots.txt,
    which names both."""
    yield from memo.whole("sitemap", entries, lambda: _sitemap(sorted([e for e in entries if e])))
    listed = {entry[0] for entry in entries if entry}
    cards = [site.cards[i] for i in site.news if site.cards[i].url in listed][:NEWS_SIZE]
    news = tuple((c.url, c.date, c.title, c.lang or config.language) for c in cards)
    yield Page("sitemap-news.xml", "", NewsView("/sitemap-news.xml", news), "news sitemap", 3)
    # the schema of a news sitemap allows none that is empty
    named = ("/sitemap.xml", "/sitemap-news.xml") if news else ("/sitemap.xml",)
    yield robots_page(named, config)


def article_entry(view: ArticleView, base: str) -> Entry | None:
    """The URL of an article, and when it was last changed.

    A sitemap lists canonical pages only: none for an article whose canonical page is another one,
    nor for one that has been withdrawn or has expired. ``base`` is the site's URL.
    """
    canonical = view.canonical.removeprefix(base).rstrip("/")
    elsewhere = view.canonical and canonical != view.url.rstrip("/")
    if view.withdrawn or view.noindex or elsewhere:
        return None
    return view.url, view.updated or view.date


def _sitemap(entries: list[Entry]) -> tuple[Page, ...]:
    """One sitemap, or several and their index."""
    parts = [tuple(entries[i : i + SITEMAP_SIZE]) for i in range(0, len(entries), SITEMAP_SIZE)]
    if len(parts) == 1:
        return (Page("sitemap.xml", "", SitemapView("/sitemap.xml", parts[0]), "sitemap", 3),)
    index = tuple((f"/sitemap-{n}.xml", "") for n in range(1, len(parts) + 1))
    pages = [
        Page(url[1:], "", SitemapView(url, part), "sitemap", 3)
        for (url, _), part in zip(index, parts, strict=True)
    ]
    return (*pages, Page("sitemap.xml", "", SitemapView("/sitemap.xml", index, True), "sitemap", 3))
