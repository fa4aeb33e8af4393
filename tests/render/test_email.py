"""An edition as plain text and as HTML for mail programs: lines, links, images of other hosts."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sitegen.render.email import WIDTH, letter_html, plain_lines


class Tools:
    """What the functions ask of the renderer."""

    zone = ZoneInfo("UTC")
    base_path = ""

    def absurl(self, path: str) -> str:
        """``path`` below the site."""
        return f"https://t.example{path}"


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "", "Two."]),
        ("<p>a<br>b</p>", ["a", "b"]),
        ("<ul><li>x</li><li>y</li></ul>", ["- x", "- y"]),
        ("<ol><li>x</li><li>y</li></ol>", ["1. x", "2. y"]),
        ("<blockquote><p>said</p></blockquote>", ["> said"]),
        ("<pre>a\n b</pre>", ["    a", "     b"]),
        ("<hr>", ["* * *"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a | b", "c"]),
        (
            '<p><a href="https://x.example/">x</a> <a href="/in">in</a></p>',
            ["x <https://x.example/> in"],
        ),
        ('<p><img src="a.png" alt="A crane"></p>', ["[A crane]"]),
        ("<p>note<sup>[1]</sup></p>", ["note[1]"]),
    ],
)
def test_a_text_as_lines(html: str, lines: list[str]) -> None:
    assert plain_lines(html) == lines


def test_lines_are_wrapped_and_long_urls_are_not_cut() -> None:
    url = "https://x.example/" + "a" * 100
    lines = plain_lines(f"<p>{'word ' * 40}{url}</p>")
    assert url in lines
    assert all(len(line) <= WIDTH for line in lines if line != url)


@pytest.mark.parametrize(
    ("html", "mailed"),
    [
        (
            '<img src="https://t.example/a.png" alt="A" loading="lazy" srcset="b">',
            '<img src="https://t.example/a.png" alt="A">',
        ),
        (
            '<img src="https://other.example/x.png" alt="X">',
            '<a href="https://other.example/x.png">[X]</a>',
        ),
        (
            '<img src="https://t.example/a.svg" alt="A"><img src="https://t.example/b.tiff">',
            '<a href="https://t.example/a.svg">[A]</a>'
            '<a href="https://t.example/b.tiff">[https://t.example/b.tiff]</a>',
        ),
        (
            '<a href="https://x.example/"><img src="https://t.example/a.svg" alt="A"></a>',
            '<a href="https://x.example/">A</a>',
        ),
        ('<img src="data:image/png;base64,xx" alt="X">', "X"),
        ('<a href="#fn1">1</a>', "<a>1</a>"),
        ('<p id="x">a</p>', "<p>a</p>"),
    ],
)
def test_a_mail_loads_nothing_from_other_hosts(html: str, mailed: str) -> None:
    assert letter_html(html, Tools()) == mailed
