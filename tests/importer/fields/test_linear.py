"""Choosing by the weights of features."""

from __future__ import annotations

import pytest

from sitegen.importer.fields.linear import FOLDER, rate_each, rate_one, weights_of

WEIGHTS = {"shown": 1.0, "in furniture": -2.0, "given": 0.5}


def test_the_one_with_the_largest_sum_is_first_and_chances_add_up() -> None:
    rated = rate_one([("a", ["shown", "in furniture"]), ("b", ["given"]), ("c", ["x"])], WEIGHTS)
    assert [one.value for one in rated] == ["b", "c", "a"]
    assert sum(one.chance for one in rated) == pytest.approx(1)
    assert rated[0].chance == pytest.approx(0.547, abs=0.001)
    assert rate_one([], WEIGHTS) == []


def test_of_equals_the_first_stays_first() -> None:
    assert [one.value for one in rate_one([("a", []), ("b", [])], WEIGHTS)] == ["a", "b"]


def test_any_number_may_be_right() -> None:
    rated = rate_each([("a", ["shown"]), ("b", ["in furniture"])], WEIGHTS)
    assert [round(one.chance, 2) for one in rated] == [0.73, 0.12]


def test_the_reasons_are_the_features_that_weigh_most() -> None:
    (one,) = rate_one([("a", ["given", "in furniture", "unknown", "shown"])], WEIGHTS)
    assert one.reasons(WEIGHTS, 2) == [("in furniture", -2.0), ("shown", 1.0)]


@pytest.mark.parametrize("features", [("b", "a", "c"), ("c", "b", "a")])
def test_reasons_of_the_same_weight_are_in_the_order_of_their_names(
    features: tuple[str, ...],
) -> None:
    weights = {"a": 1.0, "b": -1.0, "c": 1.0}
    (one,) = rate_one([("x", features)], weights)
    assert [name for name, _ in one.reasons(weights)] == ["a", "b", "c"]


def test_weights_come_from_files_of_the_package() -> None:
    files = {path.name.removesuffix(".toml") for path in FOLDER.iterdir()}
    chosen = {"title", "authors", "coauthors", "date", "section", "body"}
    assert files == chosen | {"lines"}  # those of lines are a chain's
    assert all(map(weights_of, chosen))
