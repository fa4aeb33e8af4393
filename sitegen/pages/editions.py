"""The pages of editions.

Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape

import msgspec

from sitegen.base.text import href
from sitegen.config.schema import FEED_FILES, Config
from sitegen.model.article import Comment
from sitegen.model.output import Page
from sitegen.model.site import Card, Edition, FeedLink, Link, Site
from sitegen.model.views import (
    Block,
    EditionLine,
    EditionsView,
    EditionView,
    FeedItem,
    FeedView,
    Issue,
)
from sitegen.pages.feeds import feed_links, latest
from sitegen.pages.lists import blocks, output_path
from sitegen.site.resolve import section_link

INDEX = "/editions/"
FEED_HEADLINES = 6
HEADLINES = 4  # beside the lead, on the front page


def edition_page(site: Site, config: Config, number: int) -> Page:
    """The page of the edition ``number``, counted from the oldest."""
    around = (None, *site.editions, None)
    older, edition, newer = around[number : number + 3]
    assert edition
    return _edition_page(site, edition, older, newer, config)


def _edition_page(
    site: Site, edition: Edition, older: Edition | None, newer: Edition | None, config: Config
) -> Page:
    view = EditionView(
        title=edition.title,
        url=edition.url,
        key=edition.key,
        number=edition.number,
        date=edition.date,
        lead=edition_card(site, edition, edition.lead) if edition.lead is not None else None,
        intro=edition.intro,
        outro=edition.outro,
        blocks=_blocks(site, edition, config),
        published=edition.published,
        newer=Link(newer.title, newer.url) if newer else None,
        older=Link(older.title, older.url) if older else None,
        feeds=feed_links("edition", INDEX, config),
        copies=copies(handed_out(site, edition), config),
    )
    return Page(output_path(edition.url), "edition.html", view, f"edition `{edition.key}`")


def front_issue(site: Site) -> Issue | None:
    """The edition that the front page shows: the newest that is closed, else the newest; none
    where nothing of it is published."""
    closed = next((e for e in reversed(site.editions) if e.published and e.documents), None)
    edition = closed or next((e for e in reversed(site.editions) if e.documents), None)
    if not edition:
        return None
    lead = edition.documents[0] if edition.lead is None else edition.lead
    others = [i for i in edition.documents if i != lead and i not in site.withdrawn][:HEADLINES]
    return Issue(
        edition.title,
        edition.url,
        edition.number,
        edition_card(site, edition, lead),
        tuple(edition_card(site, edition, i) for i in others),
    )


def edition_card(site: Site, edition: Edition, index: int) -> Card:
    """An article as its edition shows it: with what the editor says of it there."""
    card = site.cards[index]
    if not edition.comments:
        return card
    comment = edition.comments.get(card.id) or edition.comments.get(site.paths[index])
    return msgspec.structs.replace(card, comment=comment) if comment else card


def handed_out(site: Site, edition: Edition) -> Edition:
    """The edition as feed, e-mail and EPUB have it: without articles that have expired
    and stay for readers of the site only."""
    if site.noindex.isdisjoint(edition.documents):
        return edition
    kept = tuple(i for i in edition.documents if i not in site.noindex)
    return msgspec.structs.replace(
        edition, documents=kept, lead=edition.lead if edition.lead in kept else None
    )


def copies(edition: Edition, config: Config) -> tuple[FeedLink, ...]:
    """The edition as one file, in the forms that site.yaml asks for; none if it is
    empty."""
    if not edition.documents:
        return ()
    letter = [
        FeedLink(f"{edition.url}email.html", "text/html", "E-mail"),
        FeedLink(f"{edition.url}email.txt", "text/plain", "Text"),
        FeedLink(f"{edition.url}email.eml", "message/rfc822", "EML"),
    ]
    book = [FeedLink(f"{edition.url}{edition.key}.epub", "application/epub+zip", "EPUB")]
    return tuple((letter if config.editions.email else []) + (book if config.editions.epub else []))


def grouped(site: Site, edition: Edition, config: Config) -> list[tuple[Link, list[int]]]:
    """The articles of an edition but for its lead, by section, in the order of site.yaml."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index in edition.documents:
        if index != edition.lead:
            groups[site.documents[index].section].append(index)
    names = [s for s in config.sections if s in groups] + sorted(
        groups.keys() - set(config.sections)
    )
    return [(section_link(name, config), groups[name]) for name in names]


