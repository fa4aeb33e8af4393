"""How large a headline may be, by its length.

Pure.
"""

from __future__ import annotations

import unicodedata

# The longest title of each step, in letters; the class that style sheets make smaller.
STEPS = ((46, ""), (72, "long"), (110, "longer"))
LONGEST = "longest"
_WIDE = ("W", "F")  # https://www.unicode.org/reports/tr11/: as wide as two Latin letters


def fit(title: str) -> str:
    """The class of a headline by its length; empty where it may have its full size."""
    letters = width(title)
    return next((name for longest, name in STEPS if letters <= longest), LONGEST)


def width(text: str) -> int:
    """The number of letters, of which those of Chinese, Japanese and Korean count twice."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text)
