"""Patterns that other people write, matched in bounded time.

A pattern is one of Python's `re`, without regard to case. `re` tries one way after another, so a
pattern such as ``(a+)+b`` may take years. How many ways there can be is counted from the pattern
and the length of the text before it is used, and one with too many is refused: the bound is the
same on every machine.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

MAX_STEPS = 4_000_000  # about a twentieth of a second
MAX_PATTERN = 500

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
# From the value of a part of a pattern to the patterns within it, of which one is matched …
_ALTERNATIVES: dict[Any, Callable[[Any], Iterable[Any]]] = {
    sre.BRANCH: lambda value: value[1],
    sre.GROUPREF_EXISTS: lambda value: filter(None, value[1:]),
}
# … and to the one within it.
_INNER: dict[Any, Callable[[Any], Any]] = {
    sre.SUBPATTERN: lambda value: value[-1],
    sre.ASSERT: lambda value: value[1],
    sre.ASSERT_NOT: lambda value: value[1],
    sre.ATOMIC_GROUP: lambda value: value,
}


def bounded_pattern(text: str, longest: int) -> re.Pattern[str]:
    """The pattern ``text`` for texts of at most ``longest`` letters.

    Raises ValueError with what is wrong with it, in words.
    """
    if len(text) > MAX_PATTERN:
        raise ValueError(f"is longer than {MAX_PATTERN} letters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pattern = re.compile(unicodedata.normalize("NFC", text), re.IGNORECASE)
            tree = sre_parser.parse(pattern.pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is not a valid pattern: {str(error)[:120]}") from None
    if ways(tree, longest) * longest > MAX_STEPS:
        raise ValueError("could take very long: use `*`, `+` and `?` less, or `.{0,40}` for `.*`")
    return pattern


def ways(tree: Iterable[tuple[Any, Any]], longest: int) -> int:
    """At most how many ways there are to match a parsed pattern at one place of a text."""
    total = 1
    for kind, value in tree:
        total = min(total * _ways_of_one(kind, value, longest), MAX_STEPS + 1)
    return total


def _ways_of_one(kind: Any, value: Any, longest: int) -> int:
    """At most how many ways there are to match one part of a pattern."""
    if kind in _REPEATS:
        least, most, inner = value
        return _ways_of_repeat(ways(inner, longest), least, min(int(most), longest))
    if kind is sre.GROUPREF:
        return longest
    if kind in _ALTERNATIVES:
        branches = _ALTERNATIVES[kind](value)
        return sum(ways(branch, longest) for branch in branches)
    if kind in _INNER:
        return ways(_INNER[kind](value), longest)
    return 1


def _ways_of_repeat(inner: int, least: int, most: int) -> int:
    """The sum of ``inner`` to the power of each number of repeats."""
    if inner == 1:
        return max(most - least, 0) + 1
    total = 0
    for number in range(least, most + 1):
        total += inner**number
        if total > MAX_STEPS:
            break
    return total
