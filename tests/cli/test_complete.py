"""What the shell completes for options whose values are in the site."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from sitegen.cli.complete import complete_name, complete_section
from tests.cli.conftest import add_settings

SETTINGS = """\
sections: {culture: {}, sea: {}}
authors:
  ann: {name: Ann Ames}
  asa: {name: Åsa Berg}
sources: {gazette: {name: The Gazette}}
deploy: {live: {kind: folder, path: ../www}, test: {kind: folder, path: ../test}}
"""


@pytest.fixture
def full(site: Path) -> Path:
    add_settings(site, SETTINGS)
    for name in ("archetypes/review.md", "content/_quarantine/x.md"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("---\ntitle: x\n---\n")
    return site


def parameter(name: str) -> click.Parameter:
    return click.Option([f"--{name}"])


def context(site: str = "") -> click.Context:
    context = click.Context(click.Command("x"))
    context.params["site"] = site
    return context


@pytest.mark.parametrize(
    ("typed", "sections"),
    [("", ["city", "culture", "sea"]), ("c", ["city", "culture"]), ("cu", ["culture"]), ("x", [])],
)
def test_sections_are_those_of_the_settings_and_of_the_folders(
    full: Path, typed: str, sections: list[str]
) -> None:
    assert complete_section(context(), parameter("section"), typed) == sections


@pytest.mark.parametrize(
    ("name", "typed", "names"),
    [
        ("author", "", ["Ann Ames", "Åsa Berg"]),
        ("author", "å", ["Åsa Berg"]),
        ("authors", "a", ["Ann Ames"]),
        ("source", "g", ["gazette"]),
        ("target", "", ["live", "test"]),
        ("archetype", "", ["review"]),
        ("key", "pag", ["pages", "pagination"]),
    ],
)
def test_names(full: Path, name: str, typed: str, names: list[str]) -> None:
    assert complete_name(context(), parameter(name), typed) == names


def test_another_site_is_read_where_the_line_names_one(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert complete_name(context(), parameter("source"), "") == []
    assert complete_name(context(str(full)), parameter("source"), "") == ["gazette"]


def test_a_site_that_cannot_be_read_completes_nothing(full: Path) -> None:
    (full / "site.yaml").write_text("title: [")
    assert complete_section(context(), parameter("section"), "") == []
    assert complete_name(context(), parameter("author"), "") == []
