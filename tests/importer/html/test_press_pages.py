"""Pages of press databases."""

from __future__ import annotations

import pytest

from sitegen.importer.html.press_pages import is_export, read_export

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
    one, other = read_export(EUROPRESSE * 2).documents
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


OLD = """
<table><tr><td><span class="DocPublicationName">Le Val</span><br><span class="DocHeader">Local,
</span><span class="DocHeader">jeudi </span><span class="DocHeader">26 novembre 2026</span><br>
<span class="TitreArticleVisu">Le four fume</span><br><br>Maëlle Quint<br><p></p>Le four de la place
fume depuis <b>lundi</b>.<p></p>Personne ne s'en plaint.<p></p><b>© 2026 Le Val. Tous droits
réservés.</b><p></p>Numéro de document : news·20261126·LV·1<br>Ce certificat est émis à
l'Université.</td></tr></table>
"""


def test_pages_without_elements_of_their_own_are_read_line_by_line() -> None:
    """As Europresse saved them until about 2013; what is below the number is a certificate."""
    one, _ = read_export(f"<html><body>{OLD}<p>{OLD}</body></html>").documents
    assert [row for row in one.lines if row] == [
        "Publication title: Le Val",
        "Headline: Le four fume",
        "Author: Maëlle Quint",
        "Section: Local",
        "Publication date: jeudi 26 novembre 2026",
        "Body",
        "Le four de la place fume depuis lundi.",
        "Personne ne s'en plaint.",
        "© 2026 Le Val. Tous droits réservés.",
    ]


def test_a_single_document_with_labels_is_an_export() -> None:
    rows = (
        "<p><b>The clock stays fast</b></p><p><a href='https://p.example/1'>ProQuest document"
        " link</a></p><p><strong>Author: </strong>Marsh, Edda</p><p><strong>Publication info:"
        " </strong>The Gazette ; Salm [Salm]26 Nov 2026: B7.</p><p><strong>Full text: </strong>"
        "<text><p>The clock stays.</p></text></p><p><strong>Database: </strong>ProQuest</p>"
    )
    (one,) = read_export(rows).documents
    assert one.exported and "Author: Marsh, Edda" in one.lines


def test_a_page_that_has_a_label_by_chance_is_no_export() -> None:
    page = "<article><h1>Ferry returns</h1><p>Language: the ferry has one.</p></article>"
    assert read_export(page).documents == ()


def test_nothing_has_no_documents() -> None:
    assert read_export("").documents == ()
