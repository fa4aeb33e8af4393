"""What `clean` removes and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.engine.clean import clean
from sitegen.engine.places import CACHE
from tests.conftest import SITE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with a cache, and a file of somebody else in output/."""
    (tmp_path / "site.yaml").write_text(SITE)
    for name in ("content/world/a.md", "output/theirs.txt", f"{CACHE}/anything"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_files_of_others_stay_and_the_cache_goes(root: Path) -> None:
    removed, foreign, _ = clean(root, root / "output")
    assert (removed, foreign) == (0, 1)
    assert (root / "output/theirs.txt").exists()
    assert not (root / CACHE).exists()


def test_a_dry_run_removes_nothing(root: Path) -> None:
    clean(root, root / "output", dry_run=True)
    assert (root / CACHE / "anything").exists()


@pytest.mark.parametrize("folder", ["content", "."])
def test_a_folder_of_sources_is_refused(root: Path, folder: str) -> None:
    with pytest.raises(SitegenError) as caught:
        clean(root, root / folder)
    assert caught.value.exit_status == 2
    assert (root / "content/world/a.md").exists()
