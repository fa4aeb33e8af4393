"""The authors of a page among all whom it names."""

from __future__ import annotations

from sitegen.importer.fields.linear import Rated
from sitegen.importer.html.authors import (
    author_candidates,
    choose_authors,
    coauthor_candidates,
    coauthors,
    likeliest,
    name_key,
)
from sitegen.importer.html.candidates import Claims
from sitegen.model.article import Person

AT = ("at the headline",)
FAR = ("far", "of a teaser", "in furniture")


def claims(*said: tuple[str, str, tuple[str, ...]]) -> Claims:
    out = Claims()
    out.site, out.canonical = "Tidewater Post", "https://www.twp.example/eels"
    for names, where, signs in said:
        people = tuple(Person(name) for name in names.split(", ") if name)
        out.say("authors", people, where, signs)
    return out


def names(*said: tuple[str, str, tuple[str, ...]]) -> list[str]:
    return [one.value.name for one in choose_authors(claims(*said))[1]]


def test_who_is_named_by_several_parts_is_the_author() -> None:
    assert names(
        ("Ida Holm", "JSON-LD", ()),
        ("Ida Holm", "a line with By", AT),
        ("Bo Ek", "a line with By", FAR),
    ) == ["Ida Holm"]


def test_who_is_named_with_the_author_is_one_too() -> None:
    assert names(("Ida Holm, Bo Ek", "JSON-LD", ()), ("Ida Holm, Bo Ek", "a line with By", AT)) == [
        "Ida Holm",
        "Bo Ek",
    ]


def rated(name: str, chance: float, *features: str) -> Rated[Person]:
    return Rated(Person(name), features, 0.0, chance)


def test_a_byline_is_taken_whole() -> None:
    said = claims(("Ida Holm, Bo Ek, Per Lind, Tidewater", "JSON-LD", ()))
    others = [rated("Bo Ek", 0.7), rated("Per Lind", 0.4, "a person's name")]
    found = coauthors(rated("Ida Holm", 0.9), [*others, rated("Tidewater", 0.4, "one word")], said)
    assert [(one.value.name, one.chance) for one in found] == [("Bo Ek", 0.7), ("Per Lind", 0.7)]


def test_a_byline_of_a_teaser_adds_nobody() -> None:
    teaser = ("Ida Holm, Bo Ek, Per Lind", "an element called byline", FAR)
    said = claims(("Ida Holm, Bo Ek", "JSON-LD", ()), teaser)
    others = [rated("Bo Ek", 0.7), rated("Per Lind", 0.4, "a person's name")]
    assert [one.value.name for one in coauthors(rated("Ida Holm", 0.9), others, said)] == ["Bo Ek"]


def test_the_first_named_again_in_another_form_is_no_other() -> None:
    said = claims(("Ida Holm, Bo Ek, Ida M. Holm", "JSON-LD", ()))
    again = rated("Ida M. Holm", 0.4, "a person's name", "a form of the first's name")
    found = coauthors(rated("Ida Holm", 0.9), [rated("Bo Ek", 0.7), again], said)
    assert [one.value.name for one in found] == ["Bo Ek"]


def test_nobody_is_an_answer() -> None:
    assert names() == []
    assert names(("Bo Ek", "a line with By", FAR)) == []
    assert likeliest([]) is None


def test_features_say_who_is_named_where_and_against_whom() -> None:
    found = {
        p.name: set(features)
        for p, features in author_candidates(
            claims(("Ida Holm", "JSON-LD", ()), ("Tidewater Post", "meta author", ()))
        )
    }
    assert {"JSON-LD", "a person's name", "named by 1"} <= found["Ida Holm"]
    assert {"the name of the source", "against JSON-LD"} <= found["Tidewater Post"]
    assert found[""] == {"nobody"}


def test_features_of_two_people_say_what_names_both() -> None:
    said = claims(("Ida Holm, Bo Ek", "JSON-LD", ()), ("Ida Holm", "meta author", ()))
    rated, _ = choose_authors(said)
    lead = next(one for one in rated if one.value.name == "Ida Holm")
    ((person, features),) = coauthor_candidates(rated, lead, said)
    assert person.name == "Bo Ek"
    assert {"with the first in JSON-LD", "not with the first in meta"} <= set(features)


def test_a_person_keeps_what_any_part_of_the_page_knows() -> None:
    out = claims(("Ida Holm", "meta author", ()))
    out.say("authors", (Person("IDA HOLM", "Editor", "https://twp.example/ida"),), "rel=author")
    (_, (person, _)) = author_candidates(out)
    assert person == Person("Ida Holm", "Editor", "https://twp.example/ida")


def test_names_are_compared_without_case_and_signs() -> None:
    assert name_key("Ida-Maria HOLM, Jr.") == "ida maria holm jr"


def test_a_line_that_shows_the_headline_names_nobody_but_the_heading_of_a_box_may() -> None:
    said = claims(("Ida Holm", "a line of names", ()))
    said.say("titles", "Ida Holm", "an element called headline")
    assert [person.name for person, _ in author_candidates(said)] == ["", "Ida Holm"]
    said.say("titles", "Ida Holm", "h1")
    assert [person.name for person, _ in author_candidates(said)] == [""]
