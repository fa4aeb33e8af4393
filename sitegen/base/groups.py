"""Values by what they have in common."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    """The values of each key, keys and values in the order in which they come first."""
    groups: dict[Key, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def sharing(pairs: Iterable[tuple[Key, Value]], most: int) -> list[list[Value]]:
    """The values of each key, without the keys of more than ``most`` values."""
    return [values for values in grouped(pairs).values() if len(values) <= most]
