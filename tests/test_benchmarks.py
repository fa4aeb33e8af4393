"""The benchmark's corpus is the same everywhere, its sites build without a warning, and its edits
are what they are called."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The modules of benchmarks/ as its scripts see them, and nothing of them afterwards."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    yield
    for name in ("corpus", "importing", "lab", "measure", "serve"):
        sys.modules.pop(name, None)


CORPUS = load("corpus")


def test_an_article_is_the_same_in_every_corpus() -> None:
    world = CORPUS.World()
    alone = CORPUS.article(world, 7)
    assert [CORPUS.article(CORPUS.World(), n) for n in (0, 7)][1] == alone
    mark = hashlib.sha256(CORPUS.as_plain(CORPUS.article(world, 5)).encode()).hexdigest()
    assert mark[:12] == "067665ceb01e"  # on every machine; another corpus needs other figures


def test_both_layouts_have_the_same_articles() -> None:
    one = CORPUS.article(CORPUS.World(), 3)
    plain, hugo = CORPUS.as_plain(one), CORPUS.as_hugo(one)
    assert plain.endswith(f"---\n\n{one.body}") and hugo.endswith(f"---\n\n{one.body}")
    for text in (plain, hugo):
        assert all(json.dumps(name, ensure_ascii=False) in text for name in one.authors)


def test_articles_are_as_long_as_it_says() -> None:
    world = CORPUS.World()
    sizes = sorted(len(CORPUS.as_plain(CORPUS.article(world, n)).encode()) for n in range(60))
    assert 5_400 < sizes[30] < 6_600


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["lean", "init", "init-no-cards", "init-search"])
def test_a_site_builds_without_a_warning(tmp_path: Path, modules: None, kind: str) -> None:
    load("lab").SITES[kind](tmp_path / "site", 12)
    command = [sys.executable, "-m", "sitegen", "build", "--site", str(tmp_path / "site"), "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert report["articles"] == 12 and not report["diagnostics"]
    assert ("(share cards)" in report["templates"]) is (kind in ("init", "init-search"))
    assert ("search" in report["stages"]) is (kind == "init-search")


@pytest.mark.slow
def test_each_edit_is_what_it_is_called(
    tmp_path: Path, modules: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = load("lab").Lab(tmp_path, "lean", 12)

    def written() -> set[str]:
        command = [*lab.command, "--site", str(lab.site)]
        done = subprocess.run(command, check=True, capture_output=True)
        return set(json.loads(done.stdout).get("changed", ()))

    lab.cold()
    assert len(written()) > 50
    lab.nothing()
    assert not written()
    lab.text()
    changed = written()
    assert changed and not {"index.html", "sitemap.xml"} & changed
    lab.title()
    assert "index.html" in written() and "sitemap.xml" not in written()
    lab.new()
    assert "index.html" in (new := written())
    lab.delete()
    assert new <= written()
    lab.date()
    assert len(written()) > 2
    tags = lab.oldest.read_text()
    lab.tag()
    assert lab.oldest.read_text() != tags and len(written()) > 2


def test_the_table_has_medians_and_compares_cold_builds(modules: None) -> None:
    build = load("build")
    rows = [
        build.Row(1000, "hugo lean", "cold", 4.0, 5.0, 100, 10),
        *[build.Row(1000, "lean", "cold", wall, 2.0, 50, 12) for wall in (1.0, 9.0, 2.0)],
        build.Row(1000, "lean", "title", 0.5, 0.4, 40, 3),
    ]
    assert list(build.table(rows))[2:] == [
        "| 1,000 | hugo lean | cold | 4.00 | 5.00 | 100 | 10 |  |",
        "| 1,000 | lean | cold | 2.00 | 2.00 | 50 | 12 | 0.50 |",
        "| 1,000 | lean | title | 0.50 | 0.40 | 40 | 3 |  |",
    ]


def test_memory_of_a_process_tree_is_counted(modules: None, tmp_path: Path) -> None:
    hungry = "import time; block = bytearray(60_000_000); time.sleep(0.5); print('done')"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hungry!r}])"
    measured = load("measure").timed([sys.executable, "-c", code], tmp_path)
    assert measured.output == "done\n"
    assert 60 < measured.peak_mib < 200 and measured.wall >= 0.5 and measured.cpu > 0


def test_feeds_that_fail_in_ten_ways_keep_no_other_from_being_imported(
    modules: None, tmp_path: Path
) -> None:
    feeds = load("feeds")
    with feeds.served(feeds=14, items=20, failing=10) as urls:
        site = feeds.site_of(tmp_path / "site", urls)
        command = [sys.executable, "-m", "sitegen", "import", "--allow-private", "--json"]
        done = subprocess.run(
            [*command, "--now", feeds.NOW], cwd=site, capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    outcomes = [item["outcome"] for item in json.loads(done.stdout)["items"]]
    assert (outcomes.count("created"), outcomes.count("failed")) == (20, 10)
    assert len(list((site / "content/_inbox").glob("*.md"))) == 20
