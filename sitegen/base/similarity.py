"""A short signature of a text, by which near-duplicates are found without comparing texts.

The signature holds hashes of pairs of the title's longest words, and the smallest hashes of the
text's shingles: three words in a row, of which the first has more than five letters (so that what
is counted has content). The share of smallest hashes that two texts have in common estimates how
much of them is alike (bottom-k sketch; Broder 1997, "On the resemblance and containment of
documents").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from struct import pack, unpack
from zlib import crc32

from sitegen.base.text import may_lack_blanks

REACH = 2_500  # signs of HTML that are looked at
SIZE = 32  # hashes of the text that are kept
FEWEST = 8  # hashes without which a text says too little
INDEXED = 8  # hashes of the text by which candidates are found
_PAIRS = 3
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = (  # a text, compiled where it is used: that takes milliseconds
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
)


def sketch(title: str, html: str) -> bytes:
    """The signature of an article."""
    longest = sorted(title_words(title), key=lambda w: (-len(w), w))[:3]
    pairs = [crc32(f"{a} {b}".encode()) for n, a in enumerate(longest) for b in longest[n + 1 :]]
    text = _TAG.sub(" ", html[:REACH]).lower()
    hashes = sorted({crc32(s.encode()) for s in _shingles(text)})[:SIZE]
    return pack(f">{_PAIRS + len(hashes)}I", *pairs, *[0] * (_PAIRS - len(pairs)), *hashes)


def _shingles(text: str) -> Iterable[str]:
    """Overlapping pieces of a text: three words each, or six letters where words have no blanks
    between them."""
    if _is_unspaced(text):
        letters = "".join(_WORD.findall(text))
        return [letters[start : start + 6] for start in range(len(letters) - 5)]
    words = text.split()
    threes = zip(words, words[1:], words[2:], strict=False)
    return [" ".join(three) for three in threes if len(three[0]) > 5]


def _is_unspaced(text: str) -> bool:
    """Whether more than a third of ``text`` is in scripts without blanks between words."""
    return may_lack_blanks(text) and len(re.findall(_UNSPACED, text)) * 3 > len(text)


def title_words(title: str) -> frozenset[str]:
    """What a title is compared by: its words of three letters or more, and its numbers."""
    return frozenset([w for w in _WORD.findall(title.lower()) if len(w) > 2 or w.isdigit()])


def keys(signature: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The hashes by which articles that may be alike are found: of the title, of the text."""
    numbers = unpack(f">{len(signature) // 4}I", signature)
    texts = numbers[_PAIRS : _PAIRS + INDEXED] if len(numbers) >= _PAIRS + FEWEST else ()
    return tuple(n for n in numbers[:_PAIRS] if n), texts


def long_text(signature: bytes) -> bytes:
    """What a signature says of the text, where that is long enough to identify it; else nothing."""
    return signature[4 * _PAIRS :] if len(signature) == 4 * (_PAIRS + SIZE) else b""


def text_alike(one: bytes, other: bytes) -> float:
    """How much of two texts is alike, from 0 to 1; 0 where one of them is too short."""
    first, second = (set(unpack(f">{len(s) // 4}I", s)[_PAIRS:]) for s in (one, other))
    size = min(len(first), len(second))
    if size < FEWEST:
        return 0.0
    return len(set(sorted(first | second)[:size]) & first & second) / size


def title_alike(one: str, other: str) -> float:
    """How much of two titles is alike, from 0 to 1.

    Titles with different numbers are of different things: then 0.
    """
    first, second = title_words(one), title_words(other)
    if min(len(first), len(second)) < 4 or {
        w for w in first ^ second if any(c.isdigit() for c in w)
    }:
        return 0.0
    return len(first & second) / len(first | second)
