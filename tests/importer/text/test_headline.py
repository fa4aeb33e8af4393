"""The headline of a text among its lines."""

from __future__ import annotations

import pytest

from sitegen.importer.text.bare import is_bare
from sitegen.importer.text.division import divided
from sitegen.importer.text.headline import find_headline
from sitegen.importer.text.labels import Line, label_all
from sitegen.importer.text.wrapped import Paragraph

TITLE = "Ferry waits an hour for a heron"
TEXT = (
    "The ferry waited an hour on Monday for a heron that stood on the ramp, and nobody on board"
    " complained about it.",
    "The harbour master made coffee for all who had stayed aboard, and said that the heron was in"
    " no hurry either.",
)


def lines(*rows: str) -> list[Line]:
    return label_all([Paragraph(n, row, 1) for n, row in enumerate(rows, 1)], "en", "", "")


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([TITLE, "By Ann Ames", *TEXT], 0),
        (["Home", "World", "Ports", TITLE, "By Ann Ames", "2 May 2026", *TEXT], 3),
        (["2 May 2026", TITLE, "By Ann Ames", *TEXT], 1),
        (["Share", "Advertisement", TITLE, "By Ann Ames", *TEXT], 2),
    ],
)
def test_the_headline(rows: list[str], at: int) -> None:
    found = lines(*rows)
    assert find_headline(found, divided(found, is_bare(found)), is_bare(found), "en") == at
