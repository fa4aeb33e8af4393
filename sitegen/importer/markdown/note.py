"""Notes in Markdown that have no front matter: what is headline, byline and date is read as in
copied text.

The body stays the Markdown that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from sitegen.base.text import count_words, plain
from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown import to_html
from sitegen.importer.fields.text import clean_inline, raw_lines
from sitegen.importer.fields.vocabulary import folded
from sitegen.importer.markdown.crossrefs import with_images
from sitegen.importer.model import Imported
from sitegen.importer.text.read import read_with_lines
from sitegen.importer.to_markdown import plain_block

_SUFFIXES = (".md", ".markdown", ".mkd", ".mdown")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})[ \t]*")
_KINDS = (
    re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.M),
    re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?:|/|\.|#|mailto:)[^()\s]{0,1000}\)"),
    re.compile(r"(?<![*\w])\*\*\S(?:[^*\n]{0,300}\S)?\*\*(?![*\w])"),
    re.compile(r"^ {0,3}\|?[ \t]*:?-{2,}:?[ \t]*\|[ \t|:-]*$", re.M),
    re.compile(r"^(?:```|~~~)", re.M),
    re.compile(r"^ {0,3}[-*+][ \t]+\S.*\n(?:.+\n)?\s*[-*+][ \t]+\S", re.M),
    re.compile(r"^ {0,3}>[ \t]?\S", re.M),
    re.compile(r"^ {0,3}1[.)][ \t]+\S.*\n(?:.+\n)?\s*2[.)][ \t]+\S", re.M),
    re.compile(
        r"(?<![*\w])\*[^\s*](?:[^*\n]{0,300}[^\s*])?\*(?![*\w])"
        r"|(?<![_\w])_[^\s_](?:[^_\n]{0,300}[^\s_])?_(?![_\w])"
    ),
    re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{1,1000}"),
)
_SURE = 5  # so many of the kinds above are hardly ever in text that is no Markdown
_LOOK = 200_000
LEAST_WORDS = 25  # of running text
_NO_TEXT = "no running text found"
# A block that is no paragraph: what is in it is never a byline.
_BLOCK = re.compile(
    r"\s*(?:[-*+>|]\s|\||\d{1,3}[.)]\s(?!(?:\D{3,14}|\d{1,2}\. ?)\d{4}\b)"
    r"|#{2,6}\s|!\[|```|~~~|<)|\s{4,}\S"
)
_DAY = re.compile(r"\s*\d{1,2}\.\s")
_NUMBERS = re.compile(r"\s*\d{1,2}\\?\. ?\d{1,2}\. ?\d{4}\b")
_EMPHASIS = re.compile(r"(?<![*\w])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![*\w])")


def is_note(text: str, name: str = "") -> bool:
    """Whether ``text`` is written in Markdown: by its marks alone, or by a few of them in a file
    named so."""
    part = text[:_LOOK]
    marks = [bool(kind.search(part)) for kind in _KINDS]
    if name.lower().endswith(_SUFFIXES):
        return any(marks)
    first = part.lstrip("\ufeff \t\r\n").split("\n", 1)[0]
    return sum(marks) >= 2 and (bool(_HEADING.fullmatch(first.rstrip())) or sum(marks[:_SURE]) >= 2)


def read_note(text: str, *, source_url: str = "", zone: str = "") -> Imported:
    """A note to an article: head as in `read_text`, body as it is.

    Never raises for bad input.
    """
    rows = raw_lines(text)
    title, at, end = _title(rows)
    of_title = set(range(at, end))
    shown = ["" if i in of_title or _BLOCK.match(row) else _bare(row) for i, row in enumerate(rows)]
    if title:
        shown[at] = title
    found, used = read_with_lines("\n".join(shown), source_url=source_url, zone=zone)
    of_dek = _rows_with(shown, found.dek)
    left_out = {number - 1 for number in used} | of_title | of_dek
    body = _as_body(row for i, row in enumerate(rows) if i not in left_out)
    return msgspec.structs.replace(
        found,
        title=title or found.title,
        dek=found.dek if of_dek else "",
        body=with_images(body) + "\n" if body else "",
        evidence=tuple(_evidence(found, at if title else None, has_dek=bool(of_dek))),
        doubts=tuple(_doubts(found, title, body)),
    )


def _rows_with(rows: list[str], dek: str) -> set[int]:
    """The numbers of the rows that are the dek."""
    sought = folded(dek)
    return {i for i, row in enumerate(rows) if folded(row) == sought} if dek else set()


def _evidence(found: Imported, heading: int | None, *, has_dek: bool) -> Iterator[tuple[str, str]]:
    """What the fields of a note are from; ``heading`` is the row of its title, if that is one."""
    changed = {"left out"}
    if heading is not None:
        changed.add("title")
        yield "title", f"from the heading in line {heading + 1}"
    if not has_dek:
        changed.add("dek")
    for field, where in found.evidence:
        if field not in changed:
            yield field, where


def _as_body(rows: Iterable[str]) -> str:
    """Lines as a body: two blanks at the end of a line are a line break, others are nothing."""
    lines = (row if row.endswith("  ") else row.rstrip() for row in rows)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _doubts(found: Imported, title: str, body: str) -> Iterator[str]:
    """The doubts of a text that are those of its note, too."""
    for doubt in found.doubts:
        if not doubt.startswith(_NO_TEXT) and not (title and "headline" in doubt):
            yield doubt
    if count_words(body) < LEAST_WORDS:
        yield _NO_TEXT


def _bare(row: str) -> str:
    """A line without the marks of emphasis and links; the day at the beginning of a date is no
    number of a list."""
    if _NUMBERS.match(row):
        return row.strip().replace("\\", "")
    day = _DAY.match(row)
    return (day[0] if day else "") + _EMPHASIS.sub(
        "", plain_block(row[day.end() :] if day else row)
    )


def _title(rows: list[str]) -> tuple[str, int, int]:
    """(headline, first line, line behind it) of the heading that a note begins with; an empty one
    where it has none."""
    at = next((i for i, row in enumerate(rows) if row.strip()), len(rows))
    first, below = _row(rows, at), _row(rows, at + 1)
    heading = _HEADING.fullmatch(first)
    if heading and len(heading[1]) <= 2:
        return _shown(heading[2]), at, at + 1
    if first and _is_underlined(rows[at], below):
        return _shown(rows[at]), at, at + 2
    return "", 0, 0


def _row(rows: list[str], at: int) -> str:
    """A row without blanks at its end; empty behind the last one."""
    return rows[at].rstrip() if at < len(rows) else ""


def _is_underlined(row: str, below: str) -> bool:
    """Whether a row is a heading by the line below it."""
    return bool(_UNDERLINE.fullmatch(below)) and not _BLOCK.match(row)


def _shown(markdown: str) -> str:
    return clean_inline(plain(to_html(markdown, MarkdownConfig())[0]))[:500]
