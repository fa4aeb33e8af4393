"""HTML of office files: emphasis, tables, notes."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.office_html import emphasised, notes_at_end, table


@pytest.mark.parametrize(
    ("text", "is_bold", "is_italic", "expected"),
    [
        ("dusk", False, False, "dusk"),
        ("dusk", True, False, "<strong>dusk</strong>"),
        ("dusk", False, True, "<em>dusk</em>"),
        ("dusk", True, True, "<em><strong>dusk</strong></em>"),
        (" ", True, True, " "),
    ],
)
def test_emphasis(text: str, is_bold: bool, is_italic: bool, expected: str) -> None:
    assert emphasised(text, is_bold, is_italic) == expected


def test_a_table() -> None:
    rows = [["<p>Pier</p>", "3"], []]
    assert table(rows) == "<table><tr><td><p>Pier</p></td><td>3</td></tr><tr></tr></table>"


@pytest.mark.parametrize(
    ("notes", "expected"), [([], ""), (["a", "b"], "<ol><li>a</li><li>b</li></ol>")]
)
def test_notes(notes: list[str], expected: str) -> None:
    assert notes_at_end(notes) == expected
