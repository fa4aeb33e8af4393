"""The pages of articles: neighbours, translations, other articles of the story.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

import msgspec

from sitegen.base.languages import direction
from sitegen.base.memo import Memo
from sitegen.base.text import slugify
from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.output import Page
from sitegen.model.site import Link, Site, Story
from sitegen.model.views import (
    ArticleView,
    StoryMention,
    Translation,
)
from sitegen.pages.lists import output_path

ALSO = 6  # other articles of a story that a page points to


def article_pages(
    site: Site,
    config: Config,
    kin: Sequence[tuple[int, ...]],
    tongues: dict[int, tuple[Translation, ...]],
    memo: Memo,
) -> Iterator[Page]:
    links = {
        (x.kind, x.slug): Link(x.name, x.url) for x in site.listings if x.kind in ("tag", "source")
    }
    newer, older = _neighbours(site)
    tales = {i: story for story in site.stories for i in story.documents}
    issues = {i: Link(e.title, e.url) for e in reversed(site.editions) for i in e.documents}
    reserved = {s.name for s in config.sources.values() if s.reserve}
    elsewhere = {
        a.name: (*([a.url] if a.url else []), *a.links)
        for a in config.authors.values()
        if a.url or a.links
    }

    def made(index: int) -> Page:
        neighbours = _link(site, newer[index]), _link(site, older[index])
        view = article_view(
            site, index, config, links, neighbours, issues.get(index), tales.get(index)
        )
        near = _told(site, kin[index])
        same = {a.name: known for a in view.authors if (known := elsewhere.get(a.name))}
        more = {
            "same_as": same,
            "translations": tongues.get(index, ()),
            "reserved": view.source.name in reserved,
            "related": near,
        }
        view = msgspec.structs.replace(view, **more) if any(more.values()) else view
        if view.also and view.translations:
            linked = {one.url for one in view.translations}
            view = msgspec.structs.replace(
                view, also=tuple(x for x in view.also if x.url not in linked)
            )
        document = site.documents[index]
        return Page(
            output_path(view.url), document.template or "article.html", view, document.path, 1
        )

    table, cards = memo.table("articles", (config, links)), (*site.cards, None)
    for index, document in enumerate(site.documents):
        tale = tales.get(index)
        shown = [index, newer[index], older[index], *kin[index], *(tale.documents if tale else ())]
        parts = (issues.get(index), tale, tongues.get(index), [cards[i] for i in shown])
        yield table.get(document.path, document, parts, partial(made, index))


def _neighbours(site: Site) -> tuple[list[int], list[int]]:
    """For each article the newer one of its section, and the older one; -1 for none."""
    newer, older = [-1] * len(site.documents), [-1] * len(site.documents)
    for listing in site.listings:
        if listing.kind == "section":
            for one, other in pairwise(listing.documents):
                newer[one], older[other] = other, one
    return newer, older


def _link(site: Site, index: int) -> Link | None:
    return Link(site.cards[index].title, site.cards[index].url) if index >= 0 else None


def article_view(
    site: Site,
    index: int,
    config: Config,
    links: dict[tuple[str, str], Link],
    neighbours: tuple[Link | None, Link | None],
    edition: Link | None,
    story: Story | None,
) -> ArticleView:
    """All that the page of one article may show; ``links`` leads to the pages of tags and
    sources."""
    d: Document = site.documents[index]
    card = site.cards[index]
    lang = d.lang or config.language
    withdrawn = d.status == "withdrawn"
    source = links.get(("source", slugify(card.source))) if card.source else None
    return ArticleView(
        title=d.title,
        url=card.url,
        date=d.date,
        section=card.section,
        id=d.id or d.path,
        dek=d.dek,
        summary=d.summary,
        authors=card.authors,
        credits=d.credits,
        updated=d.updated,
        tags=tuple([x for t in d.tags if (x := links.get(("tag", slugify(t))))]),
        dateline=d.dateline,
        image=d.image,
        source=(
            d.source
            if d.source.name
            else type(d.source)(card.source, d.source.url, d.source.license)
        ),
        source_page=source.url if source else "",
        canonical=d.canonical or (d.source.url if config.canonical == "source" else ""),
        rights=d.rights,
        corrections=d.corrections,
        lang=lang,
        dir=direction(lang),
        words=d.words,
        newer=neighbours[0],
        older=neighbours[1],
        body_digest="" if withdrawn or d.rights.show == "link" else d.body_digest,
        body_from="" if withdrawn or d.rights.show == "link" else d.path,
        edition=edition,
        story=Link(story.title, story.url) if story else None,
        also=_also(site, story, index) if story else (),
        withdrawn=withdrawn,
        noindex=d.noindex,
        extra=d.extra,
        ninjs=_record(card.url) if config.feeds.ninjs and not d.noindex else "",
        pictures={} if withdrawn or d.rights.show != "full" else d.pictures,
        targets=() if withdrawn or d.rights.show != "full" else d.targets,
    )


def _record(url: str) -> str:
    """Where the record of the article at ``url`` stands."""
    return f"{url}ninjs.json" if url.endswith("/") else f"{url.removesuffix('.html')}.ninjs.json"


def _also(site: Site, story: Story, index: int) -> tuple[StoryMention, ...]:
    """The others of its story, the one that stands for all first, then as they were published."""
    others = sorted((i for i in story.documents if i != index), key=lambda i: (i != story.lead, i))[
        :ALSO
    ]
    return _told(site, others)


def _told(site: Site, members: Iterable[int]) -> tuple[StoryMention, ...]:
    cards = [site.cards[i] for i in members]
    return tuple([StoryMention(c.title, c.url, c.date, c.source, c.lang, c.dir) for c in cards])


def story_outlets(site: Site, story: Story) -> tuple[Link, ...]:
    """The other outlets of a story, each with its first article."""
    known = {site.cards[story.lead].source}
    out = []
    for card in (site.cards[i] for i in story.documents if i != story.lead):
        if card.source and card.source not in known:
            known.add(card.source)
            out.append(Link(card.source, card.url))
    return tuple(out[:ALSO])
