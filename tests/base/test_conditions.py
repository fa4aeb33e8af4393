"""Conditions of settings: what they are true of, and what is said of those that cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.base.conditions import ConditionError, FieldKind, read_condition

FIELDS: dict[str, FieldKind] = {
    "title": "line",
    "text": "text",
    "tags": "list",
    "words": "number",
    "age": "days",
}
ITEM = {
    "title": "Die Fähre legt an",
    "text": "Am Kai 9 legt sie an.\nNiemand wartet.",
    "tags": ["Quay", "Straße"],
    "words": 40,
    "age": 14.0,
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("title ~ FÄHRE|harbour", True),
        ("title ~ ^fähre", False),
        ("title ~ fa\u0308hre", True),  # the same letters in another form
        ("title is die fähre legt AN", True),
        ("title is die fähre", False),
        ("text ~ niemand", True),
        ("tags has quay", True),
        ("tags has STRASSE", True),
        ("tags has Qua", False),
        ("tags ~ ^qua", True),
        ("not tags has quay", False),
        ("words < 40", False),
        ("words <= 40", True),
        ("words=40", True),
        ("words>39", True),
        ("age > 13d", True),
        ("age > 14d", False),
        ("age >= 2w", True),
        ("age < 36h", False),
        ("not age < 36h", True),
        ("  title  ~  fähre  ", True),
    ],
)
def test_conditions(text: str, holds: bool) -> None:
    assert read_condition(text, FIELDS).holds(ITEM) is holds


@pytest.mark.parametrize("text", ["age > 14d", "not age > 14d", "words < 4", "not words < 4"])
def test_what_is_not_known_fits_no_condition(text: str) -> None:
    nothing: dict[str, Any] = {"age": None, "words": None}
    assert read_condition(text, FIELDS).holds(nothing) is False


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("titel ~ x", "unknown field `titel`", "did you mean `title`?"),
        ("author ~ x", "unknown field `author`", "fields are title, text, tags, words, age"),
        ("tags hass x", "`hass` does not compare `tags`", "did you mean `has`?"),
        ("words ~ 4", "`~` does not compare `words`", "use `<`, `<=`"),
        ("title", "`title` is not a rule", "write it as"),
        ("", "`` is not a rule", "write it as"),
        ("title ~", "`title ~` has no value", "title ~ ferry|harbour"),
        ("words < many", "`many` is not a number", "words < 40"),
        ("age > 14", "`14` is not a span of time", "36h, 14d or 2w"),
        ("age > 2m", "`2m` is not a span of time", "36h, 14d or 2w"),
        ("title ~ (", "the pattern `(` is not a valid pattern", ""),
        ("title ~ (a+)+b", "the pattern `(a+)+b` could take very long", ""),
    ],
)
def test_what_is_no_condition_is_said(text: str, message: str, help: str) -> None:
    with pytest.raises(ConditionError) as caught:
        read_condition(text, FIELDS)
    assert str(caught.value).startswith(message)
    assert help in caught.value.help
