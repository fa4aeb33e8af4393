"""Named features of the lines of a copied page, by which `fields.chain` weighs what each is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, compress, pairwise
from sys import intern

from sitegen.base.text import may_lack_blanks
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.text.captions import is_caption
from sitegen.importer.text.labels import BULLET, END, Line, is_signature
from sitegen.importer.text.repeats import LONG, LongParagraphs
from sitegen.model.base import Struct

_WORDS = (1, 2, 3, 5, 8, 12, 20, 40)
_NEAR = (1, 2, 3, 5, 8, 12)
_DIGIT = re.compile(r"\d")
_FROM_START = (1, 2, 3, 4, 6, 9, 13, 20, 40)
_FROM_END = (1, 2, 3, 5, 9, 15, 30)
_STATES = ("head", "body", "box", "tail")
_LONG = 15  # words of prose, above which a line counts as a paragraph
_SAID = 60  # words of a line that may be said by the page
_FAR = 12  # lines around a line that are looked at
_FEW = 2  # words that are needed to compare a line with the paragraphs
_CONTENT = re.compile(r"[^\W\d_]{5,}")  # words that say what a text is about
_KINDS_BETWEEN = (
    ("names", ("byline", "names")),
    ("date", ("stamp",)),
    ("credit", ("credit", "caption")),
    ("noise", ("noise", "box")),
    ("prose", ("prose",)),
    ("short", ("short",)),
)


class CopiedPage(Struct, frozen=True):
    """The lines of a copied page and what the rules say of them: the state of each, and which one
    is the headline (-1: none)."""

    lines: Sequence[Line]
    states: Sequence[int]
    title_at: int


def signs_of(page: CopiedPage) -> list[tuple[str, ...]]:
    """The names of the features of each line; a name that many lines have is in memory once."""
    view = _View(page)
    return [tuple(map(intern, view.signs(i))) for i in range(len(page.lines))]


class _View:
    """What of a page is counted once for all of its lines."""

    def __init__(self, page: CopiedPage) -> None:
        self.lines, self.states, self.title_at = page.lines, page.states, page.title_at
        self.kinds = list(map(_kind, self.lines))
        self.seen = Counter(line.key for line in self.lines)
        self.begun, self.longer = _beginnings(self.seen)
        self.contents = [_contents(line.key) for line in self.lines]
        paragraphs = list(map(_is_paragraph, self.lines))
        self.said = Counter(chain.from_iterable(compress(self.contents, paragraphs)))
        self.above = list(accumulate(map(int, paragraphs), initial=0))
        self.long = _long_paragraphs(self.lines)
        self.prose_above, self.prose_below = _distances_of_prose(self.lines)
        self.signature = _first_signature(self.lines)

    def signs(self, i: int) -> Iterator[str]:
        """The features of line ``i``."""
        yield "any"
        yield from _shape(self.lines[i], self.kinds[i])
        yield from self._neighbours(i)
        yield from self._place(i)
        yield from self._marks(i)
        yield from self._state(i)
        yield from self._repeats(i)
        yield from self._subject(i)
        yield from self._reader(i)
        if self.above[i] < 2 and self.lines[i].words > 5:
            yield from self._opening(i)

    def _neighbours(self, i: int) -> list[str]:
        label = self.lines[i].label
        edges, last = ("edge", "edge"), len(self.lines) - 1
        before, above = (self.kinds[i - 1], self.lines[i - 1].label) if i else edges
        after, below = (self.kinds[i + 1], self.lines[i + 1].label) if i < last else edges
        return [
            f"-2 {self.kinds[i - 2] if i > 1 else 'edge'}",
            f"-1 {before}",
            f"{label}, -1 {above}",
            f"+1 {after}",
            f"{label}, +1 {below}",
            f"+2 {self.kinds[i + 2] if i + 1 < last else 'edge'}",
        ]

    def _place(self, i: int) -> list[str]:
        label = self.lines[i].label
        count, above = self.above[-1], self.above[i]
        below = min(3, count - self.above[i + 1])
        share = str(above) if above < 3 else _share(above / count, (0.5, 0.9, 1.0))
        up, down = _step(self.prose_above[i], _NEAR), _step(self.prose_below[i], _NEAR)
        return [
            f"line {_step(i + 1, _FROM_START)}",
            f"from the end {_step(len(self.lines) - i, _FROM_END)}",
            f"{label}, paragraphs above {share}",
            f"{label}, paragraphs below {below}",
            f"prose {up} above",
            f"prose {down} below",
            f"{label}, prose {min(up, 5)} above, {min(down, 5)} below",
        ]

    def _marks(self, i: int) -> list[str]:
        """How far the headline of the rules and the first byline or date are."""
        signature = f"{self.lines[i].label}, signature {_from(i, self.signature)}"
        if self.title_at < 0:
            return [signature]
        place = _from(i, self.title_at)
        return [f"headline {place}", f"{self.kinds[i]}, headline {place}", signature]

    def _state(self, i: int) -> list[str]:
        around = " ".join(_STATES[one] for one in self.states[max(0, i - 1) : i + 2])
        signs = [f"{self.lines[i].label}, by rules {_STATES[self.states[i]]}", f"by rules {around}"]
        is_of_image = is_caption(self.lines, self.states, False, i)
        return [*signs, "by rules caption"] if is_of_image else signs

    def _repeats(self, i: int) -> list[str]:
        line, key = self.lines[i], self.lines[i].key
        again = self.seen[key] > 1
        said = {
            "repeated": again and line.words < 5,
            "repeated, long": again and line.words >= 5,
            "within a paragraph": self.long.repeat(i, line),
            "begins another line": line.words >= 4 and key in self.begun,
            "another line and more": key in self.longer,
        }
        return list(compress(said, said.values()))

    def _subject(self, i: int) -> list[str]:
        """How many of the words of a line the paragraphs of the page have, too."""
        line, words = self.lines[i], self.contents[i]
        if line.words > _SAID or may_lack_blanks(line.text):
            return []
        if len(words) < _FEW:
            return [f"{line.label}, shares few words"]
        own = int(_is_paragraph(line))  # a paragraph shares its words with itself
        share = sum(self.said[word] > own for word in words) / len(words)
        bound = _share(share, (0.01, 0.34, 0.67, 1))
        opening = "opening" if self.above[i] < 1 else "below"
        return [f"{self.kinds[i]}, shares {bound}", f"{opening}, shares {bound}"]

    def _reader(self, i: int) -> Iterator[str]:
        """What speaks of the page, or to its reader; paragraphs speak of other things."""
        line, key = self.lines[i], self.lines[i].key
        if line.words > _SAID:
            return
        if lexicon.BOX.match(key):
            yield "begins a box"
        if lexicon.ASKS.match(key):
            yield "asks"
        if line.of_page:
            yield f"words of a page {min(3, line.of_page)}"
        if line.words > 8 and lexicon.speaks_to_reader(line.text):
            yield "speaks to the reader"

    def _opening(self, i: int) -> Iterator[str]:
        """What parts a line near the first paragraph from the headline and from the next prose:
        a dek is often followed by names, a date or a credit, a first paragraph by the second."""
        line, lines = self.lines[i], self.lines
        start = self.title_at + 1 if 0 <= self.title_at < i else 0
        before = _between(lines[max(start, i - 8) : i])
        following = lines[i + 1 : i + self.prose_below[i]]
        then = _between(following)
        size = _share(line.words, (12, 25, 45))
        yield f"then {then}"
        yield f"behind {before}, then {then}"
        yield f"{size} words, {self.above[i]} above, then {then}"
        yield f"{size} words, {self.above[i]} above, behind {before}"
        after = i + self.prose_below[i]
        if after < len(lines):
            ratio = line.words / max(1, lines[after].words)
            yield f"{_share(ratio, (0.6, 1.7))} of the next prose, {self.above[i]} above"


def _contents(key: str) -> frozenset[str]:
    """The different words of a folded line that say what it is about."""
    return frozenset(_CONTENT.findall(key))


def _beginnings(keys: Iterable[str]) -> tuple[set[str], set[str]]:
    """(those of ``keys`` that another one begins with, those that begin with another one)."""
    pairs = [(a, b) for a, b in pairwise(sorted(keys)) if a and _goes_on(a, b)]
    return {a for a, _ in pairs}, {b for _, b in pairs}


def _goes_on(key: str, longer: str) -> bool:
    return longer.startswith(key) and not longer[len(key)].isalnum()


def _shape(line: Line, kind: str) -> list[str]:
    """What a line looks like by itself."""
    size, end = _step(line.words, _WORDS), _ending(line.text)
    signs = [kind, f"{line.label}, {size} words", f"ends {end}", f"{size} words, ends {end}"]
    signs += _letters(line)
    if line.label == "prose":
        signs.append(f"prose {line.prose}")
    if line.stamps:
        signs.append("date")
    if line.gap != 1:
        signs.append("no gap" if line.gap == 0 else "wide gap")
    return signs


def _letters(line: Line) -> list[str]:
    """Capitals, quotation marks, bullets and digits of a line."""
    text, signs = line.text, []
    if text.isupper():
        signs.append("capitals")
    elif text[:1].islower():
        signs.append("begins small")
    elif line.words > 2 and _share_of_capitals(text) > 0.7:
        signs.append("words with capitals")
    if text[:1] in "\"“„«‘'":
        signs.append("begins as a quotation")
    if BULLET.match(text):
        signs.append("bullet")
    if _DIGIT.search(text, 0, 60):
        signs.append("digit")
    if "|" in text or " · " in text:
        signs.append("bar")
    return signs


def _kind(line: Line) -> str:
    """The label of a line, with its length where that says more."""
    if line.label == "stamp" and not line.stamps:
        return "relative stamp"
    if line.label == "prose":
        return f"prose {_share(line.words, (15, 30))}"
    return f"short {_share(line.words, (2, 5, 14))}" if line.label == "short" else line.label


def _is_paragraph(line: Line) -> bool:
    return line.label == "prose" and line.words > _LONG


def _ending(text: str) -> str:
    if END.search(text) and not text.endswith(("?", "!", "…", "...")):
        return "."
    return text[-1] if text[-1] in "?!:…,;" else "open"


def _share_of_capitals(text: str) -> float:
    words = text.split()
    return sum(word[:1].isupper() for word in words) / len(words)


def _between(lines: Iterable[Line]) -> str:
    """The kinds of some lines, each once, in a fixed order."""
    labels = {line.label for line in lines}
    named = [name for name, kinds in _KINDS_BETWEEN if labels.intersection(kinds)]
    return "+".join(named) or "nothing"


def _from(i: int, mark: int) -> str:
    """Where a marked line is, as seen from line ``i``."""
    if mark == i:
        return "here"
    return f"{_step(abs(i - mark), _NEAR)} {'above' if mark < i else 'below'}"


def _first_signature(lines: Sequence[Line]) -> int:
    """The first byline or date, or the number of lines without one."""
    return next((i for i, line in enumerate(lines) if is_signature(line)), len(lines))


def _long_paragraphs(lines: Sequence[Line]) -> LongParagraphs:
    long = [i for i, line in enumerate(lines) if line.words > LONG]
    return LongParagraphs(long, [lines[i].key for i in long])


def _distances_of_prose(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """How many lines above and below each line the next prose is."""
    above, below = [_FAR] * len(lines), [_FAR] * len(lines)
    marks = [i for i, line in enumerate(lines) if line.label == "prose"]
    for mark in marks:
        for i in range(mark + 1, min(len(lines), mark + _FAR)):
            above[i] = i - mark
        for i in range(mark - 1, max(-1, mark - _FAR), -1):
            below[i] = min(below[i], mark - i)
    return above, below


def _step(value: int, steps: Sequence[int]) -> int:
    """The highest of ``steps`` that ``value`` reaches, or the lowest one."""
    return steps[max(0, bisect_right(steps, value) - 1)]


def _share(value: float, bounds: Sequence[float]) -> str:
    """Between which of ``bounds`` a value is: `<.5`."""
    above = next((bound for bound in bounds if value < bound), None)
    return f"<{above:g}" if above is not None else f">={bounds[-1]:g}"
