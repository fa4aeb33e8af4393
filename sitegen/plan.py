"""Plan output/: every page with its view, every file to copy, and no two of one path. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

import msgspec

from sitegen import __version__
from sitegen.base.diagnostics import Diagnostic, fail, problem
from sitegen.base.files import is_inside
from sitegen.base.languages import direction
from sitegen.base.memo import Memo
from sitegen.base.messages import Messages
from sitegen.base.text import safe_path, slugify
from sitegen.config import Config
from sitegen.content.discover import Found
from sitegen.editions import INDEX, edition_pages, front_issue
from sitegen.issues import issue_pages
from sitegen.lists import corrections, lists, output_path, term_indexes
from sitegen.model import (
    ArchiveView,
    ArticleView,
    Block,
    Copy,
    CorrectionsView,
    Document,
    EditionsView,
    FeedItem,
    FeedView,
    Frame,
    FrontView,
    IssueView,
    Item,
    Link,
    ListView,
    NinjsView,
    OwnView,
    Page,
    Picture,
    PlainView,
    Plan,
    RedirectView,
    Reservation,
    SearchView,
    SheetView,
    Site,
    Story,
    StoryView,
    TermsView,
    Told,
    Translation,
    View,
    Wish,
)
from sitegen.pictures.share import site_image, with_cards
from sitegen.pictures.svg import is_svg
from sitegen.plugins import Plugin, call, hooks
from sitegen.policy import content_policy
from sitegen.queries import plain_value
from sitegen.search import FOLDER, PAGE, search_page, shards
from sitegen.site import TAXONOMIES, page_url, section_link, translated
from sitegen.stories import story_pages
from sitegen.syndicate import feed_links, feeds, opml, records, reservation, sitemaps
from sitegen.theme import Theme

BLOCK_CARDS = 6
LATEST_CARDS = 12
TITLES = (  # what sitegen calls things that have no name of their own, said in the site's language by `worded`
    *(title for title, _ in TAXONOMIES.values()),
    *("All articles", "Corrections", "Editions", "Page not found", "Search", "a translation", "the same original", "text alike"),
    "title alike",
)
SCRIPT = "search.js"  # the asset that only the search page asks for
REPLACEABLE = frozenset(["404.html", "robots.txt", ".well-known/tdmrep.json"])  # a file in static/ takes precedence
ALSO = 6  # other articles of a story that a page points to


def frame(site: Site, theme: Theme, config: Config) -> Frame:
    """What every page may show."""
    present = {x.slug for x in site.listings if x.kind == "section"}
    order = [s for s in config.sections if s in present] + sorted(present - set(config.sections))
    kinds = {x.kind for x in site.listings}
    links = feed_links("site", "/", config)
    say = Messages(theme.messages)
    return Frame(
        title=config.title,
        base_url=config.base_url.rstrip("/"),
        language=config.language,
        dir=direction(config.language),
        timezone=config.timezone,
        description=config.description,
        author=config.author,
        nav=tuple(section_link(slug, config) for slug in order),
        taxonomies=tuple(Link(say(title), url) for kind, (title, url) in TAXONOMIES.items() if kind in kinds),
        feed=links[0].url if links else "",
        feeds=links,
        indexes=tuple(Link(say(x.name), x.url) for x in _indexes(site, theme, config)),
        search=PAGE if _searched(theme, config) else "",
        messages=theme.messages,
        logo=config.logo,
        share=site_image(config, theme.options)[0],
        tdm=Reservation(config.mining.policy) if config.mining.reserve else None,
        theme_options=theme.options,
        assets=theme.asset_paths,
        styles=theme.styles,
        generator=f"sitegen {__version__}",
        policy=content_policy(config),
        ids=config.feeds.ids,
    )


def _searched(theme: Theme, config: Config) -> bool:
    """Whether the site has a search page."""
    return bool(config.search) and "search.html" in theme.templates


def _indexes(site: Site, theme: Theme, config: Config) -> Iterator[Link]:
    if _searched(theme, config):
        yield Link("Search", PAGE)
    if site.editions:
        yield Link("Editions", INDEX)
    if "corrections.html" in theme.templates and any(d.corrections for d in site.documents):
        yield Link("Corrections", "/corrections/")


def plan(
    site: Site,
    theme: Theme,
    config: Config,
    media: tuple[Found, ...],
    static: tuple[Found, ...],
    pictures: tuple[Wish, ...] = (),
    originals: tuple[Found, ...] = (),
    preview: bool = False,
    kin: Sequence[tuple[int, ...]] = (),
    memo: Memo | None = None,
) -> tuple[Plan, list[Diagnostic]]:
    """Everything that output/ shall hold, and an error for each two things that want one path.

    ``media`` are files below content/ to copy, ``originals`` those that editions may hold. A ``preview`` has no search index.
    ``kin`` is what `related` finds.

    Kinds of pages for which the theme has no template are left out, but for those that every theme has.
    """
    if config.editions.email and "email.html" not in theme.templates:
        config = msgspec.structs.replace(config, editions=msgspec.structs.replace(config.editions, email=False))
    memo = memo or Memo(0)
    languages: dict[int, list[int]] = {}
    for index, original in translated(site.documents).items():
        languages.setdefault(original, []).append(index)
    tongues, problems = _translations(site, languages, config)
    parts = shards(site, config) if _searched(theme, config) and not preview else ()
    pages = [
        *_articles(site, config, kin or ((),) * len(site.documents), tongues, memo),
        *lists(site, config, "archive.html" in theme.templates, memo),
        *term_indexes(site),
        *(corrections(site, config.zone) if "corrections.html" in theme.templates else ()),
        *edition_pages(site, config, memo),
        *_issues(site, config, originals, static),
        *story_pages(site),
        *_redirects(site),
        _front(site, config, _in_other_languages(site, languages, config)),
        Page("404.html", "404.html", PlainView("Page not found", "/404.html"), "404 page"),
        *feeds(site, config, memo),
        *opml(site, config),
        *reservation(config),
        *(search_page(parts, config, preview) if _searched(theme, config) else ()),
        *_own_pages(site, theme.plugins),
    ]
    if theme.messages:
        pages = memo.each("worded", partial(worded, say=Messages(theme.messages)), pages, theme.messages)
    pages, cards = with_cards(pages, config, theme.options, memo)
    pages += records(pages, site, config, memo)
    pages += sitemaps(pages, site, config, memo)
    pages += _sheets(theme)
    own = {f.path.removeprefix("static/") for f in static} & REPLACEABLE
    pages = [page for page in pages if page.output not in own] if own else pages
    copies = [*_copies(theme, config, media, static)]
    whole = Plan(tuple(pages), tuple(copies), pictures + cards, parts)
    places = [(item.output, item.origin) for item in whole.items()]
    problems += memo.whole("collisions", (bool(parts), places), lambda: collisions(whole))
    return whole, problems


def worded(page: Page, say: Messages) -> Page:
    """``page`` with the titles that sitegen gives, and not the site, in the words of its language."""
    replace = msgspec.structs.replace
    view: View = page.view
    match view:
        case TermsView() | CorrectionsView() | EditionsView() | PlainView() | SearchView() | ListView(kind="archive"):
            view = replace(view, title=say(view.title))
        case ListView(parent=Link(name, url)) if url in ("/tags/", "/authors/", "/sources/"):
            view = replace(view, parent=Link(say(name), url))
        case ArchiveView(kind="year", parent=Link(name, url)):
            view = replace(view, parent=Link(say(name), url))
        case StoryView():
            view = replace(view, lines=tuple(replace(x, reason=_reason(x.reason, say)) for x in view.lines))
    return page if view is page.view else replace(page, view=view)


def _reason(reason: str, say: Messages) -> str:
    """Why an article belongs to a story; a share in brackets, or what is written in the article, stays as it is."""
    words, bracket, share = reason.partition(" (")
    return say(words) + bracket + share


def bodies_shown(page: Page) -> tuple[str, ...]:
    """The articles whose bodies ``page`` shows, by their path."""
    match page.view:
        case ArticleView(body_from=path) if path:
            return (path,)
        case FeedView(items=items):
            return tuple(item.body_from for item in items if item.body_from)
        case IssueView() as issue:
            return tuple(c.item.body_from for c in issue.chapters() if c.item.body_from)
        case NinjsView(article=ArticleView(body_from=path)) if path:
            return (path,)
    return ()


def with_body(page: Page, document: Document) -> Page:
    """``page`` as it is planned once the body of ``document`` has changed, and nothing else of it."""
    replace = msgspec.structs.replace
    match page.view:
        case ArticleView() as view:
            return replace(page, view=replace(view, body_digest=document.body_digest, words=document.words))
        case FeedView() as view:
            return replace(page, view=replace(view, items=tuple(_with_text(i, document) for i in view.items)))
        case IssueView() as view:
            parts = (replace(p, chapters=tuple(replace(c, item=_with_text(c.item, document)) for c in p.chapters)) for p in view.parts)
            return replace(page, view=replace(view, parts=tuple(parts)))
        case NinjsView() as view:
            article = replace(view.article, body_digest=document.body_digest, words=document.words)
            return replace(page, view=replace(view, article=article))
    return page


def _with_text(item: FeedItem, document: Document) -> FeedItem:
    if item.body_from != document.path:
        return item
    return msgspec.structs.replace(item, body_digest=document.body_digest)


def _issues(site: Site, config: Config, media: tuple[Found, ...], static: tuple[Found, ...]) -> Iterator[Page]:
    """The editions as files of their own, where site.yaml asks for some."""
    if not (config.editions.email or config.editions.epub):
        return
    files = [(f.path.removeprefix("static"), f) for f in static] + [(f.path.removeprefix(config.content), f) for f in media]
    pictures = {address: Picture(address, f.path, f.size, f.mtime_ns, f.ctime_ns) for address, f in files}
    yield from issue_pages(site, config, pictures)


def collisions(whole: Plan) -> list[Diagnostic]:
    """An error for every two outputs that are one file, also where case or Unicode form is folded, and for one outside output/."""
    seen: dict[str, Item] = {}
    folders: dict[str, Item] = {}
    out = []
    for item in whole.items():
        if not is_inside(item.output):
            message = f"cannot be written to output/ as {item.output!r}: it leaves the folder, or has control characters in its name"
            out.append(problem("unsafe-path", message, item.origin if item.origin.isprintable() else repr(item.origin)))
            continue
        key = item.output.lower() if item.output.isascii() else unicodedata.normalize("NFC", item.output).casefold()
        other = seen.setdefault(key, item)
        if other is not item:
            out.append(_collision(item, other.origin))
        parent = key.rpartition("/")[0]
        while parent and parent not in folders:
            folders[parent] = item
            parent = parent.rpartition("/")[0]
    if whole.shards:  # the names of its files are not known before they are made
        out += [_collision(item, "the search index") for key, item in seen.items() if f"{key}/".startswith(f"{FOLDER}/")]
    for key in sorted(seen.keys() & folders.keys()):
        message = f"`{seen[key].output}` is both a file and a folder"
        out.append(problem("collision", message, seen[key].origin, help=f"change the address of {folders[key].origin}"))
    return out


def _collision(item: Item, other: str) -> Diagnostic:
    message = f"wants the same address as {other}: `/{item.output}`"
    line = 1 if "." in item.origin.rsplit("/", 1)[-1] else 0
    return problem("collision", message, item.origin, line, help="give one of them another `slug` or `url`")


def _articles(
    site: Site,
    config: Config,
    kin: Sequence[tuple[int, ...]],
    tongues: dict[int, tuple[Translation, ...]],
    memo: Memo,
) -> Iterator[Page]:
    links = {(x.kind, x.slug): Link(x.name, x.url) for x in site.listings if x.kind in ("tag", "source")}
    newer, older = _neighbours(site)
    tales = {i: story for story in site.stories for i in story.documents}
    issues = {i: Link(e.title, e.url) for e in reversed(site.editions) for i in e.documents}
    reserved = {s.name for s in config.sources.values() if s.reserve}
    elsewhere = {a.name: (*([a.url] if a.url else []), *a.links) for a in config.authors.values() if a.url or a.links}

    def made(index: int) -> Page:
        neighbours = _link(site, newer[index]), _link(site, older[index])
        view = article_view(site, index, config, links, neighbours, issues.get(index), tales.get(index))
        near = _told(site, kin[index])
        same = {a.name: known for a in view.authors if (known := elsewhere.get(a.name))}
        more = {"same_as": same, "translations": tongues.get(index, ()), "reserved": view.source.name in reserved, "related": near}
        view = msgspec.structs.replace(view, **more) if any(more.values()) else view
        if view.also and view.translations:
            linked = {one.url for one in view.translations}
            view = msgspec.structs.replace(view, also=tuple(x for x in view.also if x.url not in linked))
        document = site.documents[index]
        return Page(output_path(view.url), document.template or "article.html", view, document.path, 1)

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
        dek=d.dek,
        summary=d.summary,
        authors=card.authors,
        credits=d.credits,
        updated=d.updated,
        tags=tuple([x for t in d.tags if (x := links.get(("tag", slugify(t))))]),
        dateline=d.dateline,
        image=d.image,
        source=d.source if d.source.name else type(d.source)(card.source, d.source.url, d.source.license),
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


def _translations(
    site: Site, groups: dict[int, list[int]], config: Config
) -> tuple[dict[int, tuple[Translation, ...]], list[Diagnostic]]:
    """The languages of each article that has several: the original first, then by language.

    Of two translations into one language the older one is linked, and the other reported.
    """
    out: dict[int, tuple[Translation, ...]] = {}
    problems: list[Diagnostic] = []
    for first, others in groups.items():
        linked: dict[str, int] = {}
        for index in (first, *others):
            lang = _language(site, index, config)
            other = linked.setdefault(lang.casefold(), index)
            if other != index:
                problems.append(_one_language(site.documents[index].path, site.documents[other].path, lang))
        members = [first, *sorted((i for i in linked.values() if i != first), key=lambda i: (site.documents[i].lang, i))]
        cards = [site.cards[i] for i in members]
        found = tuple(Translation(c.lang or config.language, c.url, c.title, c.dir, n == 0) for n, c in enumerate(cards))
        if len(found) > 1:
            out.update(dict.fromkeys(members, found))
    return out, problems


def _one_language(path: str, other: str, lang: str) -> Diagnostic:
    message = f"is in the language of {other} (`{lang}`), which has the same original: only that one is linked as a translation"
    hint = "correct `lang` or `translation_of`, or remove one of the two"
    return problem("translation", message, path, 1, help=hint, level="warning")


def _language(site: Site, index: int, config: Config) -> str:
    return site.cards[index].lang or config.language


def _in_other_languages(site: Site, groups: dict[int, list[int]], config: Config) -> set[int]:
    """Of each original and its translations all but the one that the site's readers can read, else the original."""
    out: set[int] = set()
    for first, others in groups.items():
        members = [first, *others]
        own = next((i for i in members if _language(site, i, config) == config.language), first)
        out |= set(members) - {own}
    return out


