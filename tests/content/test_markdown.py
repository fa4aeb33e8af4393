"""One list of expectations over both Markdown engines."""

from __future__ import annotations

import re

import pytest

from sitegen.config import MarkdownConfig
from sitegen.content.markdown import to_html


@pytest.fixture(params=["commonmark", "python-markdown"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One.\n\nTwo.", ["<p>One.</p>", "<p>Two.</p>"]),
        ("# A\n\n## B", ["<h2>A</h2>", "<h3>B</h3>"]),
        ("### A\n\n##### B\n\n#### C", ["<h2>A</h2>", "<h3>B</h3>", "<h3>C</h3>"]),
        ("*a* **b**", ["<em>a</em>", "<strong>b</strong>"]),
        ("- a\n- b", ["<ul>", "<li>a</li>"]),
        ("1. a\n2. b", ["<ol>", "<li>b</li>"]),
        ("> said", ["<blockquote>", "said"]),
        ("[x](https://a.example/)", ['href="https://a.example/"', ">x</a>"]),
        ("![alt](/a.png)", ['src="/a.png"', 'alt="alt"', 'loading="lazy"']),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["<table>", "<td>1</td>", 'class="table-scroll"']),
        ("Text[^1]\n\n[^1]: Note.", ["<sup", "Note."]),
        ("- [ ] a\n- [x] b", ["a", "b"]),
        ("| a |\n|--:|\n| 1 |", ['<td class="align-right">1</td>']),
        ("[x](#part) <b id='part'>y</b>", ['href="#text-part"', 'id="text-part"']),
        ("```\nx < y\n```", ["<pre><code>x &lt; y"]),
        ("a & b < c", ["a &amp; b &lt; c"]),
        ("snake_case_word", ["snake_case_word"]),
        ("---", ["<hr>"]),
        ("Zürich 東京 مرحبا", ["Zürich 東京 مرحبا"]),
    ],
)
def test_both_engines_agree(engine: str, text: str, parts: list[str]) -> None:
    html, unsafe, _ = to_html(text, MarkdownConfig(engine=engine))
    assert not unsafe
    for part in parts:
        assert part in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "<a href='vbscript:x'>a</a>",
        "<iframe src='https://a.example'></iframe>", "<svg onload=alert(1)>", "<form action=x><input></form>",
        "<p style='position:fixed'>x</p>", "<a href='java&#115;cript:alert(1)'>x</a>", "<object data=x></object>", "<base href=//x>",
    ],
)  # fmt: skip
def test_nothing_that_runs_is_left(engine: str, text: str) -> None:
    html, unsafe, _ = to_html(text, MarkdownConfig(engine=engine))
    assert unsafe
    for sign in ("<script", "onerror", "javascript:", "vbscript:", "<iframe", "<svg", "<form", "style=", "<object", "<base"):
        assert sign not in html


@pytest.mark.parametrize("address", ["http://::bad", "ftp://a.example/x", "magnet:?x=1&y=2"])
def test_an_address_that_a_page_cannot_lead_to_is_told(engine: str, address: str) -> None:
    html, unsafe, lost = to_html(f"A [word](/a/) and [another]({address}).", MarkdownConfig(engine=engine))
    assert (unsafe, lost) == ("", address)
    assert "another" in html and address not in html
    assert to_html("A [word](/a/), <https://b.example/>", MarkdownConfig(engine=engine))[2] == ""


def test_a_site_that_trusts_its_authors_keeps_their_html(engine: str) -> None:
    html, *_ = to_html('<p style="color:red">x</p>', MarkdownConfig(engine=engine, trust=True))
    assert "style=" in html


def test_a_note_leads_back_to_where_it_is_referred_to(engine: str) -> None:
    html, *_ = to_html("Text[^1] and[^1].\n\n[^1]: Note.\n", MarkdownConfig(engine=engine))
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) >= 2
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids


def test_classes_that_could_dress_up_text_are_dropped(engine: str) -> None:
    html, *_ = to_html('<div class="skip">x</div> <p class="masthead">y</p>', MarkdownConfig(engine=engine))
    assert "class" not in html
