"""Documents of press databases in the layouts of their products and languages, each as rows that
any form of a file can hold: text, RTF, Word, HTML, PDF."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from tests.importer.generate.articles import Article, turned
from tests.importer.generate.office import docx, draw_pdf, odt

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
}
WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
DAYS = {
    "en": "{month} {day}, {year} {weekday}",
    "de": "{day}. {month} {year} {weekday}",
    "fr": "{weekday} {day} {month} {year}",
    "es": "{day} de {month} de {year} {weekday}",
}
LANGUAGES = {"en": "ENGLISH", "de": "GERMAN; DEUTSCH", "fr": "FRENCH", "es": "SPANISH"}


class Words(NamedTuple):
    """The labels of a database in one language."""

    author: str
    section: str
    length: str
    words: str
    language: str
    end: str
    reserved: str


WORDS = {
    "en": Words(
        *("Byline", "Section", "Length", "words", "Language"),
        *("End of Document", "All Rights Reserved"),
    ),
    "de": Words(
        *("Autor", "Rubrik", "Länge", "Wörter", "Sprache"),
        *("Ende des Dokuments", "Alle Rechte vorbehalten"),
    ),
    "fr": Words(
        *("Auteur", "Rubrique", "Longueur", "mots", "Langue"),
        *("Fin du document", "Tous droits réservés"),
    ),
    "es": Words(
        *("Autor", "Sección", "Longitud", "palabras", "Idioma"),
        *("Fin del documento", "Todos los derechos reservados"),
    ),
}


def day_of(day: date, lang: str) -> str:
    """A day as the databases write it in a language."""
    return DAYS[lang].format(
        day=day.day,
        month=MONTHS[lang].split()[day.month - 1],
        year=day.year,
        weekday=WEEKDAYS[lang].split()[day.weekday()],
    )


def lexis(one: Article, number: int, total: int, edition: str = "") -> list[str]:
    """A document of LexisNexis, which begins with a count."""
    words = WORDS[one.lang]
    day = day_of(one.day, one.lang)
    return [
        f"{number} of {total} DOCUMENTS",
        one.source,
        f"{day}\n{edition}" if edition else day,
        one.title,
        f"{words.author.upper()}: {', '.join(one.authors)}",
        f"{words.section.upper()}: {one.section.upper()}; Pg. {one.page}",
        f"{words.length.upper()}: {len(one.text.split())} {words.words}",
        *one.paragraphs,
        "GRAPHIC: Photo: The quay at dawn. (Photograph by Ruta Lind/Salm Pictures)",
        f"{words.language.upper()}: {LANGUAGES[one.lang]}",
        "PUBLICATION-TYPE: Newspaper",
        f"Copyright {one.day.year} {one.source}\n{words.reserved}",
    ]


def uni(one: Article, *_: int) -> list[str]:
    """A document of Nexis Uni, which ends with a line of its own."""
    words = WORDS[one.lang]
    return [
        one.title,
        one.source,
        day_of(one.day, one.lang),
        f"Copyright {one.day.year} {one.source} {words.reserved}",
        f"{words.section}: {one.section.upper()}; Pg. {one.page}",
        f"{words.length}: {len(one.text.split())} {words.words}",
        f"{words.author}: {', '.join(one.authors)}",
        "Body",
        *one.paragraphs,
        "Graphic",
        "The quay at dawn, before anybody came.",
        "Classification",
        f"{words.language}: {LANGUAGES[one.lang]}",
        "Publication-Type: Newspaper",
        words.end,
    ]


def uni_cover(articles: Sequence[Article]) -> list[str]:
    """What Nexis Uni writes before the first document: the search, and a list of contents."""
    out = [
        "User Name: A Reader",
        "Date and Time: Monday, 30 November 2026 09:31:00 CET",
        "Job Number: 123456789",
        f"Documents ({len(articles)})",
    ]
    for number, one in enumerate(articles, 1):
        out += [
            f"{number}. {one.title}",
            "Client/Matter: -None-",
            "Search Terms: ferry AND heron",
            "Search Type: Natural Language",
            "Narrowed by:",
            "Content Type    Narrowed by",
            "News    Timeline: Jan 01, 2026 to Nov 30, 2026",
        ]
    return out


def factiva(one: Article, number: int, *_: int) -> list[str]:
    """A document of Factiva without codes; the code of the outlet may have one letter."""
    code = one.source[0].upper()
    return [
        one.title,
        f"By {' and '.join(one.authors)}",
        f"{len(one.text.split())} {WORDS[one.lang].words}",
        day_of(one.day, one.lang).removesuffix(f" {WEEKDAYS['de'].split()[one.day.weekday()]}"),
        one.source,
        f"{code}QX",
        one.page,
        {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}[one.lang],
        f"Copyright {one.day.year} {one.source}.",
        *one.paragraphs,
        f"Document {code}000000{one.day:%Y%m%d}emb1{number:05}",
    ]


def proquest(one: Article, number: int, total: int) -> list[str]:
    """A document of ProQuest: the headline is above the labels."""
    return [
        f"Document {number} of {total}",
        one.title,
        "ProQuest document link",
        f"Author: {'; '.join(map(turned, one.authors))}",
        f"Publication info: {one.source} ; Salm [Salm]{one.day:%d %b %Y}: {one.page}.",
        f"Full text: {one.paragraphs[0]}",
        *one.paragraphs[1:],
        "Subject: Ferries; Herons",
        f"Publication title: {one.source}; Salm",
        f"Language of publication: {LANGUAGES[one.lang].split(';')[0].title()}",
        f"ProQuest document ID: 12345{number}",
        "Database: ProQuest Central",
    ]


def ebsco(one: Article, number: int, *_: int) -> list[str]:
    """A record of EBSCO with the notice below it."""
    return [
        f"Record: {number}",
        f"Title: {one.title}",
        f"Authors: {'; '.join(map(turned, one.authors))}",
        f"Source: {one.source}. {one.day:%m/%d/%Y}, p{one.page}.",
        "Document Type: Article",
        f"Accession Number: 2W6{number:05}",
        "Database: Newspaper Source",
        *one.paragraphs,
        f"Copyright of {one.source} is the property of {one.source} and its content may not be"
        " copied or emailed to multiple sites or posted to a listserv without the copyright"
        " holder's express written permission. However, users may print, download, or email"
        " articles for individual use.",
    ]


SEARCH = ["Search Summary", "Text\tferry and heron", "Results Found\t3"]  # below all of Factiva


def rows_of(
    document: Callable[..., Iterable[str]], articles: Sequence[Article], first: int = 1
) -> list[str]:
    """The rows of all documents; ``first`` is the number of the first one."""
    total = max(len(articles), first + len(articles))
    return [row for n, one in enumerate(articles, first) for row in document(one, n, total)]


# Forms ----------------------------------------------------------------------------------------


def as_text(rows: Sequence[str]) -> bytes:
    return ("\n\n".join(rows) + "\n").encode()


def as_wrapped(rows: Sequence[str]) -> bytes:
    """Lines broken at 75 columns."""
    parts = ("\n".join(textwrap.fill(line, 75) for line in row.split("\n")) for row in rows)
    return ("\n\n".join(parts) + "\n").encode()


def as_html(rows: Sequence[str]) -> bytes:
    body = "".join(f"<p><span>{escape(row)}</span></p>\n".replace("\n", "<br>") for row in rows)
    return f'<html><head><meta charset="utf-8"><title>Export</title></head><body>{body}'.encode()


def as_docx(rows: Sequence[str]) -> bytes:
    return docx([("", row.replace("\n", " ")) for row in rows])


def as_odt(rows: Sequence[str]) -> bytes:
    return odt([row.replace("\n", " ") for row in rows])


def as_rtf(rows: Sequence[str]) -> bytes:
    """With links, bold labels, and heads and feet of pages."""
    head = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\info{\title Documents}}"
        r"{\header\pard\qr Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        r"{\footer\pard\qc \'a9 2026 LexisNexis\par}"
    )
    return (head + "".join(map(_rtf_row, rows)) + "}").encode("ascii")


def _rtf_row(row: str) -> str:
    label = re.match(r"[A-Z][\w /-]{2,30}: ", row)
    if label:
        return rf"\pard{{\b {_in_rtf(label[0])}}}{_in_rtf(row[label.end() :])}\par" + "\n"
    if len(row) > 120:
        return rf"\pard\plain\f0 {_in_rtf(row)}\par" + "\n"
    link = r"{\field{\*\fldinst HYPERLINK \"https://d.example/1\" }{\fldrslt "
    return rf"\pard{link}{_in_rtf(row)}}}}}\par" + "\n"


def _in_rtf(text: str) -> str:
    signs = {"\n": r"\line ", "\t": r"\tab ", "\\": r"\\", "{": r"\{", "}": r"\}"}
    return "".join(
        signs.get(c, c) if ord(c) < 128 else "".join(rf"\'{b:02x}" for b in c.encode("cp1252"))
        for c in text
    )


def as_pdf(rows: Sequence[str]) -> bytes:
    """Pages with heads and feet; a paragraph is parted from the next one by its distance only."""
    pages: list[list[tuple[int, int, int, str]]] = [[]]
    top = 780
    for row in rows:
        for line in (piece for part in row.split("\n") for piece in textwrap.wrap(part, 88)):
            if top < 60:
                pages.append([])
                top = 780
            pages[-1].append((60, top, 10, line))
            top -= 13
        top -= 9
    return draw_pdf(
        [
            [*page, (480, 810, 8, f"Page {n} of {len(pages)}"), (250, 25, 8, "The Database")]
            for n, page in enumerate(pages, 1)
        ]
    )


FORMS = {
    "text": (as_text, ".txt"),
    "wrapped": (as_wrapped, ".txt"),
    "html": (as_html, ".html"),
    "docx": (as_docx, ".docx"),
    "odt": (as_odt, ".odt"),
    "rtf": (as_rtf, ".rtf"),
    "pdf": (as_pdf, ".pdf"),
}
