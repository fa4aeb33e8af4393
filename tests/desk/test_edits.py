"""What an editor writes is in the files, as a person would write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.content.article import parse
from sitegen.content.seal import is_sealed
from sitegen.desk.edits import MAX_WORDS, comment_on, move_to_section, typed_comment, write_words
from sitegen.desk.journal import mark_of
from sitegen.desk.under_way import UnderWay
from sitegen.model.article import Comment
from tests.desk.samples import config_of, put

CONFIG = config_of()


@pytest.mark.parametrize(
    ("text", "by", "comment"),
    [
        ("", "Ruta", None),
        (" \r\n ", "", None),
        ("One\r\nline.", "", Comment("One line.")),
        ("One.\r\n \r\nTwo.", " Ruta  Lind ", Comment("One.\n\nTwo.", "Ruta Lind")),
        ("<b>x</b> {{ y }}", "", Comment("<b>x</b> {{ y }}")),
    ],
)
def test_what_is_typed_is_a_comment(text: str, by: str, comment: Comment | None) -> None:
    assert typed_comment(text, by) == comment


def test_a_comment_has_an_end() -> None:
    with pytest.raises(SitegenError, match="at most 20,000 letters"):
        typed_comment("x" * (MAX_WORDS + 1))


@pytest.mark.parametrize(
    "text",
    [
        "Plain.",
        "One.\n\nTwo: #2",
        "- no list",
        "'quoted' \"twice\"",
        "null",
        "1",
        "ü – “x”",
        "a #b",
    ],
)
def test_a_comment_is_read_as_it_was_typed(tmp_path: Path, text: str) -> None:
    file = put(tmp_path, 1)
    path = file.relative_to(tmp_path).as_posix()
    before = file.read_text()
    for comment in (Comment(text, "Ruta"), Comment(text), None):
        comment_on(tmp_path, CONFIG, path, mark_of(tmp_path, path), "T", comment)
        document = parse(file.read_bytes(), path, CONFIG).document
        assert document and document.comment == comment
        assert not is_sealed(file.read_text()) or comment is None
    assert file.read_text() == before


def test_a_section_leaves_the_seal(tmp_path: Path) -> None:
    file = put(tmp_path, 1)
    path = file.relative_to(tmp_path).as_posix()
    move_to_section(tmp_path, CONFIG, path, mark_of(tmp_path, path), "T", "Städte & Häfen")
    assert "section: städte-and-häfen\n" in file.read_text()
    assert is_sealed(file.read_text())


def test_a_closed_edition_is_left_alone(tmp_path: Path) -> None:
    edition = UnderWay("2026-w48", "content/editions/2026-w48.yaml", "", "T", published="2026")
    with pytest.raises(SitegenError, match="is closed"):
        write_words(tmp_path, CONFIG, edition, "", "New", None, None)
    assert not (tmp_path / edition.path).exists()
