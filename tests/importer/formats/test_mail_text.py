"""The plain text of a mail as HTML."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.mail_text import MAX_DEPTH, mail_html, own_text


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
    assert own_text(f"The ferry is back.\n{footer}") == ("The ferry is back.\n", "")


TEXT = "The ferry is back.\n\nIt was away for a week."
CARD = "Ann Ames\nHarbour desk, Port Salm"


@pytest.mark.parametrize(
    ("mail", "text", "signature"),
    [
        (f"{TEXT}\n-- \n{CARD}\n", TEXT, "Ann Ames Harbour desk, Port Salm"),
        (f"{TEXT}\n\n-- \n{CARD}", f"{TEXT}\n", "Ann Ames Harbour desk, Port Salm"),
        (f"{TEXT}\r\n-- \r\nНина Зорина\r\n", TEXT, "Нина Зорина"),
        # the last mark counts, as one within the text parts its sections
        (f"{TEXT}\n-- \nMore.\n-- \nAnn", f"{TEXT}\n-- \nMore.", "Ann"),
        # a rule, and what a program without the blank wrote, may be a break in the text
        (f"{TEXT}\n--\n{CARD}", f"{TEXT}\n--\n{CARD}", ""),
        (f"{TEXT}\n> -- \n> {CARD}", f"{TEXT}\n> -- \n> {CARD}", ""),
        # nothing is below it, or nothing above it
        (f"{TEXT}\n-- \n", f"{TEXT}\n-- \n", ""),
        (f"-- \n{TEXT}", f"-- \n{TEXT}", ""),
    ],
)
def test_a_signature_is_no_text(mail: str, text: str, signature: str) -> None:
    assert own_text(mail) == (text.replace("\r\n", "\n"), signature)


@pytest.mark.parametrize(
    "below",
    [
        "word " * 81,
        "line\n" * 13,
        "Ann\n\n---------- Forwarded message ----------\nFrom: Edda Marsh",
        "Ann\n________________________________\nFrom: Edda Marsh",
        "Ann\n\nOn Thursday, Edda Marsh wrote:\n> It is back.",
    ],
    ids=["words", "lines", "forwarded", "forwarded by Outlook", "answered"],
)
def test_what_is_more_than_a_signature_stays(below: str) -> None:
    mail = f"{TEXT}\n-- \n{below}"
    assert own_text(mail) == (mail, "")


def test_quotations_are_bounded() -> None:
    assert mail_html(">" * 50 + " x").count("<blockquote>") == MAX_DEPTH
