"""The one place where work is spread over processes."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")
INLINE = 200  # items below which starting a process costs more than it saves


def run(
    function: Callable[[Sequence[A]], list[B]],
    items: Sequence[A],
    jobs: int,
    setup: Callable[..., None],
    arguments: tuple[Any, ...],
    batch: int = 100,
) -> Iterator[B]:
    """``function`` over batches of ``items``, its results in the order of the items.

    ``setup(*arguments)`` runs once in every process first. Few items are done inline, as with one job.
    """
    batches = [items[i : i + batch] for i in range(0, len(items), batch)]
    if jobs <= 1 or len(items) < INLINE:
        setup(*arguments)
        for part in batches:
            yield from function(part)
        return
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=setup, initargs=arguments) as pool:
        for result in pool.map(function, batches):
            yield from result


def cores() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