def _blocks(site: Site, edition: Edition, config: Config) -> tuple[Block, ...]:
    return tuple(
        Block(link.name, link.url, tuple(edition_card(site, edition, i) for i in found))
        for link, found in grouped(site, edition, config)
    )


def index_numbers(site: Site, config: Config) -> range:
    """The numbers of the pages of the index of editions, if there are editions."""
    count = blocks(len(site.editions), config.pagination)
    return range(count + 1) if site.editions else range(0)


def index_page(site: Site, config: Config, number: int) -> Page:
    """A page of the index of editions; 0 is the unnumbered first one."""
    size, all_editions = config.pagination, site.editions
    count = blocks(len(all_editions), size)
    members = all_editions[(number - 1) * size : number * size] if number else all_editions[-size:]
    older = (number - 1 if number else count) or None
    newer = (number + 1 if number < count else 0) if number else None
    lines = tuple(
        EditionLine(e.title, e.url, e.number, e.date, len(e.documents), _headline(site, e))
        for e in reversed(members)
    )
    view = EditionsView(
        "Editions",
        _numbered(number),
        lines,
        number,
        _numbered(newer) if newer is not None else "",
        _numbered(older) if older else "",
        feed_links("edition", INDEX, config),
    )
    return Page(output_path(view.url), "editions.html", view, "index of editions")


def _numbered(number: int) -> str:
    return f"{INDEX}page/{number}/" if number else INDEX


def _headline(site: Site, edition: Edition) -> str:
    first = edition.lead if edition.lead is not None else next(iter(edition.documents), None)
    return site.documents[first].title if first is not None else ""


def edition_feeds(site: Site, config: Config) -> Iterator[Page]:
    """The closed editions; of a site that closes none, all but the newest, which still grows."""
    all_editions = site.editions
    if not all_editions:
        return
    done = tuple(e for e in all_editions if e.published) or all_editions[:-1]
    items = tuple(
        _entry(site, config, handed_out(site, e)) for e in reversed(done[-config.feeds.items :])
    )
    updated = latest((i.card.date for i in items), config)
    for name in config.feeds.formats_of("edition"):
        url = INDEX + FEED_FILES[name]
        view = FeedView(
            f"Editions – {config.title}", url, INDEX, updated, items, name, "", config.feeds.hub
        )
        yield Page(url[1:], "", view, "feed of editions", 3)


def _entry(site: Site, config: Config, edition: Edition) -> FeedItem:
    """An edition in the feed: its headlines by section, and its EPUB."""
    book = next((c.url for c in copies(edition, config) if c.url.endswith(".epub")), "")
    parts = [(link.name, found) for link, found in grouped(site, edition, config)]
    if edition.lead is not None:
        parts.insert(0, ("", [edition.lead]))
    html = [
        (f"<h2>{escape(title)}</h2>" if title else "")
        + f"<ul>{''.join(_headline_row(site.cards[i]) for i in ids)}</ul>"
        for title, ids in parts
    ]
    before, after = (_paragraphs(words) for words in (edition.intro, edition.outro))
    contents = "\n".join(filter(None, [before, *html, after]))
    return FeedItem(_card(site, edition), contents=contents, book=book)


def _paragraphs(words: Comment | None) -> str:
    """The editor's words at an end of an edition, as HTML."""
    if words is None:
        return ""
    by = f"<p>– {escape(words.by)}</p>" if words.by else ""
    return "".join(f"<p>{escape(part)}</p>" for part in words.text.split("\n\n")) + by


def _headline_row(card: Card) -> str:
    who = ", ".join(a.name for a in card.authors)
    facts = " · ".join(escape(x) for x in (who, card.source) if x)
    link = f'<a href="{escape(href(card.url))}">{escape(card.title)}</a>'
    return f"<li>{link} – {facts}</li>" if facts else f"<li>{link}</li>"


def _card(site: Site, edition: Edition) -> Card:
    first = () if edition.lead is None else (edition.lead,)
    order = [*first, *(i for i in edition.documents if i not in first)]
    summary = " · ".join(site.documents[i].title for i in order[:FEED_HEADLINES])
    where = Link("Editions", INDEX)
    return Card(
        edition.title,
        edition.url,
        edition.published or edition.date,
        where,
        summary,
        id=f"edition:{edition.key}",
    )
