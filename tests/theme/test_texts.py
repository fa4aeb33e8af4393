"""What templates and style sheets may not hold."""

from __future__ import annotations

import pytest

from sitegen.theme.texts import judged_sheet, judged_template


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('<p>\n<img src="https://cdn.example/a.png">', "theme-host", 2),
        ('<script src="//cdn.example/a.js"></script>', "theme-host", 1),
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', "theme-host", 1),
        ('<link href="https://cdn.example/a.css" rel="preload">', "theme-host", 1),
        ('<form action="https://post.example/">', "theme-host", 1),
        ("<script>\nalert(1)</script>", "theme-script", 1),
        ('\n\n<p onclick="go()">', "theme-script", 3),
        ('<a href="javascript:go()">', "theme-script", 1),
    ],
)
def test_a_request_or_a_script_in_a_template(text: str, code: str, line: int) -> None:
    assert [(d.code, d.path, d.line) for d in judged_template(text, "a.html")] == [
        (code, "a.html", line)
    ]


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://other.example/">',
        '<link rel="canonical" href="https://other.example/">',
        "<script src=\"{{ asset('a.js') }}\" defer></script>",
        '<script type="application/ld+json">{}</script>',
        '{# <script>alert(1)</script> #}<!-- <img src="https://cdn.example/a.png"> -->',
        '<p data-onclick="x">',
    ],
)
def test_what_a_template_may_hold(text: str) -> None:
    assert list(judged_template(text, "a.html")) == []


ASSETS = {"site.css", "fonts/serif.woff2", "img/a.svg"}


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        ("a { background: url(img/a.svg) }", "site.css", []),
        ("a { background: url('../img/a.svg#x') }", "css/site.css", []),
        ('@font-face { src: URL("fonts/serif.woff2?v=1") }', "site.css", []),
        ("a { background: url(data:image/png;base64,AA) }", "site.css", []),
        ("a { filter: url(#blur) } b { src: url(/logo.png) }", "site.css", []),
        ("/* url(https://cdn.example/a.png) */", "site.css", []),
        ("a { background: url(img/b.svg) }", "site.css", ["theme-asset"]),
        ("a { background: url(img/a.svg) }", "css/site.css", ["theme-asset"]),
        ("a { background: url(//cdn.example/a.png) }", "site.css", ["theme-host"]),
        ("@import 'https://cdn.example/a.css';", "site.css", ["theme-host"]),
    ],
)
def test_files_that_a_style_sheet_asks_for(text: str, name: str, codes: list[str]) -> None:
    found = list(judged_sheet(text, name, f"assets/{name}", ASSETS, "warning"))
    assert [d.code for d in found] == codes
    assert all(d.level == "warning" for d in found)


def test_the_line_and_the_missing_file_are_named() -> None:
    text = "/*\n*/\na { background: url(b.svg) }"
    (found,) = judged_sheet(text, "css/site.css", "assets/css/site.css", ASSETS)
    assert (found.line, found.help) == (3, "put the file at assets/css/b.svg")
