"""Does a machine's synonym spinner speak here? English only; precision before recall.

A spinner puts one word in the place of another wherever that is: `successful` for every `in`,
`issues` for every `the`. Two things then hold that hold for no other text. Some of the commonest
words are missing, and for each there is a word that keeps the company which the missing one keeps,
and not the company that it keeps itself. No list of a spinner's words is needed to see that.

`spun_words.txt` has how often common words have which kinds of neighbours, counted by
`quality/count_neighbours.py`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from sitegen.base.clean import word_set
from sitegen.model.base import Struct

FILE = Path(__file__).parent / "spun_words.txt"
MAX_CHARS = 60_000
MIN_WORDS = 60
LEAST_ENGLISH = 0.2  # share of words of KINDS in a text, below which it is in another language

# Kinds of neighbours: words by what they do in a sentence; `kind` has those of all other words.
KINDS = {
    "determiner": (
        "the a an his her its their our my your this these that those each every some any no"
    ),
    "to": "to",
    "modal": "will would can could may might should must shall do does did not",
    "preposition": (
        "of in on for with at by from into over after before about between through during against"
        " under than like near around without within"
    ),
    "conjunction": "and or but if when while because as so where who which what how",
    "pronoun": "he she it they we i you him them us there",
    "verb": "is was are were be been being has have had said says",
}
OTHER_KINDS = ("stop", "number", "name", "ly", "ing", "ed", "s", "word")
ALL_KINDS = (*KINDS, *OTHER_KINDS)
_KIND = {word: kind for kind, words in KINDS.items() for word in words.split()}
# What spinners replace, each with the most that it counts: those that depend on a text's subject
# and tense count less.
_FULL, _LESS, _LEAST_OF_ALL = 7.0, 4.0, 1.5
_REPLACED = dict.fromkeys("the of and to a in that is for on with as at be by".split(), _FULL)
_REPLACED |= dict.fromkeys("was have has can are or".split(), _LESS)
_REPLACED |= dict.fromkeys("it he not will this about".split(), _LEAST_OF_ALL)
_MISSING = 0.35  # of what is usual, below which a word is missing
_PRIOR = 12.0  # occurrences that the kind of a word counts for
_OFTEN = 3.0  # how much more frequent than usual a substitute is
_DOUBT, _DOUBT_OF_SYMBOLS = 2.5, 2.0  # what a substitute must be better by
_MARKS, _LEAST_MARK = 3, 1.5  # substitutes that a spun text has at least
_COUNTED = 8  # marks that are added up
_LEAST = 6.3  # score from which a text is called spun
# Symbols and abbreviations spelt out: one of them in the place of a common word is a mark.
_SYMBOL = 4.0
_SYMBOLS = word_set(
    "arsenic astatine helium beryllium nobelium rhenium iodine indium americium oregon indiana"
    " wisconsin maine ohio idaho hawaii louisiana alabama oklahoma whitethorn volition angstrom"
)
_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d+|[.,;:!?()“”\"—–]")


class Neighbours(Struct, frozen=True):
    """How often words occur, and by word how often each kind is left and right of it."""

    total: int
    count: dict[str, int]
    left: dict[str, dict[str, int]]
    right: dict[str, dict[str, int]]


class _Mark(Struct, frozen=True):
    """A word in the place of another one, and how sure that is."""

    score: float
    word: str
    missing: str


def spun_score(text: str) -> tuple[float, tuple[str, ...]]:
    """(score, the marks found) of ``text``: 0.0 for text that a person may have written, else up to
    1.0.

    The marks are the words that are in the place of others, the surest first.
    """
    tokens = tokens_of(text[:MAX_CHARS])
    words = sum(token[0].isalpha() for token in tokens)
    if words < MIN_WORDS:
        return 0.0, ()
    seen = Counter(token.lower() for token in tokens)
    if sum(seen[word] for word in _KIND) < LEAST_ENGLISH * words:
        return 0.0, ()
    least = _LEAST * (max(words, 150) / 100) ** 0.35
    missing = _missing(tokens, seen, _table())
    if _most(missing, any(word in seen for word in _SYMBOLS)) < least:
        return 0.0, ()
    marks = _marks(tokens, missing, _table())
    total = sum(mark.score for mark in marks[:_COUNTED])
    if total < least or sum(mark.score >= _LEAST_MARK for mark in marks) < _MARKS:
        return 0.0, ()
    share = total / least * _LEAST
    return round(min(1.0, 0.5 + share / 40), 2), tuple(mark.word for mark in marks[:20])


def tokens_of(text: str) -> list[str]:
    """The words, numbers and stops of ``text``."""
    return [token.replace("’", "'") for token in _TOKEN.findall(text)]


@lru_cache(20_000)
def kind_of(token: str) -> str:
    """Which kind of neighbour a token is."""
    low = token.lower()
    if low in _KIND:
        return _KIND[low]
    if not token[0].isalnum():
        return "stop"
    if token[0].isdigit():
        return "number"
    if token[0].isupper():
        return "name"
    return next((end for end in ("ly", "ing", "ed", "s") if low.endswith(end)), "word")


def places(tokens: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    """(place, word, kind on its left, kind on its right) of each word in small letters."""
    kinds = [kind_of(token) for token in tokens]
    for at in range(1, len(tokens) - 1):
        if tokens[at].islower():
            yield at, tokens[at], kinds[at - 1], kinds[at + 1]


def is_common(word: str) -> bool:
    """Whether ``word`` is one of KINDS, which describe neighbours: it replaces no other word."""
    return word in _KIND


@cache
def _table() -> Neighbours:
    """The counts of `spun_words.txt`: a word, and its neighbours of each kind, left and right."""
    table = Neighbours(0, {}, {}, {})
    total = 0
    for row in FILE.read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        word, *numbers = row.split()
        counts = [int(number) for number in numbers]
        half = len(ALL_KINDS)
        table.left[word] = dict(zip(ALL_KINDS, counts[:half], strict=True))
        table.right[word] = dict(zip(ALL_KINDS, counts[half:], strict=True))
        table.count[word] = sum(counts[:half])
        total += table.count[word] if word.startswith("*") or word in _KIND else 0
    return Neighbours(total, table.count, table.left, table.right)


class _Missing(Struct, frozen=True):
    """A common word that a text hardly has, and how often a text of its length usually has it."""

    word: str
    usual: float


def _missing(tokens: list[str], seen: Counter[str], table: Neighbours) -> list[_Missing]:
    """The common words that are missing in a text."""
    share = _size(tokens) / table.total
    usual = [_Missing(word, table.count[word] * share) for word in _REPLACED]
    return [one for one in usual if seen[one.word] < _MISSING * one.usual]


def _size(tokens: list[str]) -> int:
    """How many words in small letters have a neighbour on both sides."""
    return sum(map(str.islower, tokens[1:-1]))


def _most(missing: list[_Missing], with_symbols: bool) -> float:
    """What words in the place of the ``missing`` ones can count at most."""
    if len(missing) < _MARKS:
        return 0.0
    lowest = _SYMBOL if with_symbols else 0.0
    counts = [max(lowest, _REPLACED[one.word]) for one in missing]
    return sum(sorted(counts, reverse=True)[:_COUNTED])


def _marks(tokens: list[str], missing: list[_Missing], table: Neighbours) -> list[_Mark]:
    """The words that are in the place of missing ones, one for each, the surest first."""
    share = _size(tokens) / table.total
    best: dict[str, _Mark] = {}
    for word, company in _companies(tokens).items():
        often = len(company) >= _OFTEN * table.count.get(word, 0) * share
        if often and (len(company) > 1 or word in _SYMBOLS):
            mark = _mark(word, company, missing, table)
            if mark.score > best.get(mark.missing, _NONE).score:
                best[mark.missing] = mark
    return sorted(best.values(), key=lambda mark: (-mark.score, mark.word))


def _companies(tokens: list[str]) -> dict[str, list[tuple[str, str]]]:
    """The kinds of neighbours of each word that is not common; a phrase that is repeated counts
    once."""
    found: dict[str, list[tuple[str, str]]] = {}
    said: set[tuple[str, ...]] = set()
    for at, word, left, right in places(tokens):
        phrase = tuple(tokens[at - 1 : at + 2])
        if word not in _KIND and phrase not in said:
            said.add(phrase)
            found.setdefault(word, []).append((left, right))
    return found


_NONE = _Mark(0.0, "", "")


def _mark(
    word: str, company: list[tuple[str, str]], missing: list[_Missing], table: Neighbours
) -> _Mark:
    """How sure it is that ``word`` is in the place of the missing word that fits best."""
    own = sum(_own(word, left, table.left, table) for left, _ in company)
    own += sum(_own(word, right, table.right, table) for _, right in company)
    fits = [(sum(_fit(one.word, pair, table) for pair in company), one) for one in missing]
    fit, other = max(fits, key=lambda pair: (pair[0], pair[1].word))
    better = fit - own - (_DOUBT_OF_SYMBOLS if word in _SYMBOLS else _DOUBT)
    if better <= 0:
        return _NONE
    most = _REPLACED[other.word]
    if word in _SYMBOLS:
        return _Mark(max(_SYMBOL, min(better, most)), word, other.word)
    share = min(1.0, len(company) / max(2.0, 0.4 * other.usual))
    return _Mark(min(better, most) * share, word, other.word)


def _own(word: str, kind: str, side: dict[str, dict[str, int]], table: Neighbours) -> float:
    """How probable a neighbour of this kind is for ``word``, as a logarithm; for a word that is
    rare, as for others of its kind."""
    alike = f"*{kind_of(word)}"
    usual = (side[alike].get(kind, 0) + 0.5) / (table.count[alike] + 10)
    counted = side.get(word, {}).get(kind, 0)
    return math.log((counted + _PRIOR * usual) / (table.count.get(word, 0) + _PRIOR))


def _fit(word: str, company: tuple[str, str], table: Neighbours) -> float:
    """How probable two neighbours are for a common word, as a logarithm."""
    count = table.count[word] + 5
    left = (table.left[word].get(company[0], 0) + 0.3) / count
    right = (table.right[word].get(company[1], 0) + 0.3) / count
    return math.log(left) + math.log(right)
