"""What a check remembers of the last one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.check.facts import remembered
from sitegen.engine.cache import Cache


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "store.db")
    yield cache
    cache.close()


def asked(
    store: Cache, keys: dict[str, str], kind: str = "feeds"
) -> tuple[dict[str, str], set[str]]:
    """What is remembered, and the names that had to be made."""
    made: set[str] = set()

    def make(name: str) -> str:
        made.add(name)
        return f"{name}={keys[name]}"

    return remembered(store, kind, keys, make), made


def test_only_what_has_another_key_is_made_again(store: Cache) -> None:
    assert asked(store, {"a": "1", "b": "2"}) == ({"a": "a=1", "b": "b=2"}, {"a", "b"})
    assert asked(store, {"a": "1", "b": "2"}) == ({"a": "a=1", "b": "b=2"}, set())
    assert asked(store, {"a": "1", "b": "3"}) == ({"a": "a=1", "b": "b=3"}, {"b"})


def test_what_is_not_asked_for_is_forgotten(store: Cache) -> None:
    asked(store, {"a": "1", "b": "2"})
    asked(store, {"a": "1"})
    assert asked(store, {"b": "2"})[1] == {"b"}


def test_kinds_do_not_share_values(store: Cache) -> None:
    asked(store, {"a": "1"})
    assert asked(store, {"a": "1"}, "letters")[1] == {"a"}
    assert asked(store, {"a": "1"})[1] == set()
