"""What an action changed can be put back, and nothing that came with a site is believed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest
from sitegen.desk import journal
from sitegen.desk.journal import (
    FOLDER,
    LOG,
    Action,
    ChangedSince,
    Moved,
    act,
    changing,
    mark_of,
    move,
    restore,
    rewrite,
)
from tests.desk.samples import config_of

CONFIG = config_of()
NAME = "content/a.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / NAME).write_text("old")
    return tmp_path


def written(root: Path, path: str = NAME, text: str = "new") -> Action:
    def one() -> Action:
        return Action(
            "words", path, path, (rewrite(root, CONFIG, path, mark_of(root, path), lambda _: text),)
        )

    return act(root, one)


def test_a_file_is_rewritten_made_and_put_back(root: Path) -> None:
    changed, made = written(root), written(root, "content/editions/b.yaml")
    assert (root / NAME).read_text() == "new"
    restore(root, CONFIG, made)
    restore(root, CONFIG, changed)
    assert (root / NAME).read_text() == "old"
    assert not (root / "content/editions/b.yaml").exists()


@pytest.mark.parametrize("shown", ["", digest(b"other"), "x"])
def test_a_file_that_is_not_as_it_was_shown_stays(root: Path, shown: str) -> None:
    with pytest.raises(ChangedSince):
        rewrite(root, CONFIG, NAME, shown, lambda _: "new")
    assert (root / NAME).read_text() == "old"


def test_an_editor_that_saves_meanwhile_loses_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = journal._keep

    def saved_meanwhile(folder: Path, data: bytes) -> str:
        (root / NAME).write_text("by an editor")
        return keep(folder, data)

    monkeypatch.setattr(journal, "_keep", saved_meanwhile)
    for attempt in (
        lambda: rewrite(root, CONFIG, NAME, digest(b"old"), lambda _: "new"),
        lambda: move(root, CONFIG, NAME, "content/b.md"),
        lambda: move(root, CONFIG, NAME, ""),
    ):
        (root / NAME).write_text("old")
        with pytest.raises(ChangedSince):
            attempt()
        assert (root / NAME).read_text() == "by an editor"
        assert not (root / "content/b.md").exists()


@pytest.mark.parametrize(
    "moved",
    [
        Moved("../x", NAME, digest(b"old"), "0" * 32),
        Moved("content/b.md", "site.yaml", digest(b"old"), "0" * 32),
        Moved("content/b.md", NAME, digest(b"old"), "../../site.yaml"),
        Moved("content/b.md", NAME, digest(b"old"), ""),
        Moved("", "content/../site.yaml", "", ""),
        Moved("content/b.md", NAME, digest(b"other"), "0" * 32),
    ],
)
def test_a_log_that_came_with_a_site_leads_nowhere(root: Path, moved: Moved) -> None:
    (root / "site.yaml").write_text("title: T")
    with pytest.raises(SitegenError):
        restore(root, CONFIG, Action("pick", "k", "t", (moved,)))
    assert (root / "site.yaml").read_text() == "title: T"
    assert [p.name for p in (root / "content").iterdir()] == ["a.md"]


@pytest.mark.parametrize("log", [b"", b"{", b"[1]", b"[[]]"])
def test_a_damaged_log_is_an_empty_one(root: Path, log: bytes) -> None:
    (root / FOLDER).mkdir(parents=True)
    (root / LOG).write_bytes(log)
    with changing(root) as actions:
        assert actions == []
    assert msgspec.json.decode((root / LOG).read_bytes()) == []
