"""Exports of press databases and messages of agencies."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import timedelta
from html import escape

from tests.importer.generate.articles import Article, day_in_american, day_in_words, turned
from tests.importer.generate.office import docx, rtf, rtf_table

COVER = (
    "User Name: A Reader\nDate and Time: Monday, 30 November 2026\nJob Number: 1234567\n"
    "1. A list of contents\n"
)


def lexis_nexis(articles: Sequence[Article]) -> bytes:
    """`N of M DOCUMENTS`, lines broken at 70 columns."""
    out = []
    for number, one in enumerate(articles, 1):
        text = "\n\n".join(textwrap.fill(p, 70) for p in one.paragraphs)
        out.append(
            f"\n{'':25}{number} of {len(articles)} DOCUMENTS\n\n\n{'':24}{one.source}\n\n"
            f"{'':19}{one.day:%B} {one.day.day}, {one.day:%Y %A}\n{'':25}First Edition\n\n"
            f"{textwrap.fill(one.title, 70)}\n\nBYLINE: {' and '.join(one.authors)}\n\n"
            f"SECTION: {one.section.upper()}; Pg. {one.page}\n\n"
            f"LENGTH: {len(one.text.split())} words\n\n{text}\n\n"
            f"LOAD-DATE: {day_in_american(one.day + timedelta(days=2))}\n\n"
            f"LANGUAGE: {LANGUAGE[one.lang]}\n\nPUBLICATION-TYPE: Newspaper\n\n"
            f"{'':18}Copyright {one.day.year} {one.source}\n{'':22}All Rights Reserved\n\n"
        )
    return "".join(out).encode()


LANGUAGE = {"en": "ENGLISH", "de": "GERMAN; DEUTSCH", "fr": "FRENCH", "es": "SPANISH"}


def _nexis_lines(one: Article) -> list[str]:
    return [
        one.title,
        one.source,
        f"{day_in_american(one.day)} {one.day:%A}",
        f"Copyright {one.day.year} {one.source} All Rights Reserved",
        f"Section: {one.section.upper()}; Pg. {one.page}",
        f"Length: {len(one.text.split())} words",
        f"Byline: {', '.join(one.authors)}",
        "Body",
        *one.paragraphs,
        "Classification",
        f"Language: {LANGUAGE[one.lang]}",
        "Publication-Type: Newspaper",
        f"Load-Date: {day_in_american(one.day + timedelta(days=3))}",
        "End of Document",
    ]


def nexis_uni(articles: Sequence[Article]) -> bytes:
    """`End of Document` below each."""
    return (COVER + "\n".join("\n\n".join(_nexis_lines(one)) + "\n" for one in articles)).encode()


def nexis_uni_docx(articles: Sequence[Article]) -> bytes:
    """Nexis Uni as Word: headlines are headings, labels are bold."""
    return docx([_marked(line) for one in articles for line in _nexis_lines(one)])


def _marked(line: str) -> tuple[str, str]:
    """(label, rest) of a line."""
    label, colon, rest = line.partition(": ")
    is_label = colon and label in ("Section", "Length", "Byline", "Language", "Load-Date")
    return (f"{label}:", f" {rest}") if is_label else ("", line)


def nexis_uni_rtf(articles: Sequence[Article]) -> bytes:
    """Nexis Uni as RTF."""
    return rtf([line for one in articles for line in _nexis_lines(one)])


def nexis_html(articles: Sequence[Article]) -> bytes:
    """Each document in a `<DOCFULL>`."""
    out = []
    for number, one in enumerate(articles, 1):
        rows = [
            f"{number} of {len(articles)} DOCUMENTS",
            one.source,
            f"{day_in_american(one.day)} {one.day:%A}",
            one.title,
            f"BYLINE: {' and '.join(one.authors)}",
            f"SECTION: {one.section.upper()}; Pg. {one.page}",
            f"LENGTH: {len(one.text.split())} words",
            *one.paragraphs,
            f"LOAD-DATE: {day_in_american(one.day + timedelta(days=1))}",
            f"Copyright {one.day.year} {one.source}",
        ]
        body = "".join(f'<div class="c4"><p><span>{escape(row)}</span></p></div>' for row in rows)
        out.append(f'<a name="DOC_ID_0_{number}"></a><docfull>{body}</docfull>')
    head = '<html><head><meta charset="utf-8"><title>LexisNexis</title></head><body>'
    return f"{head}{''.join(f'<DOCFULL>{one}</DOCFULL>' for one in out)}</body></html>".encode()


def factiva(articles: Sequence[Article]) -> bytes:
    """The article format without codes."""
    out = []
    for number, one in enumerate(articles):
        code = one.source.upper().replace(" ", "")[:6].replace("É", "E")
        out.append(
            f"{one.title}\n\nBy {' and '.join(one.authors)}\n{len(one.text.split())} words\n"
            f"{day_in_words(one.day)}\n{one.source}\n{code}\n{one.page}\nEnglish\n"
            f"Copyright {one.day.year} {one.source}.\n\n{one.text}\n\n"
            f"Document {code}000{one.day:%Y%m%d}emb1{number:05}\n\n"
        )
    return "\n".join(out).encode()


def _factiva_rows(one: Article, number: int) -> list[tuple[str, Sequence[str]]]:
    return [
        ("SE", [one.section]),
        ("HD", [one.title]),
        ("BY", [f"By {' and '.join(one.authors)}"]),
        ("WC", [f"{len(one.text.split())} words"]),
        ("PD", [day_in_words(one.day)]),
        ("SN", [one.source]),
        ("SC", ["SALM"]),
        ("PG", [one.page]),
        ("LA", [LANGUAGE[one.lang].split(";")[0].title()]),
        ("CY", [f"Copyright {one.day.year} {one.source}"]),
        ("LP", one.paragraphs[:1]),
        ("TD", one.paragraphs[1:]),
        ("NS", ["gcat : Political/General News"]),
        ("RE", ["eurz : Europe"]),
        ("AN", [f"Document SALM000{one.day:%Y%m%d}e7ct{number:05}"]),
    ]


def factiva_codes(articles: Sequence[Article]) -> bytes:
    """Field codes, a paragraph a line."""
    out = []
    for number, one in enumerate(articles):
        for code, values in _factiva_rows(one, number):
            is_text = code in ("LP", "TD")
            out.append(f"{code}\n\n" + "\n\n".join(values) if is_text else f"{code} {values[0]}")
        out.append("\n")
    return "\n".join(out).encode()


def factiva_rtf(articles: Sequence[Article]) -> bytes:
    """A table with the code and the value of each field."""
    return rtf_table([row for n, one in enumerate(articles) for row in _factiva_rows(one, n)])


def factiva_html(articles: Sequence[Article]) -> bytes:
    """A table for each article, in a `div` of its language."""
    out = []
    for number, one in enumerate(articles):
        rows = "".join(
            f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>'
            + "".join(f'<p class="articleParagraph">{escape(value)}</p>' for value in values)
            + "</td></tr>"
            for code, values in _factiva_rows(one, number)
        )
        out.append(f'<div class="article enArticle"><table>{rows}</table></div>')
    head = '<html><head><meta charset="utf-8"><title>Factiva</title></head><body>'
    return f"{head}{''.join(out)}</body></html>".encode()


def proquest(articles: Sequence[Article]) -> bytes:
    """`Document N of M`, headline above the labels."""
    out = []
    for number, one in enumerate(articles, 1):
        out.append(
            f"{'_' * 60}\n\nDocument {number} of {len(articles)}\n\n{one.title}\n\n"
            f"Author: {'; '.join(map(turned, one.authors))}\n\nPublication info: {one.source} ;"
            f" Salm [Salm]{day_in_words(one.day)}: {one.page}.\n\n"
            f"Full text: {one.paragraphs[0]}\n\n" + "\n\n".join(one.paragraphs[1:]) + "\n\n"
            f"Subject: Ferries; Herons\n\nPublication title: {one.source}; Salm\n\n"
            f"Publication year: {one.day.year}\n\nISSN: 01234567\n\nSource type: Newspapers\n\n"
            f"Language of publication: {LANGUAGE[one.lang].split(';')[0].title()}\n\n"
            f"Last updated: {one.day + timedelta(days=9)}\n\nDatabase: ProQuest Central\n\n"
        )
    return "".join(out).encode()


def ebsco(articles: Sequence[Article]) -> bytes:
    """Records, each value in a line below its label."""
    out = []
    for number, one in enumerate(articles, 1):
        authors = "\n".join(f"\t{turned(name)}" for name in one.authors)
        out.append(
            f"Record: {number}\nTitle:\n\t{one.title}\nAuthors:\n{authors}\nSource:\n\t"
            f"{one.source}. {one.day:%m/%d/%Y}, p{one.page}.\nDocument Type:\n\tArticle\n"
            f"Subject Terms:\n\tCLOCKS\nFull Text Word Count:\n\t{len(one.text.split())}\nISSN:\n"
            f"\t0000-0001\nAccession Number:\n\t2W6{number:05}\nDatabase:\n\tNewspaper Source\n\n"
            f"{one.text}\n\n"
        )
    return "".join(out).encode()


def press_reader(articles: Sequence[Article]) -> bytes:
    """Labels below each article."""
    return "".join(
        f"{one.source}\n{one.day.day} {one.day:%b %Y}\n\n{one.text}\n\nArticle Name:{one.title}\n"
        f"Publication:{one.source}\nSection:{one.section}\nAuthor:By {' and '.join(one.authors)}\n"
        f"Start Page:{one.page}\nEnd Page:{one.page}\n\n"
        for one in articles
    ).encode()


MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)


def europresse(articles: Sequence[Article]) -> bytes:
    """A page with an `<article>` for each."""
    out = []
    for one in articles:
        day = f"{one.day.day} {MOIS[one.day.month - 1]} {one.day.year}"
        text = "".join(f"<p>{escape(p)}</p>" for p in one.paragraphs)
        out.append(
            f'<article><header><div><span class="DocPublicationName">{one.source} </span></div>'
            f'<div><span class="DocHeader">{one.section}, jeudi {day}, p. {one.page}</span></div>'
            f'<div class="titreArticle"><p class="titreArticleVisu">{escape(one.title)}</p></div>'
            f"<div>{', '.join(one.authors)}</div></header><section><div"
            f' class="DocText">{text}</div></section><footer><small>© {one.day.year} {one.source}.'
            " Tous droits réservés.</small><p>Numéro de document : news·1</p></footer></article>"
        )
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(out)}</body></html>'.encode()


def iptc(articles: Sequence[Article]) -> bytes:
    """IPTC 7901, as dpa sends it."""
    out = []
    for one in articles:
        text = "\r\n".join(textwrap.fill(f"   {p}", 69) for p in one.paragraphs)
        byline = f"Von {' und '.join(one.authors)}, dpa ="
        out.append(
            f"\x01dpa{one.number:04} 4 vm {len(one.text.split())} dpa {one.number:04}\r\n\x02\r\n"
            f"{one.section}/Wetter/\r\n{one.title} =\r\n{byline}\r\n\r\n{text}\r\n"
            f"\x03\r\n{one.day:%d}1230 {one.day:%b %y}\r\n\x04\r\n"
        )
    return "".join(out).encode()


def anpa(articles: Sequence[Article]) -> bytes:
    """ANPA 1312, as AP sends it."""
    out = []
    for one in articles:
        text = "\r\n".join(f"   {p}" for p in one.paragraphs)
        out.append(
            f"\x16\x16\x01w{one.number:04} r i BC-Slug {one.day:%m-%d} 0456\r\n\x02"
            f"BC-Slug-Line, 1st Ld-Writethru,0456<\r\n^{one.title}<\r\n^By"
            f" {' and '.join(one.authors).upper()}=\r\n^Associated Press=\r\n{text}\r\n"
            f"\x03AP-NY-{one.day:%m-%d-%y} 1230EST<\r\n\x04\r\n"
        )
    return "".join(out).encode()
