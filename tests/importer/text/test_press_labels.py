"""Labels of press databases and the fields they speak of."""

from __future__ import annotations

import pytest

from sitegen.importer.text.press_labels import FIELD_OF, code_of, coded, label_of, labelled


@pytest.mark.parametrize(
    ("line", "label", "field", "value"),
    [
        ("Headline: Ferry returns", "headline", "title", "Ferry returns"),
        ("BYLINE: Ann Ames", "byline", "authors", "Ann Ames"),
        ("Date de publication: 2 nov. 2026", "date de publication", "date", "2 nov. 2026"),
        ("Length: 80 words", "length", "length", "80 words"),
        ("Body", "", "body", ""),  # without a colon
        ("The ferry: a story", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_label_and_its_field(line: str, label: str, field: str, value: str) -> None:
    assert label_of(line) == label
    assert labelled(line) == (field, value)


@pytest.mark.parametrize(
    ("line", "code", "field", "value"),
    [
        ("HD Ferry returns", "HD", "title", "Ferry returns"),
        ("LP", "LP", "body", ""),
        ("WC 80 words", "WC", "-", "80 words"),
        ("XY Ferry returns", "", "", ""),
        ("HDFerry", "", "", ""),
    ],
)
def test_a_code_and_its_field(line: str, code: str, field: str, value: str) -> None:
    assert code_of(line) == code
    assert coded(line) == (field, value)


def test_labels_are_in_lower_case() -> None:
    assert all(label == label.lower() for label in FIELD_OF)
