"""Pages that press databases save (Europresse, Factiva, LexisNexis, ProQuest): their documents as
labelled lines."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import Any

import msgspec

from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.text.documents import ClippedDocument, signs_of_several, split_documents
from sitegen.importer.text.press import is_press, may_be_author
from sitegen.model.base import Struct

# What the pages of databases have: classes, comments, counts, labels, feet. Other pages may have
# one of them too; what is read of a page decides.
_EXPORT = re.compile(
    r"class=[\"']?DocPublicationName|<DOCFULL>|name=[\"']?DOC_ID_\d|class=[\"']?article"
    r" \w{2}Article\b|>\s*Document \d{1,4} of \d{1,4}\s*<|>\s*\d{1,4}"
    r" \w{2} \d{1,4} DOCUMENTS?\s*<"
    r"|ProQuest document (?:ID|link)\b|>\s*(?:Load-Date|Load Date|Ladedatum|DATE-CHARGEMENT)\s*:"
    r"|>\s*(?:LANGUAGE|SPRACHE|LANGUE|IDIOMA|PUBLICATION-TYPE|Accession Number)\s*:"
    r"|>\s*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento)\s*<"
    r"|>\s*(?:AN )?(?:Docu|Doku)ment[oe]? [A-Z]{1,12}0\w{12,30}\s*<|>\s*(?:news|pub)·\d{8}·"
    r"|Gale Document Number\b"
    r"|>\s*End Page\s*:|and its content may not be copied or emailed to multiple sites",
    re.I,
)
_BLOCKS = frozenset(
    "p div tr li br h1 h2 h3 h4 h5 h6 hr table ul ol article section header footer aside dl dt dd"
    " blockquote form title".split()
)
_SKIPPED = frozenset("script style head template noscript".split())
_NUMBER = re.compile(r"Num[ée]ro de document\s?:", re.I)
_PAGE = re.compile(r",?\s+(?:p|pg|pp|S)\.\s?(?P<page>[\w-]{1,12})\b.*")


def is_export(text: str) -> bool:
    """Whether a page is an export of a press database."""
    return bool(_EXPORT.search(text[:400_000]))


class Export(Struct, frozen=True):
    """What a press database saved: its text line by line, and the documents in it."""

    text: str = ""
    documents: tuple[ClippedDocument, ...] = ()


def read_export(page: str) -> Export:
    """The documents of a page, each as lines of text with labels; none where it is no export of a
    press database."""
    tree = parse_tree(page) if is_export(page) else None
    if tree is None:
        return Export()
    articles = _articles_of_europresse(tree)
    if articles:
        found = [ClippedDocument(0, tuple(_of_europresse(one)), exported=True) for one in articles]
        return Export("", tuple(found))
    text = "\n".join(_lines(tree))
    parts = split_documents(text)
    if len(parts) < 2 and not is_press(parts[0].lines) and not signs_of_several(text):
        return Export()
    return Export(
        text, tuple(msgspec.structs.replace(d, exported=is_press(d.lines)) for d in parts)
    )


def _articles_of_europresse(tree: Any) -> list[Any]:
    """The elements that hold an article of Europresse each: those with one name of an outlet."""
    names = _elements(tree, "DocPublicationName")
    lines = [[name, *name.iterancestors()] for name in names]
    counts = Counter(element for line in lines for element in line)
    return [_holder(line, counts) for line in lines]


def _holder(line: list[Any], counts: Counter[Any]) -> Any:
    """The highest element of a name and those above it that has no other name in it."""
    own = takewhile(lambda e: counts[e] == 1 and e.tag not in ("body", "html"), line)
    return list(own)[-1]


def _of_europresse(article: Any) -> list[str]:
    """An article of Europresse as labelled lines: outlet, `Section, day, p. 7`, headline and author
    have places, not labels."""
    header = " ".join(_classed(article, "DocHeader"))
    page = _PAGE.search(header)
    day = header[: page.start()] if page else header
    section, _, date = day.rpartition(", ")
    title = next(
        iter([*_classed(article, "TitreArticleVisu"), *_classed(article, "titreArticle")]), ""
    )
    author, text = _below_headline(article, title)
    rows = [
        ("Publication title", next(iter(_classed(article, "DocPublicationName")), "")),
        ("Headline", title),
        ("Author", author),
        ("Section", section.rpartition(", ")[0] or section),
        ("Publication date", date or day),
        ("Page", page["page"] if page else ""),
    ]
    return [*(f"{label}: {value}" for label, value in rows if value), "", "Body", "", *text]


def _below_headline(article: Any, title: str) -> tuple[str, list[str]]:
    """(the author, the lines of the text) of an article of Europresse.

    The author is alone in the first line below the headline; what is below the number of the
    document is a certificate.
    """
    rows = _lines(article)
    begin = next((n + 1 for n, row in enumerate(rows) if row == title), 0)
    end = next((n for n, row in enumerate(rows) if _NUMBER.match(row)), len(rows))
    rows = rows[begin:end]
    first = next((n for n, row in enumerate(rows) if row), -1)
    author = rows[first] if first >= 0 and may_be_author(rows[first]) else ""
    return author, rows[first + 1 :] if author else rows


def _elements(tree: Any, name: str) -> list[Any]:
    """The elements of a class, whatever its case."""
    return [e for e in tree.iter() if name.casefold() in e.get("class", "").casefold().split()]


def _classed(tree: Any, name: str) -> list[str]:
    return [text for element in _elements(tree, name) if (text := text_of(element))]


def _lines(tree: Any) -> list[str]:
    """The text of a tree, a line for each block, with empty lines between blocks; cells of a row
    are on one line."""
    from lxml import etree

    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        inside = (
            not any(a.tag in _SKIPPED for a in element.iterancestors()) and name not in _SKIPPED
        )
        if name in _BLOCKS:
            parts.append("\n\n")
        elif name in ("td", "th"):
            parts.append(" ")
        if event == "start" and inside and name:
            parts.append(" ".join((element.text or "").split(" ")).replace("\n", " "))
        elif event == "end" and element is not tree and element.tail:
            parts.append(element.tail.replace("\n", " "))
    return [" ".join(row.split()) for row in "".join(parts).split("\n")]
