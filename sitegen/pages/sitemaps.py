"""Plan the sitemaps.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import (
    BodyView,
    NewsView,
    SitemapView,
)
from sitegen.pages.site_texts import robots_page
from sitegen.site.taxonomies import Taxonomy, taxonomies

NEWS_SIZE = 1_000  # that a news sitemap may hold
SITEMAP_SIZE = 40_000  # of the 50,000 that sitemaps.org allows

NewsEntry = tuple[str, str, str, str, str]  # of `NewsView`
Entry = tuple[str, str]  # a URL, and when its page was last changed, where that is known


def news_pages(site: Site, config: Config, listed: Callable[[int], bool]) -> Iterator[Page]:
    """The news sitemap of the articles that are ``listed`` in the sitemap, and robots.txt, which
    names both."""
    newest = [i for i in site.news if listed(i)][:NEWS_SIZE]
    news = tuple(_news(site, config, newest))
    yield Page("sitemap-news.xml", "", NewsView("/sitemap-news.xml", news), "news sitemap", 3)
    # the schema of a news sitemap allows none that is empty
    named = ("/sitemap.xml", "/sitemap-news.xml") if news else ("/sitemap.xml",)
    yield robots_page(named, config)


def _news(site: Site, config: Config, shown: Iterable[int]) -> Iterator[NewsEntry]:
    """What the news sitemap says of each of the articles that are ``shown``."""
    coded = [x for x in taxonomies(config).values() if any(t.medtop for t in x.terms.values())]
    for i in shown:
        card = site.cards[i]
        keywords = ", ".join(_media_topics(site.documents[i], coded)) if coded else ""
        yield card.url, card.date, card.title, card.lang or config.language, keywords


def _media_topics(document: Document, coded: Iterable[Taxonomy]) -> Iterator[str]:
    """The terms of an article that have a code in the Media Topics of IPTC."""
    for taxonomy in coded:
        names = document.tags if taxonomy.kind == "tag" else document.terms.get(taxonomy.kind, ())
        for name in names:
            said = taxonomy.terms.get(taxonomy.slug(name))
            if said and said.medtop:
                yield said.title or taxonomy.label(name)


def sitemaps(entries: Iterable[Entry]) -> tuple[Page, ...]:
    """One sitemap, or several and their index."""
    ordered = sorted(entries)
    parts = [tuple(ordered[i : i + SITEMAP_SIZE]) for i in range(0, len(ordered), SITEMAP_SIZE)]
    if len(parts) == 1:
        return (Page("sitemap.xml", "", SitemapView("/sitemap.xml", parts[0]), "sitemap", 3),)
    index = tuple((f"/sitemap-{n}.xml", "") for n in range(1, len(parts) + 1))
    pages = [
        Page(url[1:], "", SitemapView(url, part), "sitemap", 3)
        for (url, _), part in zip(index, parts, strict=True)
    ]
    return (*pages, Page("sitemap.xml", "", SitemapView("/sitemap.xml", index, True), "sitemap", 3))


def article_entry(view: BodyView, base: str) -> Entry | None:
    """The URL of an article or page, and when it was last changed.

    A sitemap lists canonical pages only: none for an article whose canonical page is another one,
    nor for one that has been withdrawn or has expired. ``base`` is the site's URL.
    """
    canonical = view.canonical.removeprefix(base).rstrip("/")
    elsewhere = view.canonical and canonical != view.url.rstrip("/")
    if view.withdrawn or view.noindex or elsewhere:
        return None
    return view.url, view.updated or view.date
