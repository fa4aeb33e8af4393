"""The search index in the cache; tests/pages/test_search_pages.py searches in it."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from sitegen.base.progress import silent
from sitegen.engine.cache import Texts
from sitegen.engine.search_index import indexes, unpacked
from sitegen.engine.workers import Processes
from sitegen.model.output import IndexFile
from sitegen.model.views import SearchRecord, Shard
from sitegen.render import search_shard

RECORD = SearchRecord("/a/", "Quay", "2026-11-01", 5, "World", show="link")
SHARDS = (
    Shard("search/index/de/1", "de", (RECORD,)),
    Shard("search/index/en/1", "en", (RECORD,)),
)
ROOT = "search/index/index.json"


def no_texts(paths: set[str]) -> Texts:
    return Texts("/dev/null", {})


def made(shards: tuple[Shard, ...], cache: Path, make: bool = True) -> tuple[IndexFile, ...]:
    return indexes(shards, cache, no_texts, silent, Processes(1), make)


def contents(files: tuple[IndexFile, ...], cache: Path) -> dict[str, bytes]:
    return {file.output: data for file, data in unpacked(files, cache)}


def test_without_making_only_the_root_is_named(tmp_path: Path) -> None:
    (file,) = made(SHARDS, tmp_path, make=False)
    assert (file.output, file.group) == (ROOT, 3)
    assert list(tmp_path.iterdir()) == []


def test_a_small_index_is_one_file_beside_its_texts(tmp_path: Path) -> None:
    files = contents(made(SHARDS, tmp_path), tmp_path)
    folders = {name.rsplit("/", 1)[0] for name in files}
    assert folders == {"search/index", "search/index/de/1", "search/index/en/1"}
    assert all("/texts." in name for name in files if name != ROOT)
    shards = json.loads(files[ROOT])["shards"]
    assert [(one["lang"], one["folder"]) for one in shards] == [("de", "de/1"), ("en", "en/1")]
    assert shards[0]["head"]["cards"][0][0]["title"] == "Quay"


@pytest.mark.parametrize(("most", "holds"), [(700, "heads"), (1, "names")])
def test_a_large_index_is_in_files_that_the_root_leads_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, holds: str
) -> None:
    monkeypatch.setattr(search_shard, "MOST_ROOT", most)
    files = contents(made(SHARDS, tmp_path), tmp_path)
    for shard in json.loads(files[ROOT])["shards"]:
        head, folder = shard["head"], f"search/index/{shard['folder']}"
        if holds == "names":
            head = json.loads(files[f"{folder}/{head}"])
        for name in (*head["cards"], *head["texts"], head["terms"], head["near"]):
            assert f"{folder}/{name}" in files
        assert all(f"{folder}/{name}" in files for _, name in head["words"])


def test_what_is_in_the_cache_is_not_made_again(tmp_path: Path) -> None:
    made(SHARDS, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    files = made(SHARDS, tmp_path)
    assert made(SHARDS, tmp_path, make=False) == files
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == times
    other = (*SHARDS[:1], msgspec.structs.replace(SHARDS[1], records=(RECORD, RECORD)))
    assert {file.key for file in files} & {file.key for file in made(other, tmp_path)} == {
        files[0].key
    }


@pytest.mark.parametrize("damage", [b"", b"x"])
def test_a_damaged_record_of_an_archive_is_made_again(tmp_path: Path, damage: bytes) -> None:
    files = made(SHARDS, tmp_path)
    before = contents(files, tmp_path)
    (tmp_path / f"{files[0].key}.names").write_bytes(damage)
    (tmp_path / f"{files[-1].key}.names").unlink()
    assert contents(made(SHARDS, tmp_path), tmp_path) == before
