"""The plain text of a mail as HTML."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.mail_text import MAX_DEPTH, mail_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> quoted\n> again", "<blockquote><p>quoted again</p></blockquote>"),
        ("> one\n>\n> two", "<blockquote><p>one</p><p>two</p></blockquote>"),
        ("> - one\n> - two", "<blockquote><p>- one</p><p>- two</p></blockquote>"),
        (
            ">> deep\n> less",
            "<blockquote><blockquote><p>deep</p></blockquote></blockquote>"
            "<blockquote><p>less</p></blockquote>",
        ),
        ("> a < b", "<blockquote><p>a &lt; b</p></blockquote>"),
        ("", ""),
    ],
)
def test_quotations(text: str, html: str) -> None:
    assert mail_html(text) == html


@pytest.mark.parametrize(
    ("text", "joined", "html"),
    [
        ("one \ntwo\nthree", False, "<p>one two</p><p>three</p>"),
        ("one \ntwo", True, "<p>onetwo</p>"),
        (" From here", False, "<p>From here</p>"),  # a blank that RFC 3676 adds
        ("  indented", False, "<p>indented</p>"),
        ("-- \nAnn", False, "<p>--</p><p>Ann</p>"),  # a signature does not go on
        ("> one \n> two", False, "<blockquote><p>one two</p></blockquote>"),
    ],
)
def test_flowed_lines(text: str, joined: bool, html: str) -> None:
    assert mail_html(text, flowed=True, joined=joined) == html


def test_the_footer_of_a_list_is_left_out() -> None:
    footer = f"{'_' * 40}\nNews mailing list\nNews@list.example\nhttps://list.example/\n"
    assert "list.example" not in mail_html(f"The ferry is back.\n{footer}")


def test_quotations_are_bounded() -> None:
    assert mail_html(">" * 50 + " x").count("<blockquote>") == MAX_DEPTH
