"""What the front matter of articles names in vain: an original, an edition. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from urllib.parse import unquote

from sitegen.base.diagnostics import Level, did_you_mean, nearest, nearest_hint
from sitegen.base.text import slugify
from sitegen.base.urls import path_on_site
from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import Listing, Site
from sitegen.site.membership import Traits, can_be_named, goes_in, traits_of
from sitegen.site.periods import EXAMPLES, is_dated
from sitegen.site.resolve import translated

_MENUS = ("main", "footer")
Reasons = Callable[[], Mapping[str, str]]  # of articles that are not published, by their names


class VainName(Struct, frozen=True):
    """What the key ``key`` of an article names in vain, and what to do."""

    code: str
    path: str
    key: str
    message: str
    help: str
    level: Level = "warning"


def vain_names(
    site: Site, config: Config, closed: Collection[str], unpublished: Reasons
) -> Iterator[VainName]:
    """All that the articles of ``site`` name in vain; ``closed`` are the keys of closed editions,
    ``unpublished`` gives why other articles are not published, by their ids and paths."""
    yield from _originals(site, config, unpublished)
    yield from _editions(site, config, closed)


# Originals ------------------------------------------------------------------------------------
def _originals(site: Site, config: Config, unpublished: Reasons) -> Iterator[VainName]:
    if config.check.get("translation-unknown") == "off":
        return
    unlinked = _unlinked(site)
    if not unlinked:
        return
    shown = [document for document in site.documents if document.status != "withdrawn"]
    known = {document.id for document in shown} | {document.path for document in shown}
    known.discard("")
    named = {document.translation_of for document in unlinked}
    reasons = {} if named <= known else unpublished()
    for document in unlinked:
        yield _no_original(document, known, reasons, shown)


def _unlinked(site: Site) -> list[Document]:
    """The articles that name an original and are linked to none."""
    claims = [(i, d) for i, d in enumerate(site.documents) if d.translation_of]
    linked = translated(site.documents) if claims else {}
    return [d for i, d in claims if i not in linked and d.status != "withdrawn"]


def _no_original(
    document: Document, known: Collection[str], reasons: Mapping[str, str], shown: list[Document]
) -> VainName:
    name = document.translation_of
    if name in known:
        message = f"`translation_of: {name}` makes it a translation of itself"
        return _of_original(document, message, "remove it from the original")
    if name in reasons:
        message = f"the original `{name}` is not published ({reasons[name]}): no page links to it"
        return _of_original(document, message, "publish it, or remove `translation_of`", "note")
    namesake = next((d for d in shown if d.slug == name), None)
    hint = (
        f"write `translation_of: {namesake.id or namesake.path}`"
        if namesake
        else nearest_hint(name, known, "give the `id` of the original")
    )
    return _of_original(document, f"no article has the id `{name}`", hint)


def _of_original(document: Document, message: str, help: str, level: Level = "warning") -> VainName:
    key = "translation_of"
    return VainName("translation-unknown", document.path, key, message, help, level)


# Editions -------------------------------------------------------------------------------------
def _editions(site: Site, config: Config, closed: Collection[str]) -> Iterator[VainName]:
    if not config.series:
        return
    held_in: defaultdict[int, set[str]] = defaultdict(set)
    for edition in site.editions:
        for index in edition.documents:
            held_in[index].add(edition.key)
    for index in site.articles:
        document = site.documents[index]
        if document.edition and document.status != "withdrawn":
            traits = traits_of(document, config, config.zone)
            yield from _editions_of(traits, held_in[index], config, closed)


def _editions_of(
    traits: Traits, held_in: Collection[str], config: Config, closed: Collection[str]
) -> Iterator[VainName]:
    """The editions that an article names in vain; ``held_in`` are the keys of those it is in."""
    for place in traits.edition:
        keys = can_be_named(place, config)
        if not keys:
            yield _impossible(traits, place, config)
        elif keys.keys().isdisjoint(held_in):
            yield from _missed(traits, place, keys, config, closed)


def _impossible(traits: Traits, place: tuple[str, str], config: Config) -> VainName:
    """No series of the site can have the edition ``place`` that an article names."""
    message = f"`edition: {_written(place)}` is no edition that this site can have"
    forms = dict.fromkeys(EXAMPLES[series.kind] for series in config.series if is_dated(series))
    help = f"write it as {' or '.join(forms)}, or remove it: the date decides then"
    return VainName("edition", traits.path, "edition", message, help)


def _written(place: tuple[str, str]) -> str:
    return "/".join(filter(None, place))


def misses_an_edition(document: Document, config: Config, closed: Container[str]) -> bool:
    """Whether an article names an edition that may not take it in."""
    if not config.series or not document.edition:
        return False
    traits = traits_of(document, config, config.zone)
    return any(
        all(key in closed for key in _taken_by(traits, place, config)) for place in traits.edition
    )


def _taken_by(traits: Traits, place: tuple[str, str], config: Config) -> Iterator[str]:
    """The full keys of the editions that ``place`` of an article means, and that collect it."""
    for key, series in can_be_named(place, config).items():
        if place[0] or goes_in(traits, series):
            yield key


def _missed(
    traits: Traits,
    place: tuple[str, str],
    keys: Collection[str],
    config: Config,
    closed: Container[str],
) -> Iterator[VainName]:
    """Why the edition ``place`` does not hold an article that names it."""
    if over := next((key for key in keys if key in closed), None):
        message = f"edition `{over}` is closed, and does not hold this article"
        help = f"name an open one, or list the article in the file of `{over}`"
        yield VainName("edition", traits.path, "edition", message, help)
    elif not place[0] and not any(_taken_by(traits, place, config)):
        message = f"edition `{_written(place)}` does not collect articles like this one"
        key = next(iter(keys))
        help = (
            f"write `edition: {key}` to put it there all the same"
            if "/" in key
            else "look at `sections`, `tags`, `sources` and `language` of `editions` in site.yaml"
        )
        yield VainName("edition", traits.path, "edition", message, help)


# What site.yaml asks for ----------------------------------------------------------------------
class VainSetting(Struct, frozen=True):
    """What site.yaml names in vain below its top-level ``key``; ``person`` is the key of the author
    whose file or entry names it."""

    key: str
    name: str
    message: str
    help: str
    level: Level = "warning"
    person: str = ""


def vain_settings(
    listings: Iterable[Listing],
    config: Config,
    templates: Iterable[str],
    paths: Callable[[], Container[str]],
) -> Iterator[VainSetting]:
    """What the settings name in vain: ``listings`` are those of the site, ``templates`` the texts
    of its theme; ``paths`` gives those of its outputs and images."""
    yield from _bounds(listings, config)
    yield from _menus(config, templates)
    yield from _files(config, paths)


def _bounds(listings: Iterable[Listing], config: Config) -> Iterator[VainSetting]:
    """The sections and tags that series of editions and languages ask for, and no article has."""
    slugs: dict[str, set[str]] = {"section": set(config.sections), "tag": set()}
    for listing in listings:
        if listing.kind in slugs:
            slugs[listing.kind].add(listing.slug.rpartition("/")[2])
    for key, kind, name, asks in _asked(config):
        slug = slugify(name) if kind == "tag" else name
        if slug not in slugs[kind]:
            near = nearest(slugify(name), slugs[kind])
            message = f"{asks} for the {kind} `{name}`, which no article has"
            help = did_you_mean(near, "remove it, unless such articles will come")
            yield VainSetting(key, name, message, help, "warning" if near else "note")


def _asked(config: Config) -> Iterator[tuple[str, str, str, str]]:
    """Of each section and tag that site.yaml asks for: the key that it is below, its kind, its
    name, and who asks."""
    for series in config.series:
        asks = f"the series `{series.name}` asks" if series.name else "`editions` asks"
        yield from (("editions", "section", name, asks) for name in series.sections)
        yield from (("editions", "tag", name, asks) for name in series.tags)
    for lang, own in config.languages.items():
        asks = f"`languages.{lang}` asks"
        yield from (("languages", "section", name, asks) for name in own.sections)


def _menus(config: Config, templates: Iterable[str]) -> Iterator[VainSetting]:
    """Menus that no template shows; sitegen's own themes show `main` and `footer`."""
    others = [(key, name) for key, name in _named_menus(config) if name not in _MENUS]
    texts = list(templates) if others else []
    for key, name in others:
        word = re.compile(rf"\b{re.escape(name)}\b")
        if not any(map(word.search, texts)):
            hint = nearest_hint(name, _MENUS, f"show it in a template: `site.menus.{name}`")
            yield VainSetting(key, name, f"no template shows the menu `{name}`", hint)


