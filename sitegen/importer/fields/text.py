"""Untrusted text made harmless: control characters, odd blanks, and Markdown that nobody meant."""

from __future__ import annotations

import re
import unicodedata

from sitegen.base.clean import LINE_ENDS, MAX_LINE, without_controls
from sitegen.base.clean import clean_inline as clean_inline
from sitegen.base.clean import word_set as word_set
from sitegen.base.text import count_words

MAX_CHARS = 4_000_000
MAX_LINES = 60_000

_TWO_BLANKS = re.compile(
    r"[ \t\u1680\u2000-\u200a\u205f\u3000][ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*"
)
_EDGES = " \t\u00a0\u3000\u202f\u2003\u2009"

_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_STAR = re.compile(r"\*(?=\S)|(?<=\S)\*")
_UNDERSCORE = re.compile(r"(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])")
_BRACKET = re.compile(r"\[(?=\^|[^\]\n]{0,300}\](?:\(|\[|:))")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?[0-9A-Za-z]{1,32};)")
_STRIKE = re.compile(r"~(?=[^\s~])|(?<=[^\s~])~")
_LINE_START = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-{3,}\s*$|={3,}\s*$|:(?=\s))")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def raw_lines(text: str) -> list[str]:
    """``text`` as lines without control characters, with the blanks that each has.

    Lines of more than ``MAX_LINE`` characters come in several pieces. Of the text, ``MAX_CHARS``
    are read at most, and ``MAX_LINES`` lines.
    """
    text = without_controls(LINE_ENDS.sub("\n", text[:MAX_CHARS]))
    rows = text.split("\n")[:MAX_LINES]
    return [unicodedata.normalize("NFC", piece) for row in rows for piece in _pieces(row)]


def _pieces(row: str) -> list[str]:
    """``row``, cut at blanks where it is too long for one line."""
    out = []
    while len(row) > MAX_LINE:
        cut_at = row.rfind(" ", MAX_LINE // 2, MAX_LINE) + 1 or MAX_LINE
        out.append(row[:cut_at])
        row = row[cut_at:]
    return [*out, row]


def clean_line(row: str) -> str:
    """One line, stripped, blanks folded.

    A no-break blank between words stays what it is.
    """
    return _TWO_BLANKS.sub(" ", row.strip(_EDGES)).strip(_EDGES)


def clean_lines(text: str) -> list[str]:
    """``text`` as lines without control characters, each stripped, blanks folded; empty ones
    stay."""
    return [clean_line(row) for row in raw_lines(text)]


def escape_inline(text: str) -> str:
    """``text`` so that Markdown shows it as it is written; signs that change nothing stay bare."""
    if not any(c in text for c in "\\*_`[<&~"):
        return text
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _ENTITY.sub("&amp;", text)
    text = _TAG.sub("&lt;", text)
    text = text.replace("`", "\\`")
    text = _STAR.sub(r"\\*", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _BRACKET.sub(r"\\[", text)
    return _STRIKE.sub("&#126;", text)


def escape_block(text: str) -> str:
    """One paragraph, a single line, as Markdown that is a paragraph and nothing else."""
    text = escape_inline(text.strip())
    if text.startswith("*") and (text == "*" or text[1:2].isspace()):
        return "\\" + text
    if _LINE_START.match(text):
        return "\\" + text
    return (
        _NUMBERED.sub(r"\1\\\2", text, count=1)
        if text[:1].isdigit() and _NUMBERED.match(text)
        else text
    )


def escape_heading(text: str) -> str:
    """The text of an ATX heading; a closing run of ``#`` would vanish, so it is escaped."""
    text = escape_inline(text.strip())
    return text[:-1] + "\\#" if text.endswith("#") else text


def cut(text: str, start: str, end: str) -> str:
    """``text`` without what lies from each ``start`` to the next ``end``, in any case.

    What is not closed stays.
        For texts whose author may mean harm: the time taken grows with their length and no faster.
    """
    opening, closing = re.compile(start, re.I), re.compile(end, re.I)
    out, at = [], 0
    while found := opening.search(text, at):
        stop = closing.search(text, found.end())
        if not stop:
            break
        out.append(text[at : found.start()])
        at = stop.end()
    return "".join([*out, text[at:]])


def is_too_short(body: str, complete: bool) -> bool:
    """Whether ``body`` is too short for an article; one whose headline, authors and date are known
    (``complete``) may be a brief of one sentence."""
    words = count_words(body)
    return words < 8 if complete else words < 25
