"""What the HTML of a body holds."""

from __future__ import annotations

import pytest

from sitegen.check.html_facts import read_text
from sitegen.check.model import ArticleText


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Nothing</p>", ArticleText()),
        (
            '<a href="/a/?x=1&amp;y=2">a</a> <a class="b" href=\'/b/\'>b</a> <a href="/b/">c</a>',
            ArticleText(links=("/a/?x=1&y=2", "/b/")),
        ),
        ("<h2 id=\"one\">x</h2><p id='two'>y</p>", ArticleText(ids=("one", "two"))),
        (
            '<img alt=" A &gt; B " src="/a.png"><img src="/b.png" title="x > y">',
            ArticleText(images=(("/a.png", "A > B"), ("/b.png", ""))),
        ),
        ('<a>one <b>word</b></a><a href="">two</a>', ArticleText(dead=("one word", "two"))),
        ('<img alt="A crane">', ArticleText(dead=("A crane",))),
    ],
)
def test_what_a_body_holds(html: str, expected: ArticleText) -> None:
    assert read_text(html) == expected
