"""The stages between reading articles and making pages."""

from __future__ import annotations

import msgspec

from sitegen.base.diagnostics import Diagnostic
from sitegen.engine.closed_editions import closed_editions
from sitegen.engine.context import BuildContext
from sitegen.engine.dead_links import dead_links
from sitegen.engine.inputs import BuildInputs
from sitegen.engine.output import INDEXES, State, Work, files_there, manifest_note
from sitegen.engine.pagefind import indexes
from sitegen.engine.places import CACHE
from sitegen.engine.related import related_articles
from sitegen.engine.short_cut import keys_of
from sitegen.engine.site_images import with_images
from sitegen.engine.staleness import decide, publishable
from sitegen.engine.svg_files import checked_svgs
from sitegen.model.article import Document
from sitegen.model.output import Plan
from sitegen.model.site import Site
from sitegen.pages.plan import plan
from sitegen.pages.queries import answers, with_answers
from sitegen.pages.site_context import frame
from sitegen.site.editions import with_editions
from sitegen.site.links import attached, places, with_targets
from sitegen.site.resolve import resolve
from sitegen.site.stories import with_stories

PASSING = ("cache", "recovered", "clock")  # codes of what is true of one build only


def resolve_site(
    context: BuildContext, inputs: BuildInputs, documents: list[Document]
) -> tuple[Site, list[Diagnostic]]:
    """What is published of ``documents``, in its order, lists, stories and editions."""
    config, templates = context.config, context.theme.templates
    site, problems = resolve(documents, config, context.now, context.shown, context.memo)
    site = with_stories(site, config, templates, context.memo)
    if config.editions.kind:
        closed, more = closed_editions(context, inputs.closed)
        problems = [*problems, *more]
        site, more = with_editions(site, config, closed, templates, context.memo)
        problems += more
    return site, problems


def plan_output(
    context: BuildContext, inputs: BuildInputs, documents: list[Document], site: Site
) -> tuple[Site, Plan, list[Diagnostic]]:
    """``site`` with where its links lead and its images in all sizes, the plan of output/, and
    what is wrong with links and images."""
    config, memo = context.config, context.memo
    known_places = places(site, inputs.sources.media, config)
    site = with_targets(site, known_places, config, memo)
    linked = attached(site, known_places)
    images, problems = with_images(context, site, inputs, linked)
    site = images.site
    media, more = checked_svgs(context.root, images.copied, inputs.static)
    problems = [*problems, *more]
    planned, more = plan(
        site,
        context.theme,
        config,
        media,
        inputs.static,
        images.made,
        inputs.sources.media,
        context.options.preview,
        related_articles(context, site),
        memo,
    )
    problems += more
    problems += dead_links(context, inputs, documents, site, planned)
    return site, planned, problems


def with_index(context: BuildContext, planned: Plan, problems: list[Diagnostic]) -> Plan:
    """``planned`` with the files of its search index.

    Those that the cache lacks are made, unless ``problems`` keep the build from being published.
    """
    context.store.commit()
    files = indexes(
        planned.shards,
        context.searched,
        context.root / CACHE / INDEXES,
        context.store.texts,
        context.progress,
        publishable(context.options, problems),
        context.jobs,
    )
    return msgspec.structs.replace(planned, indexed=files)


def decide_outputs(
    context: BuildContext,
    inputs: BuildInputs,
    site: Site,
    planned: Plan,
    problems: list[Diagnostic],
) -> tuple[Work, list[Diagnostic]]:
    """What must be made of ``planned``, and a note where the manifest is damaged.

    ``problems`` are those of the whole build, as the next one reports them again.
    """
    shared = frame(site, context.theme, context.config)
    replies = answers(site, context.queries, context.plugins)
    closures = with_answers(context.closures, context.queries, replies)
    keys = keys_of(context, planned, closures, shared)
    files = files_there(context)
    wanted = decide(planned, keys, files.traces, files.existing)
    state = State(
        signature=inputs.signature,
        now=context.now,
        due=site.due,
        frame=shared,
        articles=len(site.documents),
        skipped=site.skipped,
        diagnostics=tuple(d for d in problems if d.code not in PASSING),
        next_due=site.next_due,
        next_change=site.next_change,
        answers=replies,
        compared=site.compared,
    )
    work = Work(context.theme, state, planned, keys, files, wanted)
    return work, manifest_note(context.output, files)
