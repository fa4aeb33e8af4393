"""Plan output/: every output with its view, every file to copy.

Pure.
"""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.gettext import Messages
from sitegen.config.schema import Config
from sitegen.content.discover import Found
from sitegen.images.icons import icon_jobs
from sitegen.images.share_cards import with_cards
from sitegen.model.base import Struct
from sitegen.model.output import Copy, ImageJob, Key, Owners, Page, Plan
from sitegen.model.site import Site
from sitegen.pages.assets import copies_of_files
from sitegen.pages.collisions import collisions
from sitegen.pages.edition_files import own_images
from sitegen.pages.feeds import records
from sitegen.pages.kinds import PlanInput, all_keys, kind_of, pages_by_key, worded
from sitegen.pages.search import shards
from sitegen.pages.site_context import has_search
from sitegen.pages.sitemaps import Entry, news_pages, sitemaps
from sitegen.pages.translations import translations
from sitegen.site.resolve import translated
from sitegen.theme.load import Theme

# A file in static/ takes precedence over these.
REPLACEABLE = frozenset(
    "404.html robots.txt humans.txt site.webmanifest .well-known/security.txt"
    " .well-known/tdmrep.json".split()
)
# Families that are made from others, or from no articles.
CARD, FILES, NEWS, SITEMAP, INDEX = ("card",), ("files",), ("news",), ("sitemap",), ("index",)


class Kept(Struct, frozen=True):
    """What is kept of the last plan, where only the families ``touched`` are planned again, and
    with ``files`` what is copied or resized.

    ``before`` are the entries that these had in the sitemap, ``others`` gives those of all other
    families, and ``listed`` says of an article's path whether it has one.
    """

    touched: frozenset[Key]
    files: bool
    before: frozenset[Entry]
    others: Callable[[], list[Entry]]
    listed: Callable[[str], bool]


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
    groups: Mapping[int, list[int]] | None = None,
) -> tuple[Plan, list[Diagnostic]]:
    """Everything that output/ holds, and an error for each two things that want one path.

    ``media`` are files below content/ to copy, the others as in `plan_input` and `plan_rest`.
    """
    groups = translations_of(site) if groups is None else groups
    given, problems = plan_input(site, theme, config, static, originals, preview, kin, groups)
    icons, more = icon_jobs(config, originals, static)
    whole = planner(given, static)(all_keys(given))
    whole = joined([whole, plan_rest(given, [whole], media, static, (*pictures, *icons))])
    return whole, [*problems, *more, *collisions(whole)]


def plan_input(
    site: Site,
    theme: Theme,
    config: Config,
    static: tuple[Found, ...],
    originals: tuple[Found, ...],
    preview: bool,
    kin: Sequence[tuple[int, ...]],
    groups: Mapping[int, list[int]],
) -> tuple[PlanInput, list[Diagnostic]]:
    """All that pages are made from, and what is wrong with translations.

    ``originals`` are files below content/ that editions may hold. A ``preview`` has no search
    index. ``kin`` is what `related` finds, ``groups`` what `translations_of` gives.
    """
    config = _without_email(config, theme)
    languages, problems = translations(site, groups, config)
    given = PlanInput(
        site=site,
        theme=theme,
        config=config,
        related=kin or ((),) * len(site.paths),
        translated=groups,
        translations=languages,
        images=own_images(originals, static, config),
        preview=preview,
    )
    return given, problems


def with_shards(given: PlanInput) -> PlanInput:
    """``given`` with the articles of the search index, if the site has one."""
    if given.preview or not has_search(given.theme, given.config):
        return given
    return replace(given, shards=shards(given.site, given.config))


def planner(given: PlanInput, static: tuple[Found, ...]) -> Callable[[Iterable[Key]], Plan]:
    """The function from families of pages to the plan of them: their pages, the records of
    articles, and share cards."""
    site, config = given.site, given.config
    pages_of = pages_by_key(given)
    index = {path: i for i, path in enumerate(site.paths)}
    says = {lang: Messages(words) for lang, words in given.theme.words().items() if words}

    def part(keys: Iterable[Key]) -> Plan:
        pages: list[Page] = []
        owners: Owners = {}
        for key in keys:
            for page in pages_of(key):
                say = says.get(page.lang)
                pages.append(worded(page, say) if say else page)
                owners[page.output] = (key,)
        pages, cards = with_cards(pages, config, given.theme.options)
        owners |= _owners_of_cards(pages, cards, owners)
        for page in pages[:]:
            for record in records(page, lambda path: site.documents[index[path]], config):
                pages.append(record)
                owners[record.output] = owners[page.output]
        pages = _without_replaced(pages, static)
        return Plan(tuple(pages), (), cards, owners=owners, entries=dict(_entries(pages, config)))

    return part


