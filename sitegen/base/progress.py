"""How work that takes its time tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[
    [str, int, int], None
]  # what is being done, how many are done, how many there are


def silent(what: str, done: int, total: int) -> None:
    """Tells nothing: the default of what is called as a function."""
