"""One field changes, and the rest of the file stays to the byte."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.content.field_edit import with_field
from sitegen.content.frontmatter import read_front_matter
from sitegen.content.seal import is_sealed, seal

HEAD = "---\ntitle: T  # a comment\ntags: [a, b]\n"


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        (f"{HEAD}---\n\nBody.\n", "2026-w48", f"{HEAD}edition: 2026-w48\n---\n\nBody.\n"),
        (
            f"{HEAD}extra: {{x: 1}}\n---\nB",
            "summer",
            f"{HEAD}edition: summer\nextra: {{x: 1}}\n---\nB",
        ),
        (f"{HEAD}edition: old\nlang: en\n---\nB", "new", f"{HEAD}edition: new\nlang: en\n---\nB"),
        (
            f"{HEAD}edition: >-\n  a\n  b\nlang: en\n---\n",
            "new",
            f"{HEAD}edition: new\nlang: en\n---\n",
        ),
        (f"{HEAD}edition: old\n---\nB", "", f"{HEAD}---\nB"),
        (f"{HEAD}---\nB", "No: 5", f'{HEAD}edition: "No: 5"\n---\nB'),
        (
            f"{HEAD}---\nB".replace("\n", "\r\n"),
            "x",
            f"{HEAD}edition: x\n---\nB".replace("\n", "\r\n"),
        ),
        (
            f"{HEAD}x: |\n  edition: no\nsub: {{a: 1,\nedition: 2}}\n---\nB",
            "new",
            f"{HEAD}x: |\n  edition: no\nsub: {{a: 1,\nedition: 2}}\nedition: new\n---\nB",
        ),
    ],
)
def test_a_field_is_written_replaced_and_removed(before: str, value: str, after: str) -> None:
    assert with_field(before, "edition", value, "a.md") == after


def test_a_sealed_file_is_sealed_again_and_an_edited_one_is_not() -> None:
    text = seal(f"{HEAD}extra:\n  import:\n    digest: {'0' * 32}\n---\nB")
    assert is_sealed(with_field(text, "edition", "x", "a.md"))
    assert not is_sealed(with_field(text + "!", "edition", "x", "a.md"))


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "T"\n+++\nB',
        '{"title": "T"}\nB',
        "---\n{title: T, edition: x}\n---\nB",
        "---\ntitle: T\n- a\n---\nB",
        "---\n? title\n: T\n? edition\n: x\n---\nB",
    ],
)
def test_what_cannot_be_written_safely_is_refused(text: str) -> None:
    with pytest.raises(SitegenError):
        with_field(text, "edition", "new", "a.md")


def test_the_values_are_what_was_asked_for() -> None:
    text = with_field("---\ntitle: T\n---\nB", "edition", 'He said "no": #1', "a.md")
    assert read_front_matter(text, "a.md").values["edition"] == 'He said "no": #1'


@pytest.mark.parametrize(
    "value",
    [
        'One line: with a colon, #1 and "quotes"',
        "Two.\n\n- Paragraphs # of which\n\nthe last: ends",
        "\u2028 a sign that breaks lines",
        "no",
        "12",
        {"text": "One.\n\nTwo.", "by": "Ruta Lind"},
        {"text": "null", "by": "Null"},
    ],
)
def test_words_of_an_editor_are_what_was_typed(value: str | dict[str, str]) -> None:
    text = with_field(f"{HEAD}---\nB", "comment", value, "a.md")
    assert read_front_matter(text, "a.md").values["comment"] == value
    assert with_field(text, "comment", "", "a.md") == f"{HEAD}---\nB"


def test_paragraphs_are_lines_that_a_person_would_write() -> None:
    text = with_field("---\ntitle: T\n---\n", "comment", "One.\n\nTwo: 2.", "a.md")
    assert text == "---\ntitle: T\ncomment: |-\n  One.\n\n  Two: 2.\n---\n"


def test_words_of_an_editor_break_the_seal() -> None:
    text = seal(f"{HEAD}extra:\n  import:\n    digest: {'0' * 32}\n---\nB")
    assert not is_sealed(with_field(text, "comment", "Ours.", "a.md", by_person=True))
