"""What a check of a theme works on: the theme's layers, each with its folder and the path that
messages show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitegen.model.base import Struct
from sitegen.theme.load import OWN, Spec, Theme


class Layer(Struct, frozen=True):
    """A folder of templates and assets; ``own`` where it belongs to what is checked, and not
    only inherited."""

    name: str
    folder: Path
    shown: str
    own: bool


class Subject(Struct, frozen=True):
    """A theme with those it extends, the eldest first, and where asked for the site's own files
    above them."""

    theme: Theme
    chain: tuple[Spec, ...]
    layers: tuple[Layer, ...]
    options: dict[str, dict[str, Any]]  # as declared, with those inherited
    languages: tuple[str, ...]  # into which its words should be translated

    def file(self, place: str) -> str:
        """The path to show for a template that is known by ``place``, such as
        `base/templates/front.html`."""
        name, _, rest = place.partition("/")
        return next((f"{x.shown}/{rest}" for x in self.layers if x.name == name), place)

    def owner(self, place: str) -> str:
        """The layer that a place belongs to."""
        return place.partition("/")[0]


def spec_file(layer: Layer) -> str:
    """The path of a layer's `theme.yaml`, as messages show it."""
    return f"{layer.shown}/theme.yaml" if layer.name != OWN else "site.yaml"
