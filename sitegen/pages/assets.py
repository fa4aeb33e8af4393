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
from sitegen.pages.site_context import EMBED_SCRIPT, SCRIPT, has_search
from sitegen.theme.load import Theme


def style_sheets(theme: Theme) -> Iterator[Page]:
    for name, text in theme.sheets.items():
        url = theme.asset_paths[name]
        yield Page(url.lstrip("/"), "", SheetView(url, text), f"theme asset `{name}`", 0)


def copies_of_files(
    theme: Theme, config: Config, media: tuple[Found, ...], static: tuple[Found, ...]
) -> Iterator[Copy]:
    for name, source in theme.assets.items():
        unused = (name == SCRIPT and not has_search(theme, config)) or (
            name == EMBED_SCRIPT and not config.embeds
        )
        if name not in theme.sheets and not unused:
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
