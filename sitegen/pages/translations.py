"""Which articles are translations of one original, and how pages link them.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.config.languages import shown_in
from sitegen.config.schema import Config
from sitegen.model.site import Card, Link, Site
from sitegen.model.views import StoryMention, Translation
from sitegen.site.resolve import section_link

Marked = TypeVar("Marked", Card, StoryMention)  # what names its language unless it is the page's


def translations(
    site: Site, groups: Mapping[int, list[int]], config: Config
) -> tuple[dict[int, tuple[Translation, ...]], list[Diagnostic]]:
    """The languages of each article that has several: the original first, then by language.

    Of two translations into one language the older one is linked, and the other reported.
    """
    out: dict[int, tuple[Translation, ...]] = {}
    problems: list[Diagnostic] = []
    for first, others in groups.items():
        linked: dict[str, int] = {}
        for index in (first, *others):
            lang = language(site, index, config)
            other = linked.setdefault(lang.casefold(), index)
            if other != index:
                problems.append(
                    _one_language(site.documents[index].path, site.documents[other].path, lang)
                )
        members = [
            first,
            *sorted(
                (i for i in linked.values() if i != first),
                key=lambda i: (site.documents[i].lang, i),
            ),
        ]
        cards = [site.cards[i] for i in members]
        found = tuple(
            Translation(c.lang or config.language, c.url, c.title, c.dir, n == 0)
            for n, c in enumerate(cards)
        )
        if len(found) > 1:
            out.update(dict.fromkeys(members, found))
    return out, problems


def _one_language(path: str, other: str, lang: str) -> Diagnostic:
    message = (
        f"is in the language of {other} (`{lang}`), which has the same original: only that one is"
        " linked as a translation"
    )
    hint = "correct `lang` or `translation_of`, or remove one of the two"
    return problem("translation", message, path, 1, help=hint, level="warning")


def shown_instead(
    site: Site, groups: Mapping[int, list[int]], config: Config, lang: str = ""
) -> dict[int, int]:
    """The articles that the front page in ``lang`` leaves out, each with the one that it shows in
    their place: of each original and its translations the one in that language, else in that of
    the site, else the original."""
    out: dict[int, int] = {}
    of = published_in if config.languages else language
    for first, others in groups.items():
        by_language = {of(site, i, config): i for i in reversed([first, *others])}
        own = by_language.get(lang, by_language.get(config.language, first))
        out |= dict.fromkeys({first, *others} - {own}, own)
    return out


def published_in(site: Site, index: int, config: Config) -> str:
    """The language of the site that an article is published in."""
    if not config.languages:
        return config.language
    return shown_in(language(site, index, config), config)


def tongues(
    site: Site, known: Mapping[int, tuple[Translation, ...]], shown: Iterable[int]
) -> dict[str, tuple[Translation, ...]]:
    """The ``known`` translations of the articles that are ``shown``, by the URL of each."""
    out = {}
    for index in shown:
        url = site.cards[index].url
        if others := tuple(one for one in known.get(index, ()) if one.url != url):
            out[url] = others
    return out


def seen_from(cards: tuple[Marked, ...], lang: str, config: Config) -> tuple[Marked, ...]:
    """``cards`` on a page in ``lang`` (empty: the language of the site): only what is in another
    language is marked as such, and sections are called as they are in that of the page."""
    if not config.languages:
        return cards
    return tuple([_seen_from(card, lang or config.language, config) for card in cards])


def _seen_from(card: Marked, lang: str, config: Config) -> Marked:
    own = card.lang or config.language
    if own != lang and isinstance(card, Card) and card.section.url:
        slug = card.section.url.rstrip("/").rpartition("/")[2]
        name = section_link(slug, config, lang).name
        card = replace(card, section=Link(name, card.section.url))
    return replace(card, lang="" if own == lang else own)


def language(site: Site, index: int, config: Config) -> str:
    """The language of an article: its own, else that of the site."""
    return site.cards[index].lang or config.language
