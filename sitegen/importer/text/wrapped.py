"""Text whose lines were broken at a width (by an editor, a mail program, a terminal, a PDF) as
paragraphs again.

A line was broken where the first word of the next one did not fit any more. So the width is
measured first, at pairs of lines that surely belong together; then each pair is judged by it. Text
of one paragraph a line has no such pairs, and comes back as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from sitegen.model.base import Struct

MIN_WIDTH = 30
MAX_WIDTH = 132  # the widest terminal and print line in use
# Pairs of lines in a text that surely belong together; a single paragraph needs one more.
MANY = 1
_ENDS = re.compile(r"(?:[.!?…:;。！？：；۔؟।][\"'”’»」』)\]]*|[\"”»」』]\.?)$")
_ITEM = re.compile(r"(?:[•▪◦‣·●■*–—+-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_LABEL = re.compile(r"[^\W\d_][\w -]{1,24}: \S")
_SIGNED = re.compile(
    r"(?:By|Von|Par|Por|Di|Da|Door|Av|Af|Autor(?:in)?|Author|Auteur|Autore|Автор|Text|Texte"
    r"|Texto)\b:?\s+\S"
)
_RULE = re.compile(r"[\W_]+")
_JOINED_BY = re.compile(r"(?<=\w)(?:-{1,2}|[\u2010\u2011–—/])$")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# A hyphen before one of these stays, with its blank: `Vor- und Nachteile`, `pre- and post-war`.
_AND = frozenset("und oder bzw and or to et ou y o e ed och eller en of og i a и или".split())
# East Asian Wide and Fullwidth (https://www.unicode.org/reports/tr11/); combining marks of the
# commonest scripts.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0003fffd]"
)
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200b-\u200f]"
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]"
)


class Paragraph(Struct, frozen=True):
    """Lines that belong together as one: the number of the first (from 1), the text, the empty
    lines before it."""

    number: int
    text: str
    gap: int


class _Page(Struct, frozen=True):
    """The least width that lines were broken at (0 where they were not), the widest one, and the
    column that they begin at."""

    least: int = 0
    widest: int = 0
    margin: int = 0

    @property
    def width(self) -> int:
        """The width that lines were broken at; 0 where they were not."""
        return max(MIN_WIDTH, min(self.widest, self.least)) if self.widest else 0


class _Row(Struct, frozen=True):
    """One line: its number, text without blanks around it, the columns before it, and how far it
    reaches."""

    number: int
    text: str
    indent: int
    width: int
    gap: int


_Pair = tuple[_Row, _Row]  # a line and the next one


def unwrap(lines: list[str]) -> list[Paragraph]:
    """The paragraphs of ``lines``, which still have the blanks at their beginning.

    No word is lost, nor changes its place. Lines are joined only where the text shows that it is
    wrapped; a hyphen at the end of a line goes only where the text has the word without it.
    """
    rows = _rows(lines)
    rows = _single_spaced(rows)
    page = _page(rows)
    out: list[list[_Row]] = []
    for run in _runs(rows):
        shape = page if page.width else _page(run, strict=True)
        for before, row in zip([None, *run], run, strict=False):
            if before is not None and shape.width and _continues(out[-1], before, row, shape):
                out[-1].append(row)
            else:
                out.append([row])
    words = _vocabulary(rows) if len(out) < len(rows) else Counter()
    return [Paragraph(p[0].number, _joined(p, words), p[0].gap) for p in out]


def unquoted(lines: list[str]) -> list[str]:
    """``lines`` without the signs of a quotation (RFC 3676, section 4.5), where all of them are
    quoted, as in a text that was copied out of a reply."""
    while any(lines) and all(line.startswith(">") for line in lines if line.strip()):
        lines = [line[1:].removeprefix(" ") for line in lines]
    return lines


def columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes: two for each wide character of East Asia, none
    for combining marks."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - len(_MARKS.findall(text))


def _rows(lines: list[str]) -> list[_Row]:
    out: list[_Row] = []
    gap = 0
    for number, line in enumerate(lines, 1):
        expanded = line.expandtabs(4).rstrip()
        text = expanded.lstrip()
        if not text:
            gap += 1
            continue
        reach = columns(expanded) if len(expanded) <= 2 * MAX_WIDTH else len(expanded)
        out.append(_Row(number, text, len(expanded) - len(text), reach, gap))
        gap = 0
    return out


def _single_spaced(rows: list[_Row]) -> list[_Row]:
    """``rows`` without the one empty line that is behind each line of a text with double
    spacing."""
    apart = [(a, b) for a, b in pairwise(rows) if b.gap == 1]
    if len(apart) < 0.5 * (len(rows) - 1) or sum(_sure(a, b) for a, b in apart) * 5 < len(apart):
        return rows
    return [msgspec.structs.replace(r, gap=max(0, r.gap - 1)) for r in rows]


def _runs(rows: list[_Row]) -> list[list[_Row]]:
    """``rows`` cut at empty lines."""
    out: list[list[_Row]] = []
    for row in rows:
        if row.gap or not out:
            out.append([])
        out[-1].append(row)
    return out


# How wide the text is ------------------------------------------------------------------------


def _sure(before: _Row, row: _Row) -> bool:
    """Whether a sentence surely goes on from one line to the next: the first ends none, the second
    begins none."""
    return (
        before.width >= MIN_WIDTH
        and min(before.width, before.indent + len(before.text)) <= MAX_WIDTH
        and not _ENDS.search(before.text)
        and not _ITEM.match(row.text)
        and not row.text[0].isupper()
        and row.text[0].isalpha()
    )


def _page(rows: list[_Row], strict: bool = False) -> _Page:
    """How ``rows`` are wrapped, if they are.

    ``strict`` asks that nearly all of them are.
    """
    pairs = [(before, row) for before, row in pairwise(rows) if not row.gap]
    sure = list(filter(_is_sure, pairs))
    if len(sure) < MANY + strict:
        return _Page()
    page = _page_of(sure)
    return page if _are_wrapped(rows, pairs, page, strict) else _Page()


def _is_sure(pair: _Pair) -> bool:
    return _sure(*pair)


def _page_of(sure: list[tuple[_Row, _Row]]) -> _Page:
    """The page of pairs of lines that surely belong together."""
    widest = _widest(sorted(before.width for before, _ in sure))
    margin = min(row.indent for _, row in sure)
    # Lines of a proportional font differ in length: their width is the least that a line was
    # broken at.
    needed = sorted(_needed(before, row) for before, row in sure)
    return _Page(needed[len(needed) // 10] - 1, widest, margin)


def _widest(widths: list[int]) -> int:
    """The greatest of sorted ``widths`` but for what is far above the usual one."""
    usual = widths[len(widths) // 2]
    return max(width for width in widths if width <= 1.25 * usual)


def _are_wrapped(rows: list[_Row], pairs: list[_Pair], page: _Page, strict: bool) -> bool:
    """Whether most of the text is in lines of about one width, and enough of them may go on."""
    if page.least < 0.6 * page.widest:
        return False
    most, enough = (0.9, 0.5) if strict else (0.6, 0.3)
    of_width = _signs(row for row in rows if row.width <= 1.15 * page.widest)
    going_on = sum(_may_go_on(before, row) for before, row in pairs)
    return of_width >= most * _signs(rows) and going_on >= enough * len(pairs)


def _signs(rows: Iterable[_Row]) -> int:
    return sum(len(row.text) for row in rows)


def _may_go_on(row: _Row, following: _Row) -> bool:
    is_open = row.width >= MIN_WIDTH and not _ENDS.search(row.text)
    return is_open and not _ITEM.match(following.text)


def _needed(before: _Row, row: _Row) -> int:
    """How wide a line would be that ends in the first word of the next one."""
    first = row.text[0]
    if _UNSPACED.match(first):
        return before.width + columns(first)
    return before.width + 1 + columns(row.text[:MAX_WIDTH].split()[0])


def _continues(paragraph: list[_Row], before: _Row, row: _Row, page: _Page) -> bool:
    """Whether ``row`` goes on with ``paragraph``, whose last line is ``before``."""
    if _is_apart(before, row, page):
        return False
    if _is_within_item(paragraph[0], row):
        return True
    if _is_indented(before, row, page):
        return False
    if _needed(before, row) > page.width:
        return not _are_labels(before, row)
    return _sure(before, row) and before.width >= 0.5 * page.width


def _are_labels(before: _Row, row: _Row) -> bool:
    """Whether two lines begin with labels, as those of a head do."""
    return bool(_LABEL.match(row.text) and _LABEL.match(before.text))


def _is_apart(before: _Row, row: _Row, page: _Page) -> bool:
    """Whether something begins or ends between two lines, whatever their width: a line that was
    not broken, a rule, an item, a byline."""
    if before.width > 1.15 * page.widest or _ITEM.match(row.text):
        return True
    if any(_RULE.fullmatch(one.text) for one in (before, row)):
        return True
    return row.width < 0.8 * page.width and bool(_SIGNED.match(row.text))


def _is_within_item(first: _Row, row: _Row) -> bool:
    """Whether a line is indented below the first line of an item of a list."""
    return row.indent > first.indent and bool(_ITEM.match(first.text))


def _is_indented(before: _Row, row: _Row, page: _Page) -> bool:
    """Whether a line is indented as the first one of a paragraph is, also behind a paragraph of one
    line."""
    if row.indent > before.indent:
        return True
    return row.indent == before.indent > page.margin and bool(_ENDS.search(before.text))


# Putting lines together ----------------------------------------------------------------------


def _vocabulary(rows: list[_Row]) -> Counter[str]:
    """How often each word is in the lines, in lower case."""
    return Counter(w.lower().replace("\u2010", "-") for r in rows for w in _WORD.findall(r.text))


def _joined(rows: list[_Row], words: Counter[str]) -> str:
    parts = [rows[0].text]
    for row in rows[1:]:
        seam = _seam(parts[-1], row.text, words)
        if seam == "-":
            parts[-1] = parts[-1][:-1]
        parts += [seam.removeprefix("-"), row.text]
    return "".join(parts)


def _seam(left: str, right: str, words: Counter[str]) -> str:
    """What belongs between two lines: a blank, nothing, or ``-`` where the hyphen at the end of the
    first one goes."""
    if left.endswith("\xad"):
        return "-"
    if _UNSPACED.match(left[-1]) and _UNSPACED.match(right[0]):
        return ""
    parts = _parts_of_word(left, right)
    if parts:
        return _seam_of_word(*parts, words)
    return "" if right[0].isalnum() and _JOINED_BY.search(left) else " "


def _parts_of_word(left: str, right: str) -> tuple[str, str] | None:
    """The letters before the hyphen at the end of ``left`` and those that ``right`` begins with, if
    these are small."""
    half, rest = _HYPHEN.search(left), _FIRST_WORD.match(right)
    return (half[1], rest[0]) if half and rest and right[0].islower() else None


def _seam_of_word(half: str, rest: str, words: Counter[str]) -> str:
    """What belongs between two lines of which the first ends in ``half`` and a hyphen, as `_seam`;
    the text shows whether it has the word with the hyphen or without."""
    if rest in _AND:
        return " "
    parted, joined = f"{half}-{rest}".lower(), f"{half}{rest}".lower()
    return "-" if words[joined] > words[parted] else ""
