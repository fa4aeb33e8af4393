"""Which lines of a text are captions of images that are not there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.credits import is_agency
from sitegen.importer.text.labels import END, INNER_END, Line, is_quote
from sitegen.importer.text.segments import BODY

_CAPTION_WORD = re.compile(
    r"\((?:left|right|centre|center|links|rechts|file|archiv(?:bild|foto)?|symbolbild|à gauche|à"
    r" droite|izquierda|derecha)\)"
    r"|\b(?:pictured|file (?:photo|image|picture)|archivbild|symbolbild|photo d['’]archives?|foto"
    r" de archivo|foto d['’]archivio"
    r"|imagen de archivo)\b",
    re.I,
)


def is_caption(lines: Sequence[Line], states: Sequence[int], bare: bool, i: int) -> bool:
    """Whether the ``i``-th line is a caption: it has its credit with it, or right behind it.

    In a text without its page (``bare``) only the first is sure.
    """
    line, credit = lines[i], _credit_below(lines, i)
    if bare:
        return _is_surely_caption(line, credit)
    if line.label in ("caption", "credit"):
        return True
    if credit is not None and line.label in ("prose", "short"):
        return _is_captioned_by(line, credit)
    return states[i] != BODY and _has_caption_word(line, 40)


def _credit_below(lines: Sequence[Line], i: int) -> Line | None:
    """The credit right below the ``i``-th line, if there is one."""
    below = lines[i + 1] if i + 1 < len(lines) else None
    return below if below is not None and below.label == "credit" else None


def _is_surely_caption(line: Line, credit: Line | None) -> bool:
    """Whether a line of a text without its page is a caption."""
    if line.label == "caption":
        return not is_agency(line.credit) or line.words < 12
    if line.label == "credit":
        return True
    return credit is not None and _has_caption_word(line, 42)


def _has_caption_word(line: Line, most: int) -> bool:
    """Whether a line of at most so many words says that it is about an image: `(left)`, `file
    photo`."""
    return line.words <= most and bool(_CAPTION_WORD.search(line.text))


def _is_captioned_by(line: Line, credit: Line) -> bool:
    """Whether ``line``, directly above a credit line on a page, is the caption that it belongs to.

    Behind an empty line only what is certain: one short sentence that quotes nobody and reports
    nobody's words. Anything else may be a paragraph, and stays.
    """
    if credit.gap == 0:
        return 4 <= line.words <= 90
    spoken = is_quote(line.text) or lexicon.REPORTS.search(line.text)
    if spoken or INNER_END.search(line.text):
        return False
    stopped = END.search(line.text) and not line.text.endswith("?")
    least = 3 if stopped else 4  # a heading has no full stop
    return least <= line.words <= 25
