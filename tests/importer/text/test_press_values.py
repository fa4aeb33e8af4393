"""What the values of labels of press databases say."""

from __future__ import annotations

import pytest

from sitegen.importer.text.press_values import (
    Publication,
    day_of,
    holder_of,
    in_small,
    language_of,
    page_of,
    people_in,
    publication,
    section_in,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gazette. 11/26/2026, p17.", Publication("Gazette", "2026-11-26", "17")),
        (
            "Salmer Zeitung vom 26.11.2026, Seite 7",
            Publication("Salmer Zeitung", "2026-11-26", "7"),
        ),
        (
            "The Gazette ; Salm [Salm]26 November 2026: B17.",
            Publication("The Gazette", "2026-11-26", "B17"),
        ),
        ("Gazette, The, Nov 26, 2026, pB17", Publication("Gazette, The", "2026-11-26", "B17")),
        ("The Gazette - November 26, 2026", Publication("The Gazette", "2026-11-26")),
        ("The Gazette(Vol. 12, Issue 3)", Publication("The Gazette")),
        ("The Gazette (Salm)", Publication("The Gazette (Salm)")),
        ("", Publication()),
    ],
)
def test_a_line_on_the_publication(text: str, found: Publication) -> None:
    assert publication(text, "") == found


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["Marsh, Edda; Vance, Piet"], ["Edda Marsh", "Piet Vance"]),
        (["Edda Marsh and Piet Vance"], ["Edda Marsh", "Piet Vance"]),
        (["By EDDA MARSH"], ["Edda Marsh"]),
        ([""], []),
    ],
)
def test_people(texts: list[str], names: list[str]) -> None:
    assert [person.name for person in people_in(texts)] == names


def test_other_values() -> None:
    assert day_of(["no day", "26 November 2026"], "") == "2026-11-26"
    assert language_of({"lang": ("GERMAN; DEUTSCH",)}) == "de"
    assert page_of({"section": ("NEWS; Pg. B17",)}) == "B17"
    assert page_of({}) == ""
    assert holder_of("A clock. Photo: Ruta Lind") == "Ruta Lind"
    assert holder_of("Puppet master? Ann Ames (left) is said to be behind it") == ""
    assert section_in(["Section B; Page 22, Column 2; Harbour Desk"]) == "Harbour Desk"
    assert (in_small("CITY"), in_small("LATExtra")) == ("City", "LATExtra")
