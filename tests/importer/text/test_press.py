"""Documents of press databases: each label goes to its field."""

import pytest

from sitegen.importer.html.press_pages import is_export, read_export
from sitegen.importer.text.documents import split_documents
from sitegen.importer.text.press import is_press, read_press
from tests.importer.text.test_copied import FERRY, OVEN

FACTIVA = """SE Local
HD Ferry waits for a heron
BY By Ann Ames
WC 80 words
PD 26 November 2026
SN The Salm Courier
SC SALM
PG A4
LA English
CY Copyright 2026 Courier Print

LP

{0}

TD

{1}

NS gcat : News
AN Document SALM000020261126emb100000
"""
NEXIS = """Ferry waits for a heron
The Salm Courier
November 26, 2026 Thursday

Copyright 2026 Courier Print All Rights Reserved

Section: LOCAL; Pg. A4
Length: 80 words
Byline: Ann Ames
Body

{0}

{1}

Classification

Language: ENGLISH
Load-Date: November 27, 2026

End of Document
"""
PROQUEST = """Document 1 of 1

Ferry waits for a heron

Author: Ames, Ann

Publication info: The Salm Courier ; Salm [Salm]26 November 2026: A4.

Abstract: {0}

Full text: {0}

{1}

Subject: Ferries; Herons

Publication title: The Salm Courier; Salm

ISSN: 01234567
"""
LEXIS = """
                         1 of 1 DOCUMENT

                        The Salm Courier

                   November 26, 2026 Thursday
                         First Edition

Ferry waits for a heron

BYLINE: Ann Ames

SECTION: LOCAL; Pg. A4

LENGTH: 80 words

{0}

{1}

LOAD-DATE: November 27, 2026

LANGUAGE: ENGLISH

                  Copyright 2026 Courier Print
                      All Rights Reserved
"""


@pytest.mark.parametrize(
    "document",
    [FACTIVA, NEXIS, PROQUEST, LEXIS],
    ids=["factiva", "nexis uni", "proquest", "lexisnexis"],
)
def test_a_document_of_a_press_database(document: str) -> None:
    (part,) = split_documents(document.format(*FERRY))
    assert part.exported and is_press(part.lines)
    found = read_press(part.lines, before=part.before)
    assert (found.title, found.date, found.source.name) == (
        "Ferry waits for a heron",
        "2026-11-26",
        "The Salm Courier",
    )
    assert [p.name for p in found.authors] == ["Ann Ames"] and found.extra == {"page": "A4"}
    assert found.body.split("\n\n") == [FERRY[0], FERRY[1] + "\n"]


def test_a_page_of_europresse_has_its_documents() -> None:
    article = (
        "<article><header><span class='DocPublicationName'>Le Val </span><span"
        " class='DocHeader'>Local, jeudi 26 novembre 2026, p. 7</span><div"
        " class='titreArticle'><p>Le four fume</p></div><div>Maëlle Quint</div></header><div"
        f" class='DocText'><p>{OVEN[0]}</p><p>{OVEN[1]}</p></div></article>"
    )
    page = f"<html><body>{article}{article.replace('Le four', 'La cave')}</body></html>"
    assert is_export(page) and not is_export(
        "<html><body><article><h1>Le four fume</h1></article></body></html>"
    )
    found = [read_press(part.lines) for part in read_export(page).documents]
    assert [(f.title, f.date, f.source.name, f.extra["page"]) for f in found] == [
        ("Le four fume", "2026-11-26", "Le Val", "7"),
        ("La cave fume", "2026-11-26", "Le Val", "7"),
    ]
