"""A theme tried on sample pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import pytest

from sitegen.model.site import Link
from sitegen.theme_check.trial import Noted, _about, _others, trial
from tests.theme_check.subjects import subject


@pytest.mark.parametrize(
    ("entry", "value", "others"),
    [
        ({"type": "boolean"}, True, [False]),
        ({"type": "integer"}, 1, [0, 2, 4]),
        ({"type": "integer"}, 0, [1, 3]),
        ({"type": "choice", "choices": ["a", "b", "c"]}, "b", ["a", "c"]),
        ({"type": "colour"}, "#123456", ["#a0b1c2"]),
        ({"type": "text"}, "", ["Some words"]),
        ({"type": "text"}, "x", ["Some words", ""]),
    ],
)
def test_other_values_of_an_option(entry: dict[str, Any], value: Any, others: list[Any]) -> None:
    assert sorted(_others(entry, value), key=str) == sorted(others, key=str)


@pytest.mark.parametrize(
    ("owner", "message"),
    [
        (Link("a", "/a/"), "`Link` has no `x`"),
        ({}, "undefined `x` in the mapping"),
        (7, "undefined `x` in a value of type int"),
    ],
)
def test_a_name_that_does_not_exist(owner: Any, message: str) -> None:
    assert _about(owner, "x") == message


@pytest.mark.parametrize(
    "text",
    [
        "{{ x }}",
        "{{ x.y.z }}",
        "{{ x() }}",
        "{{ x['y'] }}",
        "{% for y in x %}{% endfor %}",
        "{% if x %}{% endif %}",
        "{{ x | length }}",
        "{{ x == 1 }}",
    ],
)
def test_each_use_of_an_undefined_name_is_noted(text: str) -> None:
    places: dict[tuple[str, int, str], str] = {}
    environment = jinja2.Environment(
        loader=jinja2.DictLoader({"a.html": f"\n{text}"}),
        undefined=type("Noted", (Noted,), {"places": places, "__slots__": ()}),
    )
    environment.get_template("a.html").render()
    assert {(line, name): words for (_, line, name), words in places.items()} == {
        (2, "x"): "undefined name `x`"
    }


@pytest.mark.slow
def test_failures_and_options_without_effect_are_reported(tmp_path: Path) -> None:
    idle = "options:\n  idle: {type: boolean, default: false, description: Idle}\n"
    assert [p.message for p in trial(subject(tmp_path / "a", {}, idle))] == [
        "option `idle` has no effect on any page"
    ]
    broken = {"templates/404.html": "{{ page.title }}\n{{ 1 / 0 }}{{ page['nothing'] }}"}
    found = [(p.path, p.line, p.message) for p in trial(subject(tmp_path / "b", broken))]
    assert ("mine/templates/404.html", 2) in {(path, line) for path, line, _ in found}
