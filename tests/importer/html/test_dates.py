"""The date of a page among all the days that it offers."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.dates import as_shown, date_candidates, rate_dates

CHANGE = ("called change",)
SHOWN = ("at the headline", "alone")


def claims(*said: tuple[str, str, tuple[str, ...]]) -> Claims:
    out = Claims()
    for value, where, signs in said:
        out.say("dates", value, where, signs)
    return out


def best(*said: tuple[str, str, tuple[str, ...]]) -> str:
    return rate_dates(claims(*said))[0].value


def test_publication_takes_precedence_over_a_change() -> None:
    assert (
        best(
            ("2026-11-25T13:23:00+00:00", "JSON-LD", ()),
            ("2026-11-26T19:49:50+00:00", "JSON-LD dateModified", CHANGE),
            ("2026-11-26", "a line called date", (*SHOWN, *CHANGE)),
        )
        == "2026-11-25T13:23:00+00:00"
    )


def test_a_day_beside_the_headline_counts_though_its_box_looks_like_furniture() -> None:
    marked = ("at the headline", "in furniture", "called publication")
    other = ("at the headline", "in furniture")
    days = [
        day
        for day, _ in date_candidates(
            claims(
                ("2026-11-21", "meta date", ()),
                ("2026-11-25", "time element", marked),
                ("2026-11-26", "a line", other),
            )
        )
    ]
    assert days == ["", "2026-11-21", "2026-11-25"]


def test_a_change_is_better_than_nothing() -> None:
    days = [day for day, _ in date_candidates(claims(("2026-11-26", "meta lastmod", CHANGE)))]
    assert days == ["", "2026-11-26"]


def test_one_moment_is_one_day_whatever_its_zone() -> None:
    found = date_candidates(
        claims(
            ("2026-11-08T23:30:00-06:00", "time element", SHOWN),
            ("2026-11-09T05:30:00+00:00", "JSON-LD", ()),
        )
    )
    assert [day for day, _ in found] == ["", "2026-11-08T23:30:00-06:00"]


def test_the_time_of_a_day_comes_from_any_claim_of_it() -> None:
    assert best(("2026-11-08", "the URL", ()), ("2026-11-08T10:00:00+01:00", "JSON-LD", ())) == (
        "2026-11-08T10:00:00+01:00"
    )


@pytest.mark.parametrize(
    ("country", "shown", "value"),
    [
        ("", "", "2026-02-18T02:18:11+00:00"),
        ("ca", "", "2026-02-17T21:18:11-05:00"),
        ("", "2026-02-17", "2026-02-17"),
        ("", "2026-02-18", "2026-02-18T02:18:11+00:00"),
        ("", "2026-02-03", "2026-02-18T02:18:11+00:00"),
    ],
)
def test_the_day_is_that_of_the_readers(country: str, shown: str, value: str) -> None:
    out = claims(*([(shown, "a line called date", SHOWN)] if shown else []))
    assert as_shown("2026-02-18T02:18:11+00:00", out, country) == value
