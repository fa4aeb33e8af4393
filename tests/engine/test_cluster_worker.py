"""A worker does batches, and answers with what went wrong instead of raising."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest

from sitegen.base.makers import parts
from sitegen.engine.cluster_worker import BatchAnswer, Mission, do_batch, probe
from sitegen.model.base import Struct


class Halved(Struct, frozen=True):
    """Half of each number, which must be even."""

    ITEM: ClassVar = int
    RESULT: ClassVar = int

    def start(self) -> Callable[[Sequence[int]], list[int]]:
        def batch(numbers: Sequence[int]) -> list[int]:
            if any(number % 2 for number in numbers):
                raise ValueError("an odd number")
            return [number // 2 for number in numbers]

        return batch


def mission(folder: Path, job: Struct = Halved(), **changes: str) -> str:  # noqa: B008 -- frozen
    name = f"{type(job).__module__}:{type(job).__qualname__}"
    encoded = msgspec.Raw(msgspec.msgpack.encode(job))
    path = folder / f"mission {changes}"
    path.write_bytes(msgspec.msgpack.encode(Mission(name, parts() | changes, encoded)))
    return str(path)


def answer(path: str, items: object) -> BatchAnswer:
    return msgspec.msgpack.decode(do_batch(path, msgspec.msgpack.encode(items)), type=BatchAnswer)


class Collecting(Struct, frozen=True):
    """Whether garbage is collected meanwhile."""

    ITEM: ClassVar = int
    RESULT: ClassVar = bool

    def start(self) -> Callable[[Sequence[int]], list[bool]]:
        return lambda numbers: [gc.isenabled() for _ in numbers]


def test_results_are_encoded(tmp_path: Path) -> None:
    path = mission(tmp_path)
    for numbers in ([2, 4], [], [8]):
        given = answer(path, numbers)
        assert not given.problems
        assert msgspec.msgpack.decode(given.results) == [number // 2 for number in numbers]


def test_garbage_is_collected_between_batches_only(tmp_path: Path) -> None:
    given = answer(mission(tmp_path, Collecting()), [1])
    assert msgspec.msgpack.decode(given.results) == [False]
    assert gc.isenabled()
    answer(mission(tmp_path), [1])  # it fails
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("changes", "items", "message"),
    [({}, [1], "an odd number"), ({}, ["a"], "Expected `int`"), ({"nh3": "0"}, [2], "versions")],
)
def test_what_goes_wrong_is_an_answer(
    changes: dict[str, str], items: list[object], message: str, tmp_path: Path
) -> None:
    (one,) = answer(mission(tmp_path, **changes), items).problems
    assert message in one.message


def test_a_file_that_is_gone_is_an_answer(tmp_path: Path) -> None:
    (one,) = answer(str(tmp_path / "absent"), []).problems
    assert "cannot read" in one.message


def test_a_folder_is_probed(tmp_path: Path) -> None:
    (tmp_path / "probe").write_text("mark")
    assert probe(str(tmp_path), "mark", (str(tmp_path),)) == ""
    assert [path.name for path in tmp_path.iterdir()] == ["probe"]
    assert "another folder" in probe(str(tmp_path), "other", ())
    assert "cannot use" in probe(str(tmp_path / "absent"), "mark", ())
    assert "does not see /no/such/input" in probe(str(tmp_path), "mark", ("/no/such/input",))
