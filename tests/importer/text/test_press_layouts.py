"""The layouts of press databases in several languages: each document is one article, with its
fields and nothing but its text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from sitegen.config.load import load_config
from sitegen.importer.model import ImportOptions
from sitegen.importer.run import import_all

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"


class Piece(NamedTuple):
    title: str
    authors: tuple[str, ...]
    one: str
    two: str


ENGLISH = (
    Piece(
        "The clock stays fast",
        ("Edda Marsh",),
        "The clock above the bakery in Quillhaven will keep running five minutes fast, the town"
        " council decided on Thursday, because too many people have set their lives by it.",
        "A watchmaker from the next valley had offered to put it right, and was thanked and sent"
        " home again with a loaf.",
    ),
    Piece(
        "Bees leave the library roof",
        ("Noor Halden", "Piet Vance"),
        "Forty hives that stood on the roof of the library were moved by night to the gardens"
        " behind the old brewery, because readers had begun to complain.",
        "The librarian who started the colony said that the bees had been quieter than most"
        " members.",
    ),
)
GERMAN = (
    Piece(
        "Die Uhr geht weiter vor",
        ("Edda Marsch",),
        "Die Uhr über der Bäckerei geht weiter fünf Minuten vor, beschloss der Stadtrat am"
        " Donnerstag, weil zu viele Leute ihr Leben danach gestellt haben.",
        "Ein Uhrmacher aus dem nächsten Tal hatte angeboten, sie zu richten, und wurde mit einem"
        " Laib Brot wieder nach Hause geschickt.",
    ),
    Piece(
        "Bienen verlassen das Dach",
        ("Noor Halden", "Piet Vance"),
        "Vierzig Bienenstöcke vom Dach der Bücherei wurden nachts in die Gärten hinter der alten"
        " Brauerei gebracht, weil Leser sich beschwert hatten.",
        "Die Bibliothekarin sagte, die Bienen seien leiser gewesen als die meisten Mitglieder der"
        " Bücherei.",
    ),
)
FRENCH = (
    Piece(
        "L'horloge garde son avance",
        ("Edda Marsh",),
        "L'horloge au-dessus de la boulangerie continuera d'avancer de cinq minutes, a décidé jeudi"
        " le conseil municipal, parce que trop de gens ont réglé leur vie sur elle.",
        "Un horloger de la vallée voisine avait proposé de la remettre à l'heure et a été renvoyé"
        " chez lui avec une miche.",
    ),
    Piece(
        "Les abeilles quittent le toit",
        ("Noor Halden", "Piet Vance"),
        "Quarante ruches installées sur le toit de la bibliothèque ont été déplacées de nuit dans"
        " les jardins derrière l'ancienne brasserie, à la suite de plaintes.",
        "La bibliothécaire a déclaré que les abeilles avaient été plus calmes que la plupart des"
        " lecteurs.",
    ),
)
ISO = ("2026-11-26", "2026-11-24")
PAGES = ("B17", "3")


class Layout(NamedTuple):
    """A document as a template, the days as it writes them, its source and what joins authors."""

    pieces: tuple[Piece, ...]
    days: tuple[str, str]
    source: str
    joiner: str
    text: str
    has_page: bool = True
    is_turned: bool = False


LAYOUTS = {
    "lexisnexis, german": Layout(
        GERMAN,
        ("26. November 2026 Donnerstag", "24. November 2026 Dienstag"),
        "Salmer Zeitung",
        " und ",
        """
                            Dokument {n} von 2

                          Salmer Zeitung

                     {day}

{title}

AUTOR: {authors}

RUBRIK: KULTUR; S. {page}

LÄNGE: 55 Wörter

{one}

{two}

UPDATE: 28. November 2026

SPRACHE: GERMAN; DEUTSCH

PUBLICATION-TYPE: Zeitung

                     Copyright 2026 Salmer Zeitung GmbH
                          Alle Rechte vorbehalten
""",
    ),
    "lexisnexis, french": Layout(
        FRENCH,
        ("26 novembre 2026 jeudi", "24 novembre 2026 mardi"),
        "Le Courrier de Salm",
        " et ",
        """
                            {n} de 2 DOCUMENTS

                          Le Courrier de Salm

                     {day}

{title}

AUTEUR: {authors}

RUBRIQUE: FRANCE; Pg. {page}

LONGUEUR: 55 mots

{one}

{two}

DATE-CHARGEMENT: 28 novembre 2026

LANGUE: FRENCH; FRANÇAIS

                     Copyright 2026 Le Courrier de Salm
                          Tous droits réservés
""",
    ),
    "lexisnexis, copyright above, headline by label": Layout(
        ENGLISH,
        ("November 26, 2026, Thursday", "November 24, 2026, Tuesday"),
        "The Quillhaven Gazette",
        " and ",
        """
                             {n} of 2 DOCUMENTS

                  Copyright 2026 Gazette Print Ltd.
                        All Rights Reserved
                      The Quillhaven Gazette

                       {day}
                           Late Edition - Final

SECTION: Section B; Column 3; Metropolitan Desk; Pg. {page}

