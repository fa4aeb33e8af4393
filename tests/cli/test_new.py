"""`new`: the file it names, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Done, add_settings

NOW = ("--now", "2026-11-24T08:30:00Z")


@pytest.fixture
def sections(site: Path) -> Path:
    add_settings(site, "sections: {city: {}, sea: {}}\n")
    return site


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["Ferry runs again"], "city/2026-11-24-ferry-runs-again"),
        (["Ferry", "--section", "sea"], "sea/2026-11-24-ferry"),
        (["Été à Léon"], "city/2026-11-24-été-à-léon"),
        (["  On  two\nlines "], "city/2026-11-24-on-two-lines"),
    ],
)
def test_a_draft_is_written(
    sections: Path, sitegen: Callable[..., Done], arguments: list[str], name: str
) -> None:
    done = sitegen("new", *arguments, "--author", "Ann Ames", "--author", "Bo: Berg", *NOW)
    assert done == (0, f"content/{name}.md\n", "")
    text = (sections / f"content/{name}.md").read_text()
    front = yaml.safe_load(text.split("---")[1])
    assert front["title"] == " ".join(arguments[0].split())
    assert front["authors"] == ["Ann Ames", "Bo: Berg"]
    assert (front["status"], front["section"]) == ("draft", name.split("/")[0])


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        ([""], 2, "an article needs a title"),
        ([], 2, "Missing argument 'TITLE'"),
        (["A", "--section", "sae"], 2, "did you mean `sea`?"),
        (["A", "--archetype", "review"], 2, "review"),
        (["A", "--now", "soon"], 2, "is not a valid time"),
    ],
)
def test_what_is_refused_writes_nothing(
    sections: Path, sitegen: Callable[..., Done], arguments: list[str], status: int, text: str
) -> None:
    before = sorted(sections.rglob("*"))
    done = sitegen("new", *arguments)
    assert (done.status, done.stdout) == (status, "")
    assert text in done.stderr
    assert sorted(sections.rglob("*")) == before


def test_an_article_is_never_replaced(sections: Path, sitegen: Callable[..., Done]) -> None:
    assert sitegen("new", "Ferry", *NOW).status == 0
    path = sections / "content/city/2026-11-24-ferry.md"
    path.write_text("mine")
    done = sitegen("new", "Ferry", *NOW)
    assert done.status == 1
    assert "already exists" in done.stderr
    assert path.read_text() == "mine"
