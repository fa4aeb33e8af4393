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
from typing import Any, NamedTuple

from sitegen.base.text import count_words
from sitegen.importer.fields.linear import weights_of
from sitegen.importer.html.body import Body, BodyPart, rendered
from sitegen.importer.html.leaves import TEXTS, Leaf, key_of
from sitegen.importer.html.text_signs import SENTENCE, signs_of
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
    right = [one for one in held if not one.is_known(leaves) or _mean(one, scores, leaves) > 0]
    whole = "\n".join(leaves[at].key for at in returning)
    out = [one.part for one in right if not _is_piece(one, whole, leaves)]
    out += _rendered(returning, leaves, base)
    if _words(out) * 2 < _words(parts):
        return list(parts)
    return sorted(out, key=lambda part: part.at)


def _is_piece(one: _Held, whole: str, leaves: Sequence[Leaf]) -> bool:
    """Whether a part is only a piece of one of the texts, whose keys are ``whole``, that come
    back."""
    return len(one.key) >= _PIECE and one.key in whole and not one.is_known(leaves)


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
    for _ in range(_ROUNDS):
        wanted = [
            at
            for at, score in scores.items()
            if at not in kept
            and (at in found or score + expected.get(at, 0.0) > 0)
            and leaves[at].element is not heading
            and not _is_in(leaves[at].key, given)
        ]
        before, found = found, set(_whole_lists(wanted, kept, leaves))
        if found == before:
            break
        scores = _scores(leaves, kept | found, heading)
    return sorted(found), scores


def _expected(kept: set[int], leaves: Sequence[Leaf], heading: Any) -> Iterator[tuple[int, float]]:
    """(place, what that adds to the score) of texts for which their place speaks: a heading between
    two that are ``kept``, a sentence right below such a heading, a plain first paragraph between
    the headline and what is kept, and a sentence in other boxes that are all like those of one."""
    texts = [at for at, leaf in enumerate(leaves) if leaf.text]
    headline = next((at for at in texts if leaves[at].element is heading), len(leaves))
    headings = {at for at in kept if leaves[at].element.tag in _HEADINGS}
    others = _OtherBoxes.of([leaves[at] for at in kept])
    for above, at, below in zip([-1, *texts], texts, [*texts[1:], -1], strict=False):
        leaf = leaves[at]
        is_between = above in kept and below in kept
        opens = headline < at and below == min(kept) and _is_plain_paragraph(leaf.element)
        if leaf.element.tag in _HEADINGS and is_between:
            yield at, _PLACE
        elif _is_sentence(leaf) and others.hold(leaf):
            yield at, _LIKE_OTHERS
        elif _is_sentence(leaf) and (above in headings or opens):
            yield at, _PLACE


class _OtherBoxes(NamedTuple):
    """Boxes that hold none of some texts, and are all like those of one of them: their own boxes,
    and the tags and classes of all around each sentence."""

    own: frozenset[Any]
    paths: frozenset[tuple[tuple[str, str], ...]]

    @classmethod
    def of(cls, kept: Sequence[Leaf]) -> _OtherBoxes:
        own = frozenset(leaf.element.getparent() for leaf in kept)
        return cls(own, frozenset(_path(leaf.element) for leaf in kept if _is_sentence(leaf)))

    def hold(self, leaf: Leaf) -> bool:
        return leaf.element.getparent() not in self.own and _path(leaf.element) in self.paths


def _is_sentence(leaf: Leaf) -> bool:
    """Whether a text is a whole sentence, longer than a line."""
    return leaf.words >= _LONG_LINE and leaf.text.endswith(SENTENCE)


def _is_plain_paragraph(element: Any) -> bool:
    """Whether an element is a paragraph that nothing sets apart."""
    return element.tag == "p" and not element.keys()


def _path(element: Any) -> tuple[tuple[str, str], ...]:
    """The tags and classes of an element and of all around it."""
    return tuple((e.tag, e.get("class") or "") for e in (element, *element.iterancestors()))


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


def _whole_lists(wanted: Iterable[int], kept: set[int], leaves: Sequence[Leaf]) -> Iterator[int]:
    """The places ``wanted`` without texts that come again, and without those of a list or table
    that does not come back with all of it: most of its words are not wanted, or a text is
    ``kept``."""
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
            yield at
    for whole, places in lists.items():
        words = sum(leaves[at].words for at in places)
        if whole not in holding and words * 2 > count_words("".join(whole.itertext())):
            yield from places


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
