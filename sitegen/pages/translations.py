"""Which articles are translations of one original, and how pages link them.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.config.schema import Config
from sitegen.model.site import Site
from sitegen.model.views import (
    Translation,
)


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


def in_other_languages(site: Site, groups: Mapping[int, list[int]], config: Config) -> set[int]:
    """The articles that the front page leaves out: of each original and its translations all but
    the one in the site's language, else but the original."""
    out: set[int] = set()
    for first, others in groups.items():
        members = [first, *others]
        own = next((i for i in members if language(site, i, config) == config.language), first)
        out |= set(members) - {own}
    return out


def language(site: Site, index: int, config: Config) -> str:
    """The language of an article: its own, else that of the site."""
    return site.cards[index].lang or config.language
