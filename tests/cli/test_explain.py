"""`explain`: why a page would or would not be rebuilt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done

NOW = ("--now", "2026-11-24T12:00:00Z")


@pytest.fixture
def built(site: Path, sitegen: Callable[..., Done]) -> Path:
    assert sitegen("build", "-q", "-j", "1", *NOW).status == 0
    return site


@pytest.mark.parametrize("page", ["/city/", "output/city/index.html", "city"])
def test_a_page_is_a_path_or_a_file(built: Path, sitegen: Callable[..., Done], page: str) -> None:
    done = sitegen("explain", page, *NOW)
    assert done.status == 0
    assert done.stdout == (
        "output/city/index.html\n"
        "  belongs to section `City`\n"
        "  template list.html\n"
        "  would not be rebuilt: nothing that it shows has changed\n"
    )


def test_an_edit_is_the_reason(built: Path, sitegen: Callable[..., Done]) -> None:
    path = built / "content/city/quai.md"
    path.write_text(path.read_text().replace("title: Quai", "title: The quay"))
    done = sitegen("explain", "/city/", *NOW)
    assert (done.status, done.stderr) == (0, "")
    assert "  would be rebuilt: its content changed\n" in done.stdout


def test_a_page_that_the_site_does_not_have(built: Path, sitegen: Callable[..., Done]) -> None:
    done = sitegen("explain", "/citty/", *NOW)
    assert done.status == 1
    assert "the site has no page `/citty/`" in done.stderr
    assert "did you mean `/city/`?" in done.stderr
