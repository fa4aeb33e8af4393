"""The index of a site: that of the last build where it still holds, else a new one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sitegen.content.addresses import Address
from sitegen.engine.articles import ChangedArticles
from sitegen.engine.closed_editions import closed_editions
from sitegen.engine.context import BuildContext
from sitegen.engine.inputs import BuildInputs
from sitegen.engine.output import State
from sitegen.engine.site_images import with_images
from sitegen.engine.svg_files import checked_svgs
from sitegen.images.icons import icon_jobs
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import Site
from sitegen.pages.plan import translations_of
from sitegen.site.addresses import ARTICLES, with_former_urls
from sitegen.site.editions import with_editions
from sitegen.site.index import SiteIndex, marks_of, without_articles
from sitegen.site.links import attached, places, with_targets
from sitegen.site.outline import placed_alike
from sitegen.site.related import NOTHING, RelatedArticles, related
from sitegen.site.resolve import held_back, resolve
from sitegen.site.stories import with_stories

FEW = 50  # changed articles up to which it is worth looking whether the last index still holds

Outlines = dict[str, Document | None]


class LastBuild(Struct, frozen=True):
    """What is known of the last build: its index, where it was made from the same settings, theme
    and files, and whether it also holds at this moment."""

    state: State
    index: SiteIndex
    current: bool


def last_build(context: BuildContext, state: State | None, inputs: BuildInputs) -> LastBuild | None:
    """The last build, which ``state`` describes, as far as it counts for this one."""
    if state is None or state.signature != inputs.signature or context.options.verify:
        return None
    data = context.store.index(str(context.output), state.index)
    if data is None:
        return None
    current = state.now <= context.now and (not state.due or context.now < state.due)
    return LastBuild(state, msgspec.msgpack.decode(data, type=SiteIndex), current)


def outlines_of(context: BuildContext, changes: ChangedArticles) -> Outlines:
    """The outlines of the articles that are about to be read, as they were; nothing where there
    are too many to be compared."""
    if len(changes.fresh) > FEW or changes.gone:
        return {}
    return {found.path: context.store.outline(found.path) for found in changes.fresh}


def holds(
    context: BuildContext, last: LastBuild, changes: ChangedArticles, before: Outlines
) -> bool:
    """Whether the index of the ``last`` build still holds after ``changes``: no article is shown
    elsewhere, or decides otherwise of others. ``before`` is what `outlines_of` gave."""
    site = last.index.site
    if not last.current or not site.former.settled or len(before) < len(changes.paths):
        return False
    in_stories = {site.paths[i] for story in site.stories for i in story.documents}
    reported = {d.path for d in last.state.standing}  # at lines that may be others now
    compared = context.config.stories.kind == "auto" and "story.html" in context.theme.templates
    for path, old in before.items():
        new = context.store.outline(path)
        if old is None or new is None or path in in_stories or path in reported:
            return False
        if old == new:
            continue
        if compared or last.index.named or site.spun or not placed_alike(old, new):
            return False
        if _shares(context, old) or _shares(context, new):
            return False
    return True


def _shares(context: BuildContext, outline: Document) -> bool:
    return context.store.shares(outline)


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
    if config.editions.kind:
        closed, more = closed_editions(context, inputs.closed)
        problems = [*problems, *more]
        site, more = with_editions(site, config, closed, templates)
        problems += more
    if rows:
        files = {f"/{found.path.removeprefix('static/')}" for found in inputs.static}
        expired = _expired(context, site, rows)
        site = with_former_urls(site, rows, config, files, expired)
    known = places(site, inputs.sources.media, config)
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
    )


def _expired(context: BuildContext, site: Site, rows: Sequence[Address]) -> set[str]:
    """The files of recorded articles whose time is over."""
    ids = {row.id for row in rows if row.kind in ARTICLES} - set(site.paths)
    outlines = ((path, context.store.outline(path)) for path in sorted(ids))
    return {
        path
        for path, outline in outlines
        if outline and held_back(outline, context.config, context.now, context.shown) == "expired"
    }


def _related(context: BuildContext, site: Site, last: RelatedArticles) -> RelatedArticles:
    """The related articles of each, if the theme shows them."""
    if not any(".related" in text for text in context.theme.templates.values()):
        return NOTHING
    return related(site, context.config, last)
