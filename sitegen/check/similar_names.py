"""Names that may be one person's: `J.

Doe` and `Jane Doe`. Precision before recall.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from sitegen.model.base import Struct

MIN_TYPO = 5  # letters of a name in which one wrong letter is taken for a slip
RARE = 5  # a slip is this many times rarer than the right name
_FOLDS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "'": None,
        "’": None,
        "ʼ": None,
    }
)
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
Tokens = tuple[str, ...]


class Pair(Struct, frozen=True):
    """Two names that are much alike: the rarer, the more frequent, and in what they differ."""

    name: str
    other: str
    how: str


def tokens(name: str) -> Tokens:
    """The parts of a name, without case, accents and punctuation; `Doe, Jane` is read as `Jane
    Doe`."""
    last, comma, first = name.partition(",")
    if comma and first.strip().lower().strip(".") not in _SUFFIXES:
        name = f"{first} {last}"
    text = name.casefold().translate(_FOLDS)
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    return tuple(_PARTS.findall(text))


def similar_names(
    counts: Mapping[str, int],
    together: Iterable[tuple[str, ...]] = (),
    distinct: Iterable[str] = (),
) -> list[Pair]:
    """The pairs of names in ``counts`` (name -> articles) that may be one person's, each rarer name
    once.

    Not those that sign one article ``together``, nor two that are both known to be ``distinct``
    people.
    """
    parts = {name: tokens(name) for name in counts}
    signed = {(a, b) for names in together for a in names for b in names if a != b}
    known = set(distinct)
    found: dict[str, Pair] = {}
    for a, b, how in sorted(set(_candidates(parts, counts))):
        if (a, b) in signed or {a, b} <= known:
            continue
        rare, other = sorted((a, b), key=lambda n: (n in known, counts[n], len(n), n))
        best = found.get(rare)
        if not best or counts[best.other] < counts[other]:
            found[rare] = Pair(rare, other, how)
    return sorted(found.values(), key=lambda p: p.name)


def _candidates(
    parts: dict[str, Tokens], counts: Mapping[str, int]
) -> Iterator[tuple[str, str, str]]:
    yield from _same_letters(parts)
    # of names that differ in signs only, the most frequent one represents all
    best: dict[Tokens, str] = {}
    for name in sorted(parts, key=lambda n: (-counts[n], n)):
        best.setdefault(parts[name], name)
    chosen = {name: key for key, name in best.items()}
    yield from _abbreviated(chosen)
    yield from _misspelt(chosen, counts)


def _same_letters(parts: dict[str, Tokens]) -> Iterator[tuple[str, str, str]]:
    groups = defaultdict(list)
    for name, key in parts.items():
        if key:
            groups["".join(key)].append(name)
    for names in groups.values():
        names.sort()
        for name in names[1:]:
            yield names[0], name, "case, accents or punctuation"


def _abbreviated(parts: dict[str, Tokens]) -> Iterator[tuple[str, str, str]]:
    """Pairs of names of which one is the other without a name or with an initial for it."""
    for names in _by_initial_and_surname(parts):
        firsts = {parts[name][0] for name in names}
        for a, b in combinations(names, 2):
            difference = _shorter(parts[a], parts[b])
            if difference == "a middle name" or (difference and _is_clear(firsts)):
                yield a, b, difference


def _is_clear(firsts: Iterable[str]) -> bool:
    """Whether initials among first names of one letter can only mean one of these."""
    return sum(len(first) > 1 for first in firsts) == 1


def _by_initial_and_surname(parts: dict[str, Tokens]) -> Iterable[list[str]]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, key in parts.items():
        if len(key) > 1 and len(key[-1]) > 1 and not _SUFFIXES & set(key):
            groups[key[-1], key[0][0]].append(name)
    return map(sorted, groups.values())


def _shorter(a: Tokens, b: Tokens) -> str:
    """What one of two names with the same initial and last name leaves out; nothing where they
    differ otherwise."""
    if a == b or not _agree(a[1:-1], b[1:-1]):
        return ""
    if a[0] == b[0]:
        return "a middle name"
    return "an initial" if _is_initial(a[0], b[0]) else ""


def _is_initial(a: str, b: str) -> bool:
    """Whether one of two names is the initial of the other."""
    return a[0] == b[0] and 1 in (len(a), len(b))


def _agree(a: Tokens, b: Tokens) -> bool:
    """Whether middle names may be the same person's: one has none, or each is the other's or its
    initial."""
    if not a or not b:
        return True
    if len(a) != len(b):
        return False
    return all(map(_may_be_one, a, b))


def _may_be_one(a: str, b: str) -> bool:
    """Whether two names are the same, or one is the initial of the other."""
    return a == b or _is_initial(a, b)


def _misspelt(
    parts: dict[str, Tokens], counts: Mapping[str, int]
) -> Iterator[tuple[str, str, str]]:
    """Names with one wrong letter.

    Found by what is left of a part when any one letter is taken out of it.
    """
    buckets: dict[tuple[Tokens, str, Tokens], list[str]] = defaultdict(list)
    for name, key in parts.items():
        for index, part in enumerate(key if len(key) > 1 else ()):
            for left in _one_letter_less(part):
                buckets[key[:index], left, key[index + 1 :]].append(name)
    for (before, _, _), names in buckets.items():
        for a, b in combinations(names, 2):
            low, high = sorted((counts[a], counts[b]))
            rare = low == 1 or low * RARE <= high
            if rare and _slip(parts[a][len(before)], parts[b][len(before)]):
                first, second = sorted((a, b))
                yield first, second, "one letter"


def _one_letter_less(part: str) -> set[str]:
    """``part``, and what is left of it when any one letter is taken out; nothing of a short one."""
    if len(part) < MIN_TYPO:
        return set()
    return {part, *(part[:i] + part[i + 1 :] for i in range(len(part)))}


def _same_letters_first(a: str, b: str) -> int:
    """How many letters two words begin with in common."""
    pairs = zip(a, b, strict=False)
    return next((number for number, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))


def _slip(a: str, b: str) -> bool:
    """Whether ``a`` and ``b`` are one letter apart, and not at the end, where Ivanov and Ivanova
    differ."""
    if a == b or a[-2:] != b[-2:]:
        return False
    short, long = sorted((a, b), key=len)
    start = _same_letters_first(short, long)
    if len(short) < len(long):
        return long == short[:start] + long[start] + short[start:]
    other_letter = short[start + 1 :] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1]
    return other_letter or (swapped and short[start + 2 :] == long[start + 2 :])
