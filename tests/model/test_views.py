"""Views: everything that one page may show, and nothing that another page shows."""

from __future__ import annotations

from typing import get_args

import pytest

from sitegen.model.site import Card, FeedLink, Link
from sitegen.model.views import (
    Answers,
    Chapter,
    FeedItem,
    IssueView,
    ListView,
    Part,
    TermCount,
    View,
)

CARD = Card("Tide", "/a/", "2026-11-02", Link("World", "/world/"), updated="2026-11-03")


def test_each_view_has_a_tag_of_its_own() -> None:
    tags = [view.__struct_config__.tag for view in get_args(View)]
    assert all(tags)
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    ("values", "published", "changed"),
    [
        ({}, "2026-11-02", "2026-11-03"),
        ({"dated": "2026-11-01"}, "2026-11-01", "2026-11-03"),
        ({"dated": "2026-11-01", "amended": "2026-11-04"}, "2026-11-01", "2026-11-04"),
    ],
)
def test_dates_of_an_item_are_those_of_the_article(
    values: dict[str, str], published: str, changed: str
) -> None:
    item = FeedItem(CARD, **values)
    assert (item.published, item.changed) == (published, changed)


def test_the_first_feed_of_a_list() -> None:
    feeds = (FeedLink("/a.xml", "x", "Atom"), FeedLink("/b.xml", "x", "RSS"))
    assert ListView("T", "/t/", "tag", (), feeds=feeds).feed == "/a.xml"
    assert ListView("T", "/t/", "tag", ()).feed == ""


def test_a_plugins_answer_takes_precedence() -> None:
    answers = Answers(latest=(CARD,), popular_tags=(TermCount("Oil", "/tag/oil/", 2),))
    assert answers.to("latest") == (CARD,)
    assert Answers(own={"latest": 7, "mine": 8}).to("latest") == 7
    assert Answers(own={"mine": 8}).to("mine") == 8
    with pytest.raises(AttributeError):
        answers.to("missing")


def test_chapters_are_those_of_all_parts() -> None:
    one, two = (Chapter(FeedItem(CARD), dek) for dek in ("one", "two"))
    parts = (Part("", (one,)), Part("World", (two,)))
    view = IssueView("T", "/e/1.epub", "/e/1/", "1", 1, "2026-11-02", "epub", parts)
    assert list(view.chapters()) == [one, two]
