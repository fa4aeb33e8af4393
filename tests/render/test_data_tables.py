"""Tables are read from CSV in any usual form."""

from __future__ import annotations

import pytest

from sitegen.render.data_tables import number, read_table


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1200", ".", 1200),
        ("1,200.5", ".", 1200.5),
        ("1.200,5", ",", 1200.5),
        ("1 200", ".", 1200),
        ("12 %", ".", 12),
        ("\u22123", ".", -3),
        ("–", ".", None),
        ("", ".", None),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, decimal: str, value: float | None) -> None:
    table = read_table(b"a;b\nx;1,5\n" if decimal == "," else b"a,b\nx,1.5\n", "t.csv")
    assert number(text, table) == value


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_is_found(separator: str) -> None:
    table = read_table(f"\ufeffa{separator}b\r\nx{separator}1\r\n".encode(), "t.csv")
    assert (table.head, table.rows) == (("a", "b"), (("x", "1"),))
