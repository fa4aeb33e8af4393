"""Texts that a page holds as data."""

from __future__ import annotations

import json

import pytest

from sitegen.importer.html.data_text import NOTE, texts_of_state
from sitegen.importer.html.read import read_html
from sitegen.importer.html.tree import parse_tree

TEXTS = [
    "The bell of the harbour has not rung for a week, and nobody has complained of it so far.",
    "The keeper of the tower wants to wait until the spring, when the rope is dry again.",
    "In the meantime a recording is played at noon, which the fishermen call thin and late.",
    "Two engineers looked at the beam on Tuesday and found that it had sunk by four centimetres.",
]
HTML = "".join(f"<p>{text}</p>" for text in TEXTS)


def page(script: str, shown: str = "") -> bytes:
    return (
        "<!DOCTYPE html><html lang=en><head><title>The bell is silent</title></head><body>"
        f"<main><article><h1>The bell is silent</h1>{shown}</article></main>{script}</body></html>"
    ).encode()


def state(value: object, name: str = "") -> str:
    given = f"window.{name} = " if name else ""
    kind = "" if name else ' id="__NEXT_DATA__" type="application/json"'
    return f"<script{kind}>{given}{json.dumps(value)}{';' if name else ''}</script>"


def json_ld(text: str) -> str:
    node = {"@type": "NewsArticle", "headline": "The bell is silent", "articleBody": text}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    "script",
    [
        state({"props": {"article": {"title": "x", "body": HTML}}}),
        state(
            {"article": {"blocks": [{"type": "p", "text": text} for text in TEXTS]}}, "__STATE__"
        ),
        state(
            {"a": [{"kind": "text", "data": {"value": text}} for text in TEXTS]}, "__INITIAL_DATA__"
        ),
        state({"a": {"paragraphs": TEXTS}}),
        json_ld("\n\n".join(TEXTS)),
        json_ld(HTML),
    ],
)
@pytest.mark.parametrize("shown", ["", f"<p>{TEXTS[0]}</p>"])
def test_a_text_that_is_only_data(script: str, shown: str) -> None:
    found = read_html(page(script, shown))
    assert found.body.split("\n\n") == [*TEXTS[:-1], f"{TEXTS[-1]}\n"]
    assert NOTE in found.notes
    assert "no running text found" not in found.doubts


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        (json_ld(TEXTS[0]), HTML),  # shorter than what is shown
        (json_ld("\n\n".join(TEXTS)), HTML),
        (state({"other": ["Words on another matter which are not those of the page. "] * 9}), HTML),
        (
            state({"other": ["Words on another matter which are not those of the page. "] * 9}),
            f"<p>{TEXTS[0]}</p>",
        ),
    ],
)
def test_data_that_is_not_the_rest_of_the_text(script: str, shown: str) -> None:
    found = read_html(page(script, shown))
    assert NOTE not in found.notes
    assert "another matter" not in found.body


@pytest.mark.parametrize("script", ["{", "[" * 3000, "window.x = {a: 1}", "var a = 1;", "{}" * 200])
def test_odd_scripts(script: str) -> None:
    tree = parse_tree(f"<div><script>{script}{' ' * 300}</script></div>")
    assert texts_of_state(tree) == []
