"""Which edition of a series an article goes into.

Its own ``edition:`` decides, else the moment of its date. What an import or an editor takes in goes
into the edition that is open then: they write ``edition:`` where its date says another one. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from zoneinfo import ZoneInfo

from sitegen.base.diagnostics import nearest_hint
from sitegen.base.languages import language_tag
from sitegen.base.text import slugify
from sitegen.config.schema import Config, EditionsConfig
from sitegen.content.article import outlet_of
from sitegen.model.article import Document, Source
from sitegen.model.base import Struct
from sitegen.site.periods import (
    EXAMPLES,
    first_day,
    full_key,
    is_dated,
    is_key,
    key_of,
    local_moment,
    open_edition,
    own_key,
    series_of,
)


class Traits(Struct, frozen=True):
    """Of an article all that counts when it is put into an edition.

    ``moment`` is its date as local time, ``outlet`` the key of its source in site.yaml, ``edition``
    the series (empty: any) and the name of each edition that it names.
    """

    path: str
    id: str
    moment: str
    section: str
    tags: tuple[str, ...]
    outlet: str
    lang: str
    edition: tuple[tuple[str, str], ...]
    weight: int = 0
    lead: bool = False
    withdrawn: bool = False


def traits_of(document: Document, config: Config, zone: ZoneInfo) -> Traits:
    """The traits of an article of the site; ``zone`` is that of the site."""
    return Traits(
        document.path,
        document.id,
        local_moment(document.date, zone),
        document.section,
        _tags(document, config),
        outlet_key(document.source, document.canonical, config),
        document.lang or config.language,
        named_editions(document.edition, config),
        document.weight,
        document.lead,
        document.status == "withdrawn",
    )


def _tags(document: Document, config: Config) -> tuple[str, ...]:
    """The tags of an article, by their slugs, where a series asks for tags."""
    if not document.tags or not _asks(config, "tags"):
        return ()
    return tuple([slugify(tag) for tag in document.tags])


def named_editions(names: Sequence[str], config: Config) -> tuple[tuple[str, str], ...]:
    """``edition:`` of an article as pairs of series and name. What is before a slash is a series
    only if there is one of that name."""
    if not names:
        return ()
    known = {series.slug for series in config.series if series.name}
    return tuple([_series_and_name(name, known) for name in names])


def _series_and_name(name: str, known: Container[str]) -> tuple[str, str]:
    """What one `edition:` names; ``known`` are the slugs of series."""
    series, slash, own = name.rpartition("/")
    slug = slugify(series) if slash else ""
    return (slug, own) if slug in known else ("", name)


def outlet_key(source: Source, canonical: str, config: Config) -> str:
    """The key in site.yaml of an article's source, where a series asks for sources."""
    if not config.sources or not _asks(config, "sources"):
        return ""
    outlet = outlet_of(source, canonical, config)
    return next((key for key, one in config.sources.items() if one is outlet), "")


def _asks(config: Config, bound: str) -> bool:
    return any(getattr(series, bound) for series in config.series)


def goes_in(article: Traits, series: EditionsConfig) -> bool:
    """Whether a series collects articles of this kind."""
    return (
        not article.withdrawn
        and _is_one_of(article.section, series.sections)
        and _is_one_of(article.outlet, series.sources)
        and (not series.tags or any(slugify(tag) in article.tags for tag in series.tags))
        and (not series.language or _is_in(article.lang, language_tag(series.language)))
    )


def _is_one_of(value: str, wanted: Collection[str]) -> bool:
    """Whether a series asks for ``value``, or for none."""
    return not wanted or value in wanted


def _is_in(lang: str, wanted: str) -> bool:
    """Whether ``lang`` is the language ``wanted``, or a form of it: `pt-BR` is in `pt`."""
    return lang == wanted or lang.startswith(f"{wanted}-")


def key_in(article: Traits, series: EditionsConfig) -> str:
    """The key within ``series`` of the edition that an article belongs to, whatever is closed;
    empty for none. An edition that it names takes it in whatever its section or source."""
    said = said_key(article, series)
    if article.withdrawn or not (said or goes_in(article, series)):
        return ""
    return said or key_of(series, article.moment)


def said_key(article: Traits, series: EditionsConfig) -> str:
    """The edition of ``series`` that an article names; empty if it names none.

    A name without its series means every series that can have such an edition and collects such
    articles.
    """
    return slugify(name) if (name := written_key(article, series)) else ""


def written_key(article: Traits, series: EditionsConfig) -> str:
    """The edition of ``series`` that an article names, as it is written there."""
    for slug, name in article.edition:
        if not _can_be(slugify(name), series.kind):
            continue
        if slug == series.slug if slug else goes_in(article, series):
            return name
    return ""


def can_be_named(place: tuple[str, str], config: Config) -> dict[str, EditionsConfig]:
    """The editions that a pair of `named_editions` may mean: their full keys, each with its
    series."""
    slug, key = place[0], slugify(place[1])
    named = (series for series in config.series if slug in ("", series.slug))
    return {full_key(s, key): s for s in named if _can_be(key, s.kind)}


def _can_be(key: str, kind: str) -> bool:
    return kind == "key" or bool(first_day(kind, key))


def taken_in(
    article: Traits, config: Config, closed: Container[str], moment: str
) -> tuple[str, ...]:
    """The full keys to write into an article that comes to the site at a local ``moment``: of each
    series that collects it the edition that is open then. Empty where it belongs there by its date,
    and where it names editions itself."""
    if article.edition:
        return ()
    dated = [series for series in config.series if is_dated(series) and goes_in(article, series)]
    open_ones = [open_edition(series, moment, closed) for series in dated]
    usual = [full_key(series, key_of(series, article.moment)) for series in dated]
    return () if open_ones == usual else tuple(open_ones)


def series_hint(name: str, slugs: Sequence[str]) -> str:
    """What to do about a ``name`` that is none of the ``slugs`` of series of editions."""
    named = ", ".join(filter(None, slugs))
    every = f"series are: {named}" if named else "leave it out: the one series has no name"
    return nearest_hint(name, slugs, every)


class KeyFault(Struct, frozen=True):
    """Why no article can be put into an edition, and what to do."""

    message: str
    help: str


def key_fault(key: str, config: Config, closed: Container[str]) -> KeyFault | None:
    """What is wrong with the full ``key`` of an edition that a person names for an article."""
    series = series_of(key, config)
    if not config.series:
        hint = "add them to site.yaml: `editions: {kind: daily}`; see: sitegen help editions"
        return KeyFault("this site has no editions", hint)
    if series is None:
        every = ", ".join(one.slug for one in config.series if one.name)
        hint = f"write it as SERIES/KEY; series are: {every}" if every else "write the key alone"
        return KeyFault(f"`{key}` names no series", hint)
    if not is_key(series.kind, own_key(key)):
        example = EXAMPLES.get(series.kind, "")
        shown = full_key(series, example)
        hint = f"write it as {shown}" if example else "write it as in a URL: summer-special"
        return KeyFault(f"`{key}` is not a {series.kind} edition", hint)
    if key in closed:
        hint = "name one that is open: `sitegen edition list` lists them"
        return KeyFault(f"edition `{key}` is closed", hint)
    return None
