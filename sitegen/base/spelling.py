"""Which of several spellings of one name is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping

ACRONYM = 3  # letters up to which a word in capitals may be one: AI, EU, UNO


def best_spelling(counts: Mapping[str, int], given: Collection[str] = ()) -> str:
    """The spelling that is shown for all keys of ``counts``, which says how often each is used.

    One of ``given``, else the most frequent, with two exceptions: a name in capitals never wins
    over one that is not, unless it may be an acronym whose others are all in small letters; of
    equally frequent ones the less loud is taken.
    """
    mixed = any(name != name.lower() and not is_shouted(name) for name in counts)

    def rank(name: str) -> tuple[bool, bool, int, int, str]:
        loud = is_shouted(name) and (mixed or len(name) > ACRONYM)
        return (
            name not in given,
            loud,
            -counts[name],
            _capitals(name) if is_shouted(name) else 0,
            name,
        )

    return min(counts, key=rank)


def is_shouted(name: str) -> bool:
    """Whether ``name`` is written in capitals, where its script has others."""
    return name.isupper() and len(name) > 1


def _capitals(name: str) -> int:
    return sum(c.isupper() for c in name)
