"""Which lines of a text are head and body."""

from __future__ import annotations

from sitegen.importer.text.bare import is_bare
from sitegen.importer.text.division import divided, first_body
from sitegen.importer.text.segments import BODY, HEAD
from tests.importer.text.test_headline import TEXT, TITLE, lines


def test_a_text_without_its_page_is_body_to_its_end() -> None:
    found = lines(TITLE, "By Ann Ames", *TEXT, "A last line")
    assert is_bare(found)
    states = divided(found, True, 2)
    assert states == [HEAD, HEAD, BODY, BODY, BODY]
    assert first_body(states) == 2
    assert first_body([HEAD]) == 1
