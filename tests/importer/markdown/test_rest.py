"""reStructuredText: markup that reaches over the end of a line."""

from __future__ import annotations

import pytest

from sitegen.importer.markdown.rest import to_markdown

PARAGRAPHS = [
    ("*five\nminutes* fast", "*five minutes* fast"),
    ("see `the\nplan <https://a.example/>`_ now", "see [the plan](https://a.example/) now"),
    ("- one\n- two", "- one\n- two"),
    ("1. one\n2. two", "1. one\n2. two"),
    ("Title\n=====\n\ntext\nmore", "## Title\n\ntext more"),
    ("text\n\nmore", "text\n\nmore"),
]


@pytest.mark.parametrize(("text", "wanted"), PARAGRAPHS)
def test_lines_of_a_paragraph_are_joined(text: str, wanted: str) -> None:
    assert to_markdown(text)[0].strip() == wanted
