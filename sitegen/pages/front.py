"""The front page, in each language of the site.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from sitegen.config.languages import folder_of
from sitegen.config.schema import Config
from sitegen.model.base import Struct
from sitegen.model.output import Page
from sitegen.model.site import Card, Edition, Link, Listing, Site, Story
from sitegen.model.views import Block, BlockRow, FrontStory, FrontView, Issue, Top, Translation
from sitegen.pages.articles import mentions, story_outlets
from sitegen.pages.editions import edition_card, front_edition, headlined
from sitegen.pages.lists import output_path
from sitegen.pages.portraits import is_opinion, portraits
from sitegen.pages.shapes import LONE_CARDS, ROW_CARDS, RowsWanted, rows_of, top_of
from sitegen.pages.translations import seen_from, tongues
from sitegen.site.resolve import section_link

LATEST_CARDS = 16
ROWS = {1: 4, 2: 2}  # of each section, where there are so few
BOXED = 3  # articles of the edition that are shown as cards
MENTIONS = 8  # articles of a story


class FrontInput(Struct, frozen=True):
    """What a front page is made from: its language, the articles that it leaves out, each with the
    one in another language that it shows in their place, and the translations of each."""

    lang: str
    instead: Mapping[int, int] = {}
    translations: Mapping[int, tuple[Translation, ...]] = {}
    pictures: bool = True  # whether the theme shows pictures in lists


def front_page(site: Site, config: Config, given: FrontInput) -> Page:
    """The front page in one language."""
    stories = _stories(site, given)
    hidden = (_of_stories(site) | {*given.instead}) - stories.keys() | site.withdrawn
    order = [i for i in reversed(site.articles) if i not in hidden]
    lead = _lead(site, order)
    sections = _sections(site, config)
    latest = [i for i in order[: LATEST_CARDS + 1] if i != lead][:LATEST_CARDS]
    newest = (i for lists in sections.values() for i in _newest(lists))
    edition = front_edition(site)
    headlines = headlined(site, edition, given.instead) if edition else ()
    issue = _issue(site, config, given.lang, edition, headlines) if edition else None
    shown = {*([] if lead is None else [lead]), *latest, *newest} - hidden
    url = f"/{folder_of(given.lang, config)}"
    first = _cards(site, [lead], config, given.lang)[0] if lead is not None else None
    around = _cards(site, latest, config, given.lang)
    top = top_of(first, around, given.pictures) if first else Top()
    at_top = {lead, *latest[: top.shown]}
    if issue and edition and not edition.published and at_top.issuperset(headlines):
        issue = replace(issue, repeated=True)
    above = {*latest[: top.shown], *headlines[:BOXED]}
    blocks = tuple(_blocks(site, config, given, sections, hidden | {lead}, above))
    view = FrontView(
        url=url,
        date=site.cards[order[0]].date if order else "",
        lead=first,
        blocks=blocks,
        latest=around,
        older="/archive/" if len(order) > LATEST_CARDS else "",
        edition=Link(issue.title, issue.url) if issue else None,
        issue=issue,
        also=_also(site, stories, shown),
        tongues=tongues(site, given.translations, sorted(shown.union(headlines))),
        top=top,
        stories=_front_stories(site, stories, shown),
        portraits=portraits((card for block in blocks for card in block.cards), config),
    )
    lang = "" if url == "/" else given.lang
    origin = f"front page in {lang}" if lang else "front page"
    return Page(output_path(url), "front.html", view, origin, 4, lang)


def _stories(site: Site, given: FrontInput) -> dict[int, Story]:
    """Each story by the article that is shown for it: its lead, or what is shown in its place."""
    return {given.instead.get(story.lead, story.lead): story for story in site.stories}


def _of_stories(site: Site) -> set[int]:
    return {i for story in site.stories for i in story.documents}


def _lead(site: Site, order: list[int]) -> int | None:
    """The newest article that asks to lead, else the newest one."""
    for i in order[: LATEST_CARDS * 4]:
        if site.documents[i].lead:
            return i
    return order[0] if order else None


def _sections(site: Site, config: Config) -> dict[str, list[Listing]]:
    """The lists of each section, one in each language, in the order of site.yaml, then by name."""
    found: dict[str, list[Listing]] = {}
    for listing in site.listings:
        if listing.kind == "section":
            found.setdefault(listing.slug.rpartition("/")[2], []).append(listing)
    named = [slug for slug in config.sections if slug in found]
    others = sorted(found.keys() - set(config.sections))
    return {slug: found[slug] for slug in (*named, *others)}


def _newest(lists: Sequence[Listing]) -> list[int]:
    """The articles of a section that its block is chosen from, the newest first, in whatever
    language."""
    found = (i for listing in lists for i in listing.documents[-LONE_CARDS * 2 :])
    return sorted(found, reverse=True)


def _blocks(
    site: Site,
    config: Config,
    given: FrontInput,
    sections: Mapping[str, Sequence[Listing]],
    hidden: Set[int | None],
    above: Set[int],
) -> Iterator[Block]:
    """A block of cards for each section that has something to show; its rows leave out what is
    ``above`` them."""
    room = LONE_CARDS if len(sections) == 1 else ROW_CARDS
    rows = ROWS.get(len(sections), 1)
    last: tuple[str, ...] = ()
    for slug, lists in sections.items():
        shown = _of_section([i for i in _newest(lists) if i not in hidden], above, room)
        if not shown:
            continue
        cards = _cards(site, shown, config, given.lang)
        below = [n for n, i in enumerate(shown) if i not in above]
        in_rows = [cards[n] for n in below]
        wanted = RowsWanted(rows, given.pictures, last, all(map(is_opinion, in_rows)))
        found = tuple(_renumbered(rows_of(in_rows, wanted), below))
        last = (*(row.shape for row in reversed(found)), *last)
        name = section_link(slug, config, given.lang).name
        yield Block(name, _list_in(given.lang, lists, config), cards, found)


def _of_section(members: Sequence[int], above: Set[int], room: int) -> list[int]:
    """Those of ``members`` that are ``above`` the rows, and the first others that have ``room`` in
    them; in the same order."""
    in_rows = {*[i for i in members if i not in above][:room]}
    return [i for i in members if i in above or i in in_rows]


def _renumbered(rows: Iterator[BlockRow], numbers: Sequence[int]) -> Iterator[BlockRow]:
    """``rows`` of a part of the cards, in the numbers of all."""
    return (BlockRow(row.shape, tuple(numbers[n] for n in row.shown)) for row in rows)


def _list_in(lang: str, lists: Sequence[Listing], config: Config) -> str:
    """The URL of the list in ``lang``, if there is one, else of the first."""
    own = "" if lang == config.language else lang
    return next((listing.url for listing in lists if listing.lang == own), lists[0].url)


def _also(site: Site, stories: Mapping[int, Story], shown: Set[int]) -> dict[str, tuple[Link, ...]]:
    """Who else reports the stories that are shown, by the URLs of the articles shown for them."""
    sources = ((i, story_outlets(site, story)) for i, story in stories.items() if i in shown)
    return {site.cards[i].url: outlets for i, outlets in sources if outlets}


def _front_stories(
    site: Site, stories: Mapping[int, Story], shown: Set[int]
) -> dict[str, FrontStory]:
    """The stories that are shown, by the URLs of the articles shown for them."""
    found = {site.cards[i].url: story for i, story in stories.items() if i in shown}
    return {
        url: FrontStory(
            story.url,
            mentions(site, story.documents[-MENTIONS:]),
            len({site.cards[i].source for i in story.documents}),
        )
        for url, story in found.items()
    }


def _cards(site: Site, members: Sequence[int], config: Config, lang: str) -> tuple[Card, ...]:
    return seen_from(tuple([site.cards[i] for i in members]), lang, config)


def _issue(site: Site, config: Config, lang: str, edition: Edition, shown: Sequence[int]) -> Issue:
    """``edition`` with those of its articles that are ``shown``, as a front page in ``lang`` has
    it."""
    cards = tuple(edition_card(site, edition, i) for i in shown)
    lead, *headlines = seen_from(cards, lang, config)
    return Issue(edition.title, edition.url, edition.number, lead, tuple(headlines))
