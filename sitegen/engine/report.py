"""The report of a build."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sitegen.base.diagnostics import Diagnostic
from sitegen.engine.clock import peak_mib
from sitegen.engine.context import BuildContext
from sitegen.engine.output import Published, Work
from sitegen.engine.staging import Made
from sitegen.model.output import BuildReport


def report(
    context: BuildContext,
    work: Work,
    problems: Iterable[Diagnostic],
    made: Sequence[Made] = (),
    published: Published | None = None,
) -> BuildReport:
    """What a build has done; without ``published`` it has written nothing."""
    clock, state, wanted = context.clock, work.state, work.wanted
    written = published.written if published else ()
    removed = wanted.stale if published else ()
    return BuildReport(
        articles=state.articles,
        pages=state.pages,
        written=len(written),
        unchanged=len(work.keys) - len(written) if published else wanted.unchanged,
        removed=len(removed),
        skipped=state.skipped,
        diagnostics=tuple(sorted(problems)),
        seconds=clock.total(),
        stages=clock.stages,
        templates=template_seconds(made),
        reasons=wanted.reasons,
        peak_mib=peak_mib(),
        published=published is not None,
        next_due=state.next_due,
        next_change=state.next_change,
        changed=written + removed,
        made=dict(Counter(one.template or "(copies)" for one in made)),
    )


def template_seconds(made: Iterable[Made]) -> dict[str, float]:
    """Seconds spent in each template, over all processes, the slowest first."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for one in made:
        seconds[one.template or "(copies)"] += one.seconds
    slowest = sorted(seconds, key=lambda name: (-seconds[name], name))
    return {name: round(seconds[name], 4) for name in slowest}
