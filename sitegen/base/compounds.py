"""Words that are put together from others, as in German: a search for one part finds them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

# Languages that write compounds as one word
LANGUAGES = frozenset("da de et fi fo hu is nb nl nn no sv".split())
LINKS = ("", "s", "es", "n", "en", "er", "e")  # between the parts of a word, as in Hafen-s-stadt
SHORTEST = 4  # letters of a part


def compound_parts(words: Iterable[str], known: Set[str]) -> dict[str, tuple[str, ...]]:
    """The parts of each of ``words`` that is put together from ``known`` words, all in lower
    case."""
    found = {word: tuple(dict.fromkeys(_parts(word, known))) for word in set(words)}
    return {word: parts for word, parts in found.items() if parts}


def _parts(word: str, known: Set[str]) -> Iterator[str]:
    for cut in range(SHORTEST, len(word) - SHORTEST + 1):
        left, right = word[:cut], word[cut:]
        if right in known and (first := _without_link(left, known)):
            yield first
            yield right


def _without_link(left: str, known: Set[str]) -> str:
    """The known word that the first part of a compound is, without what links it to the rest."""
    for link in LINKS:
        base = left.removesuffix(link)
        if left.endswith(link) and len(base) >= SHORTEST and base in known:
            return base
    return ""
