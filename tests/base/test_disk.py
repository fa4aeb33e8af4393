"""Two folders change places in one step; writes are on the disk."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitegen.base import disk
from sitegen.base.disk import EARLY, exchange, sync, synced_early

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is a call of Linux")


def folders(root: Path) -> tuple[Path, Path]:
    one, other = root / "one", root / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    return one, other


@LINUX
def test_folders_change_places(tmp_path: Path) -> None:
    one, other = folders(tmp_path)
    if not exchange(one, other):
        pytest.skip("the file system cannot exchange folders")
    assert (one / "name").read_text() == "other"
    assert (other / "name").read_text() == "one"


@LINUX
def test_a_missing_folder_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    one, _ = folders(tmp_path)
    with pytest.raises(FileNotFoundError):
        exchange(one, tmp_path / "missing")
    assert (one / "name").read_text() == "one"


@LINUX
@pytest.mark.parametrize("number", [22, 38, 95, 18, 1])
def test_a_system_that_cannot_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    one, other = folders(tmp_path)
    monkeypatch.setattr(disk, "_libc", lambda: SimpleNamespace(renameat2=lambda *_: -1))
    monkeypatch.setattr(disk, "_errno", lambda: number)
    assert exchange(one, other) is False


def test_another_system_has_no_such_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = folders(tmp_path)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert exchange(one, other) is False
    sync(tmp_path)


def test_a_full_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(disk, "_libc", lambda: SimpleNamespace(syncfs=lambda _: -1))
    monkeypatch.setattr(disk, "_errno", lambda: 28)
    with pytest.raises(OSError, match="No space"):
        sync(tmp_path)


@pytest.mark.parametrize(("files", "syncs"), [(EARLY - 1, 0), (EARLY, 1), (EARLY + 1, 1)])
def test_what_is_written_goes_to_the_disk_while_more_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int, syncs: int
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(disk, "sync", synced.append)
    assert list(synced_early(range(files), tmp_path)) == list(range(files))
    assert synced == [tmp_path] * syncs


@pytest.mark.parametrize("files", [EARLY, 20 * EARLY])
def test_a_disk_that_is_full_early_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    def fail(folder: Path) -> None:
        raise OSError(28, "No space left on device", str(folder))

    monkeypatch.setattr(disk, "sync", fail)
    with pytest.raises(OSError, match="No space"):
        list(synced_early(range(files), tmp_path))
