"""The table of kinds of pages: it is complete, and says what the pages are."""

from __future__ import annotations

from typing import get_args

import pytest

from sitegen.base.gettext import Messages
from sitegen.model.article import Document
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
from sitegen.pages.kinds import KINDS, bodies_shown, kind_of, with_body, worded

WORLD = Link("World", "/world/")
ARTICLE = ArticleView("Tide", "/a/", "2026-11-02", WORLD, "a", body_from="a.md", body_digest="old")
CARD = Card("Tide", "/a/", "2026-11-02", WORLD)
ITEM = FeedItem(CARD, body_from="a.md", body_digest="old")
OTHER = FeedItem(CARD, body_from="b.md", body_digest="other")
FEED = FeedView("T", "/feed.xml", "/", "2026-11-02", (ITEM, FeedItem(CARD), OTHER))
ISSUE = IssueView(
    "Nov", "/e/", "/", "nov", 1, "2026-11-02", "html", (Part("", (Chapter(ITEM), Chapter(OTHER))),)
)
CHANGED = Document("a.md", "Tide", "a", "world", "2026-11-02", 0.0, body_digest="new", words=7)


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
def test_a_changed_body_changes_the_pages_that_show_it(view: View, paths: tuple[str, ...]) -> None:
    before = page(view)
    assert bodies_shown(before) == paths
    after = with_body(before, CHANGED)
    assert (after != before) == ("a.md" in paths)
    assert bodies_shown(after) == paths
    assert repr(after).count("'new'") == ("a.md" in paths)
    assert repr(after).count("'other'") == repr(before).count("'other'")


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
