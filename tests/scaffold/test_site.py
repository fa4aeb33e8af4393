"""The files of a new site."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.load import load_config
from sitegen.scaffold.site import (
    STARTS,
    InitAnswers,
    init,
    remove_welcome,
    site_yaml,
    untouched_about,
    write_missing,
)

NOW = "2026-11-24T12:00:00+00:00"


def answers(collects: str = "letters", title: str = 'The "Salm": #1') -> InitAnswers:
    return InitAnswers(title, "https://salm.example/", "Europe/Lisbon", "pt-PT", collects)


@pytest.mark.parametrize("collects", STARTS)
def test_the_settings_are_valid(collects: str) -> None:
    config = load_config(site_yaml(answers(collects), datetime.fromisoformat(NOW)))
    assert config.title == 'The "Salm": #1'
    assert (config.timezone, config.language) == ("Europe/Lisbon", "pt-PT")
    assert list(config.sections) == [slug for slug, _, _ in STARTS[collects].sections]
    assert config.share.since == "2026-11-24"
    assert bool(config.editions.kind) is (collects == "letters")


def test_a_site_is_created_once(tmp_path: Path) -> None:
    paths = map(Path, init(tmp_path, answers(), NOW))
    written = {path.relative_to(tmp_path).as_posix() for path in paths}
    assert {"site.yaml", ".gitignore"} <= written
    assert "content/news/2026-11-24-this-digest-is-ready.md" in written
    with pytest.raises(SitegenError) as caught:
        init(tmp_path, answers(), NOW)
    assert caught.value.exit_status == 2


def test_existing_files_stay(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine")
    (tmp_path / "content").mkdir()
    init(tmp_path, answers(), NOW)
    assert (tmp_path / ".gitignore").read_text() == "mine"
    assert list((tmp_path / "content").iterdir()) == []


def test_a_setting_that_is_not_valid_writes_nothing(tmp_path: Path) -> None:
    bad = InitAnswers("T", "salm.example", "Europe/Lisbon", "en")
    with pytest.raises(SitegenError):
        init(tmp_path, bad, NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("edited", "removed"), [(False, 1), (True, 0)])
def test_the_welcome_article_is_removed_unless_edited(
    tmp_path: Path, edited: bool, removed: int
) -> None:
    init(tmp_path, answers(), NOW)
    (path,) = (tmp_path / "content/news").glob("*.md")
    if edited:
        path.write_text(path.read_text() + "Mine.\n")
    config = load_config((tmp_path / "site.yaml").read_text())
    assert len(remove_welcome(tmp_path, config)) == removed
    assert path.exists() is edited


def test_only_missing_files_are_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    written = write_missing(tmp_path, {"a": "new", "b/c": "new"})
    assert written == [str(tmp_path / "b/c")]
    assert (tmp_path / "a").read_text() == "old"


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SitegenError, match="cannot be written"):
        write_missing(tmp_path, {"file/a": "x"})


@pytest.mark.parametrize(("more", "path"), [("", "content/pages/about.md"), ("We are two.", "")])
def test_the_page_about_the_site_as_init_wrote_it(tmp_path: Path, more: str, path: str) -> None:
    init(tmp_path, answers(), NOW)
    about = tmp_path / "content/pages/about.md"
    about.write_text(about.read_text() + more)
    config = load_config((tmp_path / "site.yaml").read_text())
    assert untouched_about(tmp_path, config) == path
    about.unlink()
    assert untouched_about(tmp_path, config) == ""
