"""What the series of `editions:` in site.yaml must be, beyond the kinds of their values."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sitegen.base.diagnostics import nearest_hint
from sitegen.base.languages import language_tag, tag_hint
from sitegen.base.validation import Misfit, Place
from sitegen.config.closing import EXAMPLES, read_closing
from sitegen.config.schema import EDITION_PLACES, INTRO_PLACES, Config, EditionsConfig

_RESERVED = ("page",)  # `/editions/page/2/` is a page of the index


def broken_editions(config: Config) -> Iterator[Misfit]:
    """Everything that is wrong with the series of a site."""
    for place, series in _placed(config):
        yield from _patterns(place, series)
        yield from _closing(place, series)
        yield from _bounds(place, series, config)
    yield from _names(config)


def _placed(config: Config) -> Iterator[tuple[Place, EditionsConfig]]:
    """Each series with its place in site.yaml."""
    if isinstance(config.editions, EditionsConfig):
        yield ("editions",), config.editions
        return
    for number, series in enumerate(config.editions):
        yield ("editions", str(number)), series


def _named(place: Place, key: str) -> str:
    return ".".join((*place, key))


def _patterns(place: Place, series: EditionsConfig) -> Iterator[Misfit]:
    """Title and intro are patterns that can be filled in."""
    for key, known in (("title", EDITION_PLACES), ("intro", INTRO_PLACES)):
        pattern = getattr(series, key)
        try:
            pattern.format(**dict.fromkeys(known, "1"))
        except (LookupError, ValueError, AttributeError):
            hint = "it may name " + ", ".join(f"{{{one}}}" for one in known)
            message = f"`{_named(place, key)}` cannot be filled in: `{pattern}`"
            yield Misfit((*place, key), message, hint)


def _closing(place: Place, series: EditionsConfig) -> Iterator[Misfit]:
    """`closes` is a moment that every edition of the kind has."""
    if not series.closes or read_closing(series.kind, series.closes):
        return
    example = EXAMPLES.get(series.kind)
    message = f"`{_named(place, 'closes')}` is not valid for {series.kind}: `{series.closes}`"
    hint = f"write it as `closes: {example}`" if example else "remove it"
    yield Misfit((*place, "closes"), message, hint)


def _unknown_names(
    place: Place, key: str, names: Sequence[str], known: Collection[str]
) -> Iterator[Misfit]:
    """Names of a series that site.yaml does not have below ``key``."""
    for name in names:
        if name not in known:
            hint = nearest_hint(name, known, f"there are: {', '.join(known) or 'none'}")
            message = f"`{_named(place, key)}`: `{name}` is not in `{key}` of site.yaml"
            yield Misfit((*place, key), message, hint)


def _bounds(place: Place, series: EditionsConfig, config: Config) -> Iterator[Misfit]:
    """What goes in is named as the site names it."""
    if isinstance(config.editions, tuple) and config.sections:
        yield from _unknown_names(place, "sections", series.sections, config.sections)
    yield from _unknown_names(place, "sources", series.sources, config.sources)
    if series.language and not language_tag(series.language):
        message = f"`{_named(place, 'language')}`: `{series.language}` is not a language tag"
        yield Misfit((*place, "language"), message, tag_hint(series.language))


def _names(config: Config) -> Iterator[Misfit]:
    """Each series has a name of its own and a kind; one of them may have no name."""
    seen: set[str] = set()
    for place, series in _placed(config):
        if len(place) > 1 and not series.kind:
            yield Misfit(place, f"`{'.'.join(place)}` lacks `kind`", "add `kind: weekly`")
        if series.slug in _RESERVED:
            message = f"`{_named(place, 'name')}`: `{series.name}` is taken by pages of the index"
            yield Misfit((*place, "name"), message, "choose another name")
        if series.slug in seen:
            what = f"the name `{series.name}`" if series.name else "no name"
            message = f"`{'.'.join(place)}` has {what}, as another series has"
            yield Misfit((*place, "name"), message, "give it a name of its own: `name: weekly`")
        seen.add(series.slug)
