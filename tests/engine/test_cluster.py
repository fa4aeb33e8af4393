"""A Dask cluster does what processes of this machine do, or says which worker does not."""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.engine import cluster as module
from sitegen.engine.cluster import connected
from sitegen.engine.workers import Processes
from sitegen.model.base import Struct
from tests.engine.clusters import DaskCluster, dask_cluster

pytest.importorskip("distributed")


class Pair(Struct, frozen=True):
    """A number with the process that it was made in."""

    number: int
    process: int


class Scaled(Struct, frozen=True):
    """Each number times ``factor``, after some seconds."""

    factor: int
    seconds: float = 0.0
    ITEM: ClassVar = int
    RESULT: ClassVar = Pair

    def start(self) -> Callable[[Sequence[int]], list[Pair]]:
        def batch(numbers: Sequence[int]) -> list[Pair]:
            time.sleep(self.seconds)
            return [Pair(self.factor * number, os.getpid()) for number in numbers]

        return batch


class Failing(Struct, frozen=True):
    """Numbers of which some cannot be done."""

    ITEM: ClassVar = int
    RESULT: ClassVar = int

    def start(self) -> Callable[[Sequence[int]], list[int]]:
        def batch(numbers: Sequence[int]) -> list[int]:
            if 3 in numbers:
                raise fail("page", "cannot be rendered", "content/a.md", 7)
            if 8 in numbers:
                raise OSError(28, "No space left on device", "/shared/page.html")
            return list(numbers)

        return batch


class Deadly(Struct, frozen=True):
    """Ends the process that does it."""

    ITEM: ClassVar = int
    RESULT: ClassVar = int

    def start(self) -> Callable[[Sequence[int]], list[int]]:
        return lambda numbers: os._exit(9)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask")) as running:
        yield running


def numbers(pairs: Iterator[Pair]) -> list[int]:
    return [pair.number for pair in pairs]


def test_results_are_those_of_processes_in_their_order(shared: DaskCluster, tmp_path: Path) -> None:
    with connected(shared.address, tmp_path) as pool:
        assert pool.size == 2
        for count in (0, 1, 199, 1001):
            here = numbers(Processes(1).run(Scaled(3), range(count)))
            assert numbers(pool.run(Scaled(3), range(count))) == here


def test_few_items_stay_here_and_many_go_to_all_workers(
    shared: DaskCluster, tmp_path: Path
) -> None:
    with connected(shared.address, tmp_path) as pool:
        assert {p.process for p in pool.run(Scaled(1), range(5))} == {os.getpid()}
        away = {p.process for p in pool.run(Scaled(1, 0.05), range(8), inline=2, most=1)}
        assert len(away) == 2 and os.getpid() not in away
        assert sum(share.batches for share in pool.shares.values()) == 8
        assert len(pool.rows()) == 2 and "this machine" in pool.summary()


def test_nothing_stays_in_the_sites_folder(shared: DaskCluster, tmp_path: Path) -> None:
    with connected(shared.address, tmp_path) as pool:
        list(pool.run(Scaled(1), range(5), inline=1))
        assert pool.lost() == ""
    assert list((tmp_path / module.FOLDER).iterdir()) == []


@pytest.mark.parametrize(
    ("item", "message", "path"),
    [(3, "cannot be rendered", "content/a.md"), (8, "No space left on device", "tcp://")],
)
def test_an_error_of_a_job_is_one_here(
    item: int, message: str, path: str, shared: DaskCluster, tmp_path: Path
) -> None:
    with connected(shared.address, tmp_path) as pool, pytest.raises(SitegenError) as caught:
        list(pool.run(Failing(), [1, item], inline=1))
    (one,) = caught.value.diagnostics
    assert message in one.message and one.path.startswith(path)


def test_a_folder_that_workers_do_not_see_is_an_error_that_names_each(
    shared: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        pytest.raises(SitegenError) as caught,
        connected(shared.address, tmp_path, ["absent.warc"]),
    ):
        pass
    assert len(caught.value.diagnostics) == 2
    for one in caught.value.diagnostics:
        assert one.path.startswith("tcp://") and "does not see" in one.message


