"""Time stamps: zones by their abbreviation and season, and nothing made of relative dates."""

import re
import time

import pytest

from sitegen.base.calendar import MONTHS
from sitegen.base.page_words import page_words
from sitegen.importer.fields.timestamps import (
    RELATIVE,
    find_stamps,
    first_value,
    is_relative,
    read_machine_date,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Dec. 30, 2021, 8:07 p.m. ET", "2021-12-30T20:07:00-05:00"),
        ("July 1, 2021, 8:07 p.m. ET", "2021-07-01T20:07:00-04:00"),
        ("October 23, 2025 5:50 pm CET", "2025-10-23T17:50:00+02:00"),
        ("Published Fri, Apr 28 20232:23 PM EDT", "2023-04-28T14:23:00-04:00"),
        (
            "2 minute readApril 25, 20232:26 PM GMT+2Last Updated 9 min ago",
            "2023-04-25T14:26:00+02:00",
        ),
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
        ("Published on 01/25/26", "2026-01-25"),
        ("25/01/26", ""),
        ("5/6/26", ""),
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
    assert (
        first_value("12 January 2024, 9:30", zone="America/New_York") == "2024-01-12T09:30:00-05:00"
    )


def test_abbreviations_mean_the_outlets_place() -> None:
    assert first_value("Jan 5, 2024 10:00 IST", country="ie") == "2024-01-05T10:00:00+00:00"
    assert first_value("Jan 5, 2024 10:00 IST") == "2024-01-05T10:00:00+05:30"


def test_ambiguous_days_differ_from_clear_ones() -> None:
    assert [s.clear for s in find_stamps("5/6/2021")] == [False]
    assert first_value("5/6/2021", lang="fr") == "2021-06-05"
    assert first_value("06/01/2026 - 13:55 GMT+1") == "2026-01-06T13:55:00+01:00"


def test_relative() -> None:
    assert all(
        is_relative(t)
        for t in (
            "2 years ago",
            "Jane Roe2 minutes ago",
            "vor einer Stunde",
            "hace 3 horas",
            "3 ore fa",
            "il y a un jour",
        )
    )
    assert not is_relative("The town was founded 300 years before the ferry")


@pytest.mark.parametrize(
    ("text", "zone", "value"),
    [
        ("Mon, 23 Nov 2026 08:30:00 GMT+1", "", "2026-11-23T08:30:00+01:00"),
        ("Mon, 23 Nov 2026 08:30:00 +1:00", "", "2026-11-23T08:30:00+01:00"),
        ("Mon, 23 Nov 2026 08:30:00 +01", "", "2026-11-23T08:30:00+01:00"),
        ("Mon, 23 Nov 2026 08:30:00 UTC+5:30", "", "2026-11-23T08:30:00+05:30"),
        ("Mon, 23 Nov 2026 08:30:00 GMT-03:30", "", "2026-11-23T08:30:00-03:30"),
        ("Mon, 23 Nov 2026 08:30:00 −0330", "", "2026-11-23T08:30:00-03:30"),
        ("Mon, 23 Nov 2026 08:30:00 +0100 (CET)", "", "2026-11-23T08:30:00+01:00"),
        ("Mon, 23 Nov 2026 8:30 PM EST", "", "2026-11-23T20:30:00-05:00"),
        ("Thu, 23 Jul 2026 08:30:00 EST", "", "2026-07-23T08:30:00-05:00"),
        ("Nov 23, 2026 11:05 am PST", "", "2026-11-23T11:05:00-08:00"),
        ("Mon, 23 Nov 2026 12:05 a.m. NZDT", "", "2026-11-23T00:05:00+13:00"),
        ("Mon, 23 Nov 2026 08:30:00 PKT", "", "2026-11-23T08:30:00+05:00"),
        ("Mon, 23 Nov 2026 08:30:00 IST", "", "2026-11-23T08:30:00+05:30"),
        ("Mon, 23 Nov 2026 08:30:00 QQT", "Europe/Berlin", "2026-11-23T08:30:00+01:00"),
        ("Mon, 23 Nov 2026 08:30:00", "Europe/Berlin", "2026-11-23T08:30:00+01:00"),
        ("Mon, 23 Nov 2026 08:30:00 GMT", "", "2026-11-23T08:30:00+00:00"),
        ("Mon, 23 Nov 2026 08:30:00 Z", "", "2026-11-23T08:30:00+00:00"),
        ("Mon, 23 Nov 26 08:30:00 EST", "", "2026-11-23T08:30:00-05:00"),
        ("Monday, 23-Nov-26 08:30:00 GMT", "", "2026-11-23T08:30:00+00:00"),
        ("Mon Nov 23 08:30:00 2026", "UTC", "2026-11-23T08:30:00+00:00"),
        ("Mon Nov 23 08:30:00 EET 2026", "", "2026-11-23T08:30:00+02:00"),
        (
            "Mon Nov 23 2026 08:30:00 GMT+0100 (Central European Standard Time)",
            "",
            "2026-11-23T08:30:00+01:00",
        ),
        ("2026-11-23T08:30:00+01", "", "2026-11-23T08:30:00+01:00"),
        ("2026-11-23T08:30:00.123Z", "", "2026-11-23T08:30:00+00:00"),
        ("2026-11-23 08:30:00 EST", "", "2026-11-23T08:30:00-05:00"),
        ("2026-11-23 8:30 PM", "UTC", "2026-11-23T20:30:00+00:00"),
        ("20261123T083000Z", "", "2026-11-23T08:30:00+00:00"),
        ("20261123", "", "2026-11-23"),
        ("1764140400", "", "2025-11-26T07:00:00+00:00"),
        ("1764140400000", "", "2025-11-26T07:00:00+00:00"),
        ("1895-03-02", "", "1895-03-02"),
        ("2 March 1895", "", "1895-03-02"),
        ("Mon, 31 Feb 2026 08:30:00 GMT", "", ""),
        ("Mon, 23 Nov 2026 25:61:00 GMT", "UTC", "2026-11-23"),
        ("0000-00-00 00:00:00", "UTC", ""),
        ("rubbish", "", ""),
        ("2026-13-45", "", ""),
        ("yesterday", "", ""),
        ("2 hours ago", "", ""),
        ("23 Ξξξ 2026", "", ""),
        ("23 Νοεμβρίου 2026, 8:30 μ.μ.", "UTC", "2026-11-23T20:30:00+00:00"),
        ("2026. november 23. 8:30", "UTC", "2026-11-23T08:30:00+00:00"),
        ("2026年11月23日 午後3時05分", "UTC", "2026-11-23T15:05:00+00:00"),
        ("2026년 11월 23일 오후 3:05", "UTC", "2026-11-23T15:05:00+00:00"),
        ("23 tháng 11, 2026", "", "2026-11-23"),
        ("23 de noviembre de 2026, 8:30 p. m.", "UTC", "2026-11-23T20:30:00+00:00"),
        ("23 ноября 2026 в 18:30", "UTC", "2026-11-23T18:30:00+00:00"),
        ("November 23, 2026 12:30 PM JST", "", "2026-11-23T12:30:00+09:00"),
        ("23.11.2026, 18:30 Uhr MEZ", "", "2026-11-23T18:30:00+01:00"),
        ("23/11/2026 18h30", "UTC", "2026-11-23T18:30:00+00:00"),
        ("Mon, 23 Nov 2026 08:30:00 HST", "", "2026-11-23T08:30:00-10:00"),
        ("Mon, 23 Nov 2026 08:30:00 SAST", "", "2026-11-23T08:30:00+02:00"),
        ("Mon, 23 Nov 2026 08:30:00 BST", "", "2026-11-23T08:30:00+01:00"),
        ("2026-11-23T08:30:00", "Asia/Tokyo", "2026-11-23T08:30:00+09:00"),
    ],
)
def test_dates_of_machines(text: str, zone: str, value: str) -> None:
    assert read_machine_date(text, zone).value == value


def test_guesses_are_noted() -> None:
    note = read_machine_date("Mon, 23 Nov 2026 08:30:00 IST").note
    assert "`IST`" in note and "guess" in note
    assert read_machine_date("Mon, 23 Nov 2026 08:30:00 IST", country="in").note == ""
    assert read_machine_date("Mon, 23 Nov 2026 08:30:00 IST", country="il").value.endswith("+02:00")
    assert "not known" in read_machine_date("Mon, 23 Nov 2026 08:30:00 QQT", "Europe/Berlin").note
    assert "cannot be read" in read_machine_date("Mon, 31 Feb 2026 08:30:00 GMT").note
    assert "only the day" in read_machine_date("Mon, 23 Nov 2026 25:61:00 GMT", "UTC").note
    assert read_machine_date("Mon, 23 Nov 2026 08:30:00 EET").note == ""


def test_people_mean_the_clocks_of_a_place_and_machines_an_offset() -> None:
    assert first_value("July 1, 2026, 8:07 p.m. EST") == "2026-07-01T20:07:00-04:00"
    assert read_machine_date("Wed, 01 Jul 2026 20:07:00 EST").value == "2026-07-01T20:07:00-05:00"


@pytest.mark.parametrize("name", sorted(MONTHS))
def test_every_name_of_a_month_is_read(name: str) -> None:
    day = f"2024-{MONTHS[name]:02}-13"
    assert first_value(f"13 {name} 2024") == day
    capitals = name.upper()
    if len(capitals) == len(name):  # one Greek letter has no capital of its own
        assert first_value(f"{capitals} 13, 2024") == day


@pytest.mark.parametrize("name", ["ARALIK", "Kasım", "MAYIS", "HAZİRAN", "NİSAN"])
def test_turkish_capitals_are_read(name: str) -> None:
    assert first_value(f"13 {name} 2024").startswith("2024-")


@pytest.mark.parametrize(
    "line",
    [
        "room 12, gate 7, 30 to 40 people, 10 dogs, 1 boat",
        "at 10.30 on day 17 of 365, at 7:15 and at 22:04",
        "version 1.12.123 of part 12.13.4",
    ],
)
def test_digits_alone_are_no_date(line: str) -> None:
    assert find_stamps(line) == []


@pytest.mark.parametrize(
    "unit",
    ["In May 2024 some 12 people met 22 others in room 5. ", "12.12.", "1 - - ", "2024 ", "12 "],
)
def test_the_time_grows_with_the_number_of_lines_only(unit: str) -> None:
    """A line costs a bounded time, however long it is and whatever digits it has."""
    line = (unit * 600)[:600]

    def seconds(lines: list[str]) -> float:
        start = time.process_time()
        for each in lines:
            find_stamps(each)
        return time.process_time() - start

    assert min(seconds([line] * 100) for _ in range(3)) < 1.0
    long = min(seconds([line * 100] * 20) for _ in range(3))
    short = min(seconds([line] * 20) for _ in range(3))
    assert long < 3 * short + 0.05


@pytest.mark.parametrize(
    "text",
    ["Updated5 mins ago", "uploadedเมื่อวาน", " 昨日", "(yesterday)", "x منذ ساعة", "vor 3 Stunden"],
)
def test_relative_dates_are_found_right_behind_other_text(text: str) -> None:
    assert is_relative(text)
    assert not is_relative("hoyden, voruntersuchung, heutige")


@pytest.mark.parametrize("entry", page_words("relative"))
def test_relative_dates_are_found_as_their_entries_say(entry: str) -> None:
    plain = re.compile("|".join(page_words("relative")), re.I)
    words = re.sub(r"\\d\{1,3\}", "3", entry).replace(r"\s+", " ").replace(r"\s*", " ")
    words = re.sub(r"\\[bw]|\{\d,\d{1,2}\}|\?:|[\\()^?]", " ", words)
    for part in (words, *words.split("|")):
        for text in (part, f"5 {part}", f"vor 3 {part}", f"3 {part} ago", f"x{part.upper()}"):
            found = [match.span() for match in RELATIVE.finditer(text)]
            assert found == [match.span() for match in plain.finditer(text)], text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-30T08:00:00[Asia/Tokyo]", "2026-11-30T08:00:00+09:00"),
        ("2026-11-30T08:00:00+01:00[Europe/Paris]", "2026-11-30T08:00:00+01:00"),
        ("30-Nov-2026 08:00:00 Europe/Helsinki", "2026-11-30T08:00:00+02:00"),
        ("2026-07-01 08:00 (America/Argentina/Buenos_Aires)", "2026-07-01T08:00:00-03:00"),
        ("Пн, 30 ноя 2026 08:00:00 +0300", "2026-11-30T08:00:00+03:00"),
        ("пн, 30 лис. 2026", ""),  # a month in one language, another one in others
        ("30 paź 2026 08:00:00 +0100", "2026-10-30T08:00:00+01:00"),
        ("3 Ağu 2026 08:00:00 +0300", "2026-08-03T08:00:00+03:00"),
        ("5 mrt 2026 08:00 +0100", "2026-03-05T08:00:00+01:00"),
        ("Δευ, 30 Νοε 2026 08:00:00 +0200", "2026-11-30T08:00:00+02:00"),
    ],
)
def test_zones_by_name_and_short_months(text: str, value: str) -> None:
    moment = read_machine_date(text, "America/New_York")
    assert (moment.value, bool(moment.note)) == (value, not value)


def test_a_zone_that_does_not_exist_is_noted() -> None:
    moment = read_machine_date("2026-11-30T08:00:00 Europe/Salmhafen", "America/New_York")
    assert moment.value == "2026-11-30T08:00:00-05:00"
    assert "`Europe/Salmhafen`" in moment.note
