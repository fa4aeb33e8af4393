"""Pages that press databases save (Europresse, Factiva, LexisNexis, ProQuest): their documents as
labelled lines."""

from __future__ import annotations

import re
from typing import Any

from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.text.documents import ClippedDocument, split_documents

_EXPORT = re.compile(
    r"class=[\"']?DocPublicationName|<DOCFULL>|name=[\"']?DOC_ID_\d|class=[\"']?article"
    r" \w{2}Article\b|>\s*Document \d{1,4} of \d{1,4}\s*<",
    re.I,
)
_BLOCKS = frozenset(
    "p div tr li br h1 h2 h3 h4 h5 h6 hr table ul ol article section header footer aside dl dt dd"
    " blockquote form title".split()
)
_SKIPPED = frozenset("script style head template noscript".split())
_PAGE = re.compile(r",?\s+(?:p|pg|pp|S)\.\s?(?P<page>[\w-]{1,12})\b.*")


def is_export(text: str) -> bool:
    """Whether a page is an export of a press database."""
    return bool(_EXPORT.search(text[:400_000]))


def export_documents(text: str) -> list[ClippedDocument]:
    """The documents of an export, each as lines of text with labels."""
    tree = parse_tree(text)
    if tree is None:
        return []
    named = tree.xpath(
        "//article[.//*[contains(concat(' ', @class, ' '), ' DocPublicationName ')]]"
    )
    if named:
        return [
            ClippedDocument(0, tuple(_of_europresse(article)), exported=True) for article in named
        ]
    return split_documents("\n".join(_lines(tree)))


def _of_europresse(article: Any) -> list[str]:
    """An article of Europresse: outlet, `Section, day, p.

    7`, headline and author have places, not labels.
    """
    header = next(iter(_classed(article, "DocHeader")), "")
    page = _PAGE.search(header)
    day = header[: page.start()] if page else header
    section, _, date = day.partition(", ")
    title = next(iter(_classed(article, "titreArticle")), "")
    behind = article.xpath(
        ".//*[contains(concat(' ', @class, ' '), ' titreArticle ')]/following-sibling::div"
    )
    author = text_of(behind[0]) if behind else ""
    rows = [
        ("Publication title", next(iter(_classed(article, "DocPublicationName")), "")),
        ("Headline", title),
        ("Author", author),
        ("Section", section if date else ""),
        ("Publication date", date or day),
        ("Page", page["page"] if page else ""),
    ]
    text = article.xpath(".//*[contains(concat(' ', @class, ' '), ' DocText ')]")
    paragraphs = [line for element in text for line in _lines(element)]
    return [*(f"{label}: {value}" for label, value in rows if value), "", "Body", "", *paragraphs]


def _classed(tree: Any, name: str) -> list[str]:
    found = tree.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
    return [text for element in found if (text := text_of(element))]


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
