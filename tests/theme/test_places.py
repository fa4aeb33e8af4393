"""Where themes are found by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.theme.places import find_theme, own_themes, theme_names, theme_places, theme_roots


def roots(tmp_path: Path) -> list[Path]:
    """A site with themes `paper` and `wire`, and other places with `wire` and `brief`."""
    for name in ("site/paper", "site/wire", "other/wire", "other/brief"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "theme.yaml").write_text("name: t\n")
    (tmp_path / "site/empty").mkdir()
    return [tmp_path / "site", tmp_path / "other"]


def test_the_first_place_takes_precedence(tmp_path: Path) -> None:
    places = roots(tmp_path)
    assert find_theme("wire", places) == tmp_path / "site/wire"
    assert find_theme("brief", places) == tmp_path / "other/brief"
    assert theme_names(places) == ["brief", "paper", "wire"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("wier", "did you mean `wire`?"), ("xyzzy", "brief, paper, wire"), ("empty", "brief, paper")],
)
def test_a_theme_that_does_not_exist(tmp_path: Path, name: str, hint: str) -> None:
    with pytest.raises(SitegenError) as caught:
        find_theme(name, roots(tmp_path))
    found = caught.value.diagnostics[0]
    assert (found.code, caught.value.exit_status) == ("theme", 2)
    assert hint in (found.help or "")
    assert ("site/empty has no theme.yaml" in found.message) is (name == "empty")


def test_the_site_comes_before_sitegen(tmp_path: Path) -> None:
    assert next(name for name, _ in theme_places(tmp_path)) == "site"
    assert {name for name, _ in theme_places(None)} == {"sitegen"}
    assert theme_roots(tmp_path)[0] == tmp_path / "themes"
    assert "broadsheet" in theme_names(theme_roots(tmp_path))


@pytest.mark.parametrize(
    ("project", "count"),
    [
        ('[project.scripts]\nsitegen = "sitegen.cli.main:main"\n', 2),
        ('[project.scripts]\nsitegen = "other:main"\n', 1),
        ("[project]\n", 1),
        ("broken", 1),
        (None, 1),
    ],
)
def test_only_a_checkout_has_themes_next_to_the_package(
    tmp_path: Path, project: str | None, count: int
) -> None:
    if project is not None:
        (tmp_path / "pyproject.toml").write_text(project)
    assert len(own_themes(tmp_path / "sitegen")) == count
