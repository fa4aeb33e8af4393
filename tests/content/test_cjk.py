"""Chinese, Japanese and Korean, which have no blanks between words."""

from __future__ import annotations

import pytest

from sitegen.content.cjk import MARK, joined_lines, with_marks, without_marks


@pytest.mark.parametrize(
    ("html", "joined"),
    [
        ("<p>日本\n語</p>", "<p>日本語</p>"),
        ("<p>日本  \n  語</p>", "<p>日本語</p>"),
        ("<p>日<b>本</b>\n<b>語</b></p>", "<p>日<b>本</b><b>語</b></p>"),
        ("<p>「日」\n「本」</p>", "<p>「日」「本」</p>"),
        ("<p>日本\nTide</p>", "<p>日本\nTide</p>"),
        ("<p>한국\n어</p>", "<p>한국\n어</p>"),  # Korean has blanks
        ("<p>“a”\n“b”</p>", "<p>“a”\n“b”</p>"),
        ("<pre>日本\n語</pre>", "<pre>日本\n語</pre>"),
        ("<p>one\ntwo</p>", "<p>one\ntwo</p>"),
    ],
)
def test_lines_are_joined_where_there_are_no_blanks(html: str, joined: str) -> None:
    assert joined_lines(html) == joined


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("これは**「強調」**です", f"これは{MARK}**「強調」**{MARK}です"),
        ("**太字**です", "**太字**です"),
        ("**bold**", "**bold**"),
    ],
)
def test_emphasis_next_to_punctuation(text: str, marked: str) -> None:
    assert with_marks(text) == marked
    assert without_marks(marked) == text


def test_marks_in_urls_are_removed() -> None:
    assert without_marks('<a href="/%F0%90%A9%BF/">') == '<a href="//">'
