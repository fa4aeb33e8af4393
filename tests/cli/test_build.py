"""`build`: its summary, what it refuses, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done

NOW = ("--now", "2026-11-24T12:00:00+00:00", "--jobs", "1")


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