def _own_pages(site: Site, plugins: tuple[Plugin, ...]) -> Iterator[Page]:
    """The pages that plugins add."""
    for plugin, function in hooks(plugins, "add_pages"):
        for given in call(plugin, lambda f=function: [dict(one) for one in f(site)], met="adding pages"):
            url = safe_path(str(given.get("url", "")))
            if not url or not given.get("title") or not str(given.get("template", "")).endswith(".html"):
                hint = "give each `url` (such as /numbers/), `title`, `template` (such as numbers.html) and, if you like, `data`"
                raise fail("plugin", f"plugin `{plugin.name}`: a page of `add_pages` is not whole", plugin.path, help=hint)
            view = OwnView(str(given["title"]), f"/{url}", plain_value(plugin, dict(given.get("data", {}))))
            yield Page(output_path(view.url), given["template"], view, f"plugin `{plugin.name}`")


def _redirects(site: Site) -> Iterator[Page]:
    for index, document in enumerate(site.documents):
        for alias in document.aliases:
            url = page_url(alias)
            view = RedirectView(url, site.cards[index].url)
            yield Page(output_path(url), "redirect.html", view, document.path, 1)


def _also(site: Site, story: Story, index: int) -> tuple[Told, ...]:
    """The others of its story, the one that stands for all first, then as they were published."""
    others = sorted((i for i in story.documents if i != index), key=lambda i: (i != story.lead, i))[:ALSO]
    return _told(site, others)


