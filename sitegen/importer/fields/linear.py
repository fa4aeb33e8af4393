"""Choosing among candidates with a linear model: a feature is a name with a weight, and the sum of
the weights of a candidate's features is its score.

The weights are readable files in `sitegen/importer/weights`, written by `quality/train_fields.py`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
FOLDER = files("sitegen.importer") / "weights"  # the measurement takes weights without a fold


class Rated(NamedTuple, Generic[T]):
    """A candidate with its features, its score, and how likely it is to be right (0 to 1)."""

    value: T
    features: tuple[str, ...]
    score: float
    chance: float

    def reasons(self, weights: Mapping[str, float], count: int = 4) -> list[tuple[str, float]]:
        """The features with the largest weights, for or against, the largest first; those of the
        same weight by their names."""
        weighed = [(name, weights[name]) for name in self.features if weights.get(name)]
        return sorted(weighed, key=lambda pair: (-abs(pair[1]), pair[0]))[:count]


@cache
def weights_of(field: str) -> Mapping[str, float]:
    """The weight of each feature of a field, such as ``title``."""
    text = FOLDER.joinpath(f"{field}.toml").read_text("utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}


def rate_one(
    candidates: Iterable[tuple[T, Sequence[str]]], weights: Mapping[str, float]
) -> list[Rated[T]]:
    """Candidates of which exactly one is right, the best first; the first of equals stays first."""
    scored = [(value, tuple(names), _score(names, weights)) for value, names in candidates]
    top = max((score for *_, score in scored), default=0.0)
    total = sum(math.exp(score - top) for *_, score in scored)
    rated = [
        Rated(value, names, score, math.exp(score - top) / total) for value, names, score in scored
    ]
    return sorted(rated, key=lambda one: -one.score)


def rate_each(
    candidates: Iterable[tuple[T, Sequence[str]]], weights: Mapping[str, float]
) -> list[Rated[T]]:
    """Candidates of which any number is right, in their order."""
    scored = [(value, tuple(names), _score(names, weights)) for value, names in candidates]
    return [
        Rated(value, names, score, 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))))
        for value, names, score in scored
    ]


def _score(names: Sequence[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) for name in names)


__all__ = ["Rated", "rate_each", "rate_one", "weights_of"]
