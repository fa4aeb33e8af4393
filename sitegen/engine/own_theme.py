"""The checks of templates and style sheets that a site brings itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic
from sitegen.theme.load import OWN, Theme
from sitegen.theme.texts import judged_sheet, judged_template


def own_theme(root: Path, theme: Theme) -> list[Diagnostic]:
    """A warning for each part of the site's own templates and style sheets that asks another host,
    or runs within a page."""
    return sorted({*_templates(root, theme), *_sheets(root, theme)})


def _templates(root: Path, theme: Theme) -> Iterator[Diagnostic]:
    for name, place in theme.places.items():
        layer = place.partition("/")[0]
        folder = "theme" if layer == OWN else f"themes/{layer}"
        if (root / folder).is_dir():
            path = place if layer == OWN else f"themes/{place}"
            yield from judged_template(theme.templates[name], path, "warning")


def _sheets(root: Path, theme: Theme) -> Iterator[Diagnostic]:
    for name, asset in theme.assets.items():
        file = Path(asset)
        if name.endswith(".css") and file.is_relative_to(root):
            text = file.read_text("utf-8", "replace")
            path = file.relative_to(root).as_posix()
            yield from judged_sheet(text, name, path, theme.assets, "warning")
