"""How likely each label is for each line of a text."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest

from sitegen.importer.fields.chain import Chain, chain_of, chances_of

SCORES = {"short": (1.0, -0.5, 0.2), "long": (-1.0, 2.0, 0.0), "last": (0.0, 0.3, 1.5)}
MOVES = ((0.2, 1.0, -2.0), (-3.0, 0.5, 0.4), (-9.0, -1.0, 0.7))
FIRST = (0.5, -0.5, -2.0)
LABELS = ("head", "body", "aside")
CHAIN = Chain(
    LABELS,
    tuple(map(math.exp, FIRST)),
    tuple(tuple(map(math.exp, row)) for row in MOVES),
    SCORES,
)


def by_all_ways(lines: list[tuple[str, ...]]) -> list[list[float]]:
    """The same, from the weight of each way through the text."""
    total = 0.0
    out = [[0.0] * 3 for _ in lines]
    for way in product(range(3), repeat=len(lines)):
        score = FIRST[way[0]] + sum(MOVES[a][b] for a, b in pairwise(way))
        score += sum(
            SCORES[name][label]
            for label, names in zip(way, lines, strict=True)
            for name in names
            if name in SCORES
        )
        total += math.exp(score)
        for row, label in zip(out, way, strict=True):
            row[label] += math.exp(score)
    return [[value / total for value in row] for row in out]


@pytest.mark.parametrize(
    "lines",
    [
        [("short",)],
        [("short",), ("long", "short"), (), ("unknown", "last")],
        [("short",), ("short",), ("long",), ("long",), ("last", "short")],
    ],
    ids=["one", "four", "five"],
)
def test_chances_are_those_of_all_ways_through_a_text(lines: list[tuple[str, ...]]) -> None:
    found = chances_of(CHAIN, lines)
    for row, expected in zip(found, by_all_ways(lines), strict=True):
        assert [row[label] for label in LABELS] == pytest.approx(expected)


def test_a_long_text_neither_overflows_nor_vanishes() -> None:
    found = chances_of(CHAIN, [("short",), ("long",)] * 5_000)
    assert all(sum(row.values()) == pytest.approx(1) for row in found)


def test_no_lines_have_no_chances() -> None:
    assert chances_of(CHAIN, []) == []


def test_the_weights_of_the_package_have_a_number_for_each_label() -> None:
    chain = chain_of("lines")
    assert {"title", "dek", "byline", "date", "body", "heading"} <= set(chain.labels)
    count = len(chain.labels)
    assert {len(row) for row in (chain.first, *chain.moves, *chain.weights.values())} == {count}
    assert len(chain.moves) == count