LENGTH: 55 words

HEADLINE: {title}

BYLINE:  By {authors}

DATELINE: QUILLHAVEN

 BODY:
{one}

{two}

GRAPHIC: Photo: The clock. (Photograph by Ruta Lind/Gazette)

LOAD-DATE: November 28, 2026
""",
    ),
    "nexis uni, heads of printed pages": Layout(
        ENGLISH,
        ("November 26, 2026 Thursday", "November 24, 2026 Tuesday 10:12 PM GMT"),
        "The Quillhaven Gazette (Online)",
        ", ",
        """Page 1 of 4
{title}

{title}
The Quillhaven Gazette (Online)
{day}

Copyright 2026 Gazette Print Ltd. All Rights Reserved

Section: NEWS; Pg. {page}
Length: 55 words
Byline: {authors}
Highlight: A town keeps its own time.
Body

{one}

Page 2 of 4
{title}

{two}

Load-Date: November 28, 2026

End of Document
""",
    ),
    "nexis uni, german": Layout(
        GERMAN,
        ("Donnerstag 26. November 2026", "Dienstag 24. November 2026"),
        "Salmer Zeitung",
        " und ",
        """{title}

Salmer Zeitung

{day}

Copyright 2026 Salmer Zeitung GmbH Alle Rechte vorbehalten

Section: KULTUR; S. {page}; Ausg. 273
Length: 55 words
Byline: {authors}
Body

{one}

{two}

Load-Date: November 28, 2026

End of Document

""",
    ),
    "factiva, section above, byline without a lead": Layout(
        ENGLISH,
        ("26 November 2026", "24 November 2026"),
        "The Quillhaven Gazette",
        " and ",
        """News
{title}

{authors}
55 words
{day}
The Quillhaven Gazette
THEQUI
First
{page}
English
(c) 2026 Gazette Print Ltd.

{one}

{two}

Gazette Print Ltd.

Document THEQUI0002026110emb10000{n}

""",
    ),
    "factiva, with the time": Layout(
        ENGLISH,
        ("26 November 2026", "24 November 2026"),
        "The Quillhaven Gazette Online",
        " and ",
        """{title}

By {authors}
55 words
{day}
08:30
The Quillhaven Gazette Online
QUIGON
English
Copyright 2026.  Gazette Print Ltd.  All Rights Reserved.

{one}

{two}

Document QUIGON0020261126emb10000{n}

""",
        has_page=False,
    ),
    "factiva, german": Layout(
        GERMAN,
        ("26 November 2026", "24 November 2026"),
        "Salmer Zeitung",
        " und ",
        """Kultur
{title}

{authors}
55 Wörter
{day}
Salmer Zeitung
SALMZE
{page}
Deutsch
Copyright 2026 Salmer Zeitung GmbH.  Alle Rechte vorbehalten.

{one}

{two}

Dokument SALMZE0020261126emb10000{n}

""",
    ),
    "factiva, french": Layout(
        FRENCH,
        ("26 novembre 2026", "24 novembre 2026"),
        "Le Courrier de Salm",
        " et ",
        """Société
{title}

{authors}
55 mots
{day}
Le Courrier de Salm
COURSA
{page}
Français
Copyright 2026 Le Courrier de Salm  Tous droits réservés.

{one}

{two}

Document COURSA0020261126emb10000{n}

""",
    ),
    "factiva, codes in another order": Layout(
        ENGLISH,
        ("26 November 2026", "24 November 2026"),
        "The Quillhaven Gazette",
        " and ",
        """SN          The Quillhaven Gazette
PD          {day}
ET          08:30 GMT
SC          THEQUI
PG          {page}
LA          English
CY          Copyright 2026 Gazette Print Ltd.
HD          {title}
BY          {authors}
WC          55 words
LP

            {one}

TD

            {two}

NS          gcat : Political/General News
AN          Document THEQUI0002026110emb10000{n}

""",
    ),
    "proquest, with edition and abstract": Layout(
        ENGLISH,
        ("26 Nov 2026", "24 Nov 2026"),
        "The Quillhaven Gazette",
        "; ",
        """____________________________________________________________

Document {n} of 2

{title}: [City Edition]

Author: {authors}

Publication info: The Quillhaven Gazette; Quillhaven, Salm. [Quillhaven, Salm.]. {day}: {page}.

Abstract: A town keeps its own time and is glad of it.

Links: Linking Service, Get it

Full text: {one}

{two}

CREDIT: GAZETTE STAFF WRITER

Title: {title}: [City Edition]

First page: {page}

Publication date: {day}

Section: Metro

Language of publication: English

Copyright: (Copyright Gazette Print {day})

Database: ProQuest Central

""",
        is_turned=True,
    ),
    "proquest, german": Layout(
        GERMAN,
        ("26. Nov 2026", "24. Nov 2026"),
        "Salmer Zeitung",
        "; ",
        """
Dokument {n} von 2

{title}

Autor: {authors}

Titel der Publikation: Salmer Zeitung; Salm

Erste Seite: {page}

Erscheinungsdatum: {day}

