"""Pages of press databases."""

from __future__ import annotations

import pytest

from sitegen.importer.html.press_pages import export_documents, is_export

EUROPRESSE = """
<article><div class="DocPublicationName">The Salm Post</div>
<div class="DocHeader">Ports, Monday 2 November 2026, p. A4</div>
<div class="titreArticle">Ferry returns</div><div>Ann Ames</div>
<div class="DocText"><p>The ferry is back.</p><p>It sails.</p></div></article>
"""


@pytest.mark.parametrize(
    ("text", "export"),
    [
        (EUROPRESSE, True),
        ("<DOCFULL>x</DOCFULL>", True),
        ('<a name="DOC_ID_0_1">', True),
        ('<div class="article enArticle">', True),
        ("<p>Document 2 of 17</p>", True),
        ("<article><p>The ferry is back.</p></article>", False),
    ],
)
def test_an_export_is_recognised(text: str, export: bool) -> None:
    assert is_export(text) is export


def test_places_become_labels() -> None:
    one, other = export_documents(EUROPRESSE * 2)
    assert one.lines == other.lines
    rows = list(one.lines)
    assert rows[:6] == [
        "Publication title: The Salm Post",
        "Headline: Ferry returns",
        "Author: Ann Ames",
        "Section: Ports",
        "Publication date: Monday 2 November 2026",
        "Page: A4",
    ]
    assert [row for row in rows[6:] if row] == ["Body", "The ferry is back.", "It sails."]


def test_nothing_has_no_documents() -> None:
    assert export_documents("") == []
