"""The headline of a text among its lines: each candidate is scored by its shape, its place and the
words that it shares with the body."""

from __future__ import annotations

from collections import Counter

from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.dateline import dateline
from sitegen.importer.text.division import first_body
from sitegen.importer.text.labels import END, Line
from sitegen.importer.text.segments import BODY
from sitegen.model.base import Struct

_SMALL = frozenset(
    (
        "the and for are was you they will with this that from have has not but who why how what"
        " all can der die das und ist les des une est los las una que con per non che its his her"
    ).split()
)
HOME = ("home", "startseite", "accueil", "inicio", "portada", "homepage", "front", "start")

# Steps: a value, and what it counts from there on; the highest first.
_LONG = ((25, 0.8), (21, 0.3))  # words of a line
_NEAR_STAMP = ((-2, 0.9), (-4, 0.75), (-9, 0.4))  # lines to a date or byline below, negative
_NEAR_NAMES = ((-2, 0.5), (-4, 0.2))


def find_headline(lines: list[Line], states: list[int], is_bare: bool, lang: str) -> int:
    """The index of the headline among ``lines``, or -1; ``states`` says which of them are body, and
    ``is_bare`` that there is no page around the text."""
    return _Search(lines, states, is_bare, lang).find()


class _Search(Struct, frozen=True):
    """The lines of a text and what is known of them before its headline is."""

    lines: list[Line]
    states: list[int]
    bare: bool
    lang: str

    def find(self) -> int:
        """The index of the headline, or -1."""
        first = first_body(self.states)
        limit = (
            min(len(self.lines), max(first + 1, 3))
            if first < len(self.lines)
            else min(len(self.lines), 12)
        )
        body_words = Counter(
            w for i in range(len(self.lines)) if self.states[i] == BODY for w in self._words(i)
        )
        counts: dict[str, int] = {}
        for line in self.lines:
            key = lexicon.folded(line.text)
            counts[key] = counts.get(key, 0) + 1
        best, best_score = -1, 0.6
        for i in range(limit):
            score = self._title_score(i, first, body_words, counts)
            if score > best_score:
                best, best_score = i, score
        if best < 0:
            best = next((i for i in range(limit) if self._may_be_title(i)), -1)
        return self._first_of_names(limit) if best < 0 and self.bare else best

    def _first_of_names(self, limit: int) -> int:
        """The first of two lines, or -1, that look like names in a script without capitals, where
        a short headline does, too: the second one is the author."""
        names = [i for i in range(limit) if self.lines[i].label in ("names", "byline")]
        first = names[0] if len(names) > 1 else -1
        text = self.lines[first].text
        caseless = text.lower() == text.upper()
        return first if first >= 0 and self.lines[first].label == "names" and caseless else -1

    def _may_be_title(self, i: int) -> bool:
        """Whether a line can be the headline for want of a better one: in a text without its page,
        no paragraph can."""
        line = self.lines[i]
        if line.label not in ("short", "prose") or not 2 <= line.words <= 40:
            return False
        return not self.bare or line.prose < 1.2 or line.words <= 14

    def _words(self, i: int) -> set[str]:
        """The different words of a line, without case and punctuation."""
        return {w.strip(".,:;!?'’\"“”").lower() for w in self.lines[i].text.split()[:400]}

    def _title_score(
        self, i: int, first: int, body_words: Counter[str], counts: dict[str, int]
    ) -> float:
        """How much line ``i`` is like a headline; ``first`` is the first line of the body."""
        line = self.lines[i]
        if self._is_out(line):
            return -1.0
        if line.label in ("noise", "names") or (line.label == "box" and line.words < 6):
            return -0.5 if line.words < 5 else 0.0
        score = 1.6 * self._shared(i, body_words) + min(line.words, 9) * 0.13
        score -= 0.9 if _is_sentence(line.text) else 0.0
        score -= _step(line.words, _LONG)
        score += 0.5 if counts[lexicon.folded(line.text)] == 2 and line.words > 4 else 0.0
        score += max(
            _step(-self._distance(i, ("stamp", "byline")), _NEAR_STAMP),
            _step(-self._distance(i, ("names",)), _NEAR_NAMES),
        )
        score -= min(0.7, 0.015 * max(0, first - i - 8))
        score -= 0.5 if self._is_crumb(i) else 0.0
        if self._is_below_headline(i):
            score -= 1.25 if self.bare else 0.75
        return score

    def _is_out(self, line: Line) -> bool:
        """Whether a line is something else by its label or length, or a paragraph of a text without
        its page."""
        if line.label in ("stamp", "byline", "credit", "caption"):
            return True
        if not 2 <= line.words <= 40 or len(line.text) > 260:
            return True
        is_long = self.bare and line.words > 14 and line.prose >= 1.2
        return is_long and bool(END.search(line.text) or dateline(line.text, self.lang))

    def _shared(self, i: int, body_words: Counter[str]) -> float:
        """The share of the words of line ``i`` that the body has, too."""
        words = [w.strip(".,:;!?'’\"“”‘").lower() for w in self.lines[i].text.split()]
        content = [
            w for w in words if len(w) > 4 or (w.isalpha() and len(w) > 2 and w not in _SMALL)
        ]
        # A line of the body shares its words with itself: that says nothing.
        own = int(self.states[i] == BODY)
        return sum(body_words[w] > own for w in content) / len(content) if content else 0.3

    def _distance(self, i: int, labels: tuple[str, ...]) -> int:
        """How many lines below line ``i`` the first one with one of ``labels`` is; 99 if none is
        near."""
        near = range(i + 1, min(len(self.lines), i + 14))
        return min((k - i for k in near if self.lines[k].label in labels), default=99)

    def _is_below_headline(self, i: int) -> bool:
        """Whether the line above ``i`` can be a headline: a dek is right below it."""
        above = i - 1
        while above >= 0 and self.lines[above].label in ("credit", "noise", "stamp", "caption"):
            above -= 1
        if above < 0 or self.lines[above].label != "short" or self.lines[above].words < 5:
            return False
        return not self._is_crumb(above)

    def _is_crumb(self, i: int) -> bool:
        """The last of a trail such as `Home`, `Politics`, `This very article`, with its headline
        still to come."""
        above = self.lines[max(0, i - 3) : i]
        trail = (
            bool(above)
            and all(line.words <= 2 and line.label in ("short", "noise") for line in above)
            and lexicon.folded(above[0].text) in HOME
        )
        after = range(i + 1, min(len(self.lines), i + 12))
        meta = next((k for k in after if self.lines[k].label in ("stamp", "byline")), i + 5)
        # A headline and its dek still follow; a single line would be this one's own dek.
        follow = [
            k
            for k in range(i + 1, min(meta, len(self.lines)))
            if self.lines[k].label in ("short", "prose") and self.lines[k].words >= 5
        ]
        return trail and len(follow) >= 2


def _step(value: int, steps: tuple[tuple[int, float], ...]) -> float:
    """What ``value`` counts by the first of ``steps`` that it reaches."""
    return next((counts for least, counts in steps if value >= least), 0.0)


def _is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence that is no question, cry or hint does."""
    return bool(END.search(text)) and not text.endswith(("?", "!", "…", "..."))
