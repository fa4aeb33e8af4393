"""The base of all values."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sitegen.model.base import Struct

MODEL = Path(__file__).parent.parent.parent / "sitegen/model"


class Tide(Struct, frozen=True):
    """A value."""

    height: int = 0


def test_values_are_equal_by_their_fields_and_do_not_change() -> None:
    assert Tide(3) == Tide(3)
    assert hash(Tide(3)) == hash(Tide(3))
    with pytest.raises(AttributeError):
        Tide().height = 1  # type: ignore[misc]


def test_every_noun_is_frozen() -> None:
    modules = [ast.parse(path.read_text("utf-8")) for path in MODEL.glob("*.py")]
    nouns = [node for one in modules for node in ast.walk(one) if isinstance(node, ast.ClassDef)]
    assert len(nouns) > 50
    for noun in nouns:
        assert "frozen" in {word.arg for word in noun.keywords}, noun.name
