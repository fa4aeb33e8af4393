"""What was made last time, for work that is done again and again on mostly the same objects
(`serve`).

A value is made anew unless what it is made from is as it was. That is only safe for pure functions,
and for values of which Python's equality says enough: 1 is equal to True. So what may hold values
of any kind (an article) is compared by identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

A = TypeVar("A")
B = TypeVar("B")

ROOM = 50_000  # values of one kind that are kept: those of articles have some 2 KB each


class Memo:
    """Values by the name of their kind.

    One without ``room`` keeps none, as a single build needs it.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.room = room
        self._each: dict[str, tuple[object, dict[int, tuple[Any, Any]]]] = {}
        self._whole: dict[str, tuple[object, Any]] = {}
        self._tables: dict[str, Table] = {}

    def each(
        self, name: str, make: Callable[[A], B], items: Iterable[A], around: object = None
    ) -> list[B]:
        """``make`` of each of ``items``, as last time where the item is the same object and
        ``around`` is equal."""
        if not self.room:
            return [make(item) for item in items]
        before, known = self._each.get(name, (None, {}))
        if before != around:
            known = {}
        now: dict[int, tuple[A, B]] = {}
        out = []
        for item in items:
            # the address of an object is its own as long as it is alive, and what is known of it
            # keeps it so
            pair = known.get(id(item)) or (item, make(item))
            now[id(item)] = pair
            out.append(pair[1])
        self._each[name] = (around, now if len(now) <= self.room else {})
        return out

    def whole(self, name: str, parts: object, make: Callable[[], B]) -> B:
        """What ``make`` gives, as last time where ``parts`` are equal."""
        if not self.room:
            return make()
        known = self._whole.get(name)
        if known is None or known[0] != parts:
            known = self._whole[name] = (parts, make())
        return known[1]

    def table(self, name: str, around: object = None) -> Table:
        """The values of one kind, to be asked for by key; what is not asked for until the next call
        is forgotten."""
        before = self._tables.get(name)
        known = (
            before.now
            if before and before.around == around and len(before.now) <= self.room
            else {}
        )
        table = self._tables[name] = Table(around, known, bool(self.room))
        return table


class Table:
    """Values of one kind by their keys: those of last time, and those asked for since."""

    def __init__(
        self, around: object, known: dict[Any, tuple[object, object, Any]], keeps: bool
    ) -> None:
        self.around, self.known, self.keeps = around, known, keeps
        self.now: dict[Any, tuple[object, object, Any]] = {}

    def get(self, key: object, of: object, parts: object, make: Callable[[], B]) -> B:
        """What ``make`` gives, as last time where ``of`` is the same object and ``parts`` are
        equal."""
        if not self.keeps:
            return make()
        old = self.known.get(key)
        if old is None or old[0] is not of or old[1] != parts:
            old = (of, parts, make())
        self.now[key] = old
        return old[2]

    def settled(self, key: object, of: object, parts: object, make: Callable[[], B]) -> B:
        """As `get`; a value that is made anew and comes out equal is the old object, so that
        nothing made from it is."""
        old = self.known.get(key)
        made = self.get(key, of, parts, make)
        if old is not None and made is not old[2] and made == old[2]:
            made = old[2]
            self.now[key] = (of, parts, made)
        return made
