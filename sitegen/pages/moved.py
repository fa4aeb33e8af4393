"""Plan what is at URLs that were published and that nothing of the site has any more: redirects to
where it is now, and tombstones.

Articles have redirects of their own (`redirects.py`), and lists the feeds at their former URLs
(`feeds.py`). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.text import counted, slugify
from sitegen.config.schema import Config
from sitegen.content.addresses import ADDRESSES, GONE, OLD, TO, Address
from sitegen.model.output import Owners, Page, Plan
from sitegen.model.site import Site
from sitegen.model.views import GoneView, RedirectView
from sitegen.pages.editions import index_url
from sitegen.pages.lists import all_listings, months, output_path
from sitegen.site.addresses import ARTICLES, FEED, LIST_FOLDERS, list_id
from sitegen.site.resolve import period_url
from sitegen.site.taxonomies import taxonomies

MOVED = "moved"  # the name of the families of redirects
CODE = "address-lost"
NAMED = 3  # URLs in one message


class Whereabouts(NamedTuple):
    """What a recorded URL shows now: its kind and id, and the URL that it has."""

    kind: str
    id: str
    url: str


Find = Callable[[str, str], Whereabouts | None]


class MovedUrls(NamedTuple):
    """What is at URLs that were published before: the ``plan`` of their pages; where each of these
    ``urls`` leads, nothing for a tombstone; and a warning for each that leads nowhere."""

    plan: Plan
    urls: dict[str, str]
    problems: list[Diagnostic]


def moved_pages(
    site: Site,
    config: Config,
    templates: Container[str],
    rows: Sequence[Address],
    outputs: Collection[str],
) -> MovedUrls:
    """What is at those of ``rows`` that are none of ``outputs``.

    Feeds and other files have no pages: hosts that know redirects answer for them.
    """
    left = [row for row in rows if output_path(row.path) not in outputs]
    if not left:
        return MovedUrls(Plan((), ()), {}, [])
    ends, lost = _ends(left, _finder(site, config, outputs), site.former.expired)
    problems = _by_hand(left, ends, lost, site, outputs)
    tombstone = "gone.html" if "gone.html" in templates else "404.html"
    pages, owners = [], Owners()
    for path, end in sorted(ends.items()):
        if not output_path(path).endswith((".html", ".htm")):
            continue
        page = (
            _page(path, "redirect.html", RedirectView(path, end.url))
            if end.url
            else _page(path, tombstone, GoneView("Page removed", path))
        )
        pages.append(page)
        owners[page.output] = ((MOVED, end.kind, end.id),)
    urls = {path: end.url for path, end in ends.items()}
    return MovedUrls(Plan(tuple(pages), (), owners=owners), urls, [*problems, *_lost(lost)])


def _page(path: str, template: str, view: RedirectView | GoneView) -> Page:
    return Page(output_path(path), template, view, ADDRESSES, 1)


def _ends(
    rows: Sequence[Address], find: Find, expired: Collection[str]
) -> tuple[dict[str, Whereabouts], list[Address]]:
    """Where each of ``rows`` leads, and those that lead nowhere; without those that an editor leads
    somewhere."""
    ends: dict[str, Whereabouts] = {}
    lost: list[Address] = []
    for row in rows:
        if row.kind == GONE or (row.kind in ARTICLES and row.id in expired):
            ends[row.path] = Whereabouts(GONE, "", "")
        elif row.kind == TO:
            continue
        elif target := find(row.kind, row.id):
            ends[row.path] = target
        else:
            lost.append(row)
    return ends, lost


def _by_hand(
    rows: Sequence[Address],
    ends: dict[str, Whereabouts],
    lost: list[Address],
    site: Site,
    outputs: Collection[str],
) -> list[Diagnostic]:
    """Add to ``ends`` where an editor leads URLs, to the end of each chain, and to ``lost`` those
    that lead nowhere; an error for each ring."""
    leads = {row.path: row.id for row in rows if row.kind == TO}
    former = {url: path for path, urls in site.facts.aliases.items() for url in urls}
    number = {path: i for i, path in enumerate(site.paths)} if former and leads else {}
    problems = []
    for row in (row for row in rows if row.kind == TO):
        url = _last(row.path, leads)
        if url in former:
            url = site.cards[number[former[url]]].url
        if url in ends:
            ends[row.path] = ends[url]
        elif not url:
            problems.append(_ring(row))
        elif url.startswith("/") and output_path(url) not in outputs:
            lost.append(row)
        else:
            ends[row.path] = Whereabouts(TO, url, url)
    return problems


def _last(path: str, leads: Mapping[str, str]) -> str:
    """Where a chain of redirects ends; empty for a ring."""
    seen = {path}
    while path in leads:
        path = leads[path]
        if path in seen:
            return ""
        seen.add(path)
    return path


# Where things are -----------------------------------------------------------------------------
def _finder(site: Site, config: Config, outputs: Collection[str]) -> Find:
    """The function from a kind and an id to where that is now, or what is nearest to it."""
    homes = _homes(site, config)

    def find(kind: str, id: str) -> Whereabouts | None:
        names = _named_as(id, config) if kind == OLD else _nearest(kind, id)
        for name in names:
            name = site.former.renamed.get(name, name)
            url = homes.get(name, "")
            if url and output_path(url) in outputs:
                kind, _, id = name.partition("/")
                return Whereabouts(kind, id, url)
        return None

    return find


def _homes(site: Site, config: Config) -> dict[str, str]:
    """The URL of each thing that has a page, by its kind and id."""
    homes = {list_id(x): x.url for x in all_listings(site, dated=True)}
    homes |= {f"edition/{e.key}": e.url for e in site.editions}
    homes |= {f"editions/{e.series}": index_url(e.series) for e in site.editions}
    homes |= {f"story/{story.slug}": story.url for story in site.stories}
    homes |= {f"terms/{kind}": taxonomy.url for kind, taxonomy in taxonomies(config).items()}
    homes |= {f"month/{month}": period_url(month) for month in months(site)}
    homes |= {f"year/{month[:4]}": period_url(month[:4]) for month in months(site)}
    return homes


def _nearest(kind: str, id: str) -> Iterator[str]:
    """A thing, and what takes its place where it is gone: days and months belong to the archive,
    files of an edition to its page."""
    yield f"{kind}/{id}"
    if kind == "day":
        yield f"month/{id[:7]}"
    if kind in ("day", "month"):
        yield f"year/{id[:4]}"
    if kind in ("day", "month", "year"):
        yield "archive/archive"
    if kind == "issue":
        yield f"edition/{id}"


# How other programs call indexes, with what these are called here.
_INDEXES = {"tags": "terms/tag", "authors": "terms/author"} | dict.fromkeys(
    ("archive", "archives", "categories", "posts", "blog"), "archive/archive"
)


def _named_as(path: str, config: Config) -> Iterator[str]:
    """What the URL of another program's site may mean: `/category/world/page/2/` is the section
    `world`, `/2026/11/` a month."""
    parts = re.sub(r"(?:/page/?\d+)?(?:/|/index\.html?|\.html?)?$", "", path).strip("/").split("/")
    folders = LIST_FOLDERS | {kind: kind for kind in taxonomies(config)}
    if len(parts) > 1 and parts[0] in folders:
        yield f"{folders[parts[0]]}/{'/'.join(map(slugify, parts[1:]))}"
        yield f"{folders[parts[0]]}/{slugify(parts[-1])}"
    if re.fullmatch(r"\d{4}(/\d\d){0,2}", "/".join(parts)):
        yield from _nearest(("year", "month", "day")[len(parts) - 1], "-".join(parts))
    if len(parts) == 1:
        yield _INDEXES.get(parts[0], f"section/{slugify(parts[0])}")


# What is lost ---------------------------------------------------------------------------------
def _lost(rows: Sequence[Address]) -> Iterator[Diagnostic]:
    """A warning for each thing of which published URLs lead nowhere, at its first line."""
    groups: dict[tuple[str, str], list[Address]] = {}
    for row in rows:
        kind, id = (
            row.id.split("/", 1) if row.kind == FEED and "/" in row.id else (row.kind, row.id)
        )
        groups.setdefault((kind, id), []).append(row)
    for (kind, id), some in groups.items():
        paths = [row.path for row in some]
        shown = ", ".join(paths[:NAMED])
        more = f" and {counted(len(paths) - NAMED, 'other URL')}" if len(paths) > NAMED else ""
        have = "was published and leads" if len(paths) == 1 else "were published and lead"
        message = f"{shown}{more} {have} nowhere: {_reason(kind, id)}"
        yield problem(CODE, message, ADDRESSES, some[0].line, 1, _hint(kind), level="warning")


# Pages and feeds of which a site has one of each, as long as it has articles for them.
_LISTS = frozenset(("terms", "editions", "stories", "sources", "archive", "corrections", FEED))


def _reason(kind: str, id: str) -> str:
    if kind in ARTICLES:
        return f"`{id}` is not published"
    if kind == TO:
        return f"the site has no page {id}"
    if kind == OLD:
        return "the site has nothing of this name"
    if kind in _LISTS:
        return "the site has no article for this list"
    return f"the site has no {kind} `{id}`" if id else f"the site has no page of kind {kind}"


def _hint(kind: str) -> str:
    keep = {
        **dict.fromkeys(_LISTS, "it comes back with the first article that belongs there"),
        "article": "publish it again, or name the URL in `aliases` of another article",
        "author": "name the author in `aliases` of another author",
        "section": "give an article that section again",
    }.get(kind, "say what it is called now, as a synonym of a term or as `to` in the file")
    return f"{keep}; `sitegen addresses --accept` writes tombstones"


def _ring(row: Address) -> Diagnostic:
    message = f"{row.path} leads to {row.id}, which leads back to it"
    return problem("addresses", message, ADDRESSES, row.line, 1, "let one of them lead to a page")
