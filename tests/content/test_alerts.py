"""Alerts and pull quotes."""

from __future__ import annotations

import re
import time

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.alerts import ALERTS
from sitegen.content.markdown import to_html


def html(text: str, engine: str = "commonmark") -> str:
    return re.sub(r"\s*\n\s*", "", to_html(text, MarkdownConfig(engine=engine)).html)


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("> [!NOTE]\n> A.", '"alert alert-note"><p class="alert-title">Note</p><p>A.</p>'),
        ("> [!note]\n>\n> A.", '"alert alert-note"><p class="alert-title">Note</p><p>A.</p>'),
        ("> [!TIP] 釣り\n> A.", '"alert alert-tip"><p class="alert-title">釣り</p><p>A.</p>'),
        ("> [!Danger]\n> A.", '"alert alert-caution"><p class="alert-title">Caution</p><p>A.</p>'),
        (
            "> [!WARNING]\n> A *b*.\n>\n> C.",
            '"alert alert-warning"><p class="alert-title">Warning</p><p>A <em>b</em>.</p><p>C.</p>',
        ),
        ("> [!PULLQUOTE]\n> A.", '"pullquote"><p>A.</p>'),
        ("> [!quote] A.", '"pullquote"><p>A.</p>'),
    ],
)
def test_a_mark_makes_a_quote_something_else(engine: str, text: str, made: str) -> None:
    assert html(text, engine) == f"<blockquote class={made}</blockquote>"


@pytest.mark.parametrize(
    "text", ["> [!OTHER]\n> A.", "> A [!NOTE]", "[!NOTE]\n\nA.", "> `[!NOTE]`", "> [NOTE] A."]
)
def test_other_quotes_stay_as_they_are(text: str) -> None:
    assert "class=" not in html(text)


def test_a_title_is_text_and_an_author_cannot_write_the_class() -> None:
    made = html('> [!NOTE] <script>x</script>\n> A.\n\n<blockquote class="alert">x</blockquote>')
    assert "<script" not in made
    assert made.count("class=") == 2


def test_many_quotes_cost_little() -> None:
    start = time.process_time()
    html("> [!NOTE]\n\n" * 20_000)
    assert time.process_time() - start < 4


@pytest.mark.parametrize(("kind", "title"), ALERTS.items())
def test_each_kind_has_a_title(kind: str, title: str) -> None:
    assert f'alert-{kind}"><p class="alert-title">{title}</p>' in html(f"> [!{kind}]\n> A.")
