"""The pages of stories."""

from __future__ import annotations

from sitegen.model.views import StoryView
from sitegen.pages.stories import story_page
from sitegen.site.stories import with_stories
from tests.samples import config, document, site, theme

DIGEST = site(
    document("tide", story="flood"), document("ship", "2026-11-03", story="flood"), document("goal")
)


def test_a_story_has_a_page_of_its_articles_in_order() -> None:
    told = with_stories(DIGEST, config(), theme().templates)
    page = story_page(told, told.stories[0])
    assert isinstance(page.view, StoryView)
    assert [line.card.title for line in page.view.lines] == ["Tide", "Ship"]
    assert page.view.lead in [line.card for line in page.view.lines]
    assert page.origin == "story `flood`"


def test_a_site_without_stories_has_no_such_page() -> None:
    assert DIGEST.stories == ()
