"""Words of page furniture: what surrounds an article but is not part of it.

The words are data, by language: `base/page_words.py` explains the files. Patterns are anchored at
the start of a folded line and linear.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sitegen.base.page_words import by_letter, page_words


def _pattern(section: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A regular expression for any of the entries of ``section``."""
    return re.compile(f"{before}(?:{by_letter(page_words(section))}){after}", re.I)


_QUOTES = (
    ("‘", "'"),
    ("’", "'"),
    ("“", '"'),
    ("”", '"'),
    ("„", '"'),
    ("«", '"'),
    ("»", '"'),
)
_TRIM = " \t.,:;!?…›»>|•·-–—_*+#\"'()[]↓→←▶▼"


@lru_cache(2_000)
def folded(line: str) -> str:
    """``line`` for look-ups: case, quotes and outer punctuation folded."""
    if not line.isascii():
        for quote, plain in _QUOTES:
            line = line.replace(quote, plain)
    return " ".join(line.casefold().split()).strip(_TRIM)


def page_words_in(line: str) -> int:
    """How many different words of a page's furniture are in a line."""
    return len({match.group().lower() for match in PAGE_WORDS.finditer(line)})


EXACT = frozenset(map(folded, page_words("lines")))
NETWORKS = frozenset(page_words("share"))
ASKS = _pattern("asks")
BOX = _pattern("boxes")
KEY_POINTS = _pattern("key points", after=r"\b.{0,20}$")
PAGE_WORDS = _pattern("page", before=r"\b", after=r"\b")
BIO = _pattern("biography", after=r"\b")
REPORTS = _pattern("reports", before=r"\b", after=r"\b")
STAMP_WORDS = _pattern("stamp", before=r"\b", after=r"\b")
UPDATED = _pattern("updated", after=r"[^0-9]{0,25}$")

# We and you in one line that is not a quotation: the source speaks to its reader.
_WE = re.compile(
    r"\b(?:we|our|us|wir|uns|unser(?:e[mnrs]?)?|nous|notre|nos|nosotros|nuestr[oa]s?|noi"
    r"|nostr[oaie])\b",
    re.I,
)
_YOU = re.compile(
    r"\b(?:you|your|yours|Sie|Ihre[mnrs]?|Ihnen|[dD]u|[dD]ir|[dD]ich|[dD]eine?[mnrs]?|vous|votre"
    r"|vos|ustedes?|voi|vostr[oaie])\b"
)
_ASKED = re.compile(
    r"\b(?:readers?|support|contribut\w{1,6}|journalism|for free|free of charge|feedback|our"
    r" (?:team|site|page"
    r"|website|newsroom)|email|article|leser\w{0,8}|unterstütz\w{1,6}"
    r"|journalismus|kostenlos|artikel|redaktion|beitrag|lecteurs?|lectrices?|soutenez|soutien"
    r"|journalisme"
    r"|gratuit|lectores|apoya|periodismo|gratis|lettori|sostieni|giornalismo)\b",
    re.I,
)


def speaks_to_reader(line: str) -> bool:
    """Whether the source addresses its reader: ``We are proud to provide our readers …``, ``Support
    us``."""
    if any(c in line for c in '“”„«»"'):
        return False
    you, us = bool(_YOU.search(line)), bool(_WE.search(line))
    if not (you or us):
        return False
    if PAGE_WORDS.search(line):
        return (you and us) or len(line.split()) < 60
    return you and us and bool(_ASKED.search(line))
