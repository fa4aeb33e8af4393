"""The gallery of themes is up to date: its text, and a picture of each theme in both schemes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent.parent


def gallery() -> ModuleType:
    """The script that makes it."""
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "quality/gallery.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_text_is_what_the_themes_say() -> None:
    made = gallery()
    assert made.PAGE.read_text("utf-8") == made.text(), "run quality/gallery.py --text"
    assert set(made.THEMES) == {p.parent.name for p in (ROOT / "themes").glob("*/theme.yaml")}


def test_each_theme_is_shown_in_both_schemes() -> None:
    made = gallery()
    shown = {p.name for p in made.PICTURES.glob("*.webp")}
    assert shown == {f"{name}-{scheme}.webp" for name in made.THEMES for scheme in made.SCHEMES}
