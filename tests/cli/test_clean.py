"""`clean`: what it removes, and what it leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done

NOW = ("--now", "2026-11-24T12:00:00Z")


@pytest.fixture
def built(site: Path, sitegen: Callable[..., Done]) -> Path:
    """A site with an output of two files, one of which is somebody else's."""
    assert sitegen("build", "-q", "-j", "1", *NOW).status == 0
    (site / "output/mine.txt").write_text("mine")
    return site


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_what_builds_wrote_is_removed(built: Path, sitegen: Callable[..., Done]) -> None:
    ours = len(files_of_output := list((built / "output").rglob("*.*"))) - 1
    dry = sitegen("clean", "--dry-run")
    assert dry.stdout == f"would remove {ours} files and the cache\n"
    assert files_of_output == list((built / "output").rglob("*.*"))
    done = sitegen("clean")
    assert done == (
        0,
        f"removed {ours} files and the cache\n",
        "left in output/: 1 file that sitegen did not write\n",
    )
    assert files(built / "output") == {"mine.txt"}
    assert not (built / ".sitegen-cache").exists()


def test_quiet_prints_nothing(built: Path, sitegen: Callable[..., Done]) -> None:
    assert sitegen("clean", "--quiet") == (0, "", "")


def test_nothing_to_clean(site: Path, sitegen: Callable[..., Done]) -> None:
    assert sitegen("clean") == (0, "removed 0 files and the cache\n", "")


def test_another_folder_keeps_what_sitegen_did_not_write(
    site: Path, tmp_path: Path, sitegen: Callable[..., Done]
) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/pier.jpg").write_bytes(b"x")
    done = sitegen("clean", "--output", "photos")
    assert done.stdout == "removed 0 files and the cache\n"
    assert files(tmp_path / "photos") == {"pier.jpg"}
