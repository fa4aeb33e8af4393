"""What each line of a text is, judged together with its neighbours: a conditional random field.

A line has features, each with a weight for every label; a move from the label of one line to that
of the next has a weight, too. All ways through the text together say how likely each label is for
each line (the forward-backward algorithm: Lafferty, McCallum and Pereira, "Conditional Random
Fields", ICML 2001). The time taken grows with the number of lines and no faster.

The weights are readable files in `sitegen/importer/weights`, written by `quality/train_lines.py`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from operator import mul

from sitegen.importer.fields import linear
from sitegen.model.base import Struct

Row = tuple[float, ...]
Chances = dict[str, float]


class Chain(Struct, frozen=True):
    """The weights: of each feature and of a first line a number for each label, and of each label
    the factors of all labels that the next line may have."""

    labels: tuple[str, ...]
    first: Row
    moves: tuple[Row, ...]
    weights: Mapping[str, Row]


@cache
def chain_of(name: str) -> Chain:
    """The weights of the file ``name``, such as ``lines``."""
    data = tomllib.loads(linear.FOLDER.joinpath(f"{name}.toml").read_text("utf-8"))
    labels = tuple(data["labels"])
    return Chain(
        labels=labels,
        first=tuple(map(math.exp, data["first"])),
        moves=tuple(tuple(map(math.exp, data["moves"][label])) for label in labels),
        weights={name: tuple(row) for name, row in data["weights"].items()},
    )


def chances_of(chain: Chain, lines: Sequence[Sequence[str]]) -> list[Chances]:
    """How likely each label is for each of ``lines``, of which the features are given."""
    fits = [_fit(chain, names) for names in lines]
    above = _forward(chain, fits)
    below = _backward(chain, fits)
    joint = [_shares([*map(mul, a, b)]) for a, b in zip(above, below, strict=True)]
    return [dict(zip(chain.labels, row, strict=True)) for row in joint]


def _fit(chain: Chain, names: Sequence[str]) -> Row:
    """How well each label fits a line by itself: 1 for the best one."""
    known = [row for name in names if (row := chain.weights.get(name))]
    scores = [sum(column, 0.0) for column in zip(*known, strict=True)] or [0.0] * len(chain.labels)
    top = max(scores)
    return tuple(math.exp(score - top) for score in scores)


def _forward(chain: Chain, fits: Sequence[Row]) -> list[Row]:
    """How likely each label is for each line by the lines above and itself."""
    into = tuple(zip(*chain.moves, strict=True))
    out: list[Row] = []
    for fit in fits:
        before = [sum(map(mul, out[-1], column)) for column in into] if out else chain.first
        out.append(_shares([*map(mul, before, fit)]))
    return out


def _backward(chain: Chain, fits: Sequence[Row]) -> list[Row]:
    """How likely the lines below are if a line has each label."""
    out: list[Row] = [(1.0,) * len(chain.labels)]
    for fit in reversed(fits[1:]):
        after = [*map(mul, out[-1], fit)]
        out.append(_shares([sum(map(mul, after, row)) for row in chain.moves]))
    return out[::-1][: len(fits)]


def _shares(values: Sequence[float]) -> Row:
    total = sum(values) or 1.0
    return tuple(value / total for value in values)
