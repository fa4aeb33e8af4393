"""The languages of a site: where each is, what is published in which, and its words."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.languages import (
    folder_of,
    languages_of,
    settings_in,
    shown_in,
    split_path,
)
from sitegen.config.load import load_config

SITE = """\
title: T
base_url: https://t.example/
timezone: UTC
description: D
sections: {world: {title: World, description: All of it}}
menus: {footer: [world]}
"""
SEVERAL = load_config(
    SITE
    + """\
languages:
  de: {title: U, sections: {world: {title: Welt}}}
  pt_br: {}
"""
)


def test_the_language_of_the_site_comes_first() -> None:
    assert languages_of(SEVERAL) == ("en", "de", "pt-BR")
    assert languages_of(load_config(SITE)) == ("en",)


@pytest.mark.parametrize("lang, folder", [("en", ""), ("de", "de/"), ("pt-BR", "pt-br/")])
def test_every_other_language_has_a_folder(lang: str, folder: str) -> None:
    assert folder_of(lang, SEVERAL) == folder


@pytest.mark.parametrize(
    "lang, shown",
    [
        ("", "en"),
        ("en", "en"),
        ("en-GB", "en"),
        ("de", "de"),
        ("de-AT", "de"),
        ("pt", "pt-BR"),
        ("fr", "en"),
    ],
)
def test_an_article_is_published_in_its_language_or_in_that_of_the_site(
    lang: str, shown: str
) -> None:
    assert shown_in(lang, SEVERAL) == shown
    assert shown_in(lang, load_config(SITE)) == "en"


@pytest.mark.parametrize(
    "path, parts",
    [
        ("content/de/world/a.md", ("de", "world/a.md")),
        ("content/pt-br/a.md", ("pt-BR", "a.md")),
        ("content/world/a.md", ("", "world/a.md")),
        ("content/de.md", ("", "de.md")),
    ],
)
def test_a_folder_may_name_a_language(path: str, parts: tuple[str, str]) -> None:
    assert split_path(path, SEVERAL) == parts
    assert split_path(path, load_config(SITE)) == ("", path.removeprefix("content/"))


def test_a_language_has_words_of_its_own_and_else_those_of_the_site() -> None:
    german, english = settings_in("de", SEVERAL), settings_in("en", SEVERAL)
    assert (german.language, german.title, german.description) == ("de", "U", "D")
    world = german.sections["world"]
    assert (world.title, world.description) == ("Welt", "All of it")
    assert german.menus == {}
    assert english is SEVERAL


@pytest.mark.parametrize(
    "lines, message",
    [
        ("languages: {english: {}}", "`languages`: `english` is not a language tag"),
        ("languages: {world: {}}", "`languages`: `world` is not a language tag"),
        ("languages: {de: {titel: X}}", "unknown key `languages.de.titel`"),
        ("languages: {de: {menus: {main: [{tag: a, page: b}]}}}", "leads to several places"),
    ],
)
def test_what_is_wrong_is_reported(lines: str, message: str) -> None:
    with pytest.raises(SitegenError) as error:
        load_config(SITE + lines)
    assert message in error.value.diagnostics[0].message


def test_a_language_and_a_section_may_not_share_a_folder() -> None:
    text = SITE.replace("sections: {world", "sections: {de: {}, world")
    with pytest.raises(SitegenError) as error:
        load_config(text + "languages: {de: {}}")
    assert "`/de/` is the folder of the language `de` and of a section" in str(error.value)