def _named_menus(config: Config) -> Iterator[tuple[str, str]]:
    """The names of menus, each after the key that it is below."""
    yield from (("menus", name) for name in config.menus)
    for own in config.languages.values():
        yield from (("languages", name) for name in own.menus)


def _files(config: Config, paths: Callable[[], Container[str]]) -> Iterator[VainSetting]:
    """Images of the site's own that settings name, and that do not exist."""
    named = [one for one in _named_images(config) if one[2]]
    known = paths() if named else ()
    for key, what, url, person in named:
        path = unquote(path_on_site(url, config.base_url) or url)
        is_own = path.startswith("/") and not path.startswith("//")
        if is_own and path not in known:
            message = f"{what} does not exist: `{url}`"
            help = f"save it as static{path}, or correct the path"
            yield VainSetting(key, url, message, help, person=person)


def _named_images(config: Config) -> Iterator[tuple[str, str, str, str]]:
    """Of each image that settings name: the key that it is below, what it is, its URL, and the key
    of the author."""
    yield "logo", "the logo", config.logo, ""
    yield "share", "the image of `share`", config.share.image, ""
    if config.podcast:
        yield "podcast", "the image of `podcast`", config.podcast.image, ""
    for key, author in config.authors.items():
        yield "authors", f"the photo of `{author.name}`", author.photo, key
