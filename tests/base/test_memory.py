"""What was kept first is forgotten first."""

from __future__ import annotations

import pytest

from sitegen.base.memory import make_room


@pytest.mark.parametrize(
    ("count", "most", "left"),
    [
        (0, 8, []),
        (7, 8, [0, 1, 2, 3, 4, 5, 6]),
        (8, 8, [2, 3, 4, 5, 6, 7]),
        (1, 1, []),
    ],
)
def test_a_quarter_is_forgotten_once_there_is_no_room(
    count: int, most: int, left: list[int]
) -> None:
    kept = dict.fromkeys(range(count), "")
    make_room(kept, most)
    assert list(kept) == left
