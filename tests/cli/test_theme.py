"""`theme`: the list, a check, a new theme."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.cli.theme import _row
from sitegen.theme_check.run import ThemeEntry
from tests.cli.conftest import Done
from tests.samples import theme


def test_the_theme_of_the_site_is_marked() -> None:
    entry = ThemeEntry("wire", "", 1, "sitegen", "base", "Dense", "/x")
    assert _row(entry, "wire") == ("* wire", "-", "api 1", "sitegen", "Dense (extends base)")
    assert _row(entry, theme().name)[0] == "  wire"


def test_the_list(sitegen: Callable[..., Done], site: Path) -> None:
    done = sitegen("theme", "list")
    assert done.status == 0
    assert "* broadsheet" in done.stdout
    listed = json.loads(sitegen("theme", "list", "--json").stdout)
    assert {"base", "broadsheet", "wire"} <= {entry["name"] for entry in listed["themes"]}


def test_a_new_theme_extends_another(sitegen: Callable[..., Done], site: Path) -> None:
    done = sitegen("theme", "new", "evening", "--extends", "wire")
    assert "next: set `theme: evening`" in done.stdout
    assert "extends: wire" in (site / "themes/evening/theme.yaml").read_text()
    assert sitegen("theme", "new", "night", "--extends", "wier").status == 2


def test_a_theme_must_be_named_outside_a_site(
    sitegen: Callable[..., Done], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = sitegen("theme", "check")
    assert done.status == 2
    assert "name a theme" in done.stderr


@pytest.mark.slow
def test_a_check_exits_with_1_for_an_error(sitegen: Callable[..., Done], site: Path) -> None:
    sitegen("theme", "new", "evening")
    assert sitegen("theme", "check", "evening").status == 0
    page = site / "themes/evening/templates/404.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text("{{ page.titel }}")
    done = sitegen("theme", "check", "evening")
    assert done.status == 1
    assert "themes/evening/templates/404.html" in done.stderr
    assert "1 error" in done.stdout
