"""Plan output/: every page with its view, every file to copy, and no two of one path. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import msgspec

from sitegen import __version__
from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.text import direction, slugify
from sitegen.config import Config
from sitegen.content.discover import Found
from sitegen.model import (
    ArticleView,
    Block,
    Copy,
    Document,
    FeedItem,
    FeedView,
    Frame,
    FrontView,
    Link,
    Listing,
    ListView,
    Page,
    PlainView,
    Plan,
    RedirectView,
    RobotsView,
    Site,
    SitemapView,
    TermCount,
    TermsView,
)
from sitegen.site import TAXONOMIES, section_link
from sitegen.theme import Theme

BLOCK_CARDS = 6
LATEST_CARDS = 12
SITEMAP_SIZE = 40_000  # of the 50,000 that sitemaps.org allows


def frame(site: Site, theme: Theme, config: Config) -> Frame:
    """What every page may show."""
    present = {x.slug for x in site.listings if x.kind == "section"}
    order = [s for s in config.sections if s in present] + sorted(present - set(config.sections))
    kinds = {x.kind for x in site.listings}
    return Frame(
        title=config.title,
        base_url=config.base_url.rstrip("/"),
        language=config.language,
        dir=direction(config.language),
        timezone=config.timezone,
        description=config.description,
        author=config.author,
        nav=tuple(section_link(slug, config) for slug in order),
        taxonomies=tuple(Link(title, url) for kind, (title, url) in TAXONOMIES.items() if kind in kinds),
        feed="/feed.xml",
        theme_options=theme.options,
        assets=theme.asset_paths,
        generator=f"sitegen {__version__}",
    )


def plan(site: Site, theme: Theme, config: Config, media: tuple[Found, ...], static: tuple[Found, ...]) -> tuple[Plan, list[Diagnostic]]:
    """Everything that output/ shall hold, and an error for each two things that want one path."""
    pages = [
        *_articles(site, config),
        *_lists(site, config),
        *_term_indexes(site),
        *_redirects(site),
        _front(site, config),
        Page("404.html", "404.html", PlainView("Page not found", "/404.html"), "404 page"),
        _feed(site, config),
    ]
    pages += _sitemap(pages, site)
    copies = [*_copies(theme, config, media, static)]
    return Plan(tuple(pages), tuple(copies)), collisions(pages, copies)


def bodies_shown(page: Page) -> tuple[str, ...]:
    """The articles whose bodies ``page`` shows, by their path."""
    match page.view:
        case ArticleView(body_from=path) if path:
            return (path,)
        case FeedView(items=items):
            return tuple(item.body_from for item in items if item.body_from)
    return ()


def with_body(page: Page, document: Document) -> Page:
    """``page`` as it is planned once the body of ``document`` has changed, and nothing else of it."""
    replace = msgspec.structs.replace
    match page.view:
        case ArticleView() as view:
            return replace(page, view=replace(view, body_digest=document.body_digest, words=document.words))
        case FeedView() as view:
            mark = document.body_digest
            items = tuple(replace(i, body_digest=mark) if i.body_from == document.path else i for i in view.items)
            return replace(page, view=replace(view, items=items))
    return page


def output_path(url: str) -> str:
    """The file below output/ that answers for a site-relative path."""
    path = url.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def collisions(pages: list[Page], copies: list[Copy]) -> list[Diagnostic]:
    """An error for every two outputs that are one file, also where case or Unicode form is folded."""
    seen: dict[str, Page | Copy] = {}
    folders: dict[str, Page | Copy] = {}
    out = []
    for item in Plan(tuple(pages), tuple(copies)).items():
        key = item.output.lower() if item.output.isascii() else unicodedata.normalize("NFC", item.output).casefold()
        other = seen.setdefault(key, item)
        if other is not item:
            out.append(_collision(item, other.origin))
        parent = key.rpartition("/")[0]
        while parent and parent not in folders:
            folders[parent] = item
            parent = parent.rpartition("/")[0]
    for key in sorted(seen.keys() & folders.keys()):
        message = f"`{seen[key].output}` is both a file and a folder"
        out.append(problem("collision", message, seen[key].origin, help=f"change the address of {folders[key].origin}"))
    return out


def _collision(item: Page | Copy, other: str) -> Diagnostic:
    message = f"wants the same address as {other}: `/{item.output}`"
    line = 1 if "." in item.origin.rsplit("/", 1)[-1] else 0
    return problem("collision", message, item.origin, line, help="give one of them another `slug` or `url`")


def _articles(site: Site, config: Config) -> Iterator[Page]:
    links = {(x.kind, x.slug): Link(x.name, x.url) for x in site.listings if x.kind in ("tag", "source")}
    neighbours = _neighbours(site)
    for index, document in enumerate(site.documents):
        view = article_view(site, index, config, links, neighbours[index])
        yield Page(output_path(view.url), document.template or "article.html", view, document.path, 1)


def _neighbours(site: Site) -> dict[int, tuple[Link | None, Link | None]]:
    """The newer and the older article of the same section."""
    out: dict[int, tuple[Link | None, Link | None]] = dict.fromkeys(range(len(site.documents)), (None, None))
    for listing in site.listings:
        if listing.kind != "section":
            continue
        ids = listing.documents
        links = [Link(site.cards[i].title, site.cards[i].url) for i in ids]
        for position, index in enumerate(ids):
            newer = links[position + 1] if position + 1 < len(ids) else None
            out[index] = (newer, links[position - 1] if position else None)
    return out


def article_view(
    site: Site,
    index: int,
    config: Config,
    links: dict[tuple[str, str], Link],
    neighbours: tuple[Link | None, Link | None],
) -> ArticleView:
    """All that the page of one article may show; ``links`` leads to the pages of tags and sources."""
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
        dek=d.dek if not withdrawn else "",
        summary="" if withdrawn or d.rights.show == "link" else d.summary,
        authors=card.authors,
        credits=d.credits,
        updated=d.updated,
        tags=tuple([x for t in d.tags if (x := links.get(("tag", slugify(t))))]),
        dateline=d.dateline,
        image=None if withdrawn else d.image,
        source=d.source if d.source.name else type(d.source)(card.source, d.source.url, d.source.license),
        source_page=source.url if source else "",
        canonical=d.canonical or d.source.url,
        rights=d.rights,
        corrections=d.corrections,
        lang=lang,
        dir=direction(lang),
        words=d.words,
        newer=neighbours[0],
        older=neighbours[1],
        body_digest="" if withdrawn or d.rights.show == "link" else d.body_digest,
        body_from="" if withdrawn or d.rights.show == "link" else d.path,
        withdrawn=withdrawn,
        extra=d.extra,
    )


def blocks(total: int, size: int) -> int:
    """How many numbered pages a list of ``total`` articles has.

    Page n holds articles (n-1)*size … n*size-1 counted from the oldest, so a new article changes
    none of them. The unnumbered first page shows the newest ``size``; a numbered page exists once
    one of its articles has left that page.
    """
    return max(0, -(-(total - size) // size))


def _lists(site: Site, config: Config) -> Iterator[Page]:
    for listing in site.listings:
        yield from _list_pages(site, listing, config)
    shown = tuple(i for i, d in enumerate(site.documents) if d.status != "withdrawn")
    yield from _list_pages(site, Listing("archive", "All articles", "archive", "/archive/", shown), config)


def _list_pages(site: Site, listing: Listing, config: Config) -> Iterator[Page]:
    size, ids = config.pagination, listing.documents
    count = blocks(len(ids), size)
    origin = f"{listing.kind} `{listing.name}`"

    def address(number: int) -> str:
        return f"{listing.url}page/{number}/" if number else listing.url

    for number in range(count + 1):
        members = ids[(number - 1) * size : number * size] if number else ids[-size:]
        older = (number - 1 if number else count) or None
        newer = "" if not number else address(number + 1 if number < count else 0)
        view = ListView(
            title=listing.name,
            url=address(number),
            kind=listing.kind,
            cards=tuple(site.cards[i] for i in reversed(members)),
            number=number,
            newer=newer,
            older=address(older) if older else "",
            parent=_parent(listing),
            description=_description(listing, config),
            home=_home(listing, config),
        )
        yield Page(output_path(view.url), "list.html", view, origin)


def _parent(listing: Listing) -> Link | None:
    return Link(*TAXONOMIES[listing.kind]) if listing.kind in TAXONOMIES else None


def _description(listing: Listing, config: Config) -> str:
    if listing.kind == "section":
        entry = config.sections.get(listing.slug)
        return entry.description if entry else ""
    if listing.kind == "author":
        return next((a.bio for a in config.authors.values() if a.name == listing.name), "")
    return ""


def _home(listing: Listing, config: Config) -> str:
    if listing.kind == "source":
        return next((s.home for s in config.sources.values() if s.name == listing.name), "")
    if listing.kind == "author":
        return next((a.url for a in config.authors.values() if a.name == listing.name), "")
    return ""


def _term_indexes(site: Site) -> Iterator[Page]:
    for kind, (title, url) in TAXONOMIES.items():
        terms = [TermCount(x.name, x.url, len(x.documents)) for x in site.listings if x.kind == kind]
        if terms:
            terms.sort(key=lambda t: (t.name.casefold(), t.name))
            yield Page(output_path(url), "terms.html", TermsView(title, url, kind, tuple(terms)), f"index of {title.lower()}")


def _redirects(site: Site) -> Iterator[Page]:
    for index, document in enumerate(site.documents):
        for alias in document.aliases:
            url = alias if alias.endswith(("/", ".html")) else alias + "/"
            view = RedirectView(url, site.cards[index].url)
            yield Page(output_path(url), "redirect.html", view, document.path, 1)


def _front(site: Site, config: Config) -> Page:
    order = [i for i in range(len(site.documents) - 1, -1, -1) if site.documents[i].status != "withdrawn"]
    recent = order[: LATEST_CARDS * 4]
    lead = next((i for i in recent if site.documents[i].lead), order[0] if order else None)
    sections = {x.slug: x for x in site.listings if x.kind == "section"}
    names = [s for s in config.sections if s in sections] + sorted(sections.keys() - set(config.sections))
    groups = []
    for slug in names:
        members = [i for i in reversed(sections[slug].documents[-BLOCK_CARDS - 1 :]) if i != lead]
        if members:
            cards = tuple(site.cards[i] for i in members[:BLOCK_CARDS])
            groups.append(Block(section_link(slug, config).name, sections[slug].url, cards))
    view = FrontView(
        url="/",
        date=site.documents[order[0]].date if order else "",
        lead=site.cards[lead] if lead is not None else None,
        blocks=tuple(groups),
        latest=tuple(site.cards[i] for i in order[: LATEST_CARDS + 1] if i != lead)[:LATEST_CARDS],
        older="/archive/" if len(order) > LATEST_CARDS else "",
    )
    return Page("index.html", "front.html", view, "front page", 4)


def _feed(site: Site, config: Config) -> Page:
    order = [i for i in range(len(site.documents) - 1, -1, -1) if site.documents[i].status != "withdrawn"]
    items = []
    for i in order[: config.feeds.items]:
        d = site.documents[i]
        show = "excerpt" if config.feeds.content == "excerpt" and d.rights.show == "full" else d.rights.show
        with_body = show != "link"
        items.append(
            FeedItem(
                card=site.cards[i],
                source_url=d.source.url,
                body_from=d.path if with_body else "",
                body_digest=d.body_digest if with_body else "",
                show=show,
                words=d.rights.words,
                credits=d.credits,
                tags=d.tags,
                notice=d.rights.notice or d.rights.license,
            )
        )
    updated = max(((item.card.updated or item.card.date) for item in items), default="")
    return Page("feed.xml", "", FeedView(config.title, "/feed.xml", "/", updated, tuple(items)), "feed", 3)


def _sitemap(pages: list[Page], site: Site) -> Iterator[Page]:
    entries = []
    for page in pages:
        match page.view:
            case ArticleView(withdrawn=False) as view:
                entries.append((view.url, view.updated or view.date))
            case ListView() | TermsView() | FrontView() as view:
                entries.append((view.url, ""))
    entries.sort()
    parts = [tuple(entries[i : i + SITEMAP_SIZE]) for i in range(0, len(entries), SITEMAP_SIZE)]
    if len(parts) == 1:
        yield Page("sitemap.xml", "", SitemapView("/sitemap.xml", parts[0]), "sitemap", 3)
    else:
        for number, part in enumerate(parts, 1):
            yield Page(f"sitemap-{number}.xml", "", SitemapView(f"/sitemap-{number}.xml", part), "sitemap", 3)
        index = tuple((f"/sitemap-{n}.xml", "") for n in range(1, len(parts) + 1))
        yield Page("sitemap.xml", "", SitemapView("/sitemap.xml", index, True), "sitemap", 3)
    yield Page("robots.txt", "", RobotsView("/robots.txt", "/sitemap.xml"), "robots.txt", 3)


def _copies(theme: Theme, config: Config, media: tuple[Found, ...], static: tuple[Found, ...]) -> Iterator[Copy]:
    for name, source in theme.assets.items():
        yield Copy(theme.asset_paths[name].lstrip("/"), source, f"theme asset `{name}`")
    prefix = config.content + "/"
    for found in media:
        yield Copy(found.path.removeprefix(prefix), found.path, found.path)
    for found in static:
        yield Copy(found.path.removeprefix("static/"), found.path, found.path)
