"""The pages of stories.

Pure.
"""

from __future__ import annotations

from sitegen.model.output import Page
from sitegen.model.site import Site, Story
from sitegen.model.views import StoryLine, StoryView
from sitegen.pages.lists import output_path


def story_page(site: Site, story: Story) -> Page:
    """The page of a story: its articles in the order of time, and why each belongs to it."""
    lines = tuple(
        StoryLine(site.cards[i], reason)
        for i, reason in zip(story.documents, story.reasons, strict=True)
    )
    view = StoryView(story.title, story.url, site.cards[story.lead], lines)
    return Page(output_path(story.url), "story.html", view, f"story `{story.slug}`")
