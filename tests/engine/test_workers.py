"""Work over processes comes back in order, whatever their number."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import pytest

from sitegen.engine.workers import INLINE, Processes, cores
from sitegen.model.base import Struct


class Scaled(Struct, frozen=True):
    """Each number times ``factor``, with the process that did it."""

    factor: int

    def start(self) -> Callable[[Sequence[int]], list[tuple[int, int]]]:
        return lambda numbers: [(self.factor * n, os.getpid()) for n in numbers]


class Failing(Struct, frozen=True):
    def start(self) -> Callable[[Sequence[int]], list[int]]:
        raise ValueError("cannot start")


@pytest.mark.slow
@pytest.mark.parametrize(("count", "jobs"), [(0, 1), (0, 4), (1, 1), (199, 2), (205, 2), (1001, 3)])
def test_results_are_in_the_order_of_the_items(count: int, jobs: int) -> None:
    results = list(Processes(jobs).run(Scaled(3), range(count)))
    assert [value for value, _ in results] == [3 * n for n in range(count)]


def test_few_items_are_done_in_this_process() -> None:
    assert {pid for _, pid in Processes(2).run(Scaled(1), range(INLINE - 1))} == {os.getpid()}


@pytest.mark.slow
def test_many_items_are_done_in_other_processes() -> None:
    assert os.getpid() not in {pid for _, pid in Processes(2).run(Scaled(1), range(INLINE))}
    assert os.getpid() not in {pid for _, pid in Processes(2).run(Scaled(1), range(2), inline=1)}


def test_two_maps_at_a_time_do_not_share_a_job() -> None:
    one, other = Processes().run(Scaled(2), range(5)), Processes().run(Scaled(7), range(5))
    pairs = zip(one, other, strict=True)
    assert [(a[0], b[0]) for a, b in pairs] == [(2 * n, 7 * n) for n in range(5)]


def test_a_job_that_cannot_start_is_an_error() -> None:
    with pytest.raises(ValueError):
        list(Processes().run(Failing(), [1]))


@pytest.mark.slow
def test_a_spawned_process_gets_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on other systems than Linux, where nothing is inherited and all travels."""
    monkeypatch.setattr("sitegen.engine.workers.sys.platform", "darwin")
    assert [value for value, _ in Processes(2).run(Scaled(5), range(6), inline=1)] == [
        0,
        5,
        10,
        15,
        20,
        25,
    ]


def test_there_is_a_processor() -> None:
    assert cores() >= 1