Volltext: {one}

{two}

Thema: Uhren

Sprache der Publikation: Deutsch

Datenbank: ProQuest Central

""",
        is_turned=True,
    ),
    "europresse as text": Layout(
        FRENCH,
        ("jeudi 26 novembre 2026", "mardi 24 novembre 2026"),
        "Le Courrier de Salm",
        ", ",
        """Le Courrier de Salm
France, {day} 55 mots, p. {page}

{title}

{authors}

{one}

{two}

© 2026 Le Courrier de Salm. Tous droits réservés. Le présent document est protégé par les lois et conventions internationales sur le droit d'auteur et son utilisation est régie par ces lois.

Certificat émis le 30 novembre 2026 à BIBLIOTHEQUE à des fins de visualisation personnelle.

news·2026112{n}·CS·{n}

""",  # noqa: E501
    ),
    "ebsco, values beside their labels": Layout(
        ENGLISH,
        ("Nov 26, 2026", "Nov 24, 2026"),
        "Quillhaven Gazette, The",
        "; ",
        """
Record: {n}

Title: {title}
Authors: {authors}
Source: Quillhaven Gazette, The, {day}, p{page}
Publisher Information: Gazette Print, 2026
Subject Terms: CLOCKS
Language: English
Accession Number: 2W600{n}
Database: Newspaper Source Plus

Full Text:
{one}

{two}

""",
        is_turned=True,
    ),
    "gale": Layout(
        ENGLISH,
        ("Nov. 26, 2026", "Nov. 24, 2026"),
        "The Quillhaven Gazette",
        " and ",
        """
{title}
Author: {authors}
Date: {day}
From: The Quillhaven Gazette(Vol. 12, Issue 3)
Publisher: Gazette Print
Document Type: Article
Length: 55 words
Content Level: (Level 4)

Full Text:
{one}

{two}

Copyright: COPYRIGHT 2026 Gazette Print
Source Citation (MLA 9th Edition): "{title}." The Quillhaven Gazette, 2026.
Gale Document Number: GALE|A00000000{n}

""",
        has_page=False,
    ),
    "genios": Layout(
        GERMAN,
        ("26.11.2026", "24.11.2026"),
        "Salmer Zeitung",
        ", ",
        """
{title}

{one}

{two}

Quelle: Salmer Zeitung vom {day}, Seite {page}
Autor: {authors}
Ressort: Kultur
ISSN: 0000-0002
Dokumentnummer: 20261126SZ{n}

Dauerhafte Adresse des Dokuments:
https://www.genios.example/document/SZ__{n}

Alle Rechte vorbehalten: (c) Salmer Zeitung

""",
    ),
    "newsbank": Layout(
        ENGLISH,
        ("November 26, 2026", "November 24, 2026"),
        "The Quillhaven Gazette",
        " and ",
        """{title}
The Quillhaven Gazette - {day}
Author: {authors}; Staff Writer
Edition: Final
Section: Metro
Page: {page}
Index Terms: Clocks
Record Number: 000{n}
Copyright: Copyright (c) 2026 Gazette Print

{one}

{two}

""",
    ),
    "labels above each text": Layout(
        ENGLISH,
        ("26 Nov 2026", "24 Nov 2026"),
        "The Quillhaven Gazette",
        " and ",
        """Newspaper: The Quillhaven Gazette
Date: {day}
Page: {page}
Headline: {title}
By: {authors}

{one}

{two}

""",
    ),
}


def written(layout: Layout) -> str:
    """A file of two documents."""
    out = []
    for n, (piece, day, page) in enumerate(zip(layout.pieces, layout.days, PAGES, strict=True), 1):
        turned = [", ".join(reversed(name.split(" "))) for name in piece.authors]
        authors = layout.joiner.join(turned if layout.is_turned else piece.authors)
        values = {**piece._asdict(), "authors": authors, "day": day, "page": page, "n": n}
        out.append(layout.text.format(**values))
    return "".join(out)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_each_document_is_an_article(tmp_path: Path, name: str, encoding: str) -> None:
    layout = LAYOUTS[name]
    (tmp_path / "site/content").mkdir(parents=True)
    path = tmp_path / "in.txt"
    path.write_bytes(written(layout).replace("\n", "\r\n").encode(encoding))
    config = load_config(SITE, "site.yaml")
    report = import_all(tmp_path / "site", config, [str(path)], ImportOptions())
    found = [item for item in report.items if item.outcome == "created"]
    assert [item.title for item in found] == [piece.title for piece in layout.pieces]
    for item, piece, day, page in zip(found, layout.pieces, ISO, PAGES, strict=True):
        assert item.status == "", item.reason
        assert item.fields["authors"] == "; ".join(piece.authors)
        assert item.fields["date"] == day
        assert item.fields["source"] == layout.source
        assert item.fields.get("page", "") == (page if layout.has_page else "")
        assert (item.share or 0) > 0.85
        text = (tmp_path / "site" / item.path).read_text().split("\n---\n", 1)[1]
        assert text.strip().split("\n\n") == [piece.one, piece.two]
