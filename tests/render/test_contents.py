"""The table of contents of an article."""

from __future__ import annotations

import pytest

from sitegen.model.views import Heading
from sitegen.render.contents import headings


def _html(*levels: int) -> str:
    return "".join(f'<h{n} id="text-{i}">H <em>{i}</em></h{n}>' for i, n in enumerate(levels))


def _ids(entries: tuple[Heading, ...]) -> list[object]:
    return [[one.id[5:], *_ids(one.below)] if one.below else one.id[5:] for one in entries]


@pytest.mark.parametrize(
    ("levels", "least", "nested"),
    [
        ((2, 2), 1, ["0", "1"]),
        ((2, 3, 3, 2), 1, [["0", "1", "2"], "3"]),
        ((2, 3, 4, 2), 4, [["0", ["1", "2"]], "3"]),
        ((3, 2), 1, ["0", "1"]),
        ((2, 2), 0, []),
        ((2, 2), 3, []),
        ((), 1, []),
    ],
)
def test_headings_are_nested(levels: tuple[int, ...], least: int, nested: list[object]) -> None:
    assert _ids(headings(_html(*levels), least)) == nested


def test_names_are_text() -> None:
    assert headings('<h2 id="text-a">A &amp; <em>b</em></h2>', 1) == (
        Heading("text-a", "A & b", 2, ()),
    )
