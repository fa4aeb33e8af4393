"""Which articles are in which feed, and what of a source's own feed is published."""

from __future__ import annotations

import pytest

from sitegen.config.schema import FeedConfig, SourceConfig
from sitegen.model.article import Rights, Source
from sitegen.model.site import Site
from sitegen.model.views import FeedView, OpmlView
from sitegen.pages.feeds import feed_item, feeds, latest, opml, outlets
from tests.samples import config, document, site

SECRET = "https://post.example/feed?token=b5c1f00dfeed5eedb5c1f00dfeed5eed"
SETTINGS = config(sources={"post": SourceConfig(name="Post", feed=SECRET)})


def items(digest: Site, **values: object) -> list[str]:
    pages = list(feeds(digest, config(**values)))
    (view,) = [p.view for p in pages if p.output == "feed.xml"]
    assert isinstance(view, FeedView)
    return [item.card.title for item in view.items]


def test_the_newest_come_first_and_neither_withdrawn_nor_expired_ones_are_in_a_feed() -> None:
    digest = site(
        document("one", "2026-11-01"),
        document("two", "2026-11-02"),
        document("gone", "2026-11-03", status="withdrawn"),
        document("late", "2026-11-04", noindex=True),
    )
    assert items(digest) == ["Two", "One"]
    assert items(digest, feeds=FeedConfig(items=1)) == ["Two"]


@pytest.mark.parametrize(("show", "path"), [("full", True), ("excerpt", True), ("link", False)])
def test_an_item_keeps_to_the_rights_of_its_article(show: str, path: bool) -> None:
    digest = site(document("one", rights=Rights(show=show, holder="Post")))
    item = feed_item(digest, 0, config(), True, {})
    assert bool(item.body_from) == path
    assert (item.show, item.notice) == (show, "© Post")
    assert not feed_item(digest, 0, config(), False, {}).body_from


def test_a_private_feed_is_published_nowhere() -> None:
    assert outlets(SETTINGS)["Post"].feed == ""
    digest = site(document("one", source=Source("Post", "https://post.example/a")))
    (page,) = opml(digest, SETTINGS)
    assert isinstance(page.view, OpmlView)
    assert [(o.name, o.feed) for o in page.view.outlines] == [("Post", "/source/post/feed.xml")]


@pytest.mark.parametrize(
    ("dates", "newest"),
    [
        ([], ""),
        (["2026-11-01", "2026-11-02"], "2026-11-02"),
        (
            ["2026-11-02T01:00:00+09:00", "2026-11-01T20:00:00+00:00"],
            "2026-11-01T20:00:00+00:00",
        ),
    ],
)
def test_the_latest_of_dates_in_several_zones(dates: list[str], newest: str) -> None:
    assert latest(dates, config()) == newest
