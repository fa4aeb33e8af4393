"""Uploads by the workers of a cluster: which targets, what failures leave, and real workers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from sitegen.base.diagnostics import SitegenError, problem
from sitegen.config.targets import FolderTarget, S3Target
from sitegen.deploy.model import DeployReport, Entry, Item, Refused, SendAll, Sent, Surroundings
from sitegen.deploy.run import DeployInput, deploy
from sitegen.deploy.uploads import UploadJob, send_batch, sender
from sitegen.engine.workers import Processes
from tests.conftest import Digest
from tests.deploy.helpers import deploy as deploy_by_command
from tests.deploy.helpers import fill, missing
from tests.deploy.object_store import Bucket
from tests.deploy.test_run import NOW, Memory, entry, items, wish
from tests.engine.clusters import dask_cluster


class Away(Processes, frozen=True):
    """A pool that is not on this machine."""

    @property
    def here(self) -> bool:
        return False


STORE = S3Target(bucket="b")
FILES = items(style="a", page="b")


@pytest.mark.parametrize(
    ("target", "pool"),
    [(STORE, None), (STORE, Processes(2)), (FolderTarget(path="www"), Away(2))],
    ids=["no pool", "this machine", "no object store"],
)
def test_this_machine_sends(target: S3Target | FolderTarget, pool: Processes | None) -> None:
    assert sender(target, pool) is None


def test_the_job_holds_the_target_alone() -> None:
    assert sender(STORE, Away(2)) is not None
    assert UploadJob(STORE).__struct_fields__ == ("target",)


def test_nothing_is_begun_after_a_failure() -> None:
    place = Memory()
    place.fails["put b"] = Refused("no room")
    files = items(a="1", b="2", c="3")
    results = send_batch(place, files.values())
    assert results == [Sent(entry(files["a"])), Sent(failure="no room"), Sent()]
    assert place.log == ["put a", "put b"]


def sent(place: Memory, send_all: SendAll, files: Mapping[str, Item] = FILES) -> DeployReport:
    around = Surroundings({}, NOW, "mark")
    return deploy(DeployInput(place, files, wish(), around, send_all=send_all))


def by(place: Memory, log: list[list[str]]) -> SendAll:
    """A cluster whose workers send to ``place``; ``log`` gets the files of each group."""

    def send_all(items: Sequence[Item]) -> Iterator[Sent]:
        log.append([one.path for one in items])
        yield from send_batch(place, items)

    return send_all


def test_groups_follow_each_other() -> None:
    place, log = Memory(), list[list[str]]()
    report = sent(place, by(place, log))
    assert log == [["style"], ["page"]]
    assert report.release == 1
    assert not report.failed


def test_a_failure_ends_the_deployment_and_is_completed_later() -> None:
    place, log = Memory(), list[list[str]]()
    place.fails["put style"] = Refused("no room")
    report = sent(place, by(place, log))
    assert report.failed == {"style": "no room"}
    assert report.not_done == ("style", "page")
    assert log == [["style"]]
    del place.fails["put style"]
    again = sent(place, by(place, log))
    assert (again.failed, again.puts) == ({}, ("style", "page"))


def test_a_lost_cluster_is_a_deployment_that_failed_halfway() -> None:
    place = Memory()

    def send_all(items: Sequence[Item]) -> Iterator[Sent]:
        yield Sent(place.put(items[0]))
        raise SitegenError(problem("cluster", "all workers are gone"))

    report = sent(place, send_all, items(a="1", b="2"))
    assert report.failed == {"cluster": "all workers are gone"}
    assert (report.puts, report.not_done) == (("a",), ("b",))


def test_an_entry_survives_the_way_back() -> None:
    result = Sent(Entry("d", 3, "text/css", "", "gzip", "tag"))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(result), type=Sent) == result


@pytest.mark.slow
def test_workers_send_the_site_although_one_is_killed(
    digest: Digest, bucket: Bucket, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    fill(digest, bucket.target(", jobs: 4"), 90)
    with dask_cluster(tmp_path) as cluster:
        kill = threading.Timer(4, cluster.workers[0].kill)
        kill.start()
        said = deploy_by_command(digest, "--cluster", cluster.address)
        kill.join()
        assert "workers busy" in said
        assert "0 files sent" in deploy_by_command(digest, "--cluster", cluster.address)
    assert bucket.tree() == digest.tree()
    assert not missing(bucket.tree())
    assert "0 files sent" in deploy_by_command(digest)


@pytest.mark.slow
def test_a_worker_without_keys_is_named(
    digest: Digest, bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    fill(digest, bucket.target(), 40)
    with monkeypatch.context() as without:
        without.delenv("AWS_SECRET_ACCESS_KEY")
        without.delenv("AWS_ACCESS_KEY_ID")
        without.setenv("AWS_EC2_METADATA_DISABLED", "true")
        without.setenv("HOME", str(tmp_path))
        started = dask_cluster(tmp_path, workers=1)
        cluster = started.__enter__()
    try:
        said = deploy_by_command(digest, "--cluster", cluster.address, expect=1)
        assert "no keys were found" in said
        assert "on the worker tcp://" in said
    finally:
        started.__exit__(None, None, None)
    deploy_by_command(digest)
    assert bucket.tree() == digest.tree()
