"""The one place where work is spread over processes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")
INLINE = 200  # items below which starting a process costs more than it saves
MAX_BATCH = 100

_shared: list[Any] = []  # in a worker process: the function and the items that it was started with


def run(
    function: Callable[[Sequence[A]], list[B]],
    items: Sequence[A],
    jobs: int,
    setup: Callable[..., None],
    arguments: tuple[Any, ...],
    inline: int = INLINE,
) -> Iterator[B]:
    """``function`` over batches of ``items``, its results in the order of the items.

    ``setup(*arguments)`` runs once in every process first. Fewer items than ``inline`` are done
    here, as with one job. Workers inherit the items when they are forked; only the borders of a
    batch travel to them.
    """
    size = max(1, min(MAX_BATCH, len(items) // (4 * jobs) + 1))
    borders = [(i, i + size) for i in range(0, len(items), size)]
    if jobs <= 1 or len(items) < inline:
        setup(*arguments)
        for start, stop in borders:
            yield from function(items[start:stop])
        return
    import multiprocessing  # not needed for a small build, and slow to import
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    gc.freeze()  # so that a collection in a worker does not touch, and thereby copy, what it shares
    start_worker = (setup, arguments, function, items)
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start, initargs=start_worker
    ) as pool:
        for result in pool.map(_batch, borders):
            yield from result


def _start(
    setup: Callable[..., None], arguments: tuple[Any, ...], function: Any, items: Sequence[Any]
) -> None:
    _shared[:] = [function, items]
    setup(*arguments)


def _batch(border: tuple[int, int]) -> Any:
    function, items = _shared
    return function(items[border[0] : border[1]])


def cores() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


worker: dict[str, Any] = {}  # set once per process by the setup functions below
