"""The headline of a page among all that it offers."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.headline import choose_title, host_name, strip_site


def claims(*titles: tuple[str, str]) -> Claims:
    out = Claims()
    out.site, out.titles = "Tidewater Post", list(titles)
    return out


@pytest.mark.parametrize(
    ("titles", "title"),
    [
        ([("Eels are back", "h1"), ("Eels are back - Tidewater Post", "title")], "Eels are back"),
        ([("Menu", "h1"), ("Eels are back", "meta og:title")], "Eels are back"),
        ([("Eels are back | Tidewater Post", "title")], "Eels are back"),
        ([("Menu", "h1")], "Menu"),
        ([], ""),
    ],
)
def test_the_title_that_places_agree_on(titles: list[tuple[str, str]], title: str) -> None:
    assert choose_title(claims(*titles))[0] == title


def test_the_name_of_the_site_is_not_a_part_of_the_headline() -> None:
    assert strip_site("Eels are back – Tidewater Post", claims()) == "Eels are back"
    assert host_name("https://www.tide.example/a") == "tide.example"
