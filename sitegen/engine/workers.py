"""The one place where work is spread over processes."""

from __future__ import annotations

import gc
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sitegen.model.base import Struct

if TYPE_CHECKING:
    from concurrent.futures import Future

A = TypeVar("A")
B = TypeVar("B")
Item = TypeVar("Item", contravariant=True)
Result = TypeVar("Result", covariant=True)

INLINE = 200  # items below which starting a process costs more than it saves
MAX_BATCH = 100
AHEAD = 4  # batches for each process that may wait for their results to be taken


class Job(Protocol[Item, Result]):
    """What is done with items: a frozen value that travels to every process that works on them.

    A job that may travel to another machine also has the types of its items and results as
    ``ITEM`` and ``RESULT``.
    """

    def start(self) -> Callable[[Sequence[Item]], Sequence[Result]]:
        """The function over batches of items.

        Called once in every process, so what it prepares serves all batches there.
        """
        ...


class Pool(Protocol):
    """Where jobs are done: processes of this machine, or a cluster.

    ``size`` is the number of batches that are worked on at once. ``here`` says that all of them
    are worked on by this machine.
    """

    @property
    def size(self) -> int: ...

    @property
    def here(self) -> bool: ...

    def run(
        self, job: Job[A, B], items: Sequence[A], inline: int = INLINE, most: int = MAX_BATCH
    ) -> Iterator[B]:
        """Do ``job`` on batches of ``items``; results are in the order of items.

        Fewer items than ``inline`` are done in this process; a batch has at most ``most``.
        """
        ...


class Processes(Struct, frozen=True):
    """A pool of ``size`` processes of this machine.

    Forked workers inherit the job and the items; only the borders of a batch travel to them.
    """

    size: int = 1

    @property
    def here(self) -> bool:
        return True

    def run(
        self, job: Job[A, B], items: Sequence[A], inline: int = INLINE, most: int = MAX_BATCH
    ) -> Iterator[B]:
        borders = batches(len(items), self.size, most)
        if not items:
            return  # what a job prepares takes its time
        if self.size <= 1 or len(items) < inline:
            yield from in_this_process(job, items, borders)
        else:
            yield from _in_processes(job, items, borders, self.size)


def batches(items: int, size: int, most: int = MAX_BATCH) -> list[tuple[int, int]]:
    """The borders of the batches of at most ``most`` that so many items are divided into, for
    ``size`` workers."""
    length = max(1, min(most, items // (4 * size) + 1))
    return [(i, min(i + length, items)) for i in range(0, items, length)]


def in_this_process(
    job: Job[A, B], items: Sequence[A], borders: Iterable[tuple[int, int]]
) -> Iterator[B]:
    """Do ``job`` on each batch, one after the other."""
    function = job.start()
    for start, stop in borders:
        yield from function(items[start:stop])


_batches: Callable[[tuple[int, int]], Sequence[Any]]  # set once in each worker process, by `_start`


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
        under_way: deque[Future[Sequence[B]]] = deque()  # so few that results do not pile up
        for border in borders:
            under_way.append(pool.submit(_batch, border))
            if len(under_way) >= AHEAD * jobs:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


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
