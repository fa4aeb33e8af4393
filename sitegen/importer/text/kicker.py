"""A headline without the section that was copied with it, and parted from its kicker.

Nothing of it changes in silence: what was cut or put in is said beside the headline.
"""

from __future__ import annotations

import re

# German papers write `Kultur : Headline`; in French, a blank is before every colon.
_SECTION = re.compile(r"(?P<section>[^\W\d_][\w-]*(?: [\w-]+)?) : (?P<rest>\S.*)")
_BLANK_BEFORE_COLON = frozenset(["fr"])
_HEADLINE_WORDS = 4  # at least, of what is left
_KICKER_WORDS = range(2, 6)

# Words that have a capital letter only where something begins, in a language whose headlines are
# written as sentences are. Articles are no such words: `Die Linke`, `Der Spiegel` are names.
_BEGINNINGS = {
    "de": frozenset(
        "Wie Was Warum Wieso Weshalb Wer Wen Wem Wo Woher Wohin Wann Wenn Weil Ob So Statt Trotz"
        " Nach Mit Ohne Gegen Für Bei Auf Aus Unter Über Zwischen Wegen Ein Eine Einen Einem Kein"
        " Keine Zwei Drei Vier Fünf Sechs Sieben Acht Neun Zehn Elf Zwölf Hunderte Tausende"
        " Zehntausende Mehrere Viele Wenige Einige Alle Mehr Weniger Noch Schon Nur Auch Aber Doch"
        " Dann Jetzt Nun Hier Dort Erst Er Es Wir Ich Man".split()
    )
}
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ]\w{2,}lich(?:e|er|es|en|em)")
_INNER_END = re.compile(r"[.:,;!?…/|–—(\[„“”\"»«'’-]$")


def headline_of(text: str, lang: str) -> tuple[str, str]:
    """(the headline in a line, what was done to the line, or nothing)."""
    section = _SECTION.fullmatch(text)
    if section and lang not in _BLANK_BEFORE_COLON and _is_headline(section["rest"]):
        return section["rest"], f"without the section `{section['section']}` before it"
    words = text.split(" ")
    kicker, rest = _parted(words, _BEGINNINGS.get(lang, frozenset()))
    if not kicker or not _is_headline(rest):
        return text, ""
    return f"{kicker}: {rest}", f"a colon was put behind its kicker `{kicker}`"


def _is_headline(text: str) -> bool:
    return len(text.split()) >= _HEADLINE_WORDS


def _parted(words: list[str], beginnings: frozenset[str]) -> tuple[str, str]:
    """(a kicker, the headline behind it without any sign between them), or nothing."""
    places = (i for i in _KICKER_WORDS if i < len(words) and _begins(words[i], beginnings))
    at = next(places, 0)
    if not _may_be_kicker(words[:at]):
        return "", ""
    return " ".join(words[:at]), " ".join(words[at:])


def _may_be_kicker(words: list[str]) -> bool:
    """Whether words may be a kicker: nothing ends within them, and the last one is no preposition
    and no verb."""
    if not words or words[-1][0].islower():
        return False
    return not any(map(_INNER_END.search, words))


def _begins(word: str, beginnings: frozenset[str]) -> bool:
    """Whether something begins with a word that follows another one."""
    return word in beginnings or (bool(beginnings) and bool(_ADJECTIVE.fullmatch(word)))
