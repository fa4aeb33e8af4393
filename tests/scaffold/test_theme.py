"""The start of a site's own theme."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sitegen.base.diagnostics import SitegenError
from sitegen.scaffold.theme import new_theme


def test_a_new_theme_extends_another(tmp_path: Path) -> None:
    paths = new_theme(tmp_path, "evening", "broadsheet")
    assert paths[0] == "themes/evening/theme.yaml"
    settings = yaml.safe_load((tmp_path / paths[0]).read_text())
    assert (settings["name"], settings["extends"]) == ("evening", "broadsheet")
    with pytest.raises(SitegenError, match="already exists"):
        new_theme(tmp_path, "evening", "broadsheet")


@pytest.mark.parametrize("name", ["", "Evening", "a b", "../x", "base", "9"])
def test_a_name_that_is_not_valid_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SitegenError, match="is not a valid name"):
        new_theme(tmp_path, name, "base")
    assert list(tmp_path.iterdir()) == []
