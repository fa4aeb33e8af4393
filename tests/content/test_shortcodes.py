"""Calls of macros in the texts of trusted articles."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown import to_html
from sitegen.content.removals import Removal
from sitegen.content.shortcodes import may_call, with_calls


def calls(text: str, engine: str = "commonmark", smart: bool = False) -> list[Any]:
    html, _ = to_html(text, MarkdownConfig(engine=engine, smart=smart), may_call=True)
    return [json.loads(unescape(found)) for found in re.findall(r'data-call="([^"]*)"', html)]


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize("smart", [False, True])
@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("{{< ferry >}}", {}),
        ('{{< ferry note="a <b>" >}}', None),
        ('{{< ferry note="a &lt; b" >}}', {"note": "a < b"}),
        ("{{< ferry line=9 >}}", None),
        ('{{< ferry line="9" note="金曜 & 土曜" />}}', {"line": "9", "note": "金曜 & 土曜"}),
    ],
)
def test_a_call_has_its_name_and_values(
    engine: str, smart: bool, text: str, values: dict[str, str] | None
) -> None:
    expected = [] if values is None else [{"name": "ferry", "values": values}]
    assert calls(f"A.\n\n{text}\n\nB.", engine, smart) == expected


@pytest.mark.parametrize(
    "text", ["A {{< ferry >}} b", "`{{< ferry >}}`", "{{< __class__ >}}", "{{ ferry() }}"]
)
def test_what_is_no_call_stays_text(text: str) -> None:
    assert calls(text) == []


def test_other_articles_cannot_call() -> None:
    html, removals = to_html('{{< ferry line="9" >}}', MarkdownConfig())
    assert "{{&lt; ferry" in html and "<div" not in html
    assert removals == (Removal("shortcode", "ferry"),)
    written = '<div class="shortcode" data-call="{}"></div>'
    for trusted in (True, False):
        made, _ = to_html(written, MarkdownConfig(), may_call=trusted)
        assert "shortcode" not in made and "data-call" not in made
    assert with_calls("<p>plain</p>", False) == ("<p>plain</p>", [])


@pytest.mark.parametrize(
    ("path", "patterns", "may"),
    [
        ("editorials/a.md", ["editorials/*"], True),
        ("editorials/2026/a.md", ["/editorials/*"], True),
        ("world/a.md", ["editorials/*"], False),
        ("world/a.md", ["*"], True),
        ("world/a.md", [], False),
    ],
)
def test_patterns_name_the_articles_that_may_call(
    path: str, patterns: list[str], may: bool
) -> None:
    assert may_call(path, patterns) is may
