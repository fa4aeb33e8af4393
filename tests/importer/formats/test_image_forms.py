"""The form of an image that is shown."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.image_forms import widest


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([], ""),
        ([(300, "small"), (1200, "large"), (9000, "huge")], "large"),
        ([(300, "small"), (2400, "large")], "large"),
        ([(0, "unknown"), (9000, "huge")], "unknown"),
        ([(9000, "huge"), (0, "unknown")], "huge"),
        ([(1200, ""), (300, "small")], "small"),
        ([(300, "first"), (300, "second")], "first"),
    ],
)
def test_the_widest_form_that_fits(forms: list[tuple[int, str]], expected: str) -> None:
    assert widest(forms) == expected
