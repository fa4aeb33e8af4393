"""Blocks of a text as Markdown."""

from typing import Any

import pytest
from lxml import etree

from sitegen.importer.to_markdown import (
    absolute,
    blocks_of,
    from_second_level,
    join_blocks,
    paragraphs,
    plain_block,
)

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
        ("<p>a <ref target='c(1)'> [d </ref></p>", ["a [\\[d](https://a.example/b/c%281%29)"]),
        ("<p><hi rend='#i'> a </hi>b <hi rend='#b'>-</hi></p>", ["*a* b -"]),
        ("<p>a <code>b`c</code> ![d]</p>", ["a b\\`c \\![d]"]),
        ("<p><!-- a -->b<graphic/>c</p>", ["bc"]),
        ("<div>a<p>b</p>c<hr/></div>", ["a", "b", "c", "* * *"]),
        ("<list><item>a<list rend='ol'><item>b</item></list></item></list>", ["- a\n  1. b"]),
        ("<list><list><item>a</item></list></list>", ["-\n  - a"]),
        ("<list><item/></list>", []),
        ("<quote/>", []),
        ("<head/>", []),
        ("<code> </code>", []),
        ("<picture src='c.png' alt='[d]' title='e &quot;f&quot;'/>", ['![d](c.png "e \\"f\\"")']),
        ("<picture src='c d.png'/>", ["![](c%20d.png)"]),
        (
            "<table><row><cell>a</cell><cell>b|c</cell></row><row><cell>d</cell></row></table>",
            ["| a | b\\|c |\n| --- | --- |\n| d |"],
        ),
        ("<table><row><cell>a</cell></row><row><cell/></row></table>", ["a"]),
        ("<table><row><cell/></row></table>", []),
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


def test_headings_begin_below_the_headline() -> None:
    assert from_second_level(["#### a", "b", "##### c"]) == ["## a", "b", "### c"]
    assert from_second_level(["## a", "#### b"]) == ["## a", "#### b"]


def test_lines_of_plain_text_are_paragraphs() -> None:
    assert paragraphs("a\r\nb\n\n# c\n\n") == "a b\n\n\\# c\n"
    assert paragraphs(" ") == ""


def test_blocks_are_parted_by_an_empty_line() -> None:
    assert join_blocks(["a", "b"]) == "a\n\nb\n"
    assert plain_block("## A **b** [c](https://d.example/)") == "A b c"
