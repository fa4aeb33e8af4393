"""Builds with nothing to do, which need neither the index of the site nor its pages."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic
from sitegen.engine.articles import ChangedArticles
from sitegen.engine.context import BuildContext
from sitegen.engine.inputs import BuildInputs
from sitegen.engine.output import KnownFiles, State, Work, is_comparable
from sitegen.engine.staleness import Jobs
from sitegen.model.output import Plan


def is_unchanged(
    context: BuildContext,
    state: State,
    inputs: BuildInputs,
    changes: ChangedArticles,
    known: KnownFiles,
) -> bool:
    """Whether all is as the last build, which ``state`` describes, has left it.

    What plugins and data files give is not known before they are asked: then it is not sure.
    """
    if context.plugins or context.data or changes.paths:
        return False
    if not is_comparable(context, state, inputs.signature) or not state.holds_at(context.now):
        return False
    if known.fault or known.spoilt():
        return False
    return context.store.has_index(str(context.output), state.index)


def idle_work(
    context: BuildContext, state: State, known: KnownFiles
) -> tuple[Work, list[Diagnostic]]:
    """Nothing to be made, and what is wrong with the site all the same."""
    work = Work(
        theme=context.theme,
        state=replace(state, now=context.now),
        plan=Plan((), ()),
        keys={name: trace.key for name, trace in known.traces.items()},
        known=known,
        wanted=Jobs((), (), (), len(known.traces), {}),
        families=frozenset(),
    )
    return work, [*state.standing, *context.store.problems()]
