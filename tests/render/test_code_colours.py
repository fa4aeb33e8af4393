"""Code has colours as classes."""

from __future__ import annotations

import re
from html import unescape

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown import to_html
from sitegen.render.code_colours import MOST, with_colours


def coloured(code: str, language: str, engine: str = "commonmark") -> str:
    html, _ = to_html(f"```{language}\n{code}\n```", MarkdownConfig(engine=engine))
    return with_colours(html)


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "def f(x):\n    return '<b>' # 潮"),
        ("js", 'const a = "x" && 1;'),
        ("html", '<p class="x">A</p>'),
        ("diff", "-a\n+b"),
        ("c++", "int main() { return 0; }"),
    ],
)
def test_code_keeps_its_words_and_gets_classes(engine: str, language: str, code: str) -> None:
    html = coloured(code, language, engine)
    assert 'class="hl-' in html
    words = unescape(re.sub(r"<[^>]+>", "", html)).strip()
    assert words == code


@pytest.mark.parametrize(
    ("code", "language"), [("x", "no-such-language"), ("x", ""), ("x = 1\n" * MOST, "python")]
)
def test_unknown_languages_and_long_code_stay_plain(code: str, language: str) -> None:
    assert "hl-" not in coloured(code, language)


def test_markup_in_code_stays_text() -> None:
    html = coloured("<script>x</script>", "html")
    assert "<script" not in html
