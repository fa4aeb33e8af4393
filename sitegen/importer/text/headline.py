"""The headline of a text among its lines: each candidate is scored by its shape, its place and the
words that it shares with the body."""

from __future__ import annotations

from collections import Counter

from sitegen.importer.fields.dateline import dateline
from sitegen.importer.text.division import first_body
from sitegen.importer.text.labels import END, SIGNATURES, Line
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
_LEAST = 0.6  # score of a headline
_NO_HEADLINES = ("stamp", "byline", "credit", "caption")
_BETWEEN = ("credit", "noise", "stamp", "caption")  # what may be between headline and dek


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
        among = range(self._limit())
        best = self._best(among)
        if best < 0:
            best = next(filter(self._may_be_title, among), -1)
        if best < 0 and self.bare:
            best = self._first_of_names(among)
        return best

    def _limit(self) -> int:
        """The line above which the headline is: near the first one of the body, if there is one."""
        first = first_body(self.states)
        is_body = first < len(self.lines)
        return min(len(self.lines), max(first + 1, 3) if is_body else 12)

    def _best(self, among: range) -> int:
        """The line that is most like a headline, or -1 where none is like one."""
        first = first_body(self.states)
        body_words = self._body_words()
        counts = Counter(line.key for line in self.lines)
        scores = [self._title_score(i, first, body_words, counts) for i in among]
        highest = max(scores, default=0.0)
        return scores.index(highest) if highest > _LEAST else -1

    def _body_words(self) -> Counter[str]:
        """How many lines of the body have each word."""
        bodies = (i for i, state in enumerate(self.states) if state == BODY)
        return Counter(word for i in bodies for word in self._words(i))

    def _first_of_names(self, among: range) -> int:
        """The first of two lines, or -1, that look like names in a script without capitals, where
        a short headline does, too: the second one is the author."""
        names = [i for i in among if self.lines[i].label in ("names", "byline")]
        if len(names) < 2 or self.lines[names[0]].label == "byline":
            return -1
        return names[0] if _has_no_capitals(self.lines[names[0]].text) else -1

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
        score += 0.5 if counts[line.key] == 2 and line.words > 4 else 0.0
        score += max(
            _step(-self._distance(i, SIGNATURES), _NEAR_STAMP),
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
        if line.label in _NO_HEADLINES or not 2 <= line.words <= 40 or len(line.text) > 260:
            return True
        return self.bare and self._is_paragraph(line)

    def _is_paragraph(self, line: Line) -> bool:
        """Whether a line is long and ends as a sentence does, or begins with a place."""
        if line.words <= 14 or line.prose < 1.2:
            return False
        return bool(END.search(line.text) or dateline(line.text, self.lang))

    def _shared(self, i: int, body_words: Counter[str]) -> float:
        """The share of the words of line ``i`` that the body has, too."""
        words = [w.strip(".,:;!?'’\"“”‘").lower() for w in self.lines[i].text.split()]
        content = list(filter(_has_content, words))
        if not content:
            return 0.3
        # A line of the body shares its words with itself: that says nothing.
        own = int(self.states[i] == BODY)
        return sum(body_words[word] > own for word in content) / len(content)

    def _distance(self, i: int, labels: tuple[str, ...]) -> int:
        """How many lines below line ``i`` the first one with one of ``labels`` is; 99 if none is
        near."""
        near = range(i + 1, min(len(self.lines), i + 14))
        return min((k - i for k in near if self.lines[k].label in labels), default=99)

    def _is_below_headline(self, i: int) -> bool:
        """Whether the line above ``i`` can be a headline: a dek is right below it."""
        upwards = range(i - 1, -1, -1)
        above = next((k for k in upwards if self.lines[k].label not in _BETWEEN), -1)
        if above < 0 or self._is_crumb(above):
            return False
        return self.lines[above].label == "short" and self.lines[above].words >= 5

    def _is_crumb(self, i: int) -> bool:
        """The last of a trail such as `Home`, `Politics`, `This very article`, with its headline
        still to come."""
        above = self.lines[max(0, i - 3) : i]
        if not above or above[0].key not in HOME:
            return False
        return all(map(_may_be_crumb, above)) and self._has_head_below(i)

    def _has_head_below(self, i: int) -> bool:
        """Whether a headline and its dek follow; a single line would be the dek of line ``i``."""
        below = self.lines[i + 1 : i + 12]
        metas = (k for k, line in enumerate(below) if line.label in SIGNATURES)
        texts = filter(_may_be_headline, below[: next(metas, 4)])
        return len(list(texts)) >= 2


def _has_no_capitals(text: str) -> bool:
    """Whether a text is of a script that knows no capitals."""
    return text.lower() == text.upper()


def _has_content(word: str) -> bool:
    """Whether a word says what a text is about."""
    return len(word) > 4 or (word.isalpha() and len(word) > 2 and word not in _SMALL)


def _may_be_crumb(line: Line) -> bool:
    return line.words <= 2 and line.label in ("short", "noise")


def _may_be_headline(line: Line) -> bool:
    return line.label in ("short", "prose") and line.words >= 5


def _step(value: int, steps: tuple[tuple[int, float], ...]) -> float:
    """What ``value`` counts by the first of ``steps`` that it reaches."""
    return next((counts for least, counts in steps if value >= least), 0.0)


def _is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence that is no question, cry or hint does."""
    return bool(END.search(text)) and not text.endswith(("?", "!", "…", "..."))
