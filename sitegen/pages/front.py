"""The front page.

Pure.
"""

from __future__ import annotations

from sitegen.config.schema import Config
from sitegen.model.output import Page
from sitegen.model.site import Link, Site
from sitegen.model.views import (
    Block,
    FrontView,
)
from sitegen.pages.articles import story_outlets
from sitegen.pages.editions import front_issue
from sitegen.site.resolve import section_link

BLOCK_CARDS = 6
LATEST_CARDS = 12


def front_page(site: Site, config: Config, others: set[int]) -> Page:
    """The front page; ``others`` are articles that it shows in another language already."""
    others = others | {i for story in site.stories for i in story.documents if i != story.lead}
    order = [i for i in reversed(site.articles) if i not in site.withdrawn and i not in others]
    recent = order[: LATEST_CARDS * 4]
    lead = next((i for i in recent if site.documents[i].lead), order[0] if order else None)
    sections = {x.slug: x for x in site.listings if x.kind == "section"}
    names = [s for s in config.sections if s in sections] + sorted(
        sections.keys() - set(config.sections)
    )
    groups = []
    for slug in names:
        members = [
            i
            for i in reversed(sections[slug].documents[-BLOCK_CARDS * 4 :])
            if i != lead and i not in others
        ]
        if members:
            cards = tuple(site.cards[i] for i in members[:BLOCK_CARDS])
            groups.append(Block(section_link(slug, config).name, sections[slug].url, cards))
    latest = [i for i in order[: LATEST_CARDS + 1] if i != lead][:LATEST_CARDS]
    shown = {
        lead,
        *latest,
        *(i for slug in names for i in sections[slug].documents[-BLOCK_CARDS * 4 :]),
    }
    also = {
        site.cards[s.lead].url: outlets
        for s in site.stories
        if s.lead in shown and (outlets := story_outlets(site, s))
    }
    issue = front_issue(site)
    view = FrontView(
        url="/",
        date=site.cards[order[0]].date if order else "",
        lead=site.cards[lead] if lead is not None else None,
        blocks=tuple(groups),
        latest=tuple(site.cards[i] for i in latest),
        older="/archive/" if len(order) > LATEST_CARDS else "",
        edition=Link(issue.title, issue.url) if issue else None,
        issue=issue,
        also=also,
    )
    return Page("index.html", "front.html", view, "front page", 4)
