"""A theme tried on sample pages: failures, undefined names, options without effect."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import jinja2
import msgspec
from jinja2.utils import missing
from markupsafe import Markup

from sitegen.base.diagnostics import Diagnostic, SitegenError, nearest, problem
from sitegen.engine.render_pages import embeds
from sitegen.model.output import Page
from sitegen.model.views import IssueView
from sitegen.render.renderer import Renderer
from sitegen.theme_check.model import Subject
from sitegen.theme_check.sample import SampleSite, samples

_COLOURS = ("#123456", "#a0b1c2")


class Noted(jinja2.Undefined):
    """An undefined name.

    Its use is noted in ``places`` and rendering goes on, to find more of them.
    """

    __slots__ = ()
    places: dict[tuple[str, int, str], str]

    def _note(self) -> None:
        frame: Any = sys._getframe(1)
        while frame and "__jinja_template__" not in frame.f_globals:
            frame = frame.f_back
        name = str(self._undefined_name)
        if frame:
            template = frame.f_globals["__jinja_template__"]
            place = (
                frame.f_code.co_filename,
                template.get_corresponding_lineno(frame.f_lineno),
                name,
            )
            self.places.setdefault(place, _about(self._undefined_obj, name))

    def __str__(self) -> str:
        self._note()
        return ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._note()
        return self

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self._note()
        return self

    def __iter__(self) -> Iterator[Any]:
        self._note()
        return iter(())

    def __len__(self) -> int:
        self._note()
        return 0

    def __bool__(self) -> bool:
        self._note()
        return False

    def __eq__(self, other: object) -> bool:
        self._note()
        return False

    def __hash__(self) -> int:
        return id(type(self))

    def __getitem__(self, key: Any) -> Any:
        self._note()
        return self


def _about(thing: Any, name: str) -> str:
    """What is said of a name that ``thing`` does not have."""
    if thing is missing:
        return f"undefined name `{name}`"
    if isinstance(thing, msgspec.Struct):
        return f"`{type(thing).__name__}` has no `{name}`"
    owner = "the mapping" if isinstance(thing, dict) else f"a value of type {type(thing).__name__}"
    return f"undefined `{name}` in {owner}"


def trial(subject: Subject) -> list[Diagnostic]:
    """Every failure when sample pages are rendered with the theme, in English and in a script from
    right to left, on a site in one language and on one in two."""
    places: dict[tuple[str, int, str], str] = {}
    found: dict[Diagnostic, None] = {}
    for number, sample in enumerate(samples(subject.theme)):
        renderer = _renderer(subject, sample, places)
        out = _render_all(renderer, sample, found)
        if not number and not found and not places:
            found.update(dict.fromkeys(_idle_options(subject, renderer, sample, out, found)))
    for (file, line, name), words in sorted(places.items()):
        hint = _near_option(subject, words, name) or _HINT
        found[problem("template", words, subject.file(file), line, help=hint)] = None
    return [msgspec.structs.replace(d, path=subject.file(d.path)) for d in found]


_HINT = (
    "correct the name, or test `is defined` first, as articles need not have keys of your own; see:"
    " sitegen help theming"
)


def _near_option(subject: Subject, words: str, name: str) -> str:
    near = nearest(name, subject.options) if "in the mapping" in words else ""
    return f"did you mean the option `{near}`?" if near else ""


def _renderer(
    subject: Subject, sample: SampleSite, places: dict[tuple[str, int, str], str]
) -> Renderer:
    theme = subject.theme
    frame = msgspec.structs.replace(
        sample.frame, theme_options=dict(sample.frame.theme_options)
    )  # changed by `_idle_options`
    renderer = Renderer(
        theme.templates, theme.places, frame, embeds(theme), sample.answers, theme.plugins
    )
    renderer.environment.undefined = type("Noted", (Noted,), {"places": places, "__slots__": ()})
    return renderer


def _render(renderer: Renderer, page: Page, sample: SampleSite) -> bytes:
    if isinstance(page.view, IssueView):  # without css-inline, which need not be installed
        from sitegen.render.email import fitting

        return fitting(
            page.view,
            sample.bodies.__getitem__,
            renderer,
            lambda x: renderer.template(page, letter=x, text=Markup).encode(),
        )[1]
    return renderer.render(page, sample.bodies.__getitem__)


def _render_all(
    renderer: Renderer, sample: SampleSite, found: dict[Diagnostic, None]
) -> list[bytes]:
    """The bytes of every page; what fails is added to ``found``, once for each place."""
    out = []
    seen = {(d.path, d.line, d.message) for d in found}
    for page in sample.pages:
        try:
            out.append(_render(renderer, page, sample))
        except SitegenError as error:
            for one in error.diagnostics:
                if (one.path, one.line, one.message) not in seen:
                    seen.add((one.path, one.line, one.message))
                    found[
                        msgspec.structs.replace(
                            one, help=f"while rendering {page.template} for a sample digest"
                        )
                    ] = None
    return out


def _idle_options(
    subject: Subject,
    renderer: Renderer,
    sample: SampleSite,
    before: list[bytes],
    found: dict[Diagnostic, None],
) -> Iterator[Diagnostic]:
    """A problem for each option that changes no page.

    Pages that fail with some value are added to ``found``.
    """
    options = renderer.frame.theme_options
    layer = next(x for x in reversed(subject.layers) if x.name == subject.chain[-1].name)
    for name, entry in subject.options.items():
        kept, touched = options[name], False
        for value in _others(entry, kept):
            options[name] = value
            renderer.begin()
            touched = _render_all(renderer, sample, found) != before or touched
        options[name] = kept
        if not touched:
            hint = (
                f"use `site.theme_options.{name}` in a template, or drop it: `{name}: null` drops"
                " an inherited option"
            )
            yield problem(
                "theme-option",
                f"option `{name}` has no effect on any page",
                f"{layer.shown}/theme.yaml",
                help=hint,
            )
    renderer.begin()


def _others(entry: dict[str, Any], value: Any) -> list[Any]:
    """Other values that an option may have."""
    return [other for other in _values(entry, value) if other != value]


def _values(entry: dict[str, Any], value: Any) -> Sequence[Any]:
    """Values of the type of an option."""
    match entry.get("type"):
        case "boolean":
            return (not value,)
        case "integer":
            numbers = dict.fromkeys((1, value - 1, value + 1, value + 3))
            return [number for number in numbers if number >= 0]
        case "choice":
            choices: Sequence[Any] = entry.get("choices", ())
            return choices
        case "colour":
            return _COLOURS
        case _:
            return ("Some words", "")
