"""Time stamps: zones by their abbreviation and season, and nothing made of relative dates."""

import pytest

from sitegen.importer.dates import find_stamps, first_value, is_relative


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Dec. 30, 2021, 8:07 p.m. ET", "2021-12-30T20:07:00-05:00"),
        ("July 1, 2021, 8:07 p.m. ET", "2021-07-01T20:07:00-04:00"),
        ("October 23, 2025 5:50 pm CET", "2025-10-23T17:50:00+02:00"),
        ("Published Fri, Apr 28 20232:23 PM EDT", "2023-04-28T14:23:00-04:00"),
        ("2 minute readApril 25, 20232:26 PM GMT+2Last Updated 9 min ago", "2023-04-25T14:26:00+02:00"),
        ("11:00 AM PDT • May 16, 2024", "2024-05-16T11:00:00-07:00"),
        ("2024-02-14T16:15:30Z", "2024-02-14T16:15:30+00:00"),
        ("3. Mai 2024, 17:47", "2024-05-03"),
        ("Stand: 28.04.2023 17:23 Uhr", "2023-04-28"),
        ("Publié le 30 août 2023 à 14h52", "2023-08-30"),
        ("15 de octubre de 2024", "2024-10-15"),
        ("5 gennaio 2025 ( modifica il 6 gennaio 2025 | 15:24)", "2025-01-05"),
        ("31/12/2024 08:00 GMT", "2024-12-31T08:00:00+00:00"),
        ("12/30/2021 8:07 PM ET", "2021-12-30T20:07:00-05:00"),
        ("5/6/2021", ""),
        ("February 31, 2021", ""),
        ("2 years ago 475", ""),
        ("il y a 3 heures, mis à jour à 09h42", ""),
        ("vor 2 Stunden", ""),
    ],
)
def test_first_value(text: str, value: str) -> None:
    assert first_value(text) == value


def test_a_time_without_zone_takes_the_one_given() -> None:
    assert first_value("3. Mai 2024, 17:47", zone="Europe/Berlin") == "2024-05-03T17:47:00+02:00"
    assert first_value("12 January 2024, 9:30", zone="America/New_York") == "2024-01-12T09:30:00-05:00"


def test_abbreviations_mean_the_outlets_place() -> None:
    assert first_value("Jan 5, 2024 10:00 IST", country="ie") == "2024-01-05T10:00:00+00:00"
    assert first_value("Jan 5, 2024 10:00 IST") == "2024-01-05T10:00:00+05:30"


def test_ambiguous_days_are_told_from_clear_ones() -> None:
    assert [s.clear for s in find_stamps("5/6/2021")] == [False]
    assert first_value("5/6/2021", lang="fr") == "2021-06-05"
    assert first_value("06/01/2026 - 13:55 GMT+1") == "2026-01-06T13:55:00+01:00"


def test_relative() -> None:
    assert all(
        is_relative(t) for t in ("2 years ago", "Jane Roe2 minutes ago", "vor einer Stunde", "hace 3 horas", "3 ore fa", "il y a un jour")
    )
    assert not is_relative("The town was founded 300 years before the ferry")
