"""Blocks of a text as Markdown."""

from typing import Any

import pytest
from lxml import etree

from sitegen.importer.to_markdown import absolute, blocks_of, join_blocks, plain_block

BASE = "https://a.example/b/"


def tree(xml: str) -> Any:
    return etree.fromstring(xml)


@pytest.mark.parametrize(
    ("xml", "blocks"),
    [
        ("<p>One <hi rend='#b'>two</hi> three</p>", ["One **two** three"]),
        ("<p>One<lb/>two</p>", ["One", "two"]),
        ("<p># not a heading</p>", ["\\# not a heading"]),
        ("<p>1. not a list</p>", ["1\\. not a list"]),
        ("<p><ref target='c'>d</ref>!</p>", ["[d](https://a.example/b/c)!"]),
        ("<p><ref target='javascript:x'>d</ref></p>", ["d"]),
        ("<p>a <code>b</code></p>", ["a `b`"]),
        ("<head rend='h3'>Title #</head>", ["### Title \\#"]),
        ("<head>Title</head>", ["## Title"]),
        ("<list><item>a</item><item>b</item></list>", ["- a\n- b"]),
        ("<list rend='ol'><item>a</item><item>b</item></list>", ["1. a\n2. b"]),
        ("<quote><p>a</p><p>b</p></quote>", ["> a\n>\n> b"]),
        ("<code>a\n```\nb</code>", ["````\na\n```\nb\n````"]),
        ("<hr/>", ["* * *"]),
        ("<p/>", []),
    ],
)
def test_elements(xml: str, blocks: list[str]) -> None:
    assert blocks_of(tree(xml), BASE) == blocks


def test_depth_is_bounded() -> None:
    deep = "<quote>" * 1000 + "x" + "</quote>" * 1000
    parser = etree.XMLParser(huge_tree=True)
    assert blocks_of(etree.fromstring(deep, parser), BASE) is not None


@pytest.mark.parametrize(
    ("url", "result"),
    [
        ("c", "https://a.example/b/c"),
        ("//c.example/d", "https://c.example/d"),
        ("https://c.example/d e", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://[", ""),
        ("", ""),
        ("x" * 3000, ""),
    ],
)
def test_urls_are_http_or_dropped(url: str, result: str) -> None:
    assert absolute(url, BASE) == result


def test_blocks_are_parted_by_an_empty_line() -> None:
    assert join_blocks(["a", "b"]) == "a\n\nb\n"
    assert plain_block("## A **b** [c](https://d.example/)") == "A b c"
