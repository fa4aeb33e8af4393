"""The headline of a page among all that it offers."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.titles import names_site, rate_titles, title_candidates, title_key


def claims(*titles: tuple[str, str]) -> Claims:
    out = Claims()
    out.site, out.canonical = "Tidewater Post", "https://www.twp.example/eels-are-back"
    for value, where in titles:
        out.say("titles", value, where)
    return out


@pytest.mark.parametrize(
    ("titles", "title"),
    [
        ([("Eels are back", "h1"), ("Eels are back - Tidewater Post", "title")], "Eels are back"),
        ([("Menu", "h1"), ("Eels are back", "meta og:title")], "Eels are back"),
        ([("Eels are back | Tidewater Post", "title")], "Eels are back"),
        ([("Menu", "h1")], "Menu"),
    ],
)
def test_the_title_that_places_agree_on(titles: list[tuple[str, str]], title: str) -> None:
    assert rate_titles(claims(*titles), "https://www.twp.example/a")[0].value == title


def test_a_page_without_headlines_has_no_candidates() -> None:
    assert title_candidates(claims(), "") == []


def test_a_headline_is_also_read_without_what_is_around_it() -> None:
    found = dict(title_candidates(claims(("News: Eels are back - Tidewater Post", "title")), ""))
    assert "title without site" in found["News: Eels are back"]
    assert "title cut before, word, colon" in found["Eels are back - Tidewater Post"]
    assert "title within" in found["Eels are back"]


def test_a_headline_that_ends_at_a_quote_is_no_candidate() -> None:
    both = claims(('Mayor: eels are "home"', "title"), ("Mayor: eels are", "meta og:title"))
    assert "Mayor: eels are" not in dict(title_candidates(both, ""))


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("Tidewater Post", True),
        ("TIDEWATER POST Online", True),
        ("twp", True),
        ("The eel", False),
        ("", False),
    ],
)
def test_the_name_of_the_site(part: str, named: bool) -> None:
    assert names_site(part, claims()) is named


def test_an_umlaut_is_spelled_out_in_a_host() -> None:
    out = Claims()
    out.canonical = "https://www.fluesse.example/a"
    assert names_site("Flüsse", out)


def test_titles_are_compared_without_case_and_dashes() -> None:
    assert title_key("Eels — are Back") == title_key("EELS - are back.")
