"""The pages of articles: neighbours, translations, other articles of the story.

Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from sitegen.base.languages import direction
from sitegen.base.text import slugify
from sitegen.config.schema import Config
from sitegen.content.embedded_files import TABLES, suffix_of
from sitegen.model.article import DataFile, Document
from sitegen.model.base import Struct
from sitegen.model.output import Page
from sitegen.model.site import Link, Site, Story
from sitegen.model.views import (
    ArticleView,
    SeriesPart,
    StoryMention,
    Term,
    TermGroup,
    Translation,
)
from sitegen.pages.lists import output_path
from sitegen.pages.portraits import portraits
from sitegen.pages.redirects import redirects
from sitegen.pages.translations import published_in, seen_from
from sitegen.site.taxonomies import Taxonomy, in_series, taxonomies

ALSO = 6  # other articles of a story that a page points to


def article_pages(
    site: Site,
    config: Config,
    related: Sequence[tuple[int, ...]],
    languages: Mapping[int, tuple[Translation, ...]],
) -> Callable[[int], Iterator[Page]]:
    """The function from an article to its page and to the redirects from its former URLs, with its
    ``related`` articles and its ``languages``; all articles are named by their index."""
    around = _Around(
        links=_term_links(site),
        known=taxonomies(config),
        series=_series(site, config),
        stories={i: story for story in site.stories for i in story.documents},
        editions={i: Link(e.title, e.url) for e in reversed(site.editions) for i in e.documents},
        related=related,
        languages=languages,
        reserved=frozenset(s.name for s in config.sources.values() if s.reserve),
        same_as=_pages_elsewhere(config),
    )
    newer, older = neighbours(site)

    def pages(index: int) -> Iterator[Page]:
        links = _link(site, newer[index]), _link(site, older[index])
        yield _article_page(site, index, config, around, links)
        yield from redirects(site, index)

    return pages


class _Around(Struct, frozen=True):
    """What the pages of articles show beside the article itself; mappings are by its index."""

    links: dict[tuple[str, str], Link]  # (kind, slug) of a term -> its page
    known: Mapping[str, Taxonomy]
    series: dict[int, list[tuple[Link, tuple[int, ...], int]]]  # list, its articles, place in it
    stories: dict[int, Story]
    editions: dict[int, Link]
    related: Sequence[tuple[int, ...]]
    languages: Mapping[int, tuple[Translation, ...]]
    reserved: frozenset[str]  # names of sources that reserve text and data mining
    same_as: dict[str, tuple[str, ...]]  # name of an author -> pages on other sites


def _term_links(site: Site) -> dict[tuple[str, str], Link]:
    return {
        (x.kind, x.slug): Link(x.name, x.url)
        for x in site.listings
        if x.kind not in ("section", "author")
    }


def _series(site: Site, config: Config) -> dict[int, list[tuple[Link, tuple[int, ...], int]]]:
    """The series that each article is a part of, all by its index: in the order of `weight`, then
    of their dates."""
    ordered = {kind for kind, taxonomy in taxonomies(config).items() if taxonomy.ordered}
    out: dict[int, list[tuple[Link, tuple[int, ...], int]]] = defaultdict(list)
    for listing in site.listings:
        if listing.kind in ordered:
            members = in_series(site, listing.documents)
            for place, index in enumerate(members):
                out[index].append((Link(listing.name, listing.url), members, place))
    return out


def _pages_elsewhere(config: Config) -> dict[str, tuple[str, ...]]:
    """The pages of authors on other sites, by name."""
    return {
        a.name: (*([a.url] if a.url else []), *a.links)
        for a in config.authors.values()
        if a.url or a.links
    }


def _article_page(
    site: Site,
    index: int,
    config: Config,
    around: _Around,
    beside: tuple[Link | None, Link | None],
) -> Page:
    document = site.documents[index]
    edition, story = around.editions.get(index), around.stories.get(index)
    view = article_view(site, index, config, around.links, beside, edition, story)
    translations = around.languages.get(index, ())
    translated = {one.url for one in translations}
    page_lang = interface(site, index, config)
    faces = portraits((site.cards[index],), config)
    view = msgspec.structs.replace(
        view,
        portrait=next(iter(faces.values()), None),
        tags=_terms(around, "tag", site.documents[index].tags),
        terms=_term_groups(around, site.documents[index]),
        series=tuple(_part(site, *place) for place in around.series.get(index, ())),
        same_as={a.name: pages for a in view.authors if (pages := around.same_as.get(a.name))},
        translations=translations,
        reserved=view.source.name in around.reserved,
        related=seen_from(_pictured(site, around.related[index]), page_lang, config),
        also=seen_from(tuple(x for x in view.also if x.url not in translated), page_lang, config),
    )
    template = document.template or "article.html"
    return Page(output_path(view.url), template, view, document.path, 1, page_lang)


def interface(site: Site, index: int, config: Config) -> str:
    """The language of the words around an article: that of the site (empty), unless the site is
    published in the article's own."""
    lang = published_in(site, index, config)
    return "" if lang == config.language else lang


def _terms(around: _Around, kind: str, names: Iterable[str]) -> tuple[Term, ...]:
    """Those of the terms ``names`` that have a page."""
    taxonomy, out = around.known[kind], []
    for slug in map(taxonomy.slug, names):
        if link := around.links.get((kind, slug)):
            said = taxonomy.terms.get(slug)
            medtop = said.medtop if said else ""
            out.append(Term(link.name, link.url, taxonomy.profile, medtop))
    return tuple(out)


