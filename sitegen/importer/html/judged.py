"""Which texts of a page are the article: a second judgement, by weights, of what trafilatura and
the rules have kept, and of what they have left out.

Each text is judged by its signs (`text_signs`), alone. A block goes if the texts in it are, word
for word, rather not of the article; a text that was left out comes back if it rather is. A
judgement against most of the words is not believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitegen.base.text import count_words
from sitegen.importer.fields.linear import weights_of
from sitegen.importer.html.body import Body, BodyPart, rendered
from sitegen.importer.html.leaves import TEXTS, Leaf, key_of
from sitegen.importer.html.text_signs import signs_of
from sitegen.importer.to_markdown import plain_block

MOST = 5_000  # texts of a page that is judged: longer ones are lists and protocols
_LONG = 12  # letters of a text that is hardly within another by chance
_MISSED = 3  # texts in a row that a block may lack and still go on
_BETWEEN = 60  # letters of a block that may be between the texts of two leaves
_LISTS = frozenset(("ul", "ol", "dl", "table"))
_ALONE = ("p", "pre", "h2", "h3", "h4", "h5", "h6")  # of the elements of texts


def judged(parts: Sequence[BodyPart], body: Body, heading: Any, base: str) -> list[BodyPart]:
    """``parts`` of a page's ``body`` without those that are rather not of the article, and with
    what else of the page rather is; nothing comes back that rules have taken out of the body.

    ``heading`` is the element of the headline, or None.
    """
    leaves = body.leaves
    keys = keys_of(parts)
    held = places_of(parts, keys, leaves)
    kept = {at for places in held for at in places}
    if len(leaves) > MOST or not kept:
        return list(parts)
    weights = weights_of("body")
    scores = {
        at: sum(weights.get(name, 0.0) for name in names)
        for at, names in signs_of(leaves, kept, heading)
    }
    out = [
        part
        for part, key, places in zip(parts, keys, held, strict=True)
        if not _is_known(key, places, leaves) or _mean(places, scores, leaves) > 0
    ]
    if _words(out) * 2 < _words(parts):
        return list(parts)
    given = "\n".join(["", *keys_of(body.parts), ""])
    wanted = [
        at
        for at, score in scores.items()
        if score > 0
        and at not in kept
        and leaves[at].element is not heading
        and not _is_in(leaves[at].key, given)
    ]
    out += _brought_back(wanted, kept, leaves, base)
    return sorted(out, key=lambda part: part.at)


def keys_of(parts: Iterable[BodyPart]) -> list[str]:
    """The key of the text of each of some parts."""
    return [key_of(plain_block(part.text)) for part in parts]


def places_of(
    parts: Iterable[BodyPart], keys: Iterable[str], leaves: Sequence[Leaf]
) -> list[list[int]]:
    """The places of the leaves whose text is in each of some parts, whose keys are given."""
    out: list[list[int]] = []
    before = -1
    for part, key in zip(parts, keys, strict=True):
        # An element of several blocks has one place: a further block is behind the last one.
        start = out[-1][-1] + 1 if part.at == before and out and out[-1] else part.at
        out.append(list(_places(key, leaves, start)) if part.at >= 0 else [])
        before = part.at
    return out


def _places(key: str, leaves: Sequence[Leaf], start: int) -> Iterator[int]:
    """The places from ``start`` on of the leaves that a block with this key is made of."""
    at, missed = 0, 0
    for place in range(start, len(leaves)):
        mine = leaves[place].key
        if not mine:
            continue
        found = key.find(mine, at, at + len(mine) + _BETWEEN)
        if found < 0 and place > start:
            missed += 1
            if missed > _MISSED:
                return
            continue
        yield place
        at, missed = max(at, found + len(mine)), 0
        if found < 0 or at >= len(key):
            return


def _is_known(key: str, places: Iterable[int], leaves: Sequence[Leaf]) -> bool:
    """Whether the leaves at some places are most of the part with this key."""
    return sum(len(leaves[at].key) for at in places) * 2 > len(key)


def _words(parts: Iterable[BodyPart]) -> int:
    return sum(count_words(part.text) for part in parts)


def _mean(places: Iterable[int], scores: Mapping[int, float], leaves: Sequence[Leaf]) -> float:
    """The mean score of some leaves, by their words."""
    words = {at: count_words(leaves[at].text) for at in places}
    return sum(scores[at] * count for at, count in words.items()) / sum(words.values())


def _is_in(key: str, given: str) -> bool:
    """Whether a text was given: a long one perhaps within another, a short one on its own."""
    return (key if len(key) >= _LONG else f"\n{key}\n") in given


# What comes back -------------------------------------------------------------------------------


def _brought_back(
    wanted: Sequence[int], kept: set[int], leaves: Sequence[Leaf], base: str
) -> Iterator[BodyPart]:
    """The texts at the places ``wanted``, each once; those of a list or table only with all of it,
    which must be wanted for the most part, and without a text that is ``kept``."""
    known: set[str] = set()
    holding = {above for at in kept for above in leaves[at].element.iterancestors()}
    lists: dict[Any, list[int]] = defaultdict(list)
    for at in wanted:
        leaf = leaves[at]
        if leaf.key in known:
            continue
        known.add(leaf.key)
        whole = _list_around(leaf.element)
        if whole is not None:
            lists[whole].append(at)
        elif leaf.element.tag in _ALONE or leaf.element.tag not in TEXTS:
            yield from (BodyPart(block, at) for block in rendered(leaf, leaf.element, base))
    for whole, places in lists.items():
        words = sum(count_words(leaves[at].text) for at in places)
        if whole not in holding and words * 2 > count_words("".join(whole.itertext())):
            at = places[0]
            yield from (BodyPart(block, at) for block in rendered(leaves[at], whole, base))


def _list_around(element: Any) -> Any:
    """The outermost list or table around an element; None without."""
    around = [e for e in (element, *element.iterancestors()) if e.tag in _LISTS]
    return around[-1] if around else None


__all__ = ["judged", "keys_of", "places_of"]
