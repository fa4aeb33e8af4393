"""Sitemaps: split where they are too large; news are named where there are some."""

from __future__ import annotations

import pytest

from sitegen.config.schema import TaxonomyConfig, TermConfig
from sitegen.model.site import Link
from sitegen.model.views import ArticleView, NewsView, RobotsView, SitemapView
from sitegen.pages import sitemaps as module
from tests.samples import config, document, site

DIGEST = site(document("tide", "2026-11-23"), document("old"))
FRESH = "/world/2026/11/23/tide/"


def planned(entries: list[tuple[str, str]]) -> dict[str, object]:
    listed = {url for url, _ in entries}
    news = module.news_pages(DIGEST, config(), lambda i: DIGEST.cards[i].url in listed)
    return {page.output: page.view for page in (*module.sitemaps(entries), *news)}


def test_news_are_the_articles_of_two_days_that_the_sitemap_has() -> None:
    views = planned([(FRESH, "2026-11-23"), ("/", "")])
    assert views["sitemap.xml"] == SitemapView("/sitemap.xml", (("/", ""), (FRESH, "2026-11-23")))
    news, robots = views["sitemap-news.xml"], views["robots.txt"]
    assert isinstance(news, NewsView)
    assert [(url, title) for url, _, title, *_ in news.entries] == [(FRESH, "Tide")]
    assert robots == RobotsView("/robots.txt", ("/sitemap.xml", "/sitemap-news.xml"))


def test_an_empty_news_sitemap_is_not_announced() -> None:
    assert planned([("/", "")])["robots.txt"] == RobotsView("/robots.txt", ("/sitemap.xml",))


def test_a_large_sitemap_is_split_and_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SITEMAP_SIZE", 2)
    views = planned([(f"/{n}/", "") for n in range(5)])
    index = views["sitemap.xml"]
    assert isinstance(index, SitemapView) and index.index
    assert [url for url, _ in index.entries] == [f"/sitemap-{n}.xml" for n in (1, 2, 3)]
    assert views["sitemap-3.xml"] == SitemapView("/sitemap-3.xml", (("/4/", ""),))


@pytest.mark.parametrize(("title", "keywords"), [("The deep", "The deep"), ("", "Ebb")])
def test_news_have_the_terms_with_a_code_of_iptc(title: str, keywords: str) -> None:
    terms = {"ebb": TermConfig(medtop="20000002", title=title), "fog": TermConfig(title="Mist")}
    settings = config(taxonomies={"tag": TaxonomyConfig(terms=terms)})
    given = site(document("tide", "2026-11-23", tags=("Ebb", "Fog")), settings=settings)
    news = next(iter(module.news_pages(given, settings, lambda _: True))).view
    assert isinstance(news, NewsView)
    assert [entry[-1] for entry in news.entries] == [keywords]


BASE = "https://t.example"


@pytest.mark.parametrize(
    ("fields", "entry"),
    [
        ({}, ("/a/", "2026-11-02")),
        ({"updated": "2026-11-05"}, ("/a/", "2026-11-05")),
        ({"canonical": f"{BASE}/a"}, ("/a/", "2026-11-02")),
        ({"canonical": "https://post.example/a/"}, None),
        ({"withdrawn": True}, None),
        ({"noindex": True}, None),
    ],
)
def test_a_sitemap_lists_canonical_pages_only(
    fields: dict[str, object], entry: tuple[str, str] | None
) -> None:
    view = ArticleView("Tide", "/a/", "2026-11-02", Link("World", "/world/"), "a", **fields)  # type: ignore[arg-type]
    assert module.article_entry(view, BASE) == entry
