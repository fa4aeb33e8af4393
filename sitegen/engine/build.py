"""The build, as one page of named stages."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.progress import Progress, silent
from sitegen.content.authors import remote_photos
from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.cache import Cache
from sitegen.engine.context import BuildContext, load
from sitegen.engine.inputs import find_inputs
from sitegen.engine.make_pages import LastRenderer
from sitegen.engine.notes import clock_notes, empty_site
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import Work, commit, last_state
from sitegen.engine.own_theme import own_theme
from sitegen.engine.render_pages import stage
from sitegen.engine.report import report
from sitegen.engine.site_folder import cut_settings_of, in_site
from sitegen.engine.site_index import followed_index, last_build, outlines_of
from sitegen.engine.stages import plan_everything, plan_touched, scene
from sitegen.engine.staleness import publishable
from sitegen.engine.workers import Pool
from sitegen.model.output import BuildReport
from sitegen.pages.feeds import private_feeds


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
        made = stage(context, work)
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
    problems += own_theme(context.root, context.theme)
    clock.stage("load")

    inputs = find_inputs(context)
    clock.stage("discover")

    state = last_state(context.store, context.output)
    problems += clock_notes(state, context.options)
    changes = find_changes(context, inputs.sources)
    last = None if everything else last_build(context, state, inputs)
    before = outlines_of(context, changes) if last else None
    read_changes(context, changes)
    clock.stage("parse")

    followed = followed_index(context, last, inputs, before) if last else None
    now = scene(context, inputs, changes, last, followed)
    clock.stage("resolve")

    work, more = plan_touched(context, now)
    if work is None:
        now = scene(context, inputs, changes, None, None) if followed else now
        work, more = plan_everything(context, now, views)
    problems += [*more, *empty_site(now.given.site, config, context.options)]
    clock.stage("decide")
    return work
