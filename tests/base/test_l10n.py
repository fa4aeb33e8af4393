"""Dates and lists in the words of a language."""

from __future__ import annotations

import pytest

from sitegen.base.l10n import format_date, language_name, list_separator, listed, with_region


@pytest.mark.parametrize(
    ("value", "style", "language", "shown"),
    [
        ("2026-11-03", "full", "en", "Tuesday 3 November 2026"),
        ("2026-11-03", "long", "en", "3 November 2026"),
        ("2026-11-03", "medium", "en-US", "3 Nov 2026"),
        ("2026-11-03", "long", "de", "3. November 2026"),
        ("2026-11-03", "long", "ja", "2026年11月3日"),
        ("2026-11-03", "month", "fr", "novembre 2026"),
        ("2026-11-03", "year", "fr", "2026"),
        ("0987-11-03", "year", "en", "987"),
        ("2026-11-03", "datetime", "en", "3 November 2026"),
        ("2026-11-03T18:30:00+01:00", "datetime", "en", "3 November 2026, 18:30 GMT+01:00"),
        ("2026-11-03T18:30:00Z", "datetime", "en", "3 November 2026, 18:30 GMT"),
        ("2026-11-03T18:30:00-03:30", "datetime", "de", "3. November 2026, 18:30 GMT-03:30"),
        ("2026-11-03", "long", "tlh", "3 November 2026"),  # a language that Babel does not have
    ],
)
def test_a_date_in_a_language(value: str, style: str, language: str, shown: str) -> None:
    assert format_date(value, style, language) == shown


@pytest.mark.parametrize(
    ("items", "language", "shown"),
    [
        ([], "en", ""),
        (["A"], "en", "A"),
        (["A", "B"], "en", "A and B"),
        (["A", "B", "C"], "en", "A, B and C"),
        (["A", "B", "C"], "en-US", "A, B, and C"),
        (["A", "B", "C", "D"], "de", "A, B, C und D"),
        (["A", "B", "C"], "ja", "A、B、C"),
    ],
)
def test_a_list_in_a_language(items: list[str], language: str, shown: str) -> None:
    assert listed(items, language) == shown


def test_nothing_is_before_the_first_item() -> None:
    assert list_separator(0, 3, "en") == ""


@pytest.mark.parametrize(
    ("language", "name"),
    [("de", "Deutsch"), ("fr", "Français"), ("ja", "日本語"), ("xx", "xx")],
)
def test_a_language_is_called_as_in_itself(language: str, name: str) -> None:
    assert language_name(language) == name


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("pt", "pt_BR"),
        ("pt-PT", "pt_PT"),
        ("zh-Hant", "zh_TW"),
        ("ar", "ar_EG"),
        ("ja", "ja_JP"),
        ("es-419", "es"),
        ("tlh", "tlh"),
    ],
)
def test_a_language_with_its_region(language: str, named: str) -> None:
    assert with_region(language) == named
