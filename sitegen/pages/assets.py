"""The theme's assets, and the files that are copied as they are.

Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sitegen.config.schema import Config
from sitegen.content.discover import Found
from sitegen.images.svg import is_svg
from sitegen.model.output import Copy, Page
from sitegen.model.views import (
    SheetView,
)
from sitegen.pages import site_context
from sitegen.pages.site_context import has_search
from sitegen.theme.load import Theme


def style_sheets(theme: Theme) -> Iterator[Page]:
    for name, text in theme.sheets.items():
        url = theme.asset_paths[name]
        yield Page(url.lstrip("/"), "", SheetView(url, text), f"theme asset `{name}`", 0)


def copies_of_files(
    theme: Theme, config: Config, media: tuple[Found, ...], static: tuple[Found, ...]
) -> Iterator[Copy]:
    for name, source in theme.assets.items():
        if name not in theme.sheets and not _is_unused(name, theme, config):
            yield Copy(theme.asset_paths[name].lstrip("/"), source, f"theme asset `{name}`")
    prefix = config.content + "/"
    for found in media:
        yield Copy(
            unicodedata.normalize("NFC", found.path.removeprefix(prefix)),
            found.path,
            found.path,
            cleaned=is_svg(found.path),
        )
    for found in static:
        yield Copy(found.path.removeprefix("static/"), found.path, found.path)


def _is_unused(name: str, theme: Theme, config: Config) -> bool:
    """Whether ``name`` is a script of something that the site does not have."""
    match name:
        case site_context.SCRIPT:
            return not has_search(theme, config)
        case site_context.EMBED_SCRIPT:
            return not config.embeds
        case site_context.DESK_SCRIPT:
            return not any(name in text for text in theme.templates.values())
    return False
