"""What single values in the head of a text of another generator say."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.importer.markdown import values
from sitegen.model.article import Correction, Image, Person, Rights, Source


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ida Ek and Tomasz Wrona", (Person("Ida Ek"), Person("Tomasz Wrona"))),
        ("Ibarra, Inés; Wrona,Tomasz", (Person("Inés Ibarra"), Person("Tomasz Wrona"))),
        (["ida"], (Person("Ida Ek"),)),
        ("ida, tw", (Person("Ida Ek"), Person("Tomasz Wrona"))),
        ([{"key": "ida", "title": "Editor"}], (Person("Ida Ek"),)),
        ("authors/tw.md", (Person("Tomasz Wrona"),)),
        ({"name": "Ida Ek", "role": "editor"}, (Person("Ida Ek", "editor"),)),
        ({"org": "Harbour Desk"}, (Person("Harbour Desk"),)),
        ({"age": 7}, ()),
        (None, ()),
    ],
)
def test_authors(value: Any, people: tuple[Person, ...]) -> None:
    assert values.authors(value, {"ida": "Ida Ek", "tw": "Tomasz Wrona"}) == people


def test_credits_have_the_role_before_the_name() -> None:
    found = values.credited(["Photo: Ida Ek", "Tomasz Wrona"], {})
    assert found == (Person("Ida Ek", "photo"), Person("Tomasz Wrona"))


@pytest.mark.parametrize(
    ("value", "source"),
    [
        ("Harbour Post", Source("Harbour Post", "https://c.example/")),
        ("https://a.example/1", Source("", "https://a.example/1")),
        ({"name": "A", "url": "javascript:x", "license": "CC0"}, Source("A", "", "CC0")),
        (7, Source("", "https://c.example/")),
    ],
)
def test_the_source(value: Any, source: Source) -> None:
    assert values.source(value, "https://c.example/") == source


@pytest.mark.parametrize(
    ("value", "image"),
    [
        ("{static}/a.jpg", Image("/a.jpg")),
        (["a.jpg", "b.jpg"], Image("a.jpg")),
        (
            {"path": "a.jpg", "Alt": "Fog", "credit": "Ida Ek"},
            Image("a.jpg", "Fog", credit="Ida Ek"),
        ),
        ({"alt": "Fog"}, None),
        ([], None),
    ],
)
def test_the_image(value: Any, image: Image | None) -> None:
    assert values.image(value) == image


def test_rights_that_cannot_be_read_allow_a_link_only() -> None:
    assert values.rights({"show": "all of it"}).show == "link"
    assert values.rights(None) == Rights()


def test_a_correction_has_a_date_and_a_text() -> None:
    entries = [{"date": "2026-01-02", "text": "The name."}, {"text": "No date."}, "x"]
    assert values.corrections(entries, str) == (Correction("2026-01-02", "The name."),)


def test_days_of_a_table_are_those_of_the_head() -> None:
    head = {"title": "A", "date": {"created": "2026-11-26", "updated": "2026-11-27"}}
    found = values.with_own_dates(head)
    assert found == {"title": "A", "date": "2026-11-26", "updated": "2026-11-27"}
    assert values.with_own_dates({"date": "2026-11-26"}) == {"date": "2026-11-26"}
    assert values.with_own_dates({"published": "2026-11-26"}) == {"date": "2026-11-26"}
    assert values.with_own_dates({"published": False}) == {"published": False}
