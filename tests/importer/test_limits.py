"""How much of a field one article has."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.importer.limits import first_of, objects_of, within_limits
from sitegen.importer.model import Imported
from sitegen.model.article import Image, Person

PEOPLE = tuple(Person(f"Ida Ek {number}") for number in range(501))
TAGS = tuple(f"tag {number}" for number in range(200))


@pytest.mark.parametrize(
    ("found", "field", "kept", "note"),
    [
        (
            {"authors": PEOPLE},
            "authors",
            PEOPLE[:500],
            "only the first 500 of 501 authors are kept",
        ),
        (
            {"credits": PEOPLE},
            "credits",
            PEOPLE[:500],
            "only the first 500 of 501 credits are kept",
        ),
        ({"tags": TAGS}, "tags", TAGS[:50], "only the first 50 of 200 tags are kept"),
        (
            {"tags": TAGS, "own": True},
            "tags",
            TAGS[:199],
            "only the first 199 of 200 tags are kept",
        ),
        (
            {"tags": ("a", "b" * 81)},
            "tags",
            ("a",),
            "1 tag of more than 80 characters left out",
        ),
        (
            {"title": "Fog " * 300},
            "title",
            " ".join(["Fog"] * 249) + "…",
            "the title has 1200 characters: it ends after 1000",
        ),
        (
            {"summary": "f" * 6000},
            "summary",
            "f" * 4999 + "…",
            "the summary has 6000 characters: it ends after 5000",
        ),
        (
            {"image": Image("a.jpg", credit="Ida Ek, " * 200)},
            "image",
            Image("a.jpg", credit=("Ida Ek, " * 125)[:-5] + "…"),
            "the credit of the lead image has 1600 characters: it ends after 1000",
        ),
    ],
)
def test_what_is_beyond_is_reported(
    found: dict[str, Any], field: str, kept: Any, note: str
) -> None:
    limited = within_limits(Imported(**found))
    assert getattr(limited, field) == kept
    assert limited.notes == (note,)


def test_an_article_within_its_limits_stays_as_it_is() -> None:
    found = Imported(title="Fog", authors=PEOPLE[:500], tags=TAGS[:50])
    assert within_limits(found) is found


def test_the_first_of_many_and_a_note_of_the_others() -> None:
    assert first_of("abc", 3, "items") == ("abc", ())
    found, (note,) = first_of("abcd", 3, "items")
    assert found == "abc"
    assert note.message == "has more than 3 items; the others are not read"


def test_what_is_no_object_is_counted() -> None:
    found, notes = objects_of([{"a": 1}, "x", None, [{}]], "post")
    assert found == [{"a": 1}]
    assert [note.message for note in notes] == ["3 posts left out, as each post is an object"]
    assert objects_of([{}], "post") == ([{}], ())
