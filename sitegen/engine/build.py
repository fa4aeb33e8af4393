"""The build, as one page of named stages."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.progress import Progress, silent
from sitegen.content.authors import remote_photos
from sitegen.content.discover import PEOPLE, TERMS
from sitegen.content.frontmatter import cut_fields
from sitegen.engine.articles import ChangedArticles, find_changes, read_changes
from sitegen.engine.cache import Cache
from sitegen.engine.context import BuildContext, load
from sitegen.engine.inputs import BuildInputs, find_inputs
from sitegen.engine.notes import clock_notes, empty_site, private_feeds
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import KnownFiles, State, Work, commit, files_there, last_state
from sitegen.engine.own_theme import own_theme
from sitegen.engine.renderers import LastRenderer
from sitegen.engine.report import report
from sitegen.engine.site_folder import cut_settings_of, in_site
from sitegen.engine.staging import Made
from sitegen.engine.staleness import publishable
from sitegen.engine.transaction import drop_staged
from sitegen.engine.unchanged import idle_work, is_unchanged
from sitegen.engine.workers import Pool
from sitegen.model.output import BuildReport


def build(
    options: BuildOptions,
    progress: Progress = silent,
    renderer: LastRenderer | None = None,
    pool: Pool | None = None,
) -> BuildReport:
    """Build the site at ``options.root`` and report what was done.

    ``progress`` is called with how far it is; ``renderer`` spares the next build of this process
    the compiling of templates; ``pool`` does the work, if it is given. Publishes nothing where
    there is an error (or, with ``strict``, a warning), unless ``keep_going``. Raises SitegenError
    for a broken configuration, theme or template.
    """

    def run(store: Cache, problems: list[Diagnostic]) -> BuildReport:
        context = load(options, store, progress, renderer, pool)
        work = prepare(context, problems)
        store.commit()
        if not publishable(options, problems):
            return report(context, work, problems)
        made = _staged(context, work)
        context.clock.stage("render")
        published = commit(context, work, made)
        context.clock.stage("publish")
        return report(context, work, [*problems, *published.notes], made, published)

    return in_site(Path(options.root), run, progress, options.no_cache)


def prepare(
    context: BuildContext,
    problems: list[Diagnostic],
    everything: bool = False,
    views: bool = False,
) -> Work:
    """Every stage up to the decision what must be made; diagnostics are added to ``problems``.

    The plan holds only the pages that a change has touched, unless ``everything`` is set; with
    ``views`` each with its view.
    """
    config, clock = context.config, context.clock
    problems += [*cut_settings_of(context.root), *private_feeds(config), *remote_photos(config)]
    for folder in (PEOPLE, TERMS):
        problems += cut_fields(context.root, f"{config.content}/{folder}")
    problems += own_theme(context.root, context.theme)
    clock.stage("load")

    inputs = find_inputs(context)
    clock.stage("discover")

    state = last_state(context.store, context.output)
    problems += clock_notes(state, context.options)
    changes = find_changes(context, inputs.sources)
    known = files_there(context)
    last = None if everything else state
    if last and is_unchanged(context, last, inputs, changes, known):
        work, more = idle_work(context, last, known)
    else:
        work, more = _planned(context, inputs, changes, known, last, views)
    problems += [*more, *empty_site(work.state.articles, config, context.options)]
    clock.stage("decide")
    return work


def _planned(
    context: BuildContext,
    inputs: BuildInputs,
    changes: ChangedArticles,
    known: KnownFiles,
    state: State | None,
    views: bool,
) -> tuple[Work, list[Diagnostic]]:
    """What must be made of what has changed since the build that ``state`` describes, or of
    everything, and what is wrong with the site."""
    # slow to import: without a change they are not needed
    from sitegen.engine.site_index import followed_index, last_build, outlines_of
    from sitegen.engine.stages import plan_everything, plan_touched, scene

    last = last_build(context, state, inputs)
    before = outlines_of(context, changes) if last else None
    read_changes(context, changes)
    context.clock.stage("parse")

    followed = followed_index(context, last, inputs, before) if last else None
    now = scene(context, inputs, changes, known, last, followed)
    context.clock.stage("resolve")

    work, more = plan_touched(context, now)
    if work is None:
        now = scene(context, inputs, changes, known, None, None) if followed else now
        work, more = plan_everything(context, now, views)
    return work, more


def _staged(context: BuildContext, work: Work) -> list[Made]:
    """What is made in the staging folder."""
    if not work.wanted.reasons:
        drop_staged(context.output)
        return []
    from sitegen.engine.render_pages import stage  # slow to import: not all builds make pages

    return stage(context, work)
