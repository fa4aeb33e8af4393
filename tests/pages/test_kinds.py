"""The table of kinds of pages: it is complete, and says what the pages are."""

from __future__ import annotations

from typing import get_args

import pytest

from sitegen.base.gettext import Messages
from sitegen.config.schema import EditionsConfig, FeedConfig
from sitegen.model.output import Page
from sitegen.model.site import Card, Link
from sitegen.model.views import (
    ArticleView,
    Chapter,
    FeedItem,
    FeedView,
    FrontView,
    IssueView,
    ListView,
    NinjsView,
    OwnView,
    Part,
    PlainView,
    RedirectView,
    SearchView,
    View,
)
from sitegen.pages.kinds import (
    KINDS,
    PlanInput,
    all_keys,
    bodies_shown,
    kind_of,
    pages_by_key,
    worded,
)
from sitegen.site.editions import with_editions
from tests.samples import config, document, site, theme

WORLD = Link("World", "/world/")
ARTICLE = ArticleView("Tide", "/a/", "2026-11-02", WORLD, "a", body_from="a.md", body_digest="old")
CARD = Card("Tide", "/a/", "2026-11-02", WORLD)
ITEM = FeedItem(CARD, body_from="a.md", body_digest="old")
OTHER = FeedItem(CARD, body_from="b.md", body_digest="other")
FEED = FeedView("T", "/feed.xml", "/", "2026-11-02", (ITEM, FeedItem(CARD), OTHER))
ISSUE = IssueView(
    "Nov", "/e/", "/", "nov", 1, "2026-11-02", "html", (Part("", (Chapter(ITEM), Chapter(OTHER))),)
)


def page(view: View) -> Page:
    return Page("x", "", view, "test")


def test_every_view_has_a_kind_of_page() -> None:
    assert set(KINDS) == set(get_args(View))


@pytest.mark.parametrize(
    ("view", "paths"),
    [
        (ARTICLE, ("a.md",)),
        (ArticleView("Tide", "/a/", "2026-11-02", WORLD, "a"), ()),
        (FEED, ("a.md", "b.md")),
        (ISSUE, ("a.md", "b.md")),
        (NinjsView("/a/ninjs.json", ARTICLE), ("a.md",)),
        (FrontView("/", "2026-11-02", CARD, (), (CARD,)), ()),
        (ListView("Tides", "/tag/tides/", "tag", (CARD,)), ()),
    ],
)
def test_the_bodies_that_a_page_shows(view: View, paths: tuple[str, ...]) -> None:
    assert bodies_shown(page(view)) == paths


def test_every_family_is_found_by_each_of_its_keys_and_by_no_other() -> None:
    settings = config(editions=EditionsConfig(kind="weekly"), feeds=FeedConfig(ninjs=True))
    digest = site(document("tide", tags=("Ebb",)), document("ship", "2026-11-03"))
    digest = with_editions(digest, settings, (), theme().templates)[0]
    given = PlanInput(digest, theme(), settings, ((), ()), {}, {})
    pages = pages_by_key(given)
    keys = list(all_keys(given))
    assert len(set(keys)) == len(keys)
    for name in ("article", "list", "feed", "month", "year", "edition", "editions", "terms"):
        assert any(list(pages(key)) for key in keys if key[0] == name), name
    for key in (("article", "gone.md"), ("list", "tag", "gone", 0), ("list", "tag", "ebb", 1)):
        assert not list(pages(key)), key
    for key in (("feed", "tag", "gone"), ("month", "1999-01"), ("year", "1999"), ("story", "x")):
        assert not list(pages(key)), key


@pytest.mark.parametrize(
    ("view", "entry"),
    [
        (ARTICLE, ("/a/", "2026-11-02")),
        (FrontView("/", "", None, (), ()), ("/", "")),
        (ListView("Tides", "/tag/tides/", "tag", ()), ("/tag/tides/", "")),
        (OwnView("Numbers", "/numbers/"), ("/numbers/", "")),
        (PlainView("Page not found", "/404.html"), None),
        (RedirectView("/old/", "/a/"), None),
        (SearchView("Search", "/search/"), None),
        (FEED, None),
        (ISSUE, None),
    ],
)
def test_the_sitemap_has_pages_for_people(view: View, entry: tuple[str, str] | None) -> None:
    assert kind_of(page(view)).sitemap_entry(view, "https://t.example") == entry


@pytest.mark.parametrize(
    ("fields", "listed"),
    [
        ({}, True),
        ({"canonical": "https://t.example/a"}, True),
        ({"canonical": "/a/"}, True),
        ({"canonical": "https://post.example/a/"}, False),
        ({"withdrawn": True}, False),
        ({"noindex": True}, False),
    ],
)
def test_the_sitemap_has_canonical_articles(fields: dict[str, object], listed: bool) -> None:
    view = ArticleView("Tide", "/a/", "2026-11-02", WORLD, "a", **fields)
    assert bool(KINDS[ArticleView].sitemap_entry(view, "https://t.example")) == listed


def test_titles_of_sitegen_are_translated_and_others_are_not() -> None:
    say = Messages({"Page not found": "Seite nicht gefunden", "Tides": "Gezeiten"})
    assert worded(page(PlainView("Page not found", "/404.html")), say).view.title == (
        "Seite nicht gefunden"
    )
    own = page(ListView("Tides", "/tag/tides/", "tag", ()))
    assert worded(own, say) is own
