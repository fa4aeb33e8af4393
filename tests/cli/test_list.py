"""`list`: lines that fit the terminal, filters."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.cli.list import lines, place_line
from sitegen.cli.terminal import UNLIMITED, columns
from tests.cli.conftest import Done, add_settings


def row(title: str = "A pier", url: str = "/city/pier/", path: str = "content/city/pier.md") -> Any:
    return {
        "date": "2026-11-24T08:00:00+00:00",
        "status": "published",
        "kind": "article",
        "title": title,
        "url": url,
        "path": path,
    }


def test_an_article_that_fits_has_one_line() -> None:
    line = "2026-11-24  published  A pier  /city/pier/  content/city/pier.md"
    assert lines([row()], UNLIMITED) == lines([row()], 64) == [line]
    assert lines([], 80) == []


def test_one_that_does_not_fit_has_two() -> None:
    assert lines([row()], 63) == [
        "2026-11-24  published  A pier",
        "            /city/pier/  content/city/pier.md",
    ]


def test_a_draft_without_a_date_has_no_url() -> None:
    draft = row(url="") | {"date": "", "status": "draft"}
    assert lines([draft], 80) == ["no date  draft  A pier  content/city/pier.md"]
    assert lines([draft], 40)[1] == "            content/city/pier.md"


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("title", ["The night ferry runs again " * 5, "夜间渡轮" * 30])
def test_lines_fit_the_terminal(width: int, title: str) -> None:
    name = "the-night-ferry-runs-again-" * 4
    rows = [row(title, f"/city/2026/11/24/{name}/", f"content/city/2026-11-24-{name}.md"), row()]
    shown = lines(rows, width)
    assert len(shown) == 4
    assert max(map(columns, shown)) <= width


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (69, "/city/2026/11/24/night-ferry/  content/city/2026-11-24-night-ferry.md"),
        (60, "/city/2026/11/24/night-ferry/  content/city/2…night-ferry.md"),
        (45, "/city/2026/…ight-ferry/  content/ci…-ferry.md"),
        (20, "/cit…ry/  conte…y.md"),
    ],
)
def test_the_url_is_cut_last(width: int, line: str) -> None:
    url, path = "/city/2026/11/24/night-ferry/", "content/city/2026-11-24-night-ferry.md"
    assert place_line(url, path, width) == line


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ([], ["Quai", "Cais", "Pier"]),
        (["--since", "2026-11-05"], ["Quai", "Cais"]),
        (["--until", "2026-11-05"], ["Cais", "Pier"]),
        (["--lang", "pt"], ["Cais"]),
        (["--lang", "fr", "--section", "city"], ["Quai"]),
        (["--now", "2026-11-04T00:00:00Z", "--status", "future"], ["Quai", "Cais"]),
    ],
)
def test_filters(
    site: Path, sitegen: Callable[..., Done], options: list[str], titles: list[str]
) -> None:
    done = sitegen("list", *options)
    assert [line.split()[2] for line in done.stdout.splitlines()] == titles


def test_a_filter_without_a_match_names_what_there_is(
    site: Path, sitegen: Callable[..., Done]
) -> None:
    assert sitegen("list", "--section", "citty") == (
        0,
        "",
        "no article matches: there is no section `citty`; did you mean --section `city`?\n",
    )


@pytest.mark.parametrize(
    ("term", "titles"),
    [
        ("places/Europe", ["Quai", "Pier"]),
        ("places/europe/france", ["Quai"]),
        ("places/Gaul", ["Quai"]),
        ("series/The tide", ["Pier"]),
        ("places/Nowhere", []),
    ],
)
def test_terms_of_own_taxonomies(
    site: Path, sitegen: Callable[..., Done], term: str, titles: list[str]
) -> None:
    add_settings(site, "taxonomies: {places: {synonyms: [Gaul = Europe/France]}, series: {}}\n")
    for name, terms in (("pier", "places: Europe\nseries: The tide"), ("quai", "places: Gaul")):
        file = site / f"content/city/{name}.md"
        file.write_text(file.read_text().replace("authors:", f"{terms}\nauthors:"))
    rows = json.loads(sitegen("list", "--term", term, "--json").stdout)
    assert [row["title"] for row in rows] == titles
    assert all(row["places"] for row in rows)
    header, *_ = sitegen("list", "--csv").stdout.splitlines()
    assert header.endswith(",path,places,series")


def test_a_taxonomy_that_is_not_there(site: Path, sitegen: Callable[..., Done]) -> None:
    assert "site.yaml has no `taxonomies`" in sitegen("list", "--term", "places/x").stderr
    add_settings(site, "taxonomies: [places]\n")
    assert "did you mean `places`?" in sitegen("list", "--term", "place/x").stderr
