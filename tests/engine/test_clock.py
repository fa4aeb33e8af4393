"""Time and memory of a build."""

from __future__ import annotations

import pytest

from sitegen.engine.clock import Clock, peak_mib


def test_each_stage_has_its_seconds() -> None:
    calls: list[str] = []
    clock = Clock(lambda name, done, of: calls.append(name))
    clock.stage("load")
    clock.stage("plan")
    assert calls == list(clock.stages) == ["load", "plan"]
    assert 0 <= sum(clock.stages.values()) <= clock.total() + 0.001


def test_progress_may_stop_a_build() -> None:
    def stop(name: str, done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Clock(stop).stage("load")


def test_memory_is_in_mebibytes() -> None:
    assert 5 < peak_mib() < 100_000
