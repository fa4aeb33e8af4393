"""The front page.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from sitegen.config.schema import Config
from sitegen.model.output import Page
from sitegen.model.site import Link, Listing, Site
from sitegen.model.views import Block, FrontView
from sitegen.pages.articles import story_outlets
from sitegen.pages.editions import front_issue
from sitegen.site.resolve import section_link

BLOCK_CARDS = 6
LATEST_CARDS = 12


def front_page(site: Site, config: Config, others: set[int]) -> Page:
    """The front page; ``others`` are articles that it shows in another language already."""
    hidden = others | _of_stories(site) | site.withdrawn
    order = [i for i in reversed(site.articles) if i not in hidden]
    lead = _lead(site, order)
    sections = _sections(site, config)
    latest = [i for i in order[: LATEST_CARDS + 1] if i != lead][:LATEST_CARDS]
    shown = {lead, *latest, *(i for section in sections for i in _newest(section))}
    issue = front_issue(site)
    view = FrontView(
        url="/",
        date=site.cards[order[0]].date if order else "",
        lead=site.cards[lead] if lead is not None else None,
        blocks=tuple(_blocks(site, config, sections, hidden | {lead})),
        latest=tuple(site.cards[i] for i in latest),
        older="/archive/" if len(order) > LATEST_CARDS else "",
        edition=Link(issue.title, issue.url) if issue else None,
        issue=issue,
        also=_also(site, shown),
    )
    return Page("index.html", "front.html", view, "front page", 4)


def _of_stories(site: Site) -> set[int]:
    """The articles that the lead of their story is shown for."""
    return {i for story in site.stories for i in story.documents if i != story.lead}


def _lead(site: Site, order: list[int]) -> int | None:
    """The newest article that asks to lead, else the newest one."""
    for i in order[: LATEST_CARDS * 4]:
        if site.documents[i].lead:
            return i
    return order[0] if order else None


def _sections(site: Site, config: Config) -> list[Listing]:
    """The sections in the order of site.yaml, then the others by name."""
    sections = {listing.slug: listing for listing in site.listings if listing.kind == "section"}
    named = [slug for slug in config.sections if slug in sections]
    others = sorted(sections.keys() - set(config.sections))
    return [sections[slug] for slug in (*named, *others)]


def _newest(section: Listing) -> Sequence[int]:
    """The articles of a section that its block is chosen from, the newest last."""
    return section.documents[-BLOCK_CARDS * 4 :]


def _blocks(
    site: Site, config: Config, sections: list[Listing], hidden: Set[int | None]
) -> Iterator[Block]:
    """A block of cards for each section that has something to show."""
    for section in sections:
        members = [i for i in reversed(_newest(section)) if i not in hidden]
        if members:
            cards = tuple(site.cards[i] for i in members[:BLOCK_CARDS])
            yield Block(section_link(section.slug, config).name, section.url, cards)


def _also(site: Site, shown: Set[int | None]) -> dict[str, tuple[Link, ...]]:
    """Who else reports the stories that are shown, by the URLs of their leads."""
    sources = (
        (story.lead, story_outlets(site, story)) for story in site.stories if story.lead in shown
    )
    return {site.cards[lead].url: outlets for lead, outlets in sources if outlets}
