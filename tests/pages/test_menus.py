"""Menus: what they hold by default, what site.yaml may name, and what leads nowhere."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sitegen.config.schema import Config, LanguageConfig, MenuEntry, SectionConfig
from sitegen.model.site import Link, MenuItem, Site
from sitegen.pages.menus import LostEntry, MenuInput, menus, places
from sitegen.pages.plan import translations_of
from tests.samples import config, document, page, site

SECTIONS = (Link("Sport", "/sport/"), Link("World", "/world/"))
AROUND = MenuInput("", SECTIONS, (Link("Archive", "/archive/"),))


def digest() -> Site:
    return site(
        document("tide", tags=("Sea ice",)),
        document("goal", section="sport"),
        page("imprint"),
        page("about", weight=1),
        page("team", path="content/pages/about/team.md"),
        page("old", status="withdrawn"),
    )


def made(*entries: Any, **values: Any) -> tuple[tuple[MenuItem, ...], list[LostEntry]]:
    """The main menu of ``entries``, as site.yaml has them."""
    settings = msgspec.convert(
        {**msgspec.to_builtins(config()), "menus": {"main": entries}, **values}, Config
    )
    found, lost = menus(digest(), settings, settings.menus, AROUND)
    return found["main"], lost


def test_by_default_there_are_sections_and_below_the_pages_by_weight_and_title() -> None:
    found, lost = menus(digest(), config(), {}, AROUND)
    assert found == {
        "main": (MenuItem("Sport", "/sport/"), MenuItem("World", "/world/")),
        "footer": (MenuItem("About", "/about/"), MenuItem("Imprint", "/imprint/")),
    }
    assert lost == []


@pytest.mark.parametrize(
    "entry, name, url",
    [
        ("world", "World", "/world/"),
        ("about", "About", "/about/"),
        ("about/team", "Team", "/about/team/"),
        ({"page": "team"}, "Team", "/about/team/"),
        ({"section": "sport", "title": "Games"}, "Games", "/sport/"),
        ({"tag": "Sea Ice"}, "Sea ice", "/tag/sea-ice/"),
        ({"term": "tag/sea-ice"}, "Sea ice", "/tag/sea-ice/"),
        ({"url": "https://shop.example/", "title": "Shop"}, "Shop", "https://shop.example/"),
        ("/archive/", "Archive", "/archive/"),
        ("/tag/sea-ice/", "Sea ice", "/tag/sea-ice/"),
        ("/own/", "/own/", "/own/"),
    ],
)
def test_an_entry_names_a_section_a_page_a_term_or_a_url(entry: Any, name: str, url: str) -> None:
    assert made(entry) == ((MenuItem(name, url),), [])


def test_an_entry_may_have_others_below_it() -> None:
    found, lost = made({"title": "More", "entries": ["world", {"page": "about", "title": "We"}]})
    below = (MenuItem("World", "/world/"), MenuItem("We", "/about/"))
    assert found == (MenuItem("More", "", below),)
    assert places(found) == ("/world/", "/about/")
    assert lost == []


@pytest.mark.parametrize(
    "entry, message, help",
    [
        ("wrold", "there is no section or page `wrold`", "did you mean `world`?"),
        ({"page": "abuot"}, "there is no page `abuot`", "did you mean `about`?"),
        ({"tag": "sea-ise"}, "there is no tag `sea-ise`", "did you mean `sea-ice`?"),
        ({"source": "x"}, "there is no source `x`", "remove the entry"),
    ],
)
def test_an_entry_that_leads_nowhere_is_left_out_and_reported(
    entry: Any, message: str, help: str
) -> None:
    found, (lost,) = made("world", entry)
    assert found == (MenuItem("World", "/world/"),)
    assert (lost.menu, lost.message, lost.help) == ("main", message, help)


def test_a_section_without_articles_is_reported_as_such() -> None:
    settings = config(sections={"arts": SectionConfig()}, menus={"main": ("arts",)})
    _, (lost,) = menus(digest(), settings, settings.menus, AROUND)
    assert lost.message == "the section `arts` has no articles yet"


def test_an_entry_without_a_target_holds_what_is_left_below_it() -> None:
    found, lost = made({"page": "nobody", "title": "More", "entries": ["world"]})
    assert found == (MenuItem("More", "", (MenuItem("World", "/world/"),)),)
    assert len(lost) == 1


def test_other_menus_are_for_templates_of_the_sites_own() -> None:
    settings = config(menus={"aside": (MenuEntry(section="world"),)})
    found, _ = menus(digest(), settings, settings.menus, AROUND)
    assert found["aside"] == (MenuItem("World", "/world/"),)
    assert found["main"]


def test_a_menu_in_another_language_has_the_translations_of_pages() -> None:
    settings = config(languages={"de": LanguageConfig()})
    imprint = page("imprint")
    articles = (
        imprint,
        page("about"),
        page("impressum", "content/de/pages/impressum.md", lang="de", translation_of=imprint.path),
    )
    pages = site(*articles, settings=settings)
    groups = translations_of(pages)
    german, _ = menus(pages, settings, {}, MenuInput("de", (), (), groups))
    assert german["footer"] == (
        MenuItem("About", "/about/", lang="en"),
        MenuItem("Impressum", "/de/impressum/"),
    )
    own, _ = menus(pages, settings, {}, MenuInput("", (), (), groups))
    assert own["footer"] == (MenuItem("About", "/about/"), MenuItem("Imprint", "/imprint/"))
