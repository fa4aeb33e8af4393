"""An import that was stopped goes on with the parts of archives that are left."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.importer.input.unit import Unit
from sitegen.importer.unfinished import Unfinished


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC")
    return path


def units(archive: Path) -> list[Unit]:
    parts = [Unit("a", "a", "warc", str(archive), part=(n, 3)) for n in range(3)]
    return [Unit("text", "text"), *parts]


def test_what_was_done_is_left_out(archive: Path, tmp_path: Path) -> None:
    first = Unfinished(tmp_path / "cache/parts", b"settings")
    assert list(first.left(units(archive))) == units(archive)
    for unit in units(archive)[:3]:
        first.done(unit)
    second = Unfinished(tmp_path / "cache/parts", b"settings")
    assert [unit.part for unit in second.left(units(archive))] == [(0, 0), (2, 3)]
    assert second.skipped == 2


def test_a_run_that_ends_forgets_all(archive: Path, tmp_path: Path) -> None:
    first = Unfinished(tmp_path / "parts", b"settings")
    first.done(units(archive)[1])
    first.end()
    first.end()
    assert len(list(Unfinished(tmp_path / "parts", b"settings").left(units(archive)))) == 4


@pytest.mark.parametrize("change", ["settings", "file", "fresh", "damage"])
def test_in_doubt_all_is_read(change: str, archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "parts"
    Unfinished(path, b"settings").done(units(archive)[1])
    if change == "file":
        archive.write_bytes(b"WARC, longer")
    if change == "damage":
        path.write_bytes(b"\xff\xfe" + path.read_bytes()[:20])
    settings = b"others" if change == "settings" else b"settings"
    again = Unfinished(path, settings, fresh=change == "fresh")
    assert len(list(again.left(units(archive)))) == 4


def test_a_folder_that_cannot_be_written_costs_nothing(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    unfinished = Unfinished(tmp_path / "file/parts", b"settings")
    unfinished.done(units(archive)[1])
    again = Unfinished(tmp_path / "file/parts", b"settings")
    assert len(list(again.left(units(archive)))) == len(units(archive))
    unfinished.end()
    assert (tmp_path / "file").read_text() == ""
