"""Plan output/: every output with its view, every file to copy.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.gettext import Messages
from sitegen.base.memo import Memo
from sitegen.config.schema import Config
from sitegen.content.discover import Found
from sitegen.images.share_cards import with_cards
from sitegen.model.output import ImageJob, Page, Plan
from sitegen.model.site import Site
from sitegen.model.views import (
    Picture,
    PlainView,
)
from sitegen.pages.articles import article_pages
from sitegen.pages.assets import copies_of_files, style_sheets
from sitegen.pages.collisions import collisions
from sitegen.pages.edition_files import issue_pages
from sitegen.pages.editions import edition_pages
from sitegen.pages.feeds import feeds, opml, records, reservation
from sitegen.pages.front import front_page
from sitegen.pages.lists import corrections, lists, term_indexes
from sitegen.pages.plugin_pages import plugin_pages
from sitegen.pages.redirects import redirects
from sitegen.pages.search import search_page, shards
from sitegen.pages.site_context import has_search
from sitegen.pages.sitemaps import sitemaps
from sitegen.pages.stories import story_pages
from sitegen.pages.titles import worded
from sitegen.pages.translations import language, translations
from sitegen.site.resolve import translated
from sitegen.theme.load import Theme

REPLACEABLE = frozenset(
    ["404.html", "robots.txt", ".well-known/tdmrep.json"]
)  # a file in static/ takes precedence


def plan(
    site: Site,
    theme: Theme,
    config: Config,
    media: tuple[Found, ...],
    static: tuple[Found, ...],
    pictures: tuple[ImageJob, ...] = (),
    originals: tuple[Found, ...] = (),
    preview: bool = False,
    kin: Sequence[tuple[int, ...]] = (),
    memo: Memo | None = None,
) -> tuple[Plan, list[Diagnostic]]:
    """Everything that output/ shall hold, and an error for each two things that want one path.

    ``media`` are files below content/ to copy, ``originals`` those that editions may hold. A
    ``preview`` has no search index. ``kin`` is what `related` finds.

    Kinds of pages for which the theme has no template are left out, but for those that every theme
    has.
    """
    if config.editions.email and "email.html" not in theme.templates:
        config = msgspec.structs.replace(
            config, editions=msgspec.structs.replace(config.editions, email=False)
        )
    memo = memo or Memo(0)
    languages: dict[int, list[int]] = {}
    for index, original in translated(site.documents).items():
        languages.setdefault(original, []).append(index)
    tongues, problems = translations(site, languages, config)
    parts = shards(site, config) if has_search(theme, config) and not preview else ()
    pages = [
        *article_pages(site, config, kin or ((),) * len(site.documents), tongues, memo),
        *lists(site, config, "archive.html" in theme.templates, memo),
        *term_indexes(site),
        *(corrections(site, config.zone) if "corrections.html" in theme.templates else ()),
        *edition_pages(site, config, memo),
        *_issues(site, config, originals, static),
        *story_pages(site),
        *redirects(site),
        front_page(site, config, _in_other_languages(site, languages, config)),
        Page("404.html", "404.html", PlainView("Page not found", "/404.html"), "404 page"),
        *feeds(site, config, memo),
        *opml(site, config),
        *reservation(config),
        *(search_page(parts, config, preview) if has_search(theme, config) else ()),
        *plugin_pages(site, theme.plugins),
    ]
    if theme.messages:
        pages = memo.each(
            "worded", partial(worded, say=Messages(theme.messages)), pages, theme.messages
        )
    pages, cards = with_cards(pages, config, theme.options, memo)
    pages += records(pages, site, config, memo)
    pages += sitemaps(pages, site, config, memo)
    pages += style_sheets(theme)
    own = {f.path.removeprefix("static/") for f in static} & REPLACEABLE
    pages = [page for page in pages if page.output not in own] if own else pages
    copies = [*copies_of_files(theme, config, media, static)]
    whole = Plan(tuple(pages), tuple(copies), pictures + cards, parts)
    places = [(item.output, item.origin) for item in whole.items()]
    problems += memo.whole("collisions", (bool(parts), places), lambda: collisions(whole))
    return whole, problems


def _issues(
    site: Site, config: Config, media: tuple[Found, ...], static: tuple[Found, ...]
) -> Iterator[Page]:
    """The editions as files of their own, where site.yaml asks for some."""
    if not (config.editions.email or config.editions.epub):
        return
    files = [(f.path.removeprefix("static"), f) for f in static] + [
        (f.path.removeprefix(config.content), f) for f in media
    ]
    pictures = {
        address: Picture(address, f.path, f.size, f.mtime_ns, f.ctime_ns) for address, f in files
    }
    yield from issue_pages(site, config, pictures)


def _in_other_languages(site: Site, groups: dict[int, list[int]], config: Config) -> set[int]:
    """Of each original and its translations all but the one that the site's readers can read, else
    the original."""
    out: set[int] = set()
    for first, others in groups.items():
        members = [first, *others]
        own = next((i for i in members if language(site, i, config) == config.language), first)
        out |= set(members) - {own}
    return out
