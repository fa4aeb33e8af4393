"""Values by what they have in common."""

from __future__ import annotations

from sitegen.base.groups import grouped, sharing


def test_keys_and_values_keep_their_order() -> None:
    pairs = [("b", 1), ("a", 2), ("b", 0), ("b", 1)]
    assert list(grouped(pairs).items()) == [("b", [1, 0, 1]), ("a", [2])]


def test_nothing_has_no_groups() -> None:
    assert grouped([]) == {}


def test_a_key_of_too_many_values_is_left_out() -> None:
    pairs = [("a", 1), ("b", 2), ("a", 3), ("b", 4), ("b", 5)]
    assert sharing(pairs, 2) == [[1, 3]]
    assert sharing(pairs, 3) == [[1, 3], [2, 4, 5]]
