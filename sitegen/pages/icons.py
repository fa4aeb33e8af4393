"""The icons that pages name, and the web manifest. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sitegen.config.schema import Config
from sitegen.images.icons import LARGE, SIZES, TOUCH
from sitegen.images.share_cards import look
from sitegen.model.output import Page
from sitegen.model.views import IconLink, ManifestView

MANIFEST = "/site.webmanifest"
_DRAWING = "icon.svg"  # the theme's own icons, by their names among its assets
_THEME_TOUCH = ("icon-180.png", 180)
_THEME_LARGE = (LARGE, 512)


def web_manifest(options: dict[str, Any]) -> Page:
    """The web manifest of a site whose theme has ``options``."""
    colours = look(options)
    view = ManifestView(MANIFEST, colours.paper, colours.band)
    return Page(MANIFEST[1:], "", view, "web manifest", 3)


def icon_links(config: Config, assets: Mapping[str, str]) -> tuple[IconLink, ...]:
    """The icons of a site: those made from its own image, else those among ``assets`` of its
    theme."""
    return tuple(_own_icons() if config.icon else _theme_icons(assets))


def _own_icons() -> Iterator[IconLink]:
    yield IconLink("icon", "/favicon.ico", "image/x-icon", 0)
    for name, size in SIZES.items():
        if name.endswith(".png"):
            rel = "apple-touch-icon" if name == TOUCH else "icon"
            yield IconLink(rel, f"/{name}", "image/png", size)


def _theme_icons(assets: Mapping[str, str]) -> Iterator[IconLink]:
    if _DRAWING in assets:
        yield IconLink("icon", assets[_DRAWING], "image/svg+xml")
    for (name, size), rel in ((_THEME_TOUCH, "apple-touch-icon"), (_THEME_LARGE, "icon")):
        if name in assets:
            yield IconLink(rel, assets[name], "image/png", size)
