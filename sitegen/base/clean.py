"""Untrusted text as one clean line: no control characters, blanks folded, letters composed."""

from __future__ import annotations

import re
import unicodedata

MAX_LINE = 60_000

# Joiners and direction marks belong to words of many scripts; embeddings and overrides (which can
# make a line read as another one) do not. Blanks of other kinds are folded later.
_KEPT_SIGNS = "\u200c\u200d\u200e\u200f" + "\u00a0\u202f\t"
_DROPPED = dict.fromkeys(
    (
        *range(0, 9),
        *range(15, 28),
        31,
        *range(127, 133),
        *range(134, 160),
        173,
        8203,
        8288,
        65279,
        *range(8234, 8239),
        *range(8294, 8298),
        *range(65529, 65532),
        *range(55296, 57344),
    )
)
# Word writes a line's end as 11, a column's as 14, a page's as 12; terminals part records by 28
# and 29.
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x0e\x1c\x1d\x85\u2028\u2029]")
# Word's end of a cell, and its hyphen that ends no line.
_HELD = str.maketrans({"\x07": " ", "\x1e": "-"})
_SIGNS = _DROPPED | _HELD
_SIGN = re.compile(f"[{re.escape(''.join(map(chr, _SIGNS)))}]")
_BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set: vocabularies read better as running text than as lists."""
    return frozenset(words.split())


def without_controls(text: str) -> str:
    """``text`` without control characters, and without signs that make it read as another text."""
    return text.translate(_SIGNS) if _SIGN.search(text) else text


def clean_inline(text: str) -> str:
    """``text`` as one clean line: for titles, names and other values of front matter."""
    if text.isprintable() and len(text) <= MAX_LINE:  # most texts; their only blanks are plain
        composed = unicodedata.normalize("NFC", text)
        return _folded(composed) if "  " in composed else composed.strip()
    line = LINE_ENDS.sub(" ", text[:MAX_LINE]).replace("\n", " ")
    visible = "".join(map(_visible, without_controls(line)))
    return _folded(unicodedata.normalize("NFC", visible))


def _visible(sign: str) -> str:
    """``sign``, or a blank for one that cannot be seen and has no meaning of its own."""
    return sign if sign.isprintable() or sign in _KEPT_SIGNS else " "


def _folded(text: str) -> str:
    """``text`` with one blank for each run of blanks, and none at its ends."""
    return _BLANKS.sub(" ", text).strip()
