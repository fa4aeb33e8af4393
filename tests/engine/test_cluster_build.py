"""A build on a cluster writes the bytes that a build on one machine writes, or none."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.engine import cluster as module
from sitegen.engine.build import build
from sitegen.engine.cluster import connected
from sitegen.engine.make_images import MakeImagesJob, ReadFactsJob
from sitegen.engine.make_pages import RenderJob
from sitegen.engine.options import BuildOptions
from sitegen.engine.parse_articles import ParseJob
from sitegen.engine.search_index import IndexJob
from sitegen.model.output import BuildReport
from tests.engine.clusters import DaskCluster, dask_cluster, wait_for
from tests.engine.test_make_images import png

pytest.importorskip("distributed")

NOW = "2026-11-24T12:00:00+00:00"
ARTICLES = 60
INLINE = 20  # items from which work goes to the workers here
SECONDS = 2.0  # that a build takes at most, on an idle machine
SITE = """\
title: T
base_url: https://t.example/
timezone: Europe/Berlin
search: true
share: {cards: all}
images: {widths: [40, 80]}
"""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small site is work enough for a cluster."""
    monkeypatch.setattr(module.Cluster.run, "__defaults__", (INLINE, INLINE))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask")) as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    (root / "site.yaml").write_text(SITE)
    folder = root / "content/world"
    folder.mkdir(parents=True)
    for number in range(5):
        (folder / f"harbour-{number}.png").write_bytes(png(100 + number))
    for number in range(ARTICLES):
        front = f"title: Report {number}\ndate: 2026-11-{1 + number % 23:02}\nauthors: [Ann Ames]\n"
        front += "lang: de\n" if number % 2 else ""
        shown = f"image: {{src: harbour-{number}.png, alt: A harbour}}\n" if number < 5 else ""
        body = f"The text of *report* {number}.\n"
        (folder / f"report-{number}.md").write_text(f"---\n{front}{shown}---\n{body}")
    return root


@pytest.fixture(scope="module")
def expected(site: Path) -> dict[str, bytes]:
    """What one process makes of the site."""
    build(BuildOptions(root=str(site), now=NOW, output=str(site / "here"), jobs=1))
    shutil.rmtree(site / ".sitegen-cache")
    return files(site / "here")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def built(site: Path, address: str, output: Path) -> BuildReport:
    """A build from nothing on the cluster at ``address``."""
    shutil.rmtree(site / ".sitegen-cache", ignore_errors=True)
    options = BuildOptions(root=str(site), now=NOW, output=str(output))
    with connected(address, site) as pool:
        return build(options, pool=pool)


def test_the_same_bytes_and_nothing_left_to_do(
    site: Path, expected: dict[str, bytes], shared: DaskCluster, tmp_path: Path
) -> None:
    report = built(site, shared.address, tmp_path / "output")
    assert not report.diagnostics
    assert files(tmp_path / "output") == expected
    options = BuildOptions(root=str(site), now=NOW, output=str(tmp_path / "output"))
    assert build(options).written == 0


def test_each_job_goes_to_the_workers(
    site: Path, shared: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = set()
    mission = module.Cluster._mission

    def noted(pool: module.Cluster, job: object) -> str:
        sent.add(type(job))
        return mission(pool, job)  # type: ignore[arg-type]

    monkeypatch.setattr(module.Cluster, "_mission", noted)
    built(site, shared.address, tmp_path / "output")
    assert sent == {ParseJob, ReadFactsJob, MakeImagesJob, RenderJob, IndexJob}


@pytest.mark.parametrize("seed", range(4))
def test_a_worker_killed_at_any_moment_changes_no_byte(
    seed: int, site: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    with dask_cluster(tmp_path) as running:
        after = random.Random(seed).uniform(0, SECONDS)
        timer = threading.Timer(after, running.workers[0].kill)
        timer.start()
        try:
            built(site, running.address, tmp_path / "output")
        finally:
            timer.join()
    assert files(tmp_path / "output") == expected


def test_a_lost_cluster_leaves_the_last_build(
    site: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    monkeypatch.setattr(module, "NO_WORKER", 2)
    output = tmp_path / "output"
    build(BuildOptions(root=str(site), now=NOW, output=str(output), jobs=1))
    config = site / "site.yaml"
    config.write_text(SITE.replace("title: T", "title: Another"))
    try:
        with dask_cluster(tmp_path) as running, connected(running.address, site) as pool:
            for process in running.workers:
                process.kill()
            with pytest.raises(SitegenError) as caught:
                build(BuildOptions(root=str(site), now=NOW, output=str(output)), pool=pool)
    finally:
        config.write_text(SITE)
    assert caught.value.diagnostics[0].code == "cluster"
    assert files(output) == expected


def test_a_worker_without_room_fails_the_build_and_is_named(
    site: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    output = tmp_path / "output"
    build(BuildOptions(root=str(site), now=NOW, output=str(output), jobs=1))
    with dask_cluster(tmp_path, workers=0) as running:
        running.add_worker(room=8)
        wait_for(lambda: running.workers_seen() == 1)
        with pytest.raises(SitegenError) as caught:
            built(site, running.address, output)
    (one,) = caught.value.diagnostics
    assert one.path.startswith("tcp://")
    assert "File too large" in one.message or "No space left" in one.message
    assert files(output) == expected
