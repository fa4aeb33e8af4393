"""Errors in a `theme.yaml`."""

from __future__ import annotations

import pytest

from sitegen.theme.load import Spec
from sitegen.theme_check.spec import check_spec

GOOD = "name: mine\nversion: 0.1.0\napi: 1\ndescription: Mine\n"
BASE = Spec(
    "base", "/x", options={"wide": {"type": "boolean", "default": False, "description": "Wide"}}
)


def found(text: str, folder: str = "mine") -> list[tuple[str, int, str]]:
    """Level, line and message of each problem."""
    problems = check_spec(text, "mine/theme.yaml", folder, [BASE])
    return [(p.level, p.line, p.message) for p in problems]


def test_a_good_file_has_no_problem() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("text", "level", "line", "message"),
    [
        (f"{GOOD}optoins: {{}}\n", "error", 5, "unknown key `optoins`"),
        (GOOD.replace("mine", "other"), "error", 1, "the theme is called `other`"),
        (GOOD.replace("api: 1\n", ""), "warning", 1, "`api` is missing"),
        (GOOD.replace("version: 0.1.0\n", ""), "warning", 1, "`version` is missing"),
        (GOOD.replace("description: Mine\n", ""), "warning", 1, "`description` is missing"),
    ],
)
def test_a_key(text: str, level: str, line: int, message: str) -> None:
    ((a, b, c),) = found(text)
    assert (a, b) == (level, line)
    assert c.startswith(message)


@pytest.mark.parametrize(
    ("option", "level", "message"),
    [
        ("size: {type: integer, default: 3, description: Size}", "", ""),
        ("wide: {default: true}", "", ""),  # the rest is inherited
        ("wide: null", "", ""),
        ("size: null", "error", "is dropped, but no inherited theme has it"),
        ("Size: {type: integer, default: 3, description: S}", "error", "templates cannot use"),
        ("items: {type: integer, default: 3, description: S}", "error", "templates cannot use"),
        ("size: 3", "error", "must be a mapping"),
        ("size: {type: integer, default: 3, description: S, x: 1}", "error", "unknown key `x`"),
        ("size: {type: number, default: 3}", "error", "unknown type `number`"),
        ("size: {default: 3}", "error", "has no type"),
        ("size: {type: choice, default: a, description: S}", "error", "has no `choices`"),
        ("size: {type: integer, description: S}", "error", "has no `default`"),
        ("size: {type: integer, default: x, description: S}", "error", "is not valid"),
        ("size: {type: integer, default: 3}", "warning", "has no `description`"),
    ],
)
def test_an_option(option: str, level: str, message: str) -> None:
    problems = found(f"{GOOD}options:\n  {option}\n")
    if not message:
        assert problems == []
        return
    ((a, line, c),) = problems
    assert (a, line) == (level, 6)
    assert message in c
