"""Categories, tags and authors in the head of a text of another generator."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.importer.markdown.groups import Groups, author_in_table, flat, take_groups


@pytest.mark.parametrize(
    ("head", "groups", "left"),
    [
        ({"categories": "sea ports"}, Groups(categories=("sea", "ports")), {}),
        ({"categories": "Sea ports, Trade"}, Groups(categories=("Sea ports", "Trade")), {}),
        ({"Category": "Sea ports"}, Groups(categories=("Sea ports",)), {}),
        ({"tags": "a, b", "Keywords": ["b", "c"]}, Groups(tags=("a", "b", "c")), {}),
        ({"tag": "Sea, ports"}, Groups(tags=("Sea, ports",)), {}),
        ({"categories": {"a": 1}}, Groups(), {"categories": {"a": 1}}),
        (
            {"taxonomies": {"tags": ["a"], "authors": ["Ida Ek"]}, "title": "T"},
            Groups(tags=("a",), authors=("Ida Ek",)),
            {"taxonomies": {"tags": ["a"], "authors": ["Ida Ek"]}, "title": "T"},
        ),
    ],
)
def test_groups(head: dict[str, Any], groups: Groups, left: dict[str, Any]) -> None:
    assert take_groups(head) == groups
    assert head == left


@pytest.mark.parametrize(
    ("value", "separator", "texts"),
    [
        ([["a", "b, c"], "d"], ",", ["a", "b, c", "d"]),
        ("a b, c", " ", ["a b", "c"]),
        (7, ",", ["7"]),
        (True, ",", []),
        ({"a": 1}, ",", []),
        (None, ",", []),
    ],
)
def test_flat(value: Any, separator: str, texts: list[str]) -> None:
    assert flat(value, separator) == texts


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ({"extra": {"author": "Ida Ek"}}, ("Ida Ek", "extra.author")),
        ({"params": {"byline": "By Ida Ek"}}, ("By Ida Ek", "params.byline")),
        ({"extra": "x"}, None),
    ],
)
def test_an_author_in_a_table(head: dict[str, Any], found: tuple[str, str] | None) -> None:
    assert author_in_table(head) == found
