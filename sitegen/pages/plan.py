"""Plan output/: every output with its view, every file to copy.

Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.gettext import Messages
from sitegen.base.memo import Memo
from sitegen.config.schema import Config
from sitegen.content.discover import Found
from sitegen.images.icons import icon_jobs
from sitegen.images.share_cards import with_cards
from sitegen.model.output import ImageJob, Page, Plan
from sitegen.model.site import Site
from sitegen.pages.assets import copies_of_files
from sitegen.pages.collisions import collisions
from sitegen.pages.edition_files import own_images
from sitegen.pages.kinds import KINDS, PlanInput, made, worded
from sitegen.pages.search import shards
from sitegen.pages.site_context import has_search
from sitegen.pages.translations import translations
from sitegen.site.resolve import translated
from sitegen.theme.load import Theme

# A file in static/ takes precedence over these.
REPLACEABLE = frozenset(
    "404.html robots.txt humans.txt site.webmanifest .well-known/security.txt"
    " .well-known/tdmrep.json".split()
)


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
    """Everything that output/ holds, and an error for each two things that want one path.

    ``media`` are files below content/ to copy, ``originals`` those that editions may hold. A
    ``preview`` has no search index. ``kin`` is what `related` finds.
    """
    memo = memo or Memo(0)
    config = _without_email(config, theme)
    groups = _translations_of(site)
    languages, problems = translations(site, groups, config)
    parts = shards(site, config) if has_search(theme, config) and not preview else ()
    given = PlanInput(
        site=site,
        theme=theme,
        config=config,
        memo=memo,
        related=kin or ((),) * len(site.documents),
        translated=groups,
        translations=languages,
        shards=parts,
        images=own_images(originals, static, config),
        preview=preview,
    )
    pages = [page for kind in KINDS.values() for page in made(kind, given)]
    pages = _worded(pages, theme, memo)
    pages, cards = with_cards(pages, config, theme.options, memo)
    for kind in KINDS.values():
        pages += kind.make_from_pages(given, pages)
    icons, more = icon_jobs(config, originals, static)
    problems += more
    pages = _without_replaced(pages, static)
    copies = tuple(copies_of_files(theme, config, media, static))
    whole = Plan(tuple(pages), copies, pictures + cards + icons, parts)
    places = [(item.output, item.origin) for item in whole.items()]
    problems += memo.whole("collisions", (bool(parts), places), lambda: collisions(whole))
    return whole, problems


def _without_email(config: Config, theme: Theme) -> Config:
    """``config`` without the e-mail of editions, where the theme has no template for it."""
    if not config.editions.email or "email.html" in theme.templates:
        return config
    return replace(config, editions=replace(config.editions, email=False))


def _translations_of(site: Site) -> dict[int, list[int]]:
    """The translations of each original."""
    groups: dict[int, list[int]] = defaultdict(list)
    for index, original in translated(site.documents).items():
        groups[original].append(index)
    return groups


def _worded(pages: list[Page], theme: Theme, memo: Memo) -> list[Page]:
    """``pages`` with sitegen's own titles in the language of the site."""
    if not theme.messages:
        return pages
    in_language = partial(worded, say=Messages(theme.messages))
    return memo.each("worded", in_language, pages, theme.messages)


def _without_replaced(pages: list[Page], static: Iterable[Found]) -> list[Page]:
    """``pages`` without those that a file in static/ replaces."""
    own = {f.path.removeprefix("static/") for f in static} & REPLACEABLE
    return [page for page in pages if page.output not in own] if own else pages
