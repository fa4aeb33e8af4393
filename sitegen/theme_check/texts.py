"""Errors in the text of a theme's own templates and style sheets."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.base.diagnostics import Diagnostic
from sitegen.theme.texts import judged_sheet, judged_template
from sitegen.theme_check.model import Subject


def check_texts(subject: Subject) -> Iterator[Diagnostic]:
    """Errors in the text of the theme's own templates and style sheets."""
    for layer in subject.layers:
        if not layer.own:
            continue
        for path in sorted((layer.folder / "templates").rglob("*.html")):
            yield from judged_template(
                path.read_text("utf-8", "replace"),
                f"{layer.shown}/{path.relative_to(layer.folder).as_posix()}",
            )
        for path in sorted((layer.folder / "assets").rglob("*.css")):
            name = path.relative_to(layer.folder / "assets").as_posix()
            yield from judged_sheet(
                path.read_text("utf-8", "replace"),
                name,
                f"{layer.shown}/assets/{name}",
                subject.theme.assets,
            )
