"""Plan the sitemaps.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from sitegen.base.memo import Memo
from sitegen.config.schema import Config
from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import (
    ArticleView,
    IssueView,
    NewsView,
    PlainView,
    RedirectView,
    RobotsView,
    SearchView,
    SitemapView,
)

NEWS_SIZE = 1_000  # that a news sitemap may hold
SITEMAP_SIZE = 40_000  # of the 50,000 that sitemaps.org allows


def sitemaps(
    pages: Sequence[Page], site: Site, config: Config, memo: Memo | None = None
) -> Iterator[Page]:
    """The addresses of all pages that a search engine shall know, those of the news, and
    robots.txt, which names both."""
    memo = memo or Memo(0)
    entries = memo.each(
        "sitemap", partial(_entry, base=config.base_url.rstrip("/")), pages, config.base_url
    )
    yield from memo.whole("sitemap", entries, lambda: _sitemap(sorted([e for e in entries if e])))
    listed = {entry[0] for entry in entries if entry}
    cards = [site.cards[i] for i in site.news if site.cards[i].url in listed][:NEWS_SIZE]
    news = tuple((c.url, c.date, c.title, c.lang or config.language) for c in cards)
    yield Page("sitemap-news.xml", "", NewsView("/sitemap-news.xml", news), "news sitemap", 3)
    named = (
        ("/sitemap.xml", "/sitemap-news.xml") if news else ("/sitemap.xml",)
    )  # the schema allows none that is empty
    yield Page("robots.txt", "", RobotsView("/robots.txt", named), "robots.txt", 3)


def _entry(page: Page, base: str) -> tuple[str, str] | None:
    """The URL of a page that a sitemap names, and of an article the time of its last change.

    An article whose canonical page is another one is in none: a sitemap lists canonical pages only.
    """
    view = page.view
    if isinstance(view, ArticleView):
        elsewhere = view.canonical and view.canonical.removeprefix(base).rstrip(
            "/"
        ) != view.url.rstrip("/")
        return (
            None
            if view.withdrawn or view.noindex or elsewhere
            else (view.url, view.updated or view.date)
        )
    if not page.template or isinstance(view, (IssueView, PlainView, RedirectView, SearchView)):
        return None
    return view.url, ""


def _sitemap(entries: list[tuple[str, str]]) -> tuple[Page, ...]:
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
