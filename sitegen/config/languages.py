"""The languages that a site is published in: where each is, and its words. Pure.

The language of the site is at `/`, every other one in a folder of its own, such as `/de/`.
"""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.base.languages import language_tag
from sitegen.config.schema import Config, EditionsConfig, LanguageConfig, SectionConfig


def languages_of(config: Config) -> tuple[str, ...]:
    """The languages of a site, its own first; only that one unless site.yaml has `languages`."""
    own = config.language
    return (own, *(lang for lang in config.languages if lang != own))


def folder_of(lang: str, config: Config) -> str:
    """The folder below output/ of a language, with a slash; empty for that of the site."""
    return "" if lang == config.language else f"{lang.lower()}/"


def shown_in(lang: str, config: Config) -> str:
    """The language of the site in which what is written in ``lang`` is published: the same, else
    one that differs by country or script, else that of the site."""
    if not lang or not config.languages or lang == config.language:
        return config.language
    if lang in config.languages:
        return lang
    first = _first_subtag(lang)
    alike = (tag for tag in config.languages if _first_subtag(tag) == first)
    return next(alike, config.language)


def series_language(series: EditionsConfig, config: Config) -> str:
    """The language of the words in a series of editions: that of its articles if the site is
    published in it, else that of the site."""
    return shown_in(language_tag(series.language), config)


def _first_subtag(tag: str) -> str:
    return tag.partition("-")[0]


def split_path(path: str, config: Config) -> tuple[str, str]:
    """The language that the folder of a file below the content folder names, or nothing; and its
    path below that folder: ``content/de/world/a.md`` is (`de`, ``world/a.md``)."""
    below = path.removeprefix(f"{config.content}/")
    folder, slash, rest = below.partition("/")
    for lang in languages_of(config) if slash and config.languages else ():
        if folder.lower() == lang.lower():
            return lang, rest
    return "", below


def settings_in(lang: str, config: Config) -> Config:
    """``config`` with the words of one language of the site."""
    own = config.languages.get(lang)
    if own is None:
        return config
    return replace(
        config,
        language=lang,
        title=own.title or config.title,
        description=own.description or config.description,
        sections=_sections(own, config),
        menus=own.menus or (config.menus if lang == config.language else {}),
    )


def _sections(own: LanguageConfig, config: Config) -> dict[str, SectionConfig]:
    out = dict(config.sections)
    for slug, words in own.sections.items():
        entry = out.get(slug, SectionConfig())
        out[slug] = replace(
            entry,
            title=words.title or entry.title,
            description=words.description or entry.description,
        )
    return out
