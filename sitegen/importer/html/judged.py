"""Which texts of a page are the article: a second judgement, by weights, of what trafilatura and
the rules have kept, and of what they have left out.

Each text is judged by its signs (`text_signs`), alone. A text that was left out comes back if it
rather is of the article, or, in doubt, if its place speaks for it; it may bring others. A block
goes if the texts in it are, word for word, rather not of the article. A judgement against most of
the words is not believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sitegen.base.text import count_words
from sitegen.importer.fields.linear import weights_of
from sitegen.importer.html.body import Body, BodyPart, rendered
from sitegen.importer.html.leaves import SENTENCE, TEXTS, Leaf, key_of, place_of
from sitegen.importer.html.text_signs import signs_of
from sitegen.importer.to_markdown import plain_block

_PLACE = 1.0  # what a place that speaks for its text adds to the score of that
_LIKE_OTHERS = 2.5  # what boxes add that are all like those of what is kept
_LONG_LINE = 15  # words
_ROUNDS = 4  # in which what comes back brings others
MOST = 5_000  # texts of a page that is judged: longer ones are lists and protocols
_LONG = 12  # letters of a text that is hardly within another by chance
_PIECE = 24  # letters of a text that is hardly a part of another by chance
_MISSED = 3  # texts in a row that a block may lack and still go on
_BETWEEN = 60  # letters of a block that may be between the texts of two leaves
_LISTS = frozenset(("ul", "ol", "dl", "table"))
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_ALONE = ("p", "pre", *_HEADINGS)  # of the elements of texts


class _Held(NamedTuple):
    """A part with its key and the places of the leaves whose texts are in it."""

    part: BodyPart
    key: str
    places: list[int]

    def is_known(self, leaves: Sequence[Leaf]) -> bool:
        """Whether the leaves are most of the part."""
        return sum(len(leaves[at].key) for at in self.places) * 2 > len(self.key)


def judged(parts: Sequence[BodyPart], body: Body, heading: Any, base: str) -> list[BodyPart]:
    """``parts`` of a page's ``body`` without those that are rather not of the article, and with
    what else of the page rather is; nothing comes back that rules have taken out of the body.

    ``heading`` is the element of the headline, or None.
    """
    leaves = body.leaves
    keys = keys_of(parts)
    held = list(map(_Held, parts, keys, places_of(parts, keys, leaves)))
    kept = {at for one in held for at in one.places}
    if len(leaves) > MOST or not kept:
        return list(parts)
    given = "\n".join(["", *keys_of(body.parts), ""])
    returning, scores = _returning(kept, given, leaves, heading)
    whole = {at: leaves[at].key for at in returning}
    out = [one.part for one in held if _stays(one, scores, whole, leaves)]
    out += _rendered(returning, leaves, base)
    is_believed = _words(out) * 2 >= _words(parts)
    return sorted(out, key=lambda part: part.at) if is_believed else list(parts)


def _stays(
    one: _Held, scores: Mapping[int, float], whole: Mapping[int, str], leaves: Sequence[Leaf]
) -> bool:
    """Whether a part is rather of the article; one that is not known, unless it is only a piece of
    a text that comes back, such as one of its lines: the keys of those, by their places, are
    ``whole``."""
    if one.is_known(leaves):
        return _mean(one, scores, leaves) > 0
    if one.key in whole.get(one.part.at, ""):
        return False
    return len(one.key) < _PIECE or not any(one.key in key for key in whole.values())


def _scores(leaves: Sequence[Leaf], kept: Container[int], heading: Any) -> dict[int, float]:
    """How much the text at each place is rather of the article, if those ``kept`` are."""
    weights = weights_of("body")
    return {
        at: sum(weights.get(name, 0.0) for name in names)
        for at, names in signs_of(leaves, kept, heading)
    }


def _returning(
    kept: set[int], given: str, leaves: Sequence[Leaf], heading: Any
) -> tuple[list[int], dict[int, float]]:
    """(the places that come back, the scores of all beside them): each may bring others.

    ``given`` are the keys of what was given already.
    """
    found: set[int] = set()
    scores = _scores(leaves, kept, heading)
    expected = dict(_expected(kept, leaves, heading))
    holding = {above for at in kept for above in leaves[at].element.iterancestors()}

    @cache
    def is_new(at: int) -> bool:
        return leaves[at].element is not heading and not _is_in(leaves[at].key, given)

    def is_wanted(at: int) -> bool:
        is_likely = at in found or scores[at] + expected.get(at, 0.0) > 0
        return is_likely and at not in kept and is_new(at)

    for _ in range(_ROUNDS):
        wanted = list(filter(is_wanted, scores))
        before, found = found, set(_whole_lists(wanted, holding, leaves))
        if found == before:
            break
        scores = _scores(leaves, kept | found, heading)
    return sorted(found), scores


def _expected(kept: set[int], leaves: Sequence[Leaf], heading: Any) -> Iterator[tuple[int, float]]:
    """(place, what that adds to the score) of texts for which their place may speak."""
    page = _KeptTexts(kept, leaves, heading)
    texts = [at for at, leaf in enumerate(leaves) if leaf.text]
    above, below = [-1, *texts], [*texts[1:], -1]
    for place in map(_TextPlace, texts, above, below):
        if place.at not in kept:
            yield place.at, page.adds(leaves[place.at], place)


class _TextPlace(NamedTuple):
    """The place of a text, and those above and below it, -1 where there is none."""

    at: int
    above: int
    below: int


class _KeptTexts:
    """What is ``kept`` of a page, and what that says for other texts."""

    def __init__(self, kept: set[int], leaves: Sequence[Leaf], heading: Any) -> None:
        texts = [leaves[at] for at in kept]
        self.places = kept
        self.first = min(kept)
        self.headings = {at for at in kept if leaves[at].element.tag in _HEADINGS}
        self.boxes = {leaf.element.getparent() for leaf in texts}
        self.paths = {_path(leaf.element) for leaf in texts if _is_sentence(leaf)}
        self.headline = place_of(heading, leaves, len(leaves))

    def adds(self, leaf: Leaf, place: _TextPlace) -> float:
        """What its place adds to the score of a text."""
        if leaf.element.tag in _HEADINGS:
            return _PLACE if self._are_around(place) else 0.0
        if not _is_sentence(leaf):
            return 0.0
        if self._are_in_boxes_like(leaf):
            return _LIKE_OTHERS
        return _PLACE if place.above in self.headings or self._begin_behind(leaf, place) else 0.0

    def _are_around(self, place: _TextPlace) -> bool:
        return place.above in self.places and place.below in self.places

    def _are_in_boxes_like(self, leaf: Leaf) -> bool:
        """Whether a text is in a box without any that is kept, and all around it is like what is
        around one that is."""
        return leaf.element.getparent() not in self.boxes and _path(leaf.element) in self.paths

    def _begin_behind(self, leaf: Leaf, place: _TextPlace) -> bool:
        """Whether a plain paragraph is between the headline and the first text."""
        is_plain = leaf.element.tag == "p" and not leaf.element.keys()
        return is_plain and self.headline < place.at and place.below == self.first


def _is_sentence(leaf: Leaf) -> bool:
    """Whether a text is a whole sentence, longer than a line."""
    return leaf.words >= _LONG_LINE and leaf.text.endswith(SENTENCE)


def _path(element: Any) -> tuple[tuple[str, str], ...]:
    """The tags and classes of an element and of all around it."""
    return tuple((e.tag, e.get("class", "")) for e in (element, *element.iterancestors()))


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
        is_first = place == start and mine[:_PIECE] == key[:_PIECE]
        if found < 0 and not is_first:
            missed += 1
            if missed > _MISSED:
                return
            continue
        yield place
        at, missed = max(at, found + len(mine)), 0
        if found < 0 or at >= len(key):
            return


def _words(parts: Iterable[BodyPart]) -> int:
    return sum(count_words(part.text) for part in parts)


def _mean(one: _Held, scores: Mapping[int, float], leaves: Sequence[Leaf]) -> float:
    """The mean score of the leaves of a part, by their words."""
    words = sum(leaves[at].words for at in one.places)
    return sum(scores[at] * leaves[at].words for at in one.places) / max(1, words)


def _is_in(key: str, given: str) -> bool:
    """Whether a text was given: a long one perhaps within another, a short one on its own."""
    return (key if len(key) >= _LONG else f"\n{key}\n") in given


# What comes back -------------------------------------------------------------------------------


def _whole_lists(
    wanted: Iterable[int], holding: Container[Any], leaves: Sequence[Leaf]
) -> Iterator[int]:
    """The places ``wanted`` without texts that come again, and without those of a list or table
    that does not come back with all of it: it is among those that are ``holding`` what is kept."""
    lists: dict[Any, list[int]] = defaultdict(list)
    for at in _once(wanted, leaves):
        element = leaves[at].element
        whole = _list_around(element)
        if whole is not None:
            lists[whole].append(at)
        elif element.tag in _ALONE or element.tag not in TEXTS:
            yield at
    for whole, places in lists.items():
        if whole not in holding and _are_most(places, whole, leaves):
            yield from places


def _once(places: Iterable[int], leaves: Sequence[Leaf]) -> Iterable[int]:
    """The first of the places of each text."""
    first: dict[str, int] = {}
    for at in places:
        first.setdefault(leaves[at].key, at)
    return first.values()


def _are_most(places: Iterable[int], whole: Any, leaves: Sequence[Leaf]) -> bool:
    """Whether the texts at some places are most of a list or table."""
    words = sum(leaves[at].words for at in places)
    return words * 2 > count_words("".join(whole.itertext()))


def _rendered(places: Iterable[int], leaves: Sequence[Leaf], base: str) -> Iterator[BodyPart]:
    """The blocks of the texts at some ``places``; lists and tables as a whole."""
    seen: set[Any] = set()
    for at in places:
        whole = _list_around(leaves[at].element)
        if whole is None:
            whole = leaves[at].element
        elif whole in seen:
            continue
        seen.add(whole)
        yield from (BodyPart(block, at) for block in rendered(leaves[at], whole, base))


def _list_around(element: Any) -> Any:
    """The outermost list or table around an element; None without."""
    around = [e for e in (element, *element.iterancestors()) if e.tag in _LISTS]
    return around[-1] if around else None


__all__ = ["judged", "keys_of", "places_of"]
