"""Diagnostics as text, as annotations, and what an error says in words."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import (
    Diagnostic,
    fail,
    in_words,
    nearest,
    problem,
    render_annotation,
    render_text,
    with_snippets,
)


@pytest.mark.parametrize(
    ("diagnostic", "text"),
    [
        (problem("theme", "is missing"), "error[theme]: is missing"),
        (
            problem("link", "leads nowhere", "a.md", 3, 7, "correct it", "[x](y)", "warning"),
            "warning[link]: leads nowhere\n  --> a.md:3:7\n   | [x](y)\n   = help: correct it",
        ),
        (problem("x", "y", "a\nb.md"), "error[x]: y\n  --> a\\x0ab.md"),
    ],
)
def test_render_text(diagnostic: Diagnostic, text: str) -> None:
    assert render_text(diagnostic) == text


def test_a_password_in_a_url_is_hidden() -> None:
    one = problem("x", "https://ann:hush@h.example/", help="see https://ann:hush@h.example/")
    assert "hush" not in render_text(one)


def test_render_annotation() -> None:
    one = problem("link", "50% lost", "a,b.md", 3, level="note")
    assert render_annotation(one, "site") == (
        "::notice file=site/a%2Cb.md,line=3,title=link::50%25 lost"
    )
    assert render_annotation(problem("x", "y", "/a.md"), "site") == (
        "::error file=/a.md,line=1,title=x::y"
    )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "it took too long"),
        (RecursionError(), "it is nested too deeply"),
        (OSError(2, "No such file or directory"), "No such file or directory"),
        (ValueError(), "it gave no reason"),
    ],
)
def test_in_words(error: Exception, words: str) -> None:
    assert in_words(error) == words


def test_nearest() -> None:
    assert nearest("biuld", ["build", "serve"]) == "build"
    assert nearest("BASE_URL", ["base_uri", "base_url"]) == "base_url"
    assert nearest("xyz", ["build", "serve"]) == ""


def test_a_snippet_is_the_line_that_a_diagnostic_refers_to() -> None:
    first, second = with_snippets([problem("x", "y", line=2), problem("x", "y", line=9)], "a\n b\n")
    assert (first.snippet, second.snippet) == ("b", "")


def test_an_exception_has_the_exit_status_and_the_message() -> None:
    error = fail("config", "no title", exit_status=2)
    assert (error.exit_status, str(error)) == (2, "no title")
