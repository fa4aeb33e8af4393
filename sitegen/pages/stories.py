"""The pages of stories.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Page
from sitegen.model.site import Site
from sitegen.model.views import StoryLine, StoryView
from sitegen.pages.lists import output_path


def story_pages(site: Site) -> Iterator[Page]:
    """A page for every story: its articles in the order of time, and why each belongs to it."""
    for story in site.stories:
        lines = tuple(
            StoryLine(site.cards[i], reason)
            for i, reason in zip(story.documents, story.reasons, strict=True)
        )
        view = StoryView(story.title, story.url, site.cards[story.lead], lines)
        yield Page(output_path(story.url), "story.html", view, f"story `{story.slug}`")
