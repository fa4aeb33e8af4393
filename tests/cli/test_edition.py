"""`edition`: the list of editions, and closing them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done, add_settings

NOW = ("--now", "2026-11-11T12:00:00Z")
FIRST, SECOND = "2026-w45", "2026-w46"


@pytest.fixture
def weekly(site: Path) -> Path:
    add_settings(site, 'editions: {kind: weekly, title: "Week {number}"}\n')
    return site


def manifests(site: Path) -> list[str]:
    return sorted(path.stem for path in (site / "content/editions").glob("*.yaml"))


def test_editions_are_listed_from_the_latest(weekly: Path, sitegen: Callable[..., Done]) -> None:
    assert sitegen("edition", "list", *NOW).stdout.splitlines() == [
        "EDITION   NUMBER  STATE  LENGTH      CLOSES            TITLE",
        "2026-w46  No. 2   open   1 article   2026-11-16 00:00  Week 2",
        "2026-w45  No. 1   ended  2 articles  2026-11-09 00:00  Week 1",
    ]


@pytest.mark.parametrize(
    ("arguments", "closed"),
    [((), [FIRST]), ((FIRST,), [FIRST]), (("2026-W46",), [FIRST, SECOND])],
)
def test_an_edition_is_closed_with_all_older_ones(
    weekly: Path, sitegen: Callable[..., Done], arguments: tuple[str, ...], closed: list[str]
) -> None:
    dry = sitegen("edition", "close", *arguments, "--dry-run", *NOW)
    assert dry.stdout.count("would write content/editions/") == len(closed)
    assert manifests(weekly) == []
    done = sitegen("edition", "close", *arguments, *NOW)
    first, second, *_ = done.stdout.splitlines()
    editions = "1 edition" if len(closed) == 1 else "2 editions"
    assert first == f"closes {editions}: {', '.join(closed)}"
    assert second == "wrote content/editions/2026-w45.yaml: edition 1, 2 articles"
    assert manifests(weekly) == closed


def test_a_closed_edition_is_not_closed_again(weekly: Path, sitegen: Callable[..., Done]) -> None:
    assert sitegen("edition", "close", "--quiet", *NOW) == (0, "", "")
    assert "2026-w45  No. 1   closed  2 articles" in sitegen("edition", "list", *NOW).stdout
    assert sitegen("edition", "close", *NOW).stdout.startswith("no open edition has ended;")
    done = sitegen("edition", "close", FIRST, *NOW)
    assert done.status == 2
    assert "edition `2026-w45` is already closed" in done.stderr


@pytest.mark.parametrize(
    ("key", "hint"), [("2026-w47", "did you mean `2026-w4"), ("next", "`sitegen edition list`")]
)
def test_an_unknown_edition(
    weekly: Path, sitegen: Callable[..., Done], key: str, hint: str
) -> None:
    done = sitegen("edition", "close", key, *NOW)
    assert done.status == 2
    assert f"edition `{key}` does not exist" in done.stderr
    assert hint in done.stderr


def test_a_site_without_editions(site: Path, sitegen: Callable[..., Done]) -> None:
    done = sitegen("edition", "list")
    assert done.status == 2
    assert "this site has no editions" in done.stderr
    assert "editions: {kind: daily}" in done.stderr


def test_no_edition_is_closed_while_an_article_has_an_error(
    weekly: Path, sitegen: Callable[..., Done]
) -> None:
    (weekly / "content/city/broken.md").write_text("---\ntitle: [\n---\n")
    done = sitegen("edition", "close", *NOW)
    assert done.status == 1
    assert "content/city/broken.md" in done.stderr
    assert manifests(weekly) == []


@pytest.fixture
def several(site: Path) -> Path:
    add_settings(
        site,
        "editions:\n- {name: The Letter, kind: weekly, closes: friday 12:00}\n"
        "- {name: Daily, kind: daily}\n",
    )
    return site


def test_several_series_are_listed_and_closed_one_by_one(
    several: Path, sitegen: Callable[..., Done]
) -> None:
    listed = json.loads(sitegen("edition", "list", "the-letter", "--json", *NOW).stdout)["editions"]
    assert [(e["key"], e["state"], e["closes"]) for e in listed] == [
        ("the-letter/2026-w46", "open", "2026-11-13T12:00"),
        ("the-letter/2026-w45", "ended", "2026-11-06T12:00"),
    ]
    assert sitegen("edition", "close", "the-letter", *NOW).stdout.startswith(
        "closes 1 edition: the-letter/2026-w45\nwrote content/editions/the-letter/2026-w45.yaml"
    )
    assert manifests(several) == []
    assert (several / "content/editions/the-letter/2026-w45.yaml").is_file()
    done = sitegen("edition", "list", "the-lettre", *NOW)
    assert (done.status, "did you mean `the-letter`?" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("the-letter/2026-w46.yaml", "inrto: Hello\n", "did you mean `intro`?"),
        ("the-lettre/2026-w46.yaml", "intro: Hello\n", "did you mean `the-letter`?"),
        ("2026-w46.yaml", "intro: Hello\n", "move it to content/editions/the-letter or"),
    ],
)
def test_the_file_of_an_edition_is_checked(
    several: Path, sitegen: Callable[..., Done], path: str, text: str, said: str
) -> None:
    target = several / "content/editions" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    done = sitegen("edition", "list", *NOW)
    assert done.status == 1
    assert said in done.stderr