def test_other_versions_are_an_error_that_lists_them(
    shared: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {**module.parts(), "nh3": "another build"}
    monkeypatch.setattr(module, "parts", lambda: here)
    with pytest.raises(SitegenError) as caught, connected(shared.address, tmp_path):
        pass
    assert ["nh3" in one.message for one in caught.value.diagnostics] == [True, True]


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ("jinja2-3.1.6.dist-info ab", "jinja2-3.1.5.dist-info cd", "x (3.1.5 there, 3.1.6 here)"),
        ("jinja2-3.1.6.dist-info ab", "jinja2-3.1.6.dist-info cd", "x (another build of 3.1.6)"),
        ("lxml-6.1.3.dist-info ab", "", "x (none there, 6.1.3 here)"),
        ("3.12.1 (main, May 9)", "3.11.7 (main, May 9)", "x (3.11.7 there, 3.12.1 here)"),
        ("# version 2025b\n", "# version 2026a\n", "x (2026a there, 2025b here)"),
    ],
)
def test_how_versions_differ(here: str, there: str, said: str) -> None:
    ((message, hint),) = module._differences({"x": here, "y": "1"}, {"x": there, "y": "1"})
    assert message == f"has other versions than this machine of: {said}"
    assert hint


def test_a_worker_that_joins_later_with_other_versions_does_no_work(
    shared: DaskCluster, tmp_path: Path
) -> None:
    with connected(shared.address, tmp_path) as pool:
        pool.versions = {**pool.versions, "nh3": "another build"}
        with pytest.raises(SitegenError, match="other versions"):
            list(pool.run(Scaled(1), [1, 2], inline=1))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://127.0.0.1:9", "no scheduler answers"),
        ("no address", "is not the address of a scheduler"),
    ],
)
def test_a_scheduler_that_is_not_there_is_an_error(
    address: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONNECT", 1)
    with pytest.raises(SitegenError, match=message), connected(address, tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("cause", "message"),
    [
        (ssl.SSLError(1, "certificate verify failed"), "certificate verify failed"),
        (ConnectionResetError(104, "Connection reset by peer"), "reset by peer"),
        (FileNotFoundError(2, "No such file or directory"), "No such file"),
        (TypeError("TLS expects a `ssl_context` argument"), "has no settings for TLS here"),
        (ConnectionRefusedError(111, "Connection refused"), "no scheduler answers"),
        (TimeoutError(), "no scheduler answers"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_why_there_is_no_connection(cause: Exception, message: str) -> None:
    error = OSError("Timed out trying to connect")
    error.__cause__ = cause
    (one,) = module._no_scheduler("tls://10.0.0.5:8786", error).diagnostics
    assert message in one.message


def test_a_killed_worker_costs_nothing_but_time(tmp_path: Path) -> None:
    with dask_cluster(tmp_path) as running, connected(running.address, tmp_path) as pool:
        results = pool.run(Scaled(2, 0.2), range(20), inline=1, most=1)
        assert next(results).number == 0
        addresses = set(pool.workers)
        running.workers[0].kill()
        assert numbers(results) == [2 * n for n in range(1, 20)]
        (left,) = pool.client.nthreads().keys()
        (gone,) = addresses - {left}
        assert gone in pool.lost()
        assert left not in pool.lost()


def test_batches_that_end_every_worker_are_an_error(tmp_path: Path) -> None:
    with dask_cluster(tmp_path, workers=1) as running, connected(running.address, tmp_path) as pool:
        revived = [running.add_worker() for _ in range(4)]
        with pytest.raises(SitegenError, match="ended the processes"):
            list(pool.run(Deadly(), [1], inline=1))
        assert any(process.exitcode is not None for process in revived)


@pytest.mark.parametrize("lost", ["scheduler", "workers"])
def test_a_lost_cluster_is_an_error(
    lost: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    monkeypatch.setattr(module, "NO_WORKER", 3)
    with dask_cluster(tmp_path) as running, connected(running.address, tmp_path) as pool:
        results = pool.run(Scaled(2, 0.3), range(40), inline=1, most=1)
        next(results)
        killed = [running.scheduler] if lost == "scheduler" else running.workers
        for process in killed:
            process.kill()
        with pytest.raises(SitegenError) as caught:
            list(results)
        (one,) = caught.value.diagnostics
        assert (one.code, one.path) == ("cluster", running.address)
        assert all((worker in one.message) == (lost == "workers") for worker in pool.workers)


def test_a_cluster_without_workers_is_an_error(tmp_path: Path) -> None:
    with (
        dask_cluster(tmp_path, workers=0) as running,
        pytest.raises(SitegenError, match="no workers"),
        connected(running.address, tmp_path),
    ):
        pass


def test_many_names_are_few_words() -> None:
    assert module.some_of(["a"]) == "a"
    assert module.some_of(list("abc")) == "a, b, c"
    assert module.some_of(list("abcde")) == "a, b, c and 2 more"
