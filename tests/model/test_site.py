"""The nouns of a digest."""

from __future__ import annotations

from sitegen.model.site import Card, Edition, Link, Site, Story

CARD = Card("Tide", "/a/", "2026-11-02", Link("World", "/world/"))


def test_cards_with_the_same_fields_are_one_card() -> None:
    assert Card("Tide", "/a/", "2026-11-02", Link("World", "/world/")) == CARD
    assert Card("Ebb", "/a/", "2026-11-02", Link("World", "/world/")) != CARD


def test_a_card_holds_no_body() -> None:
    assert not {"body", "html", "body_digest", "body_from", "words"} & set(Card.__struct_fields__)


def test_an_edition_is_open_until_it_is_published() -> None:
    edition = Edition("2026-11-02", 1, "No. 1", "/editions/2026-11-02/", "2026-11-02", (0,))
    assert (edition.published, edition.lead) == ("", None)


def test_an_empty_site() -> None:
    site = Site((), (), (), {})
    assert (site.editions, site.stories, site.due) == ((), (), 0.0)


def test_a_story_has_a_reason_for_each_article() -> None:
    story = Story("tide", "/story/tide/", "Tide", 0, (0, 1), ("", "text alike"))
    assert len(story.documents) == len(story.reasons)
