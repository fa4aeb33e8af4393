"""The one place where work is spread over processes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")
Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)

INLINE = 200  # items below which starting a process costs more than it saves
MAX_BATCH = 100


class Job(Protocol[Item, Result]):
    """What is done with items: a frozen value that travels to every process that works on them."""

    def start(self) -> Callable[[Sequence[Item]], Sequence[Result]]:
        """The function over batches of items.

        Called once in every process, so what it prepares serves all batches there.
        """
        ...


_batches: Callable[[tuple[int, int]], Sequence[Any]]  # set once in each worker process, by `_start`


def run(job: Job[A, B], items: Sequence[A], jobs: int, inline: int = INLINE) -> Iterator[B]:
    """Do ``job`` on batches of ``items`` in ``jobs`` processes; results are in the order of items.

    Fewer items than ``inline`` are done in this process, as with one job. Forked workers inherit
    the job and the items; only the borders of a batch travel to them.
    """
    size = max(1, min(MAX_BATCH, len(items) // (4 * jobs) + 1))
    borders = [(i, i + size) for i in range(0, len(items), size)]
    if jobs <= 1 or len(items) < inline:
        function = job.start()
        for start, stop in borders:
            yield from function(items[start:stop])
        return
    yield from _in_processes(job, items, borders, jobs)


def _in_processes(
    job: Job[A, B], items: Sequence[A], borders: list[tuple[int, int]], jobs: int
) -> Iterator[B]:
    import multiprocessing  # not needed for a small build, and slow to import
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    gc.freeze()  # so that a collection in a worker does not touch, and thereby copy, what it shares
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start, initargs=(job, items)
    ) as pool:
        for results in pool.map(_batch, borders):
            yield from results


def _start(job: Job[A, B], items: Sequence[A]) -> None:
    global _batches
    function = job.start()

    def batch(border: tuple[int, int]) -> Sequence[B]:
        start, stop = border
        return function(items[start:stop])

    _batches = batch


def _batch(border: tuple[int, int]) -> Sequence[Any]:
    return _batches(border)


def cores() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
