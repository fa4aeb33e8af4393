"""Headings have ids, the same with both engines."""

from __future__ import annotations

import re
import time

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.headings import with_ids
from sitegen.content.markdown import to_html
from sitegen.content.removals import Removal


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## Part two\n\n## Part two", ["part-two", "part-two-2"]),
        ("## Part two {#two}", ["two"]),
        ("## Part {#part-two}\n\n## Part two", ["part-two", "part-two-2"]),
        ("## Part two\n\n## Part {#part-two}", ["part-two-2", "part-two"]),
        ("## A 2\n\n## A\n\n## A", ["a-2", "a", "a-3"]),
        ("Line\n---\n", ["line"]),
        ("## *Soft* `code` [link](https://a.example/)", ["soft-code-link"]),
        ("## Glück & Straße", ["glück-and-straße"]),
        ("## 潮の高さ\n\n## Вода\n\n## مدينة\n\n## 물", ["潮の高さ", "вода", "مدينة", "물"]),
        ("## 潮 {#潮}", ["潮"]),
        ("## Costs {x}", ["costs-x"]),
        ("### Deep\n\n##### Deeper", ["deep", "deeper"]),
        ("> ## Quoted", ["quoted"]),
    ],
)
def test_each_heading_has_an_id(engine: str, text: str, ids: list[str]) -> None:
    html, removals = to_html(text, MarkdownConfig(engine=engine))
    assert re.findall(r'<h\d id="text-([^"]+)"', html) == ids
    assert "{#" not in html
    assert removals == ()


def test_signs_alone_have_an_id_too() -> None:
    first, second = re.findall(r'id="([^"]+)"', with_ids("<h2>!</h2><h2>?</h2>")[0])
    assert first != second


def test_an_id_of_a_note_is_not_taken() -> None:
    html, _ = to_html("## Note a\n\nX[^a].\n\n## From a\n\n[^a]: Y.", MarkdownConfig())
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.parametrize(
    "text",
    [
        "<a id='x'>1</a>\n\n## B {#x}",
        "## A {#x}\n\n## B {#x}",
        "<i id='x'>1</i> <b id='x'>2</b> <b id='x'>3</b>",
    ],
)
def test_an_id_that_is_used_twice_stays_once_and_is_reported(text: str) -> None:
    html, removals = to_html(text, MarkdownConfig())
    assert html.count('id="text-x"') == 1
    assert removals == (Removal("repeated-id", "x"),)


def test_an_id_holds_nothing_that_ends_an_attribute() -> None:
    html, _ = to_html('## A {#x"onclick=alert(1)}\n\n## B {#<b>}', MarkdownConfig())
    assert not re.search(r'<h2[^>]*[\s"]onclick', html)


@pytest.mark.parametrize("text", ["## a\n\n", "## a {#x}\n\n", "## !\n\n", "## a {#\n\n"])
def test_many_headings_cost_little(text: str) -> None:
    start = time.process_time()
    to_html(text * 10_000, MarkdownConfig())
    assert time.process_time() - start < 3
