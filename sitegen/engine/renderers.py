"""The renderers of a process, and what they are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.base import Struct
from sitegen.model.views import Answers, SiteContext
from sitegen.plugins import Plugin

if TYPE_CHECKING:
    from sitegen.render.renderer import Renderer


class RenderInputs(Struct, frozen=True):
    """All that a renderer is made from."""

    templates: dict[str, str]
    places: dict[str, str]
    frame: SiteContext
    embeds: dict[str, str]
    answers: Answers
    plugins: tuple[Plugin, ...]

    def renderer(self) -> Renderer:
        from sitegen.render.renderer import Renderer  # slow to import: not all builds render

        return Renderer(
            self.templates, self.places, self.frame, self.embeds, self.answers, self.plugins
        )


class LastRenderer:
    """The renderers of the last build in this process, one for each language of the site, as
    compiling templates takes its time.

    They stay in their process: what travels to another one is empty.
    """

    def __init__(self) -> None:
        self._made: dict[str, tuple[RenderInputs, bytes, Renderer]] = {}

    def __reduce__(self) -> tuple[type[LastRenderer], tuple[()]]:
        return LastRenderer, ()

    def as_plain(self) -> None:
        """What travels to another machine."""

    @classmethod
    def from_plain(cls, plain: None) -> LastRenderer:
        """A renderer that has made nothing yet."""
        return cls()

    def get(self, inputs: RenderInputs, lang: str = "") -> Renderer:
        """The renderer for ``inputs``: the last one in this language, where it was made from equal
        ones."""
        # for Python 1 is equal to True
        free = msgspec.msgpack.encode(
            (inputs.frame.theme_options, msgspec.structs.asdict(inputs.answers))
        )
        made = self._made.get(lang)
        if made is None or made[:2] != (inputs, free):
            made = self._made[lang] = (inputs, free, inputs.renderer())
        renderer = made[2]
        renderer.begin()
        return renderer
