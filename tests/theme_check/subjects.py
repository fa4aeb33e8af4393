"""A theme on disk as the checks see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitegen.theme.load import declared_options, load_theme, theme_chain
from sitegen.theme_check.model import Layer, Subject

THEMES = Path(__file__).parent.parent.parent / "themes"
SPEC = "name: mine\nversion: 0.1.0\napi: 1\nextends: base\ndescription: Mine\n"


def subject(folder: Path, files: dict[str, str], options: str = "", **values: Any) -> Subject:
    """A theme `mine` in ``folder`` that extends base by ``files``; ``options`` is YAML."""
    for name, text in ({"theme.yaml": SPEC + options} | files).items():
        path = folder / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    roots = [folder, THEMES]
    chain = theme_chain("mine", roots)
    theme = load_theme("mine", roots, {}, folder / "none")
    layers = tuple(Layer(s.name, Path(s.folder), s.name, s.name == "mine") for s in chain)
    given: dict[str, Any] = {"languages": ("de",)}
    return Subject(theme, tuple(chain), layers, declared_options(chain), **(given | values))
