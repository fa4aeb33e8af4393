"""Pages as trees."""

from __future__ import annotations

import pytest

from sitegen.importer.html.tree import held, parse_tree, remove, without_controls


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


def test_nothing_has_none() -> None:
    assert parse_tree("") is None


def test_elements_are_held() -> None:
    tree = parse_tree("<p>a</p>")
    with held(tree):
        assert next(tree.iter("p")).text == "a"
