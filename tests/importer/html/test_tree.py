"""Pages as trees."""

from __future__ import annotations

import pytest
from lxml.html import tostring

from sitegen.importer.html.tree import held, join_streamed, parse_tree, remove, without_controls


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b\x1fc", "abc"),
        ("tab\tline\n", "tab\tline\n"),
        ("it&#146;s", "it’s"),
        ("it&#x92s", "it’s"),
        ("&#0;&#xD800;x", "x"),
        ("&#233;&#10;&amp;", "&#233;&#10;&amp;"),
    ],
)
def test_characters_that_no_tree_can_hold(text: str, clean: str) -> None:
    assert without_controls(text) == clean


def test_an_element_is_taken_out_and_the_text_behind_it_stays() -> None:
    tree = parse_tree("<p>a<b>x</b>b<i>y</i>c</p>")
    for name in ("b", "i"):
        remove(next(tree.iter(name)))
    assert next(tree.iter("p")).text_content() == "abc"
    remove(tree)  # the root stays
    assert tree.tag == "html"


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0" encoding="utf-16"?><p>a</p>',
        "<p>a",
        "<!-- x --><p>a</p><?php x ?>",
        "<p " + " ".join(f"a{n}=1" for n in range(5_000)) + ">a</p>",
    ],
)
def test_any_page_has_a_tree(text: str) -> None:
    tree = parse_tree(text)
    assert tree is not None
    assert tree.text_content().strip() == "a"


def test_void_elements_hold_nothing() -> None:
    tree = parse_tree("<div>a<embed src=x>b<wbr>c<source src='y>'>d<track/>e</div>" * 300)
    assert [len(e) for e in tree.iter("embed", "wbr", "source", "track")] == [0] * 1200
    assert [e.get("src") for e in tree.iter("embed", "source")] == ["x", "y>"] * 300
    assert tree.text_content() == "abcde" * 300


def test_nothing_has_none() -> None:
    assert parse_tree("") is None


def test_elements_are_held() -> None:
    tree = parse_tree("<p>a</p>")
    with held(tree):
        assert next(tree.iter("p")).text == "a"


def streamed(names: str) -> str:
    """The text of a page with three parts of React's, which its scripts ``names`` put together."""
    text = (
        '<main><template id="B:1"></template><p>end</p></main>'
        '<div hidden id="S:1"><p>one</p><template id="P:2"></template></div>'
        f'<div hidden id="S:2"><p>two</p></div><script>{names}</script>'
    )
    tree = parse_tree(text)
    join_streamed(tree, text)
    return " ".join(p.text for p in tree.xpath("//p[not(ancestor::*[@hidden])]"))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ('$RC("B:1","S:1");$RS("S:2","P:2")', "one two end"),
        ('$RS("S:2", "P:2");$RC("B:1", "S:1")', "one two end"),
        ('$RC("B:1","S:2")', "two end"),
        ('$RC("B:9","S:1")', "end"),
        ('$RS("S:1","P:2")', "end"),  # within itself
        ("", "end"),
    ],
)
def test_streamed_parts_are_where_the_scripts_put_them(names: str, shown: str) -> None:
    assert streamed(names) == shown


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<title>T</title><main><p>a</p></main>", "<main><p>a</p></main>"),
        (
            "<html><meta charset=utf-8><title>T</title><article>a</article>b",
            "<article>a</article>b",
        ),
        ("<html><head><title>T</title></head><main>a</main></html>", "<main>a</main>"),
        ("<title>T</title><p>a</p>", "<p>a</p>"),
    ],
)
def test_the_head_ends_before_what_is_none_of_it(html: str, written: str) -> None:
    tree = parse_tree(html)
    assert [child.tag for child in tree.find("head") if child.tag != "meta"] == ["title"]
    assert tostring(tree.find("body"), encoding="unicode") == f"<body>{written}</body>"
