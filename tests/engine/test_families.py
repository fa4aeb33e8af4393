"""Families of pages have one name each, which leads back to them."""

from __future__ import annotations

import pytest

from sitegen.engine.families import family_key, family_name, owner_rows
from sitegen.model.output import Key, Plan


@pytest.mark.parametrize("key", [("front",), ("list", "tag", 'a "b"', 3), ("article", "ü x.md")])
def test_names(key: Key) -> None:
    assert family_key(family_name(key)) == key


def test_an_output_has_a_row_for_each_of_its_families() -> None:
    owners = {"a.html": (("front",),), "c.png": (("article", "a"), ("article", "b"))}
    rows = sorted(owner_rows(Plan((), (), owners=owners, entries={"a.html": ("/a/", "2026")})))
    assert rows == [
        ('["article","a"]', "c.png", None, None),
        ('["article","b"]', "c.png", None, None),
        ('["front"]', "a.html", "/a/", "2026"),
    ]
