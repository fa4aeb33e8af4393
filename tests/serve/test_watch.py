"""Changes of files, by events and by sweeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.serve.watch import LONGEST, QUIET, STORM, STORM_QUIET, UNSETTLED, Changes, Watcher
from tests.serve.helpers import eventually, put


def test_changes_rest_before_they_count() -> None:
    now = [100.0]
    changes = Changes(lambda: now[0])
    assert changes.take(0) == set()
    changes.note("a")
    assert changes.rest() == pytest.approx(QUIET)
    now[0] += QUIET
    assert changes.take(0) == {"a"}
    changes.note("b", unsettled=True)
    assert changes.rest() == pytest.approx(UNSETTLED)
    changes.note("b")
    assert changes.rest() == pytest.approx(QUIET)
    for number in range(STORM):
        changes.note(str(number))
    assert changes.rest() == pytest.approx(STORM_QUIET)
    now[0] += LONGEST
    changes.note("c", unsettled=True)
    assert changes.rest() <= 0
    changes.stop()
    assert changes.take(100) == set()


def test_a_system_without_watches_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    changes = Changes()
    watcher = Watcher(tmp_path, changes, said.append)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watcher._observer, "schedule", full)
    watcher.start("content")
    try:
        assert "inotify watch limit reached" in said[0]
        put(tmp_path, "content/a.md", "x")
        assert changes.take(60)
        put(tmp_path, "content/a.md", "xy")
        assert changes.take(60)
        watcher.sync("content")
        assert len(said) == 1
    finally:
        watcher.stop()


def test_every_folder_of_sources_is_watched_and_what_is_made_of_them_is_not(tmp_path: Path) -> None:
    changes = Changes()
    watcher = Watcher(tmp_path, changes, lambda _: None)
    watcher.start("content")
    try:
        for name in (
            "content/a.md",
            "static/b.txt",
            "theme/templates/c.html",
            "themes/t/d.html",
            "plugins/e.py",
            "addresses.tsv",
        ):
            put(tmp_path, name, "x")
            assert changes.take(60), name
            watcher.sync("content")
            changes.take(0.3)  # a new folder is heard of more than once
            put(tmp_path, name, "y")
            assert {str(tmp_path / name)} == changes.take(60), name
        for name in (
            "plugins/__pycache__/e.pyc",
            "content/_drafts/a.md",
            "content/a.md~",
            "output/index.html",
        ):
            put(tmp_path, name, "x")
        changes.note("last")
        assert changes.take(60) <= {"last", str(tmp_path / "plugins"), str(tmp_path / "content")}
    finally:
        watcher.stop()


def test_an_article_that_an_editor_has_put_out_of_the_way_is_waited_for(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md", "x")
    path = tmp_path / "content/a.md"
    changes = Changes(lambda: 100.0)  # stands still, so that `rest` is the quiet that is waited for
    watcher = Watcher(tmp_path, changes, lambda _: None)
    watcher.start("content")
    try:
        path.rename(path.with_name("a.md~"))
        eventually(lambda: changes.rest() == pytest.approx(UNSETTLED))
        path.write_text("y")
        eventually(lambda: changes.rest() == pytest.approx(QUIET))
        path.unlink()
        eventually(lambda: changes.rest() == pytest.approx(UNSETTLED))
        put(tmp_path, "content/a.md", "z")
        eventually(lambda: changes.rest() == pytest.approx(QUIET))
    finally:
        watcher.stop()
