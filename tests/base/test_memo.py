"""What is remembered is what would be made, and only what it is made from decides."""

from __future__ import annotations

from sitegen.base.memo import Memo


class Counted:
    """A function that counts how often it is called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, item: list[int]) -> int:
        self.calls += 1
        return sum(item)


def test_each_makes_anew_what_is_another_object_even_if_it_is_equal() -> None:
    memo, total = Memo(), Counted()
    items = [[1, 2], [3], []]
    assert memo.each("sum", total, items) == [3, 3, 0]
    assert memo.each("sum", total, [items[1], items[0], [True, 2]]) == [3, 3, 3]
    assert total.calls == 4
    assert memo.each("sum", total, items, around="another") == [3, 3, 0]
    assert total.calls == 7
    memo.each("sum", total, [items[0]], "another")
    memo.each("sum", total, items, "another")
    assert total.calls == 9, "what was not asked for the last time is forgotten"


def test_whole_and_table_go_by_equal_parts() -> None:
    memo, of = Memo(), [1]
    assert memo.whole("w", [1], lambda: "one") == "one"
    assert memo.whole("w", [1], lambda: "two") == "one"
    assert memo.whole("w", [2], lambda: "two") == "two"
    first = memo.table("t").get("a", of, (1,), lambda: [1])
    assert memo.table("t").get("a", of, (1,), lambda: [2]) is first
    assert memo.table("t").get("a", [1], (1,), lambda: [3]) == [3], "another object"
    assert memo.table("t").get("a", of, (2,), lambda: [4]) == [4]
    assert memo.table("t", "around").get("a", of, (2,), lambda: [5]) == [5]


def test_a_settled_value_stays_the_old_object_while_it_is_equal() -> None:
    memo = Memo()
    first = memo.table("t").settled("a", [1], (), lambda: [1])
    again = memo.table("t").settled("a", [2], (), lambda: [1])
    assert again is first
    assert memo.table("t").settled("a", [2], (), lambda: [9]) == [9]


def test_without_room_nothing_is_kept() -> None:
    memo, total = Memo(0), Counted()
    for _ in range(2):
        memo.each("sum", total, [[1]])
        memo.table("t").settled("a", None, (), lambda: total([1]))
        memo.whole("w", (), lambda: total([1]))
    assert total.calls == 6
    small = Memo(1)
    items = [[1], [2]]
    small.each("sum", total, items)
    small.each("sum", total, items)
    assert total.calls == 10, "more than there is room for is not kept"
