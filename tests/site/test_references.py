"""What articles and settings name in vain."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import (
    AuthorConfig,
    Config,
    EditionsConfig,
    LanguageConfig,
    SectionConfig,
    SectionWords,
    ShareConfig,
)
from sitegen.model.article import Document
from sitegen.model.site import ClosedEdition
from sitegen.site.editions import with_editions
from sitegen.site.references import misses_an_edition, vain_names, vain_settings
from tests.samples import config, document, site

PAGES = {"edition.html", "editions.html"}
CLOSED = "edition `friday/2026-w44` is closed, and does not hold"
SERIES = config(
    editions=(
        EditionsConfig(name="Friday", kind="weekly"),
        EditionsConfig(name="Ferries", kind="monthly", tags=("ferry",)),
    )
)


@pytest.mark.parametrize(
    ("name", "others", "messages"),
    [
        ("quay", [document("a", id="quay")], []),
        ("content/world/a.md", [document("a")], []),
        ("qauy", [document("a", id="quay")], [("no article has", "did you mean `quay`?")]),
        ("a", [document("a")], [("no article has", "write `translation_of: content/world/a.md`")]),
        ("b", [], [("a translation of itself", "remove it from the original")]),
        ("held", [], [("is not published (draft)", "publish it, or remove `translation_of`")]),
        ("quay", [document("a", id="quay", status="withdrawn")], [("no article has", "give the")]),
    ],
)
def test_originals(name: str, others: list[Document], messages: list[tuple[str, str]]) -> None:
    shown = site(document("b", id="b", translation_of=name, lang="de"), *others)
    found = list(vain_names(shown, config(), (), lambda: {"held": "draft"}))
    assert [(n.code, n.key, n.path[-4:]) for n in found] == [
        ("translation-unknown", "translation_of", "b.md") for _ in messages
    ]
    for one, (message, help) in zip(found, messages, strict=True):
        assert message in one.message
        assert one.help.startswith(help)


def test_of_a_ring_of_translations_the_oldest_is_the_original() -> None:
    ring = [
        document("a", id="a", translation_of="c"),
        document("b", "2026-11-03", id="b", translation_of="a"),
        document("c", "2026-11-04", id="c", translation_of="b"),
    ]
    found = vain_names(site(*ring), config(), (), dict)
    assert [one.path for one in found] == ["content/world/a.md"]


def test_a_rule_that_is_off_reports_no_original() -> None:
    settings = config(check={"translation-unknown": "off"})
    assert not list(vain_names(site(document("b", translation_of="x")), settings, (), dict))


@pytest.mark.parametrize(
    ("edition", "settings", "misses"),
    [
        (("2026-w45", "ferries/2026-11"), SERIES, []),
        (("2026-11",), SERIES, ["edition `2026-11` does not collect articles like this one"]),
        (("friday/2026-w44",), SERIES, [CLOSED]),
        (("2026-W44",), SERIES, [CLOSED]),
        (("next",), config(), []),
        *(
            ((name,), SERIES, [f"`edition: {name}` is no edition that this site can have"])
            for name in ("2026-13-45", "next", "friday/2026-11-05", "2026-w54", "porto/2026-w50")
        ),
        (
            ("2026-11-02",),
            config(editions=EditionsConfig(kind="daily", sections=("city",))),
            ["edition `2026-11-02` does not collect articles like this one"],
        ),
    ],
)
def test_editions(edition: tuple[str, ...], settings: Config, misses: list[str]) -> None:
    article = document("late", edition=edition)
    over = ClosedEdition("friday/2026-w44", "x.yaml", 1, "", "2026-10-31", ())
    closed = (over,) if settings is SERIES else ()
    shown, _ = with_editions(site(article, settings=settings), settings, closed, PAGES)
    found = list(vain_names(shown, settings, {one.key for one in closed}, dict))
    assert [one.message[: len(said)] for one, said in zip(found, misses, strict=True)] == misses
    assert misses_an_edition(article, settings, {one.key for one in closed}) is bool(misses)


def test_sections_and_tags_that_nobody_has() -> None:
    words = {"ctiy": SectionWords(), "world": SectionWords()}
    series = EditionsConfig(
        kind="daily", sections=("World", "city"), tags=("Crane", "ports", "ice")
    )
    settings = config(
        sections={"world": SectionConfig(), "city": SectionConfig()},
        editions=series,
        languages={"de": LanguageConfig(sections=words)},
    )
    shown = site(document("a", tags=("cranes", "ICE")), settings=settings)
    found = vain_settings(shown.listings, settings, (), set)
    later = "remove it, unless such articles will come"
    assert [(one.key, one.name, one.help, one.level) for one in found] == [
        ("editions", "World", "did you mean `world`?", "warning"),
        ("editions", "Crane", "did you mean `cranes`?", "warning"),
        ("editions", "ports", later, "note"),
        ("languages", "ctiy", "did you mean `city`?", "warning"),
    ]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"logo": "/logo.png", "share": ShareConfig(image="https://t.example/a%20b.png")}, []),
        ({"logo": "/Logo.png"}, [("logo", "/Logo.png")]),
        ({"logo": "https://t.example/no.png"}, [("logo", "https://t.example/no.png")]),
        ({"logo": "https://other.example/no.png"}, []),
        ({"share": ShareConfig(image="/no.png")}, [("share", "/no.png")]),
        ({"authors": {"x": AuthorConfig("X", photo="/x.jpg")}}, [("authors", "/x.jpg")]),
        ({"menus": {"main": ("world",), "aside": ("world",)}}, []),
        ({"menus": {"mian": ("world",)}}, [("menus", "mian")]),
        ({"languages": {"de": LanguageConfig(menus={"foot": ("x",)})}}, [("languages", "foot")]),
    ],
)
def test_images_and_menus_of_settings(
    settings: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    templates = ["{{ site.menus.footer }} {{ site.menus.aside }}"]
    paths = {"/logo.png", "/a b.png"}
    vain = vain_settings((), config(**settings), templates, lambda: paths)
    assert [(one.key, one.name) for one in vain] == found
