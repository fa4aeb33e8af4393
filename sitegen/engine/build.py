"""The build, as one page of named stages."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.progress import Progress, silent
from sitegen.content.authors import remote_photos
from sitegen.engine.articles import find_changes, read_changes, recall
from sitegen.engine.cache import Cache
from sitegen.engine.context import BuildContext, load
from sitegen.engine.inputs import find_inputs
from sitegen.engine.notes import clock_notes, empty_site
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import Work, commit, last_state
from sitegen.engine.own_theme import own_theme
from sitegen.engine.recent import Recent
from sitegen.engine.render_pages import stage
from sitegen.engine.report import report
from sitegen.engine.short_cut import last_build, only_bodies
from sitegen.engine.site_folder import cut_settings_of, in_site
from sitegen.engine.stages import decide_outputs, plan_output, resolve_site, with_index
from sitegen.engine.staleness import publishable
from sitegen.model.output import BuildReport
from sitegen.pages.feeds import private_feeds


def build(
    options: BuildOptions, progress: Progress = silent, recent: Recent | None = None
) -> BuildReport:
    """Build the site at ``options.root`` and report what was done.

    ``progress`` is called with how far it is; ``recent`` spares the next build of this process
    work. Publishes nothing where there is an error (or, with ``strict``, a warning), unless
    ``keep_going``. Raises SitegenError for a broken configuration, theme or template.
    """

    def run(store: Cache, problems: list[Diagnostic]) -> BuildReport:
        context = load(options, store, progress, recent)
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


def prepare(context: BuildContext, problems: list[Diagnostic], whole_plan: bool = False) -> Work:
    """Every stage up to the decision what must be made; diagnostics are added to ``problems``.

    Where only bodies have changed the plan holds only the pages that show them, unless
    ``whole_plan`` is set.
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
    last = None if whole_plan else last_build(context, state, inputs, changes.fresh)
    parsed = read_changes(context, changes)
    clock.stage("parse")

    if last and (work := only_bodies(context, last, parsed)):
        problems += work.state.diagnostics
        clock.stage("decide")
        return work

    problems += inputs.passed_over
    documents, more = recall(context, inputs.sources, parsed)
    problems += more
    clock.stage("recall")

    site, more = resolve_site(context, inputs, documents)
    problems += more
    clock.stage("resolve")

    site, planned, more = plan_output(context, inputs, documents, site)
    problems += more
    clock.stage("plan")

    if planned.shards:
        planned = with_index(context, planned, problems)
        clock.stage("search")

    problems += empty_site(site, config, context.options)
    work, more = decide_outputs(context, inputs, site, planned, problems)
    problems += more
    clock.stage("decide")
    return work
