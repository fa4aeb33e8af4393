"""Values of structured sources: dates, people, languages, topics."""

import pytest

from sitegen.importer.fields import values


@pytest.mark.parametrize(
    ("text", "zone", "value"),
    [
        ("Mon, 23 Nov 2026 10:00:00 +0100", "", "2026-11-23T10:00:00+01:00"),
        ("2026-11-24 10:00", "Europe/Berlin", "2026-11-24T10:00:00+01:00"),
        ("2026-11-24 10:00", "", "2026-11-24T10:00:00+00:00"),
        ("20261124T100000Z", "", "2026-11-24T10:00:00+00:00"),
        ("24 November 2026", "", "2026-11-24"),
        ("soon", "", ""),
        ("", "", ""),
    ],
)
def test_moments(text: str, zone: str, value: str) -> None:
    assert values.read_moment(text, zone) == value


def test_a_date_that_cannot_be_read_is_noted_once() -> None:
    dates = values.Dates()
    assert [dates("soon"), dates("soon"), dates("2026-11-24")] == ["", "", "2026-11-24"]
    assert dates.notes == ("the date `soon` cannot be read",)


@pytest.mark.parametrize(
    ("date", "changed", "expected"),
    [
        ("2026-11-24T10:00:00Z", "2026-11-25T09:00:00Z", "2026-11-25T09:00:00Z"),
        ("2026-11-24T10:00:00Z", "2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z"),  # the same day
        ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z", ""),
        ("2026-11-24", "2026-11-23T10:00:00Z", ""),
        ("2026-11-24", "", ""),
        ("", "2026-11-24", ""),
    ],
)
def test_a_change_is_after_the_publication(date: str, changed: str, expected: str) -> None:
    assert values.change_after(date, changed) == expected


def test_an_unknown_zone_is_utc() -> None:
    assert values.zone_of("Nowhere/Land").key == values.zone_of("").key == "UTC"


def test_people_are_named_once_and_completed() -> None:
    people = values.people_of(["Jane Roe", "Jane Roe and Ann Lee"], "writer")
    assert [(p.name, p.role) for p in people] == [("Jane Roe", "writer"), ("Ann Lee", "writer")]
    again = values.merged(people, [people[0].__class__("JANE ROE", "", "https://a.example/")])
    assert [(p.name, p.url) for p in again] == [
        ("Jane Roe", "https://a.example/"),
        ("Ann Lee", ""),
    ]


def test_who_helped_is_read_from_bylines() -> None:
    helpers = values.helpers_of(["By Jane Roe. Translated by Griet Maas"])
    assert [(p.name, p.role) for p in helpers] == [("Griet Maas", "translator")]


@pytest.mark.parametrize(
    ("value", "tag"), [("de_AT", "de-AT"), ("en", "en"), ("german!", ""), (None, ""), (7, "")]
)
def test_language_tags(value: object, tag: str) -> None:
    assert values.language(value) == tag


def test_topics_are_clean_and_single() -> None:
    assert values.words([" a ", "a", None, {}, ["b"], 7]) == ("a", "7")
    assert len(values.words(map(str, range(50)))) == 50


def test_a_name_of_two_things_is_ambiguous() -> None:
    assert values.ambiguous([("a", "1"), ("a", "2"), ("b", "1"), ("b", "1")]) == {"a"}


@pytest.mark.parametrize(
    ("url", "paths"),
    [
        ("https://a.example/2026/11/clock.html", ("/2026/11/clock.html",)),
        ("https://a.example/f%C3%A4hre/", ("/fähre/",)),
        ("/p/clock", ("/p/clock",)),
        ("https://a.example/", ()),
        ("https://a.example/../x", ()),
        ("https://a.example/a b", ()),
        ("", ()),
    ],
)
def test_the_path_of_an_old_site(url: str, paths: tuple[str, ...]) -> None:
    assert values.old_paths(url) == paths
