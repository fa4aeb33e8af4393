"""Values that do not fit a struct, with their places and in plain words."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import pytest

from sitegen.base.validation import line_of, misfits


class Pair(msgspec.Struct, forbid_unknown_fields=True):
    """A struct below another one."""

    name: str
    count: int = 0


class Folder(msgspec.Struct, tag="folder", tag_field="kind", forbid_unknown_fields=True):
    """One of two structs that differ in their tag."""

    path: str


class Bucket(msgspec.Struct, tag="bucket", tag_field="kind", forbid_unknown_fields=True):
    """The other one."""

    bucket: str


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    """One field of each type."""

    title: str = ""
    size: int = 0
    share: float = 0.0
    draft: bool = False
    kind: Literal["daily", "weekly", "key"] = "key"
    tags: tuple[str, ...] = ()
    pair: Pair = msgspec.field(default_factory=lambda: Pair(""))
    pairs: dict[str, Pair] = {}
    target: Folder | Bucket | None = None
    search: bool | Pair = False
    extra: Any = None


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"title": "T", "size": 3, "share": 1, "draft": True, "kind": "daily", "tags": ["a"]},
        {"size": "3"},  # as msgspec converts it
        {"pairs": {"a": {"name": "A"}}, "extra": [{"any": 1}]},
        {"target": {"kind": "folder", "path": "x"}},
        {"target": None},
        {"search": True},
        {"search": {"name": "A"}},
    ],
)
def test_what_fits_has_no_misfits(value: dict[str, Any]) -> None:
    assert misfits(value, Settings) == []
    msgspec.convert(value, Settings, strict=False)


@pytest.mark.parametrize(
    ("value", "place", "message", "help"),
    [
        ({"title": 1.1}, "title", "`title` must be text, not `1.1`", 'put it in quotes: "1.1"'),
        ({"size": "x"}, "size", "`size` must be a whole number, not `x`", ""),
        ({"draft": "maybe"}, "draft", "`draft` must be true or false, not `maybe`", ""),
        (
            {"kind": "dayly"},
            "kind",
            "`kind` must be daily, key or weekly, not `dayly`",
            "did you mean `daily`?",
        ),
        (
            {"tags": "a"},
            "tags",
            "`tags` must be a list, not `a`",
            "write [one, two], also for a single entry",
        ),
        ({"tags": ["a", {}]}, "tags.1", "`tags.1` must be text, not a mapping", ""),
        (
            {"pair": ["a"]},
            "pair",
            "`pair` must be a mapping, not a list",
            "write its keys below it; there are: name, count",
        ),
        ({"pair": {"count": 1}}, "pair", "`pair` lacks `name`", "add `name: …`"),
        (
            {"pair": {"name": "A", "cuont": 1}},
            "pair.cuont",
            "unknown key `pair.cuont`",
            "did you mean `count`?",
        ),
        (
            {"pairs": None},
            "pairs",
            "`pairs` must be a mapping, not nothing",
            "write each entry as `name: …` below it",
        ),
        ({"pairs": {"a": {"name": None}}}, "pairs.a.name", "must be text, not nothing", ""),
        ({"target": {"kind": "bucket"}}, "target", "`target` lacks `bucket`", "add `bucket: …`"),
        ({"search": "yes?"}, "search", "must be true or false or a mapping, not `yes?`", ""),
        ({"size": "x" * 60}, "size", f"not `{'x' * 39}…`", ""),
    ],
)
def test_a_misfit_names_its_place_and_what_to_do(
    value: dict[str, Any], place: str, message: str, help: str
) -> None:
    (misfit,) = misfits(value, Settings)
    assert ".".join(misfit.place) == place
    assert message in misfit.message
    assert misfit.help == help


def test_all_misfits_are_reported() -> None:
    value = {"title": [], "size": "x", "unknown": 1}
    assert [m.place for m in misfits(value, Settings)] == [("title",), ("size",), ("unknown",)]


TEXT = "title: T\npair:\n  name: A\n  'count': x\nother:\n  count: 1\n"


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("title",), 1),
        (("pair", "count"), 4),
        (("other", "count"), 6),
        (("pair", "missing"), 2),
    ],
)
def test_the_line_of_a_value(place: tuple[str, ...], line: int) -> None:
    assert line_of(place, TEXT, {"title": 1, "pair": 2, "other": 5}) == line
