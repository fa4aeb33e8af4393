"""Files of a theme as messages show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.theme.load import OWN
from sitegen.theme_check.model import Layer, spec_file
from tests.theme_check.subjects import subject


@pytest.mark.parametrize(
    ("place", "file", "owner"),
    [
        ("mine/templates/front.html", "mine/templates/front.html", "mine"),
        ("base/templates/front.html", "base/templates/front.html", "base"),
        ("other/templates/front.html", "other/templates/front.html", "other"),
    ],
)
def test_the_file_of_a_template(tmp_path: Path, place: str, file: str, owner: str) -> None:
    one = subject(tmp_path, {})
    assert (one.file(place), one.owner(place)) == (file, owner)


def test_a_layer_is_shown_by_its_path() -> None:
    layer = Layer("mine", Path("/x/mine"), "themes/mine", True)
    assert spec_file(layer) == "themes/mine/theme.yaml"
    assert spec_file(Layer(OWN, Path("/x"), OWN, True)) == "site.yaml"
