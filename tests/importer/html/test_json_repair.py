"""JSON as pages write it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.importer.html.json_repair import repaired


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":"The "lamp" burns","b":{"c":1,},}', {"a": 'The "lamp" burns', "b": {"c": 1}}),
        ('{"a":"say "hi", he said","b":1}', {"a": 'say "hi", he said', "b": 1}),
        ('{"a":1\n"b":2}', {"a": 1, "b": 2}),
        ("{'a':'It\\'s','b':'it's x'}", {"a": "It's", "b": "it's x"}),
        ('{"a":undefined,"b":[1,,2,]}', {"a": None, "b": [1, 2]}),
        ('{"a":"x","desc', {"a": "x"}),
        ('{"a":"x","desc":', {"a": "x", "desc": None}),
        ('{"a":["x","cut off he', {"a": ["x", "cut off he"]}),
        ("{&quot;a&quot;:&quot;b&quot;}", {"a": "b"}),
        ('{\u00a0"a": -1.5e3, "b": true}', {"a": -1500.0, "b": True}),
        ('{"a":"x" /* c */, // d\n "b":"http://y//z"}', {"a": "x", "b": "http://y//z"}),
        ('{"a":"\\u00e9 it\\\'s"}', {"a": "é it's"}),
    ],
)
def test_what_others_read_is_json(text: str, value: Any) -> None:
    assert json.loads(repaired(text)) == value
    assert json.loads(repaired(json.dumps(value))) == value


def test_what_is_nested_too_deep_stays() -> None:
    assert repaired("[" * 51) == "[" * 51
