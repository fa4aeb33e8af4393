"""Dates of other calendars as days of ours."""

from datetime import date

import pytest

from sitegen.importer.fields.calendars import hebrew_new_year, is_persian_leap, persian_new_year
from sitegen.importer.fields.timestamps import find_stamps, is_relative


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("۱۲ آذر ۱۴۰۲", "fa", "2023-12-03"),
        ("یکشنبه ۱۲ آذر ماه ۱۴۰۲ - ۱۰:۳۰", "fa", "2023-12-03"),
        ("1 فروردین 1403", "fa", "2024-03-20"),
        ("۳۰ اسفند ۱۴۰۳", "fa", "2025-03-20"),
        ("۱۴۰۲/۰۹/۱۲", "fa", "2023-12-03"),
        ("12 Azar 1402", "en", "2023-12-03"),
        ("۱۲ قوس ۱۴۰۲", "fa", "2023-12-03"),
        ("24 พฤศจิกายน 2566", "th", "2023-11-24"),
        ("๒๔ พ.ย. ๒๕๖๖ เวลา ๑๐:๓๐ น.", "th", "2023-11-24"),
        ("24 พ.ย. 66", "th", "2023-11-24"),
        ("24 พฤศจิกายน 2023", "th", "2023-11-24"),
        ("24/11/2566", "", "2023-11-24"),
        ("כ״ג בכסלו תשפ״ד", "he", "2023-12-06"),
        ("י״ד באדר ב׳ תשפ״ד", "he", "2024-03-24"),
        ("ט' באב ה'תשפ\"ג", "he", "2023-07-27"),
        ("15 Nisan 5784", "en", "2024-04-23"),
        ("令和5年11月24日", "ja", "2023-11-24"),
        ("令和元年５月１日", "ja", "2019-05-01"),
        ("平成30年1月2日", "ja", "2018-01-02"),
        ("R5.11.24", "ja", "2023-11-24"),
        ("民國112年11月24日", "zh", "2023-11-24"),
        ("٢٤ نوفمبر ٢٠٢٣", "ar", "2023-11-24"),
    ],
)
def test_dates(text: str, lang: str, value: str) -> None:
    assert [stamp.value[:10] for stamp in find_stamps(text, lang)] == [value]


def test_the_time_beside_a_date_is_read() -> None:
    found = find_stamps("๒๔ พ.ย. ๒๕๖๖ เวลา ๑๐:๓๐ น.", "th", zone="Asia/Bangkok")
    assert [stamp.value for stamp in found] == ["2023-11-24T10:30:00+07:00"]


@pytest.mark.parametrize(
    "text",
    ["۳۱ مهر ۱۴۰۲", "۳۰ اسفند ۱۴۰۲", "30 Tevet 5784", "Room R5.11", "1402/09/12", "in 2566 pages"],
)
def test_no_dates(text: str) -> None:
    assert find_stamps(text, "en") == []


def test_the_years_begin_on_the_right_days() -> None:
    assert [persian_new_year(year) for year in (1399, 1400, 1401)] == [
        date(2020, 3, 20),
        date(2021, 3, 21),
        date(2022, 3, 21),
    ]
    assert [year for year in range(1390, 1410) if is_persian_leap(year)] == [
        1391,
        1395,
        1399,
        1403,
        1408,
    ]
    assert [date.fromordinal(hebrew_new_year(year)) for year in (5783, 5784, 5785)] == [
        date(2022, 9, 26),
        date(2023, 9, 16),
        date(2024, 10, 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "3 hours ago",
        "vor 3 Stunden",
        "il y a 3 heures",
        "3 uur geleden",
        "för 3 timmar sedan",
        "3 godziny temu",
        "před 3 hodinami",
        "3 часа назад",
        "3 години тому",
        "3 saat önce",
        "πριν από 3 ώρες",
        "منذ 3 ساعات",
        "۳ ساعت پیش",
        "לפני 3 שעות",
        "3 घंटे पहले",
        "3 ชั่วโมงที่แล้ว",
        "3 giờ trước",
        "3 jam yang lalu",
        "3時間前",
        "3小时前",
        "3시간 전",
    ],
)
def test_relative_dates(text: str) -> None:
    assert is_relative(text) and not find_stamps(text)