def _told(site: Site, members: Iterable[int]) -> tuple[Told, ...]:
    cards = [site.cards[i] for i in members]
    return tuple([Told(c.title, c.url, c.date, c.source, c.lang, c.dir) for c in cards])


def _outlets(site: Site, story: Story) -> tuple[Link, ...]:
    """The other outlets of a story, each with its first article."""
    known = {site.cards[story.lead].source}
    out = []
    for card in (site.cards[i] for i in story.documents if i != story.lead):
        if card.source and card.source not in known:
            known.add(card.source)
            out.append(Link(card.source, card.url))
    return tuple(out[:ALSO])


def _front(site: Site, config: Config, others: set[int]) -> Page:
    """The front page; ``others`` are articles that it shows in another language already."""
    others = others | {i for story in site.stories for i in story.documents if i != story.lead}
    order = [i for i in range(len(site.documents) - 1, -1, -1) if site.documents[i].status != "withdrawn" and i not in others]
    recent = order[: LATEST_CARDS * 4]
    lead = next((i for i in recent if site.documents[i].lead), order[0] if order else None)
    sections = {x.slug: x for x in site.listings if x.kind == "section"}
    names = [s for s in config.sections if s in sections] + sorted(sections.keys() - set(config.sections))
    groups = []
    for slug in names:
        members = [i for i in reversed(sections[slug].documents[-BLOCK_CARDS * 4 :]) if i != lead and i not in others]
        if members:
            cards = tuple(site.cards[i] for i in members[:BLOCK_CARDS])
            groups.append(Block(section_link(slug, config).name, sections[slug].url, cards))
    latest = [i for i in order[: LATEST_CARDS + 1] if i != lead][:LATEST_CARDS]
    shown = {lead, *latest, *(i for slug in names for i in sections[slug].documents[-BLOCK_CARDS * 4 :])}
    also = {site.cards[s.lead].url: outlets for s in site.stories if s.lead in shown and (outlets := _outlets(site, s))}
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


def _sheets(theme: Theme) -> Iterator[Page]:
    for name, text in theme.sheets.items():
        url = theme.asset_paths[name]
        yield Page(url.lstrip("/"), "", SheetView(url, text), f"theme asset `{name}`", 0)


def _copies(theme: Theme, config: Config, media: tuple[Found, ...], static: tuple[Found, ...]) -> Iterator[Copy]:
    for name, source in theme.assets.items():
        if name not in theme.sheets and (name != SCRIPT or _searched(theme, config)):
            yield Copy(theme.asset_paths[name].lstrip("/"), source, f"theme asset `{name}`")
    prefix = config.content + "/"
    for found in media:
        yield Copy(unicodedata.normalize("NFC", found.path.removeprefix(prefix)), found.path, found.path, cleaned=is_svg(found.path))
    for found in static:
        yield Copy(found.path.removeprefix("static/"), found.path, found.path)
