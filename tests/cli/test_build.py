"""`build`: its summary, what it refuses, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.cli.build import summary
from sitegen.model.output import BuildReport
from tests.cli.conftest import Done

NOW = ("--now", "2026-11-24T12:00:00+00:00", "--jobs", "1")


def report(**changes: object) -> BuildReport:
    """The report of a build of two articles in one second, with ``changes``."""
    facts: dict[str, object] = {"articles": 2, "written": 1, "unchanged": 3, "removed": 0}
    empty = {key: {} for key in ("skipped", "stages", "templates", "reasons")}
    cost = {"diagnostics": (), "seconds": 1.0, "peak_mib": 50.0, "published": True}
    return BuildReport(**(facts | empty | cost | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("skipped", "left_out"),
    [
        ({}, ""),
        ({"draft": 1}, " (left out: 1 draft)"),
        ({"draft": 2, "duplicate": 3}, " (left out: 2 drafts, 3 duplicates)"),
        ({"duplicate": 1, "expired": 2}, " (left out: 1 duplicate, 2 expired)"),
    ],
)
def test_what_is_left_out_is_counted(skipped: dict[str, int], left_out: str) -> None:
    assert summary(report(skipped=skipped)) == (
        f"Built 2 articles{left_out}: 1 file written, 3 unchanged, 0 removed"
        " (1.0 s, peak memory 50 MiB)"
    )


@pytest.mark.slow
def test_a_build_says_what_it_did(sitegen: Callable[..., Done], site: Path) -> None:
    done = sitegen("build", *NOW)
    assert (done.status, (site / "output/index.html").is_file()) == (0, True)
    assert done.stdout.startswith("Built 3 articles: ")
    again = json.loads(sitegen("build", *NOW, "--json").stdout)
    assert (again["articles"], again["written"]) == (3, 0)


@pytest.mark.slow
def test_a_dry_run_writes_nothing(sitegen: Callable[..., Done], site: Path) -> None:
    assert sitegen("build", *NOW, "--dry-run").status == 0
    assert not (site / "output").exists()


@pytest.mark.slow
def test_an_error_exits_with_1_and_publishes_nothing(
    sitegen: Callable[..., Done], site: Path
) -> None:
    (site / "content/city/broken.md").write_text("---\ntitle: [\n---\n")
    done = sitegen("build", *NOW)
    assert done.status == 1
    assert "content/city/broken.md" in done.stderr
    assert not (site / "output/index.html").exists()


@pytest.mark.parametrize("arguments", [("--now", "soon"), ("--jobs", "-1"), ("--nothing-like-it",)])
def test_an_option_that_is_not_valid_exits_with_2(
    sitegen: Callable[..., Done], site: Path, arguments: tuple[str, ...]
) -> None:
    assert sitegen("build", *arguments).status == 2
    assert not (site / "output").exists()
