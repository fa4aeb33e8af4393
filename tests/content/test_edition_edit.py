"""The file of an edition changes where an editor acts, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.content.closed_editions import KEYS, read_manifest
from sitegen.content.edition_edit import _ORDER, EditionEntry, with_edition
from sitegen.model.article import Comment
from tests.desk.samples import config_of

PATH = "content/editions/2026-w48.yaml"
TEXT = """\
# Ours.
outro: {text: Until Friday., by: Ruta Lind}  # signed
# The title.
title: The late ones
articles:
  # the best
  - {article: "b", comment: "Read it."}  # Bridge
  - a  # Anchor
"""
A, B = EditionEntry("a", "Anchor"), EditionEntry("b", "Bridge", Comment("Read it."))


def edited(text: str, *said: object, **fields: object) -> str:
    return with_edition(text, PATH, fields, *said)  # type: ignore[arg-type]


def test_the_keys_are_those_that_are_read() -> None:
    assert set(_ORDER) == set(KEYS)


def test_order_moves_the_lines_of_entries_with_their_comments() -> None:
    moved = edited(TEXT, [A, EditionEntry("c", "Crane"), B])
    head, _, rows = moved.partition("articles:\n")
    assert TEXT.startswith(head)
    assert rows == (
        '  - a  # Anchor\n  - "c"  # Crane\n  # the best\n'
        '  - {article: "b", comment: "Read it."}  # Bridge\n'
    )
    assert edited(moved, [B, A]) == TEXT


def test_a_comment_on_an_article_replaces_its_entry_only() -> None:
    said = edited(TEXT, [B, EditionEntry("a", "Anchor", Comment("One.\n\nTwo.", "Ann"))])
    new = (
        '  - article: "a"  # Anchor\n    comment:\n      text: |-\n        One.\n\n        Two.\n'
        "      by: Ann\n"
    )
    assert said == TEXT.replace("  - a  # Anchor\n", new)
    assert edited(said, [B, A]).replace('- "a"', "- a") == TEXT


def test_words_come_at_the_place_that_people_expect() -> None:
    said = edited(TEXT, intro=Comment("Good morning.\n\nTwo pieces."), outro=None, number=4)
    edition = read_manifest(edited(said, number=None).encode(), PATH, config_of())
    assert edition.intro == Comment("Good morning.\n\nTwo pieces.")
    assert edition.outro is None
    assert said.index("intro:") < said.index("title:") < said.index("articles:")
    assert "# signed" not in said
    start = edited("", [A], title="T", lead="a", published="2026-11-24T18:30:00+01:00", number=1)
    assert start == (
        'number: 1\ntitle: T\npublished: 2026-11-24T18:30:00+01:00\nlead: "a"\n'
        'articles:\n- "a"  # Anchor\n'
    )


@pytest.mark.parametrize("title", ["A\nB", "x\u202ey", "# a", "\x1b[1m"])
def test_a_headline_cannot_end_its_comment(title: str) -> None:
    text = edited("", [EditionEntry("a", title)])
    assert len(text.splitlines()) == 2
    assert read_manifest(text.encode(), PATH, config_of()).articles == ("a",)


@pytest.mark.parametrize("text", ["{title: A}\n", "articles: [a, b]\n", "articles: {a: 1}\n"])
def test_what_cannot_be_changed_safely_is_refused(text: str) -> None:
    with pytest.raises(SitegenError):
        edited(text, [B, A], title="T")


def test_lines_end_as_they_did(tmp_path: Path) -> None:
    crlf = TEXT.replace("\n", "\r\n")
    assert edited(crlf, [A, B], title="New").count("\n") == edited(crlf, [A, B]).count("\r\n")
