"""Whose bodies a view shows."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import EditionsConfig, FeedConfig
from sitegen.model.article import Rights
from sitegen.model.output import Page
from sitegen.model.views import ArticleView, FeedView, IssueView, NinjsView
from sitegen.pages import bodies
from sitegen.pages.articles import article_view
from sitegen.pages.edition_files import issue_pages
from sitegen.pages.feeds import feeds
from sitegen.site.editions import with_editions
from tests.samples import config, document, site, theme

PATHS = ("content/world/tide.md", "content/world/ship.md")
SETTINGS = config(editions=EditionsConfig(kind="daily", email=True), feeds=FeedConfig())


def articles(**values: Any) -> list[Any]:
    return [document("tide", body_digest="t", **values), document("ship", body_digest="s")]


def view_of(index: int, **values: Any) -> ArticleView:
    return article_view(site(*articles(**values)), index, config(), {}, (None, None), None, None)


def feed() -> FeedView:
    pages = feeds(site(*articles()), SETTINGS)
    (view,) = [p.view for p in pages if p.output == "feed.xml"]
    assert isinstance(view, FeedView)
    return view


def issue() -> IssueView:
    digest, _ = with_editions(site(*articles(), settings=SETTINGS), SETTINGS, (), theme().templates)
    page: Page = next(iter(issue_pages(digest, SETTINGS, digest.editions[0], {})))
    assert isinstance(page.view, IssueView)
    return page.view


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ({}, PATHS[:1]),
        ({"rights": Rights("excerpt")}, PATHS[:1]),
        ({"rights": Rights("link")}, ()),
        ({"status": "withdrawn"}, ()),
    ],
)
def test_a_page_shows_the_body_of_its_article_unless_it_may_not(
    values: dict[str, Any], paths: tuple[str, ...]
) -> None:
    index = [d.path for d in site(*articles(**values)).documents].index(PATHS[0])
    view = view_of(index, **values)
    assert bodies.of_article(view) == paths
    assert bodies.of_record(NinjsView("/x/ninjs.json", view)) == paths


def test_feeds_and_editions_show_the_bodies_of_all_their_articles() -> None:
    assert set(bodies.of_feed(feed())) == set(PATHS)
    assert set(bodies.of_issue(issue())) == set(PATHS)
