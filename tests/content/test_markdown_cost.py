"""Texts for which python-markdown would take too long are shown by commonmark, and reported."""

from __future__ import annotations

import time

import pytest

from sitegen.config.load import load_config
from sitegen.config.schema import MarkdownConfig
from sitegen.content.article import parse
from sitegen.content.markdown import to_html
from sitegen.content.markdown_cost import MAX_LETTERS, MAX_NESTING, too_costly
from tests.conftest import SITE

ENGINE = MarkdownConfig(engine="python-markdown")
PARAGRAPH = "The *ferry* to [Quay Nine](https://quay.example/) left at `7:45`, <b>all</b> lit.\n"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("[" * 4000, "["),
        ("Word.\n\n" + "![a\n" * 4000, "["),
        ("[a](b " * 4000, "["),
        ("[" * 4000 + "]" * 4000, "["),
        ("<a " * 4000, "<"),
        ("<![" * 4000 + ">", "["),
        ("a <b\n\n" * 4000, "<"),
        ("# a\n" * 8000, "#"),
        ("a\n=\n" * 8000, "="),
        ("a|b\n-|-\n" + "a|b\n" * 20_000, "|"),
        ("[a]:\n" * 8000, "]:"),
        ("*a* " * 40_000, "*"),
        ("".join(f"[^{n}]: x\n\n" for n in range(20_000)), "[^"),
        ("- a\n" * 40_000, "-"),
        ("- " * (MAX_NESTING + 1) + "a", "-"),
        ("> " * (MAX_NESTING + 1) + "a", ">"),
        ("1. " * (MAX_NESTING + 1) + "a", "1"),
        ("\t" * (MAX_NESTING + 1) + "a", ""),
        ("a" * (MAX_LETTERS + 1), ""),
    ],
)
def test_the_sign_that_would_take_too_long_is_named(text: str, sign: str) -> None:
    assert too_costly(text) == sign


@pytest.mark.parametrize(
    "text",
    [
        "",
        PARAGRAPH * 20,
        f"{PARAGRAPH}\n" * 200,
        "[" * 100,
        "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 500,
        "".join(f"Said so.[^{n}]\n\n[^{n}]: Page {n}.\n\n" for n in range(100)),
        "```\n" + "if (a[0] < b) { c[i] = d; }\n" * 300 + "```\n",
        "- " * 20 + "a",
    ],
)
def test_an_ordinary_text_is_not_too_costly(text: str) -> None:
    assert too_costly(text) is None


@pytest.mark.parametrize("text", ["[" * 8000, "<a " * 8000, "- " * 5000 + "x"])
def test_a_costly_text_is_rendered_at_once(text: str) -> None:
    started = time.perf_counter()
    made = to_html(text, ENGINE)
    assert time.perf_counter() - started < 2
    assert [r.kind for r in made.removals][:1] == ["costly"]


def test_a_costly_text_is_reported_at_its_line() -> None:
    config = load_config(f"{SITE}markdown: {{engine: python-markdown}}\n")
    head = "---\ntitle: T\ndate: 2026-11-02\nauthors: [Ann Ames]\n---\n"
    parsed = parse(f"{head}First.\n\n{'[' * 4000}\n".encode(), "content/a/b.md", config)
    (found,) = parsed.diagnostics
    assert (found.code, found.level, found.line) == ("markdown", "warning", 8)
    assert "too long, mostly for `[`: it is shown as commonmark renders it" in found.message
    assert "<p>First.</p>" in parsed.html


def test_a_text_at_which_the_engine_fails_is_shown_and_reported() -> None:
    made = to_html("First.\n\n" + "[^a]: " * 9, ENGINE)
    assert "<p>First.</p>" in made.html
    assert [r.kind for r in made.removals][:1] == ["unreadable"]


@pytest.mark.parametrize("text", ["- " * 9000, "> " * 9000, "<div>" * 9000, "a <b>" * 9000])
def test_a_very_deep_text_is_shown_as_it_is_written(text: str) -> None:
    started = time.perf_counter()
    made = to_html(f"{text}quay", MarkdownConfig())
    assert time.perf_counter() - started < 2
    assert [r.kind for r in made.removals][:1] == ["deep"]
    assert "quay" in made.html


@pytest.mark.parametrize("text", ["<p>a\n\n" * 900, "a<br>\n" * 900, "<b>a</b>\n" * 900])
def test_a_long_text_is_not_deep(text: str) -> None:
    assert not [r for r in to_html(text, MarkdownConfig()).removals if r.kind == "deep"]