def plan_rest(
    given: PlanInput,
    parts: Sequence[Plan],
    media: tuple[Found, ...],
    static: tuple[Found, ...],
    images: tuple[ImageJob, ...] = (),
    kept: Kept | None = None,
) -> Plan:
    """What is made from all other pages, of which ``parts`` are plans: the sitemaps; and the files
    that are copied (``media`` are those below content/), or made in other sizes (``images``).

    With ``kept`` the parts are those that have been planned again, and what is as it was is left
    out.
    """
    pages: list[Page] = []
    owners: Owners = {}
    for family, made in _sitemaps(given, parts, kept):
        made = _without_replaced(made, static)
        pages += made
        owners |= {page.output: (family,) for page in made}
    copies: tuple[Copy, ...] = ()
    if not kept or kept.files:
        copies = tuple(copies_of_files(given.theme, given.config, media, static))
        owners |= {item.output: (FILES,) for item in (*copies, *images)}
    else:
        images = ()
    return Plan(tuple(pages), copies, images, given.shards, owners=owners)


def joined(parts: Sequence[Plan]) -> Plan:
    """Plans as one; a share card that several show is drawn once."""
    return Plan(
        pages=tuple(chain.from_iterable(part.pages for part in parts)),
        copies=tuple(chain.from_iterable(part.copies for part in parts)),
        images=_joined_images(parts),
        shards=tuple(chain.from_iterable(part.shards for part in parts)),
        indexed=tuple(chain.from_iterable(part.indexed for part in parts)),
        owners=_joined_owners(parts),
        entries=dict(ChainMap(*(part.entries for part in reversed(parts)))),  # the last counts
    )


def _joined_images(parts: Sequence[Plan]) -> tuple[ImageJob, ...]:
    """The images of some plans, each once."""
    images = {image.output: image for part in reversed(parts) for image in part.images}
    return tuple(images.values())


def _joined_owners(parts: Iterable[Plan]) -> Owners:
    """The families of each output of some plans."""
    owners: Owners = {}
    for part in parts:
        for output, keys in part.owners.items():
            owners[output] = _united(owners[output], keys) if output in owners else keys
    return owners


def _owners_of_cards(pages: Iterable[Page], cards: Iterable[ImageJob], owners: Owners) -> Owners:
    """The families whose pages show each of ``cards``; that of the site belongs to none."""
    out: dict[str, dict[Key, None]] = {card.output: {} for card in cards}
    for page in pages:
        image = getattr(page.view, "share", None)
        if image and (name := image.src[1:]) in out:
            out[name] |= dict.fromkeys(owners[page.output])
    return {name: tuple(families) or (CARD,) for name, families in out.items()}


def _united(one: tuple[Key, ...], other: tuple[Key, ...]) -> tuple[Key, ...]:
    """The families of both, each once."""
    return one if one == other else tuple(dict.fromkeys((*one, *other)))


def _entries(pages: Iterable[Page], config: Config) -> Iterator[tuple[str, Entry]]:
    """Each output that is in the sitemap, with its entry."""
    base = config.base_url.rstrip("/")
    for page in pages:
        if entry := kind_of(page).sitemap_entry(page.view, base):
            yield page.output, entry


def _sitemaps(
    given: PlanInput, parts: Sequence[Plan], kept: Kept | None
) -> Iterator[tuple[Key, list[Page]]]:
    """The sitemaps, unless they are as they were, by their family."""
    paths = given.site.paths
    entries = {output: entry for part in parts for output, entry in part.entries.items()}
    here = {key for part in parts for output in part.entries for key in part.owners[output]}

    def listed(index: int) -> bool:
        path = paths[index]
        if kept and ("article", path) not in kept.touched:
            return kept.listed(path)
        return ("article", path) in here

    yield NEWS, list(news_pages(given.site, given.config, listed))
    if not kept:
        yield SITEMAP, list(sitemaps(entries.values()))
    elif frozenset(entries.values()) != kept.before:
        yield SITEMAP, list(sitemaps([*kept.others(), *entries.values()]))


def _without_email(config: Config, theme: Theme) -> Config:
    """``config`` without the e-mail of editions, where the theme has no template for it."""
    if "email.html" in theme.templates or not any(series.email for series in config.series):
        return config
    return replace(config, editions=tuple(replace(one, email=False) for one in config.series))


def translations_of(site: Site) -> dict[int, list[int]]:
    """The translations of each original."""
    groups: dict[int, list[int]] = defaultdict(list)
    for index, original in translated(site.documents).items():
        groups[original].append(index)
    return dict(groups)


def _without_replaced(pages: list[Page], static: Iterable[Found]) -> list[Page]:
    """``pages`` without those that a file in static/ replaces."""
    own = {f.path.removeprefix("static/") for f in static} & REPLACEABLE
    return [page for page in pages if page.output not in own] if own else pages
