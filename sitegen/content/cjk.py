"""What Markdown does not know of Chinese, Japanese and Korean: they have no blanks between words,
or none before particles.

Sources: CSS Text 3, section 4.1.3, "Segment Break Transformation Rules"
(https://www.w3.org/TR/css-text-3/#line-break-transform); CommonMark 0.31.2, section 6.2,
"Emphasis", whose flanking rules ask for blanks or punctuation around a run of `*`.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from sitegen.base.text import may_lack_blanks

MARK = (  # a sign of punctuation that no text has: it makes a run of `*` one that opens or closes
    "\U00010a7f"
)
_ENCODED = quote(MARK)  # as in a URL

# Han, kana, Bopomofo, Yi and the punctuation of full width: written without blanks between words.
_UNSPACED = (
    "\u2e80-\u303f\u3041-\u3130\u3190-\u31ff\u3220-\u325f\u3280-\u4dbf\u4e00-\ua4cf\uf900-"
    "\ufaff\ufe10-\ufe1f"
    "\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffe6\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
_EITHER = (  # signs of Chinese and of other scripts: ‘ ’ “ ” … —
    "\u2014\u2018\u2019\u201c\u201d\u2025\u2026\u00b7"
)
_INLINE = (
    r"(?:</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|rp|rt|ruby|s|samp|small|span"
    r"|strong|sub|sup|time|u|var)"
    r"\b[^<>]*>)"
)
# Texts, compiled where they are used: that takes milliseconds, and most sites need none of them.
_WIDE = f"[{_UNSPACED}]"
_CJK = f"[{_UNSPACED}{_HANGUL}]"
_BREAK = rf"([{_UNSPACED}{_EITHER}]{_INLINE}*)[ \t]*\n[ \t]*(?={_INLINE}*([{_UNSPACED}{_EITHER}]))"
_KEPT = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_RUN = re.compile(r"(?<![*~\\])(?<=(\S))(\*{1,3}|~~)(?![*~])(?=(\S))")


def joined_lines(html: str) -> str:
    """``html`` without the line breaks between two letters or signs that are written without
    blanks."""
    if not may_lack_blanks(html) or not re.search(_WIDE, html):
        return html
    parts = _KEPT.split(html)
    return "".join(
        part if part.startswith("<pre") else re.sub(_BREAK, _join, part) for part in parts
    )


def _join(match: re.Match[str]) -> str:
    both = match[1][0] + match[2]
    return match[1] if re.search(_WIDE, both) else match[0]


def with_marks(text: str) -> str:
    """``text`` in which emphasis next to punctuation of these languages is emphasis for CommonMark;
    `without_marks` undoes it."""
    if not may_lack_blanks(text) or MARK in text or not re.search(_CJK, text):
        return text
    return _RUN.sub(_flanked, text)


def _flanked(match: re.Match[str]) -> str:
    before, run, behind = match.groups()
    is_cjk = re.match(_CJK, before) or re.match(_CJK, behind)
    if not is_cjk or _is_sign(before) == _is_sign(behind):
        return run
    return run + MARK if _is_sign(before) else MARK + run


def _is_sign(letter: str) -> bool:
    """Whether a character is punctuation or a symbol."""
    return unicodedata.category(letter)[0] in "PS"


def without_marks(html: str) -> str:
    """``html`` as if `with_marks` had not been called, but for the emphasis."""
    return html.replace(MARK, "").replace(_ENCODED, "")
