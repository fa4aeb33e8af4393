"""URLs in words become links, and nothing else does."""

from __future__ import annotations

import re
import time

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.bare_urls import with_links
from sitegen.content.markdown import to_html
from sitegen.content.removals import Removal


def links(text: str, engine: str = "commonmark", **more: bool) -> list[str]:
    """The targets of the links in ``text``."""
    html, _ = to_html(text, MarkdownConfig(engine=engine, **more))
    return re.findall(r'href="([^"]+)"', html)


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/x now.", ["https://a.example/x"]),
        ("See https://a.example/x.", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("(https://a.example/b_(c))", ["https://a.example/b_(c)"]),
        ("https://a.example/x, https://b.example!", ["https://a.example/x", "https://b.example"]),
        ("https://a.example/?a=1&b=2", ["https://a.example/?a=1&amp;b=2"]),
        ("**https://a.example/x**", ["https://a.example/x"]),
        ("> http://a.example:8080/#part", ["http://a.example:8080/#part"]),
        ("- www.a.example/x", ["http://www.a.example/x"]),
        ("mailto:desk@a.example", ["mailto:desk@a.example"]),
        ("HTTPS://A.example/X", ["HTTPS://A.example/X"]),
        ("„https://a.example/x“ «https://b.example»", ["https://a.example/x", "https://b.example"]),
        ("参照https://a.example/xを見る。", ["https://a.example/x"]),
        ("「https://a.example/潮」、", ["https://a.example/潮"]),
        ("https://a.example/x에서", ["https://a.example/x"]),
        ("https://münchen.example/straße", ["https://münchen.example/straße"]),
        ("см. https://пример.example/вода.", ["https://пример.example/вода"]),
        ("| a |\n|---|\n| https://a.example/x |", ["https://a.example/x"]),
        ("[x](https://a.example/)", ["https://a.example/"]),
        ("[https://a.example/](https://b.example/)", ["https://b.example/"]),
        ("<https://a.example/>", ["https://a.example/"]),
        ("`https://a.example/`", []),
        ("    https://a.example/", []),
        ("javascript:alert(1) ftp://a.example/x data:text/html,x", []),
        ("xhttps://a.example/ and a@www.b.example", []),
        ("http://localhost/ https:// www.", []),
        ("desk@a.example", []),
        (
            "[x](https://www.a.example/) Www.b.example",
            ["https://www.a.example/", "http://Www.b.example"],
        ),
        ("[x](https://a.example/?u=www.b.example)", ["https://a.example/?u=www.b.example"]),
        ('a="http://www.a.example/"', ["http://www.a.example/"]),
    ],
)
def test_urls_of_the_web_are_links(engine: str, text: str, found: list[str]) -> None:
    assert links(text, engine) == found


def test_typographic_signs_do_not_change_a_url() -> None:
    assert links('"https://a.example/x--y" -- z', smart=True) == ["https://a.example/x--y"]


def test_a_secret_is_neither_linked_nor_shown() -> None:
    html, removals = to_html("https://a.example/feed?token=S3CRETS3CRETS3CRET9", MarkdownConfig())
    assert "S3CRET" not in html
    assert [r.kind for r in removals] == ["secret"]


def test_markup_within_a_url_stays_text() -> None:
    html, _ = to_html("https://a.example/<script>x</script>", MarkdownConfig())
    assert "<script" not in html
    assert Removal("unsafe", "<script") in to_html("<script>x</script>", MarkdownConfig()).removals


def test_a_site_that_trusts_its_authors_has_links_too() -> None:
    assert links("https://a.example/x", trust=True) == ["https://a.example/x"]


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/" + "!" * 300_000 + "a",
        "https://a.example/" + ")" * 300_000,
        "www." * 75_000,
        "https://" + "a" * 300_000,
        "https://" * 40_000,
        "https://a.example/&" * 15_000,
    ],
)
def test_long_texts_cost_little(text: str) -> None:
    start = time.process_time()
    to_html(text, MarkdownConfig())
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("html", "linked"),
    [
        (
            "<p>See https://a.example/b.</p>",
            '<p>See <a href="https://a.example/b">https://a.example/b</a>.</p>',
        ),
        (
            "<p>(www.a.example)</p>",
            '<p>(<a href="http://www.a.example">www.a.example</a>)</p>',
        ),
        ("<code>https://a.example/</code>", "<code>https://a.example/</code>"),
        (
            '<a href="https://a.example/">https://a.example/</a>',
            '<a href="https://a.example/">https://a.example/</a>',
        ),
    ],
)
def test_urls_of_html(html: str, linked: str) -> None:
    assert with_links(html) == linked


@pytest.mark.parametrize(
    "html", ["<p>plain</p>", '<a href="https://a.example/">x</a>', "<!-- https://a.example/ -->"]
)
def test_other_html_stays_as_it_is(html: str) -> None:
    assert with_links(html) == html
