"""The index of a site: that of the last build where it still holds, else a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec

from sitegen.config.schema import Config
from sitegen.content.addresses import Address
from sitegen.content.discover import Found
from sitegen.engine.articles import ChangedArticles
from sitegen.engine.closed_editions import closed_editions
from sitegen.engine.context import BuildContext
from sitegen.engine.inputs import BuildInputs
from sitegen.engine.lost_names import lost_names
from sitegen.engine.output import State, is_comparable
from sitegen.engine.site_images import with_images
from sitegen.engine.svg_files import checked_svgs
from sitegen.images.icons import icon_jobs
from sitegen.images.variants import find_shown, with_sizes
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.rights import permitted
from sitegen.model.site import ClosedEdition, Site
from sitegen.pages.plan import translations_of
from sitegen.site.addresses import ARTICLES, with_former_urls
from sitegen.site.editions import shows_editions, with_editions
from sitegen.site.edits import Edit, Vicinity
from sitegen.site.follow import follow
from sitegen.site.index import SiteIndex, marks_of, without_articles
from sitegen.site.links import attached, link_name, mentioned_by, places, with_targets
from sitegen.site.related import NOTHING, RelatedArticles, related
from sitegen.site.resolve import held_back, resolve
from sitegen.site.stories import shows_stories, with_stories

FEW = 50  # changed articles up to which the last index follows them

Outlines = dict[str, Document | None]


class LastBuild(Struct, frozen=True):
    """What is known of the last build: its index, where it was made from the same settings, theme
    and files, and whether it also holds at this moment."""

    state: State
    index: SiteIndex
    current: bool


def last_build(context: BuildContext, state: State | None, inputs: BuildInputs) -> LastBuild | None:
    """The last build, which ``state`` describes, as far as it counts for this one."""
    if state is None or not is_comparable(context, state, inputs.signature):
        return None
    data = context.store.index(str(context.output), state.index)
    if data is None:
        return None
    index = msgspec.msgpack.decode(data, type=SiteIndex)
    return LastBuild(state, index, state.holds_at(context.now))


def outlines_of(context: BuildContext, changes: ChangedArticles) -> Outlines | None:
    """The outlines of the articles of ``changes`` as they were, before these are read; None where
    there are too many for the index to follow them one by one."""
    if len(changes.paths) > FEW:
        return None
    return {path: context.store.outline(path) for path in sorted(changes.paths)}


def followed_index(
    context: BuildContext, last: LastBuild, inputs: BuildInputs, before: Outlines | None
) -> SiteIndex | None:
    """The index of the ``last`` build after the articles have changed whose outlines were
    ``before``: the same one, where it still holds; None where it must be made from all outlines."""
    if not last.current or not last.index.site.former.settled or before is None:
        return None
    store, config, templates = context.store, context.config, context.theme.templates
    if config.series and any(
        not edition.published for edition in closed_editions(context, inputs.closed)[0]
    ):
        return None  # the file of an open edition takes articles from others
    around = Vicinity(
        config=config,
        now=context.now,
        shown=context.shown,
        outline=store.outline,
        sharing=store.sharing,
        with_sizes=lambda document: with_sizes(document, last.index.site.facts.pictures),
        stories=shows_stories(config, templates),
        editions=shows_editions(config, templates),
    )
    edits = [Edit(path, old, store.outline(path)) for path, old in before.items()]
    if all(_shows_the_same_files(last.index, edit, around, inputs) for edit in edits):
        return follow(last.index, edits, around)
    return None


def _shows_the_same_files(
    index: SiteIndex, edit: Edit, around: Vicinity, inputs: BuildInputs
) -> bool:
    """Whether an article shows the images and files that it showed, and otherwise only those that
    other articles show, too."""
    media, static = inputs.sources.media, inputs.static

    def shown(document: Document | None) -> tuple[dict[str, Found], dict[str, Found]]:
        document = around.published(document)
        documents = [permitted(document)] if document else []
        return find_shown(documents, media, static, around.config)

    (old_files, old_images), (files, images) = shown(edit.before), shown(edit.after)
    known, copied = index.site.facts.pictures, set(index.copied)
    return (
        old_files.keys() <= files.keys()
        and old_images.keys() <= images.keys() <= known.keys()  # others are broken, or new
        and all(address in known or found in copied for address, found in files.items())
    )


def new_index(
    context: BuildContext,
    inputs: BuildInputs,
    rows: Sequence[Address],
    last: RelatedArticles | None,
) -> SiteIndex:
    """The index of the articles in the cache, made from their outlines; ``rows`` are the published
    URLs, ``last`` the related articles of the last build."""
    config, templates = context.config, context.theme.templates
    site, problems = resolve(context.store.outlines(), config, context.now, context.shown)
    site = with_stories(site, config, templates)
    closed: tuple[ClosedEdition, ...] = ()
    if config.series:
        closed, more = closed_editions(context, inputs.closed)
        problems = [*problems, *more]
        site, more = with_editions(site, config, closed, templates)
        problems += more
    over = {edition.key for edition in closed if edition.published}
    problems += lost_names(context, site, over)
    if rows:
        files = {f"/{found.path.removeprefix('static/')}" for found in inputs.static}
        expired = _expired(context, site, rows)
        site = with_former_urls(site, rows, config, files, expired)
    known = places(site, inputs.sources.media, config, inputs.static)
    site = with_targets(site, known, config)
    images, more = with_images(context, site, inputs, attached(site, known))
    problems = [*problems, *more]
    site = images.site
    copied, more = checked_svgs(context.root, images.copied, inputs.static)
    problems += more
    icons, more = icon_jobs(config, inputs.sources.media, inputs.static)
    problems += more
    return SiteIndex(
        site=without_articles(site),
        related=_related(context, site, last or NOTHING),
        translated=translations_of(site),
        marks=marks_of(site),
        copied=copied,
        sized=images.made,
        problems=tuple(problems),
        named=bool(known.named),
        icons=icons,
        mentions=_mentions(site, closed, rows, config),
        languages=frozenset(d.lang or config.language for d in site.documents),
    )


def _expired(context: BuildContext, site: Site, rows: Sequence[Address]) -> set[str]:
    """The files of recorded articles whose time is over."""
    unpublished = {row.id for row in rows if row.kind in ARTICLES}.difference(site.paths)
    outlines = filter(None, map(context.store.outline, unpublished))

    def is_over(outline: Document) -> bool:
        return held_back(outline, context.config, context.now, context.shown) == "expired"

    return {outline.path for outline in outlines if is_over(outline)}


def _mentions(
    site: Site, closed: Iterable[ClosedEdition], rows: Iterable[Address], config: Config
) -> frozenset[str]:
    """All that articles, closed editions and published URLs may call articles and other pages."""
    in_editions = ((*edition.articles, edition.lead) for edition in closed)
    published = ((link_name(row.path), row.id) for row in rows)
    in_articles = (
        mentioned_by(document, card.url, config)
        for document, card in zip(site.documents, site.cards, strict=True)
    )
    return frozenset(chain.from_iterable((*in_editions, *published, *in_articles))) - {""}


def _related(context: BuildContext, site: Site, last: RelatedArticles) -> RelatedArticles:
    """The related articles of each, if the theme shows them."""
    if not any(".related" in text for text in context.theme.templates.values()):
        return NOTHING
    return related(site, context.config, last)
