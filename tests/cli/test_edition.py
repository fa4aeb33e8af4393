"""`edition`: the list of editions, and closing them."""

from __future__ import annotations

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
    assert sitegen("edition", "list", *NOW).stdout == (
        "2026-w46  No. 2  open  1 article   Week 2\n2026-w45  No. 1  open  2 articles  Week 1\n"
    )


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
    assert done.stdout.startswith("wrote content/editions/2026-w45.yaml: edition 1, 2 articles\n")
    assert manifests(weekly) == closed


def test_a_closed_edition_is_not_closed_again(weekly: Path, sitegen: Callable[..., Done]) -> None:
    assert sitegen("edition", "close", "--quiet", *NOW) == (0, "", "")
    assert "2026-w45  No. 1  closed  2 articles" in sitegen("edition", "list", *NOW).stdout
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
