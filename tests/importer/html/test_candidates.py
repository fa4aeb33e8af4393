"""Texts and places of elements."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import (
    Claim,
    Claims,
    in_aside,
    is_dialog,
    parts_of,
    signs_of,
    text_of,
    unescape,
)
from sitegen.importer.html.tree import parse_tree


def element(html: str, path: str = "//*[@id='x']"):  # type: ignore[no-untyped-def]
    return parse_tree(f"<html><body>{html}</body></html>").xpath(path)[0]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p id=x>  one \n two </p>", "one two"),
        ("<p id=x>one<b>two</b>three</p>", "onetwothree"),
        ("<p id=x>one<br>two</p>", "one two"),
        ("<div id=x><p>one</p><p>two</p>three</div>", "one twothree"),
        ("<div id=x>one<script>two</script> three</div>", "one three"),
        (
            "<div id=x><span>one<style>a{}</style></span><svg><text>t</text></svg>two</div>",
            "onetwo",
        ),
        ("<script id=x>one</script>", ""),
        ("<p id=x></p>", ""),
    ],
)
def test_the_text_of_an_element(html: str, text: str) -> None:
    assert text_of(element(html)) == text


@pytest.mark.parametrize(
    ("html", "aside"),
    [
        ("<div class=comments><p id=x>a</p></div>", True),
        ("<nav><p id=x>a</p></nav>", True),
        ("<footer><p id=x>a</p></footer>", True),
        ("<footer class=entry-meta><p id=x>a</p></footer>", False),
        ("<aside><article><p id=x>a</p></article></aside>", False),
        ("<div class=sidebar><p id=x>a</p></div>", True),
        ("<div class=sidebar><h1>b</h1><p id=x>a</p></div>", False),
        ("<div class=has-sidebar><p id=x>a</p></div>", False),
    ],
)
def test_what_is_beside_the_article(html: str, aside: bool) -> None:
    assert in_aside(element(html)) is aside


def test_a_claim_is_one_clean_line() -> None:
    claims = Claims()
    claims.say("titles", " Eels\n are back ", "h1", ("in furniture",))
    claims.say("titles", "", "title")
    claims.say("titles", "x" * 3_000, "title")
    claims.say("authors", (), "title")
    assert claims.titles == [Claim("Eels are back", "h1", ("in furniture",))]
    assert claims.authors == []


def test_references_that_were_escaped_twice() -> None:
    assert [unescape(t) for t in ("a &amp;amp; b", "a &amp; b", "a b")] == ["a & b"] * 2 + ["a b"]


def test_parts_and_signs_of_claims_are_named_once_in_their_order() -> None:
    parts = [f"meta {name}" for name in "qwertyuiop"]
    claims = [Claim("x", part, ("short", "alone")) for part in [*parts, *reversed(parts)]]
    assert parts_of(claims) == parts
    assert signs_of(claims) == [f"{part}: {sign}" for part in parts for sign in ("short", "alone")]


@pytest.mark.parametrize(
    ("markup", "asks"),
    [
        ("role=dialog", True),
        ("aria-modal=true", True),
        ("class='onetrust-banner'", True),
        ("class=cc-window", True),
        ("class='privacy-box'", True),
        ("class='cmp-container'", False),
        ("class='text cmp-text'", False),
        ("class='sp only'", False),
        ("class='sp-container'", False),
        ("class=fc-view", False),
    ],
)
def test_boxes_that_ask_for_consent(markup: str, asks: bool) -> None:
    assert is_dialog(element(f"<div id=x {markup}>Text</div>")) is asks