def _term_groups(around: _Around, document: Document) -> tuple[TermGroup, ...]:
    """The terms of an article in the site's own taxonomies, in the order of site.yaml."""
    if not document.terms:
        return ()
    groups = (
        TermGroup(kind, taxonomy.title, taxonomy.url, _terms(around, kind, document.terms[kind]))
        for kind, taxonomy in around.known.items()
        if kind in document.terms
    )
    return tuple(group for group in groups if group.terms)


def _part(site: Site, series: Link, members: tuple[int, ...], place: int) -> SeriesPart:
    """The place of an article in a series, of which ``members`` are the articles in order."""
    previous, following = members[:place][-1:], members[place + 1 : place + 2]
    return SeriesPart(
        series.name,
        series.url,
        place + 1,
        len(members),
        _link(site, previous[0]) if previous else None,
        _link(site, following[0]) if following else None,
    )


def neighbours(site: Site) -> tuple[list[int], list[int]]:
    """For each article the newer one of its section, and the older one; -1 for none."""
    newer, older = [-1] * len(site.paths), [-1] * len(site.paths)
    for listing in site.listings:
        if listing.kind == "section":
            for one, other in pairwise(listing.documents):
                newer[one], older[other] = other, one
    return newer, older


def _link(site: Site, index: int) -> Link | None:
    return site.cards[index].link if index >= 0 else None


def article_view(
    site: Site,
    index: int,
    config: Config,
    links: dict[tuple[str, str], Link],
    beside: tuple[Link | None, Link | None],
    edition: Link | None,
    story: Story | None,
) -> ArticleView:
    """All that the page of one article may show; ``links`` leads to the pages of tags and
    sources."""
    d: Document = site.documents[index]
    card = site.cards[index]
    lang = d.lang or config.language
    source = links.get(("source", slugify(card.source))) if card.source else None
    return ArticleView(
        title=d.title,
        url=card.url,
        date=d.date,
        section=card.section,
        id=d.id or d.path,
        dek=d.dek,
        genre=d.genre,
        summary=d.summary,
        authors=card.authors,
        credits=d.credits,
        updated=d.updated,
        dateline=d.dateline,
        image=d.image,
        source=d.source if d.source.name else msgspec.structs.replace(d.source, name=card.source),
        source_page=source.url if source else "",
        canonical=d.canonical or (d.source.url if config.canonical == "source" else ""),
        rights=d.rights,
        corrections=d.corrections,
        comment=d.comment,
        to=card.to if d.permalink == "source" else "",
        lang=lang,
        dir=direction(lang),
        words=d.words,
        minutes=card.minutes,
        newer=beside[0],
        older=beside[1],
        edition=edition,
        story=Link(story.title, story.url) if story else None,
        also=_also(site, story, index) if story else (),
        noindex=d.noindex,
        extra=d.extra,
        ninjs=_record(card.url) if config.feeds.ninjs and not d.noindex else "",
        **permitted_body(d, config),
    )


def _tables(document: Document) -> tuple[DataFile, ...]:
    return tuple([file for file in document.data if suffix_of(file.path) in TABLES])


# What a page shows of the text of an article of which it may show nothing
_NOTHING: dict[str, Any] = {
    "withdrawn": False,
    "body_digest": "",
    "body_from": "",
    "pictures": {},
    "targets": (),
    "data": (),
    "toc": 0,
}


def permitted_body(document: Document, config: Config) -> dict[str, Any]:
    """What a page may show of the text of ``document``, as fields of its view: nothing of one that
    is withdrawn or only linked, and images, links and data of one that is shown in full."""
    if document.status == "withdrawn":
        return _NOTHING | {"withdrawn": True}
    if document.rights.show == "link":
        return _NOTHING
    body = {"body_digest": document.body_digest, "body_from": document.path}
    if document.rights.show != "full":
        return _NOTHING | body
    return (
        _NOTHING
        | body
        | {
            "pictures": document.pictures,
            "targets": document.targets,
            "data": _tables(document),
            "toc": least_headings(document, config),
        }
    )


def least_headings(document: Document, config: Config) -> int:
    """The number of headings from which on an article has a table of contents, 0 for none."""
    return config.toc if document.toc is None else int(document.toc)


def _record(url: str) -> str:
    """The URL of the record of the article at ``url``."""
    return f"{url}ninjs.json" if url.endswith("/") else f"{url.removesuffix('.html')}.ninjs.json"


def _also(site: Site, story: Story, index: int) -> tuple[StoryMention, ...]:
    """The others of its story, its lead first, then as they were published."""
    others = [i for i in story.documents if i != index]
    others.sort(key=lambda i: (i != story.lead, i))
    return mentions(site, others[:ALSO])


def mentions(site: Site, members: Iterable[int]) -> tuple[StoryMention, ...]:
    """Articles as a page points to them."""
    cards = [site.cards[i] for i in members]
    return tuple([StoryMention(c.title, c.url, c.date, c.source, c.lang, c.dir) for c in cards])


def _pictured(site: Site, members: Iterable[int]) -> tuple[StoryMention, ...]:
    """Articles as a page points to them, with their images."""
    shown = tuple(members)
    return tuple(
        msgspec.structs.replace(mention, image=site.cards[i].image)
        for i, mention in zip(shown, mentions(site, shown), strict=True)
    )


def story_outlets(site: Site, story: Story) -> tuple[Link, ...]:
    """The other sources of a story, each with its first article."""
    first: dict[str, Link] = {}
    for card in (site.cards[i] for i in story.documents if i != story.lead):
        first.setdefault(card.source, Link(card.source, card.url))
    own = site.cards[story.lead].source
    others = [link for source, link in first.items() if source and source != own]
    return tuple(others[:ALSO])
