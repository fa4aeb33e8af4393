"""Which outputs must be made: the comparison of keys with what is known.

Pure.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic
from sitegen.engine.options import BuildOptions
from sitegen.model.base import Struct
from sitegen.model.output import Copy, ImageJob, IndexFile, Page, Plan, PlannedPage, Trace


class Jobs(Struct, frozen=True):
    """What a build has to do, and for each output to be made the reason."""

    render: tuple[Page | PlannedPage, ...]
    copy: tuple[Copy, ...]
    stale: tuple[str, ...]
    unchanged: int
    reasons: dict[str, str]
    images: tuple[ImageJob, ...] = ()
    indexed: tuple[IndexFile, ...] = ()


def stats(output: Path, names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Size and time of those files in ``output`` that exist."""
    out = {}
    folder = str(output)
    for name in names:
        try:
            info = os.lstat(f"{folder}/{name}")
        except OSError:
            continue
        out[name] = (info.st_size, info.st_mtime_ns)
    return out


def decide(
    plan: Plan,
    keys: dict[str, str],
    traces: dict[str, Trace],
    existing: dict[str, tuple[int, int]],
) -> Jobs:
    """What must be made: pure, so that ``sitegen explain`` can never disagree with a build."""
    reasons: dict[str, str] = {}
    for output, key in keys.items():
        if why := _reason(key, traces.get(output), existing.get(output)):
            reasons[output] = why
    return Jobs(
        tuple(p for p in plan.pages if p.output in reasons),
        tuple(c for c in plan.copies if c.output in reasons),
        tuple(sorted(traces.keys() - keys.keys())),
        len(keys) - len(reasons),
        reasons,
        tuple(p for p in plan.images if p.output in reasons),
        tuple(f for f in plan.indexed if f.output in reasons),
    )


def _reason(key: str, trace: Trace | None, existing: tuple[int, int] | None) -> str:
    """Why an output with this ``key`` must be made, of which ``trace`` is known, and whose file
    has the size and time ``existing``; empty where it need not be."""
    if trace is None:
        return "new"
    if not trace.key:
        return "not in the cache"
    if trace.key != key:
        return "its content changed"
    if existing != (trace.size, trace.mtime_ns):
        return "its file in output/ was removed or changed"
    return ""


def publishable(options: BuildOptions, problems: Iterable[Diagnostic]) -> bool:
    """Whether a build with ``options`` and these problems is published."""
    if options.dry_run:
        return False
    return options.keep_going or not failing(problems, options.strict)


def failing(problems: Iterable[Diagnostic], strict: bool) -> bool:
    """Whether these problems keep a build from being published."""
    return any(d.level == "error" or (strict and d.level == "warning") for d in problems)
