"""What the pages of the desk show, and which files they read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.desk.snapshot import Reader
from sitegen.desk.web.views import comment_values, edition_values, own_path, read_values
from tests.conftest import SITE
from tests.desk.samples import put

NOW = "2026-11-24T12:00:00+01:00"
SERIES = "editions: [{kind: weekly, email: true}, {name: Daily, kind: daily}]\n"


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "site.yaml").write_text(SITE + SERIES)
    put(tmp_path, 1)
    put(tmp_path, 2, folder="news", date="2026-11-24")
    return Reader(tmp_path, lambda: NOW)


def test_the_editions_of_all_series_can_be_chosen(reader: Reader) -> None:
    weekly = edition_values(reader, "")
    assert [key for key, _ in weekly["keys"]] == ["2026-w48", "daily/2026-11-24"]
    assert (weekly["edition"].key, weekly["chosen"], weekly["has_email"]) == ("2026-w48", "", True)
    daily = edition_values(reader, "daily/2026-11-24")
    assert daily["chosen"] == daily["edition"].key == "daily/2026-11-24"
    assert [one.key for one in daily["closing"]] == ["daily/2026-11-24"]
    assert not daily["has_email"]
    with pytest.raises(SitegenError, match="names no series"):
        edition_values(reader, "hourly/2026-11-24")


def test_an_article_is_read_as_its_page_would_show_it(reader: Reader) -> None:
    values = read_values(reader.settings(), "content/_inbox/2026-11-23-item-1.md")
    assert values["waits"]
    assert values["html"] == "<p>Text number 1.</p>\n"
    assert values["link"] == "https://post.example/1"
    assert values["authors"] == "Ann Ames"
    broken = reader.root / "content/_inbox/2026-11-23-item-1.md"
    broken.write_text("---\ntitle: [\n---\n")
    values = read_values(reader.settings(), "content/_inbox/2026-11-23-item-1.md")
    assert values["document"] is None
    assert "broken YAML" in values["problem"]


def test_who_wrote_the_last_comment_is_suggested(reader: Reader) -> None:
    values = comment_values(reader, "content/news/2026-11-24-item-2.md", "", "Ruta")
    assert (values["text"], values["by"], values["title"]) == ("", "Ruta", "Item 2")


def test_a_path_of_another_file_is_none(reader: Reader) -> None:
    settings = reader.settings()
    assert own_path(settings, "content/news/2026-11-24-item-2.md")
    for path in ("site.yaml", "content/_inbox/../../site.yaml", "content//x.md", "content/x.txt"):
        with pytest.raises(SitegenError, match="is not an article of this site"):
            own_path(settings, path)
