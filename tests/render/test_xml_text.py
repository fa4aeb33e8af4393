"""XML as text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from sitegen.render.xml_text import clean, fragment, texts, xml


@pytest.mark.parametrize(
    ("text", "kept"), [("a\x00b\ud800c\tü\U0001f600", "abc\tü\U0001f600"), ("", "")]
)
def test_characters_that_xml_cannot_hold(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_an_element_to_a_line_with_those_that_are_written_already() -> None:
    entry = ET.Element("entry")
    texts(entry, {"title": "A & b", "empty": ""}, lang="en")
    root = ET.Element("feed")
    texts(root, {"id": "1"})
    assert xml(root, [fragment(entry, 1)]).decode().splitlines() == [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<feed>",
        " <id>1</id>",
        " <entry>",
        '  <title lang="en">A &amp; b</title>',
        " </entry>",
        "</feed>",
    ]
