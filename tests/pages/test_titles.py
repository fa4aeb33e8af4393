"""Titles that sitegen gives, in the language of the site."""

from __future__ import annotations

import pytest

from sitegen.base.gettext import Messages
from sitegen.model.site import Card, Link
from sitegen.model.views import ArchiveView, ListView, StoryLine, StoryView
from sitegen.pages.titles import of_archive, of_list, of_story

SAY = Messages({"Tags": "Schlagworte", "All articles": "Alle", "text alike": "gleicher Text"})
CARD = Card("Tide", "/a/", "2026-11-02", Link("World", "/world/"))


def test_the_archive_has_its_title_and_a_term_the_title_of_its_index() -> None:
    archive = ListView("All articles", "/archive/", "archive", ())
    assert of_list(archive, SAY).title == "Alle"
    tag = ListView("Tags", "/tag/tags/", "tag", (), parent=Link("Tags", "/tags/"))
    assert of_list(tag, SAY).title == "Tags"
    assert of_list(tag, SAY).parent == Link("Schlagworte", "/tags/")


@pytest.mark.parametrize(("kind", "name"), [("year", "Alle"), ("month", "All articles")])
def test_a_year_is_below_the_archive(kind: str, name: str) -> None:
    view = ArchiveView("2026", "/archive/2026/", kind, (), Link("All articles", "/archive/"))
    assert of_archive(view, SAY).parent.name == name


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("text alike (83%)", "gleicher Text (83%)"),
        ("text alike", "gleicher Text"),
        ("", ""),
        ("as the editor says", "as the editor says"),
    ],
)
def test_the_reason_is_translated_and_its_share_stays(reason: str, said: str) -> None:
    view = StoryView("Tide", "/story/tide/", CARD, (StoryLine(CARD, reason),))
    assert of_story(view, SAY).lines[0].reason == said
