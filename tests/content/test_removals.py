"""What of an article's HTML does not reach its page."""

from __future__ import annotations

import pytest

from sitegen.content.removals import MOST, Removal, removed, words_in_lines, words_kept

ALLOWED = frozenset(["p", "a", "b", "img"])


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("a <redacted> b", "a &lt;redacted&gt; b"),
        ("List<String>", "List&lt;String&gt;"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("<a thing of beauty>", "&lt;a thing of beauty&gt;"),
        ("<my-box>x</my-box>", "<my-box>x</my-box>"),  # a custom element
        ("<my-box>x", "&lt;my-box&gt;x"),
        ("<svg><path></svg>", "<svg><path></svg>"),
        ("<input disabled>", "<input disabled>"),
    ],
)
def test_words_in_angle_brackets_are_words(html: str, kept: str) -> None:
    text, removals = words_kept(html)
    assert text == kept
    assert bool(removals) == (text != html)


def test_words_are_counted() -> None:
    assert words_kept("<x1> <x1>")[1] == [Removal("words", "<x1>", 2)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<redacted>\n\nText", "!<redacted>\n\nText"),
        ("  <redacted>", "  !<redacted>"),
        ("<div>\n", "<div>\n"),
        ("a <redacted>", "a <redacted>"),
    ],
)
def test_words_that_fill_a_line_are_no_block(text: str, marked: str) -> None:
    assert words_in_lines(text, "!") == marked


@pytest.mark.parametrize(
    ("html", "cleaned", "removals"),
    [
        ("<p>x</p>", "<p>x</p>", []),
        ("<script>x</script>", "", [Removal("unsafe", "<script")]),
        ("<blink>x</blink>", "x", [Removal("tag", "<blink>")]),
        ('<p onclick="x">y</p>', "<p>y</p>", [Removal("unsafe", "<p onclick=")]),
        ('<p style="x">y</p>', "<p>y</p>", [Removal("unsafe", "<p style=")]),
        ('<a href="ftp://x/">y</a>', "<a>y</a>", [Removal("address", "ftp://x/")]),
        ('<a href="java\nscript:x">y</a>', "<a>y</a>", [Removal("unsafe", "javascript:")]),
        ('<a href="/x/">y</a>', '<a href="/x/">y</a>', []),
        ("<!-- <script> --><p>x</p>", "<p>x</p>", []),
        ("<svg><text>x</text></svg>", "", [Removal("unsafe", "<svg")]),
        ("<template>x</template>", "", [Removal("whole", "<template>")]),
        ("<![CDATA[x]]>", "", [Removal("whole", "<![CDATA[")]),
        ("<?php x ?>", "", [Removal("whole", "<?")]),
        ("<p>a</p><blink><blink>", "<p>a</p>", [Removal("tag", "<blink>", 2)]),
    ],
)
def test_removals(html: str, cleaned: str, removals: list[Removal]) -> None:
    assert removed(html, cleaned, ALLOWED) == removals


def test_removals_are_bounded() -> None:
    html = "".join(f'<a href="ftp://x/{n}">y</a>' for n in range(MOST + 9))
    assert len(removed(html, "", ALLOWED)) == MOST
