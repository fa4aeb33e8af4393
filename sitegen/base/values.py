"""Values of front matter and settings, whatever their notation: bounded, and of text that can be
written down."""

from __future__ import annotations

import json
import math
import re
import tomllib
from typing import Any

MAX_VALUES = 20_000
MAX_DEPTH = 40
MAX_LETTERS = 8 * 1024 * 1024  # no file that is read has more; only aliases can make more of it
MAX_DIGITS = 18  # of a whole number: such a one has 64 bits
_NAME = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_DEEP_KEY = re.compile(
    rf"(?:^[ \t]*\[{{0,2}}|[{{,])[ \t]*(?:{_NAME}[ \t]*\.[ \t]*){{{MAX_DEPTH}}}", re.M
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Budget:
    """What the values of one file may still come to: their number, and the letters of their
    texts."""

    __slots__ = ("letters", "most", "values")

    def __init__(self, most: int = MAX_VALUES) -> None:
        self.values, self.letters, self.most = most, MAX_LETTERS, most

    def spend(self, depth: int, text: str = "") -> None:
        """Count one value at ``depth`` with its ``text``.

        Raises ValueError for what is too much, or is not text.
        """
        self.values -= 1
        self.letters -= len(text)
        if self.values < 0:
            raise ValueError(
                f"expands to more than {self.most} values (too many entries or aliases)"
            )
        if self.letters < 0:
            raise ValueError(f"expands to more than {MAX_LETTERS} letters (too many aliases)")
        if depth > MAX_DEPTH:
            raise ValueError(f"is nested deeper than {MAX_DEPTH} levels")
        if not text.isascii() and (found := _SURROGATE.search(text)):
            raise ValueError(
                f"holds `\\u{ord(found[0]):x}`, one half of a character: remove it, or write the"
                " whole character"
            )


def plain(value: Any, budget: Budget, depth: int = 1) -> Any:
    """``value`` of a parser as lists and mappings of texts and numbers; dates and times become ISO
    texts.

    Raises ValueError for what goes beyond ``budget``, and for numbers that cannot be kept.
    """
    if isinstance(value, dict):
        budget.spend(depth)
        out = {}
        for key, item in value.items():
            budget.spend(depth, key)
            out[key] = plain(item, budget, depth + 1)
        return out
    if isinstance(value, list):
        budget.spend(depth)
        return [plain(item, budget, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"holds `{value}`, which is not a number: put it in quotes, or remove it")
    if isinstance(value, int) and abs(value) >= 10**MAX_DIGITS:
        raise ValueError(f"holds a number of more than {MAX_DIGITS} digits: put it in quotes")
    text = value.isoformat() if hasattr(value, "isoformat") else value
    budget.spend(depth, text if isinstance(text, str) else "")
    return text


def read_toml(text: str, most: int = MAX_VALUES) -> dict[str, Any]:
    """The values of TOML ``text`` (https://toml.io/en/v1.0.0), at ``most`` so many.

    Raises ValueError with what is wrong, also for what is too deep.
    """
    if _DEEP_KEY.search(text):  # tomllib takes time that grows with the square of a key's parts
        raise ValueError(f"is nested deeper than {MAX_DEPTH} levels")
    try:
        found = tomllib.loads(text)
    except RecursionError:
        raise ValueError(f"is nested deeper than {MAX_DEPTH} levels") from None
    budget = Budget(most)
    return {key: plain(value, budget) for key, value in found.items()}


def read_json(text: str, most: int = MAX_VALUES) -> tuple[Any, int]:
    """The value that JSON ``text`` starts with, and where it ends (RFC 8259).

    Raises ValueError as `read_toml` does.
    """
    decoder = json.JSONDecoder(parse_int=_whole, parse_constant=_no_number)
    try:
        value, end = decoder.raw_decode(text)
    except RecursionError:
        raise ValueError(f"is nested deeper than {MAX_DEPTH} levels") from None
    return plain(value, Budget(most), 0), end


def _whole(digits: str) -> int | str:
    """A whole number; one that no 64 bits hold stays text, as in YAML: it is somebody's
    identifier."""
    return int(digits) if len(digits.lstrip("-")) <= MAX_DIGITS else digits


def _no_number(word: str) -> Any:
    raise ValueError(f"`{word}` is not a JSON number: put it in quotes")
