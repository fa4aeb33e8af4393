"""What its shape, place and markup say of whether a text of a page is a part of the article.

Each is a sign: a name with a weight in `weights/body.toml`. All begin with whether the text is
``kept`` or ``left`` out so far, because the same sign speaks against a first opinion or for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sitegen.importer.html.leaves import SENTENCE, TEXTS, Leaf
from sitegen.importer.html.shown import kinds_of, label_of

_PROSE = 10  # words of a paragraph
_HIGH = ("html", "body")
# Elements whose names say what they hold.
_SPEAKING = frozenset(
    "aside footer header nav figure table ul ol dl blockquote section article main form details a"
    " pre dd dt td th li label button".split()
)
_COLON = (":", "：", ";")
_NUMBERS = re.compile(r"\d{4}|\d[:.]\d\d")


class _Box:
    """What is in an element: texts, words and letters, and how much of it is kept or linked."""

    __slots__ = ("kept", "letters", "linked", "texts", "words")

    def __init__(self) -> None:
        self.texts = self.words = self.letters = self.kept = self.linked = 0

    def add(self, leaf: Leaf, kept: bool) -> None:
        self.texts += 1
        self.words += leaf.words
        self.letters += len(leaf.text)
        self.linked += leaf.linked
        self.kept += leaf.words if kept else 0

    def add_box(self, other: _Box) -> None:
        self.texts += other.texts
        self.words += other.words
        self.letters += other.letters
        self.linked += other.linked
        self.kept += other.kept


class _Surroundings:
    """The texts of a page, which of them are ``kept``, and the boxes around them."""

    def __init__(self, leaves: Sequence[Leaf], kept: Container[int], heading: Any) -> None:
        self.leaves = leaves
        self.texts = [at for at, leaf in enumerate(leaves) if leaf.text]
        self.kept = [at in kept for at in range(len(leaves))]
        self.around: dict[Any, tuple[Any, ...]] = {}
        mine = [at for at in self.texts if self.kept[at]]
        prose = _prose_of(leaves, mine)
        self.first, self.last = prose[0], prose[-1]
        self.total = sum(leaves[at].words for at in mine)
        self.count = len(mine)
        self.top = self._common(prose)
        self.shared = {_holder(leaves[at].element) for at in prose}
        self.heading = _place_of(heading, leaves)
        self.boxes: dict[Any, _Box] = {}
        self.within: dict[Any, tuple[int, Any]] = {}
        self.marked: dict[Any, tuple[str, ...]] = {}
        self.looks: dict[int, tuple[str, ...]] = {}
        self.alike: Counter[Any] = Counter()
        self.alike_kept: Counter[Any] = Counter()
        for at in self.texts:
            self._count(at)
        self._fill_boxes()

    def _count(self, at: int) -> None:
        """Count a text in the element that it is in, and among those that look like it."""
        leaf, kept = self.leaves[at], self.kept[at]
        self._box(leaf.element).add(leaf, kept)
        look = self.looks[at] = _look(leaf.element)
        self.alike[look] += 1
        self.alike_kept[look] += kept

    def _box(self, element: Any) -> _Box:
        box = self.boxes.get(element)
        if box is None:
            box = self.boxes[element] = _Box()
        return box

    def _fill_boxes(self) -> None:
        """Add to the box of each element those of the elements in it, from within."""
        elements = {above for element in self.boxes for above in self.chain(element)}
        for element in sorted(elements, key=lambda e: -len(self.chain(e))):
            above = element.getparent()
            if above is not None:
                self._box(above).add_box(self._box(element))

    def chain(self, element: Any) -> tuple[Any, ...]:
        """An element and those around it, from within."""
        if element not in self.around:
            above = element.getparent()
            self.around[element] = (element, *(self.chain(above) if above is not None else ()))
        return self.around[element]

    def _common(self, places: Sequence[int]) -> Any:
        """The innermost element around all of the texts at some places."""
        shared = set(self.chain(self.leaves[places[0]].element))
        for at in places[1:]:
            shared.intersection_update(self.chain(self.leaves[at].element))
        return next(e for e in self.chain(self.leaves[places[0]].element) if e in shared)


def _prose_of(leaves: Sequence[Leaf], places: Sequence[int]) -> Sequence[int]:
    """The places of paragraphs among some texts; all of these where there is none."""
    return [at for at in places if leaves[at].words >= _PROSE] or places


def _place_of(element: Any, leaves: Sequence[Leaf]) -> int:
    """The place of the text that is all of ``element``; -1 where there is none."""
    return next((at for at, leaf in enumerate(leaves) if leaf.element is element), -1)


def signs_of(
    leaves: Sequence[Leaf], kept: Container[int], heading: Any
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(place, signs) of each text of a page, of which those at the places ``kept`` are the article
    so far; nothing where that holds none. ``heading`` is the element of the headline, or None.

    What was left out and is mostly links has none: it is never text of the article.
    """
    if not any(at in kept and leaf.text for at, leaf in enumerate(leaves)):
        return
    page = _Surroundings(leaves, kept, heading)
    before = 0
    for number, at in enumerate(page.texts):
        before += page.kept[at]
        if not page.kept[at] and leaves[at].linked * 2 > len(leaves[at].text):
            continue
        state = "kept" if page.kept[at] else "left"
        element = page.leaves[at].element
        names = (
            *_looks_of(page, at),
            *_place(page, at, before),
            *_neighbours(page, number),
            *_boxes(page, element),
            *_markup(page, element),
        )
        yield at, (state, *[f"{state} {name}" for name in names])


def _step(number: float, *steps: float) -> str:
    """Which of some ``steps`` a number is up to."""
    for step in steps:
        if number <= step:
            return f"to {step:g}"
    return f"over {steps[-1]:g}"


# The signs -------------------------------------------------------------------------------------


def _looks_of(page: _Surroundings, at: int) -> Iterator[str]:
    """What a text looks like, whatever is around it."""
    leaf = page.leaves[at]
    linked = _step(leaf.linked / len(leaf.text), 0, 0.25, 0.5, 0.8)
    yield from _shape(leaf.element.tag, _length(leaf.words), f"linked {linked}", _end(leaf.text))
    if leaf.words <= 12 and _NUMBERS.search(leaf.text):
        yield "short with numbers"
    if leaf.text.isupper():
        yield "capitals"


@lru_cache(5_000)
def _shape(tag: str, words: str, linked: str, end: str) -> tuple[str, ...]:
    pairs = (f"is {tag}, {words}", f"{words}, {end}", f"{words}, {linked}")
    return (words, f"is {tag}", linked, end, *pairs)


@lru_cache(1000)
def _length(words: int) -> str:
    return f"{_step(words, 1, 2, 4, 8, 15, 30, 60)} words"


def _end(text: str) -> str:
    if text.endswith(SENTENCE):
        return "ends as a sentence"
    return "ends with a colon" if text.endswith(_COLON) else "ends otherwise"


def _place(page: _Surroundings, at: int, before: int) -> Iterator[str]:
    """Where a text is, seen from those that are kept: ``before`` are up to it."""
    leaf = page.leaves[at]
    place = "above" if at < page.first else "behind" if at > page.last else "among"
    yield place
    yield from (f"{place}, is {leaf.element.tag}", f"{place}, {_end(leaf.text)}")
    yield f"{place}, {_length(leaf.words)}"
    if place != "among":
        far = page.first - at if place == "above" else at - page.last
        yield f"{place} by {_step(far, 1, 2, 4, 8, 16)}"
    yield f"behind a share {_step(before / page.count, 0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99)}"
    if page.heading >= 0:
        side = (at > page.heading) - (at < page.heading)
        yield ("is the headline", "below the headline", "above the headline")[side]


def _neighbours(page: _Surroundings, number: int) -> Iterator[str]:
    """What is next to the text with this ``number``, and how many texts look like it."""
    texts, kept, leaves = page.texts, page.kept, page.leaves
    above, below = texts[max(0, number - 4) : number], texts[number + 1 : number + 5]
    yield f"next to {_state(page, above[-1:])} and {_state(page, below[:1])}"
    yield f"below {sum(kept[at] for at in above)} of 4"
    yield f"above {sum(kept[at] for at in below)} of 4"
    long = [at for at in (*above[-2:], *below[:2]) if kept[at] and leaves[at].words >= 20]
    yield f"long ones near: {len(long)}"
    look = page.looks[texts[number]]
    alike, share = page.alike[look], page.alike_kept[look] / page.alike[look]
    yield f"of {_step(alike, 1, 3, 10, 30)} alike, kept {_step(share, 0, 0.3, 0.7, 0.99)}"


def _state(page: _Surroundings, places: Sequence[int]) -> str:
    """Whether the text at the only one of some places is kept."""
    if not places:
        return "none"
    return "kept" if page.kept[places[0]] else "left"


def _holder(element: Any) -> Any:
    """The box of a text: what is around its element, or that itself, where it holds more."""
    return element.getparent() if element.tag in TEXTS else element


def _sign(element: Any) -> tuple[str, str]:
    return element.tag, element.get("class", "")


def _look(element: Any) -> tuple[str, ...]:
    """The tags and classes of an element and the one around it."""
    parent = element.getparent()
    return _sign(element) if parent is None else (*_sign(element), *_sign(parent))


def _boxes(page: _Surroundings, element: Any) -> Iterator[str]:
    """How the largest box around a text, that holds less than half of what is kept, is filled."""
    depth, largest = _largest_box(page, element)
    yield "inside" if page.top in page.chain(element) else "outside"
    if _holder(element) in page.shared:
        yield "beside the text"
    yield f"{min(6, depth)} boxes"
    if largest is None:
        return
    box = page.boxes[largest]
    yield f"box holds {_step(box.kept / page.total, 0, 0.02, 0.05, 0.1, 0.2)}"
    yield f"box kept {_step(box.kept / box.words, 0, 0.2, 0.5, 0.8, 0.99)}"
    yield f"box linked {_step(box.linked / box.letters, 0, 0.1, 0.3, 0.6)}"
    yield f"box of {_step(box.texts, 1, 3, 10, 30, 100)}"
    yield f"box is {largest.tag}"


def _largest_box(page: _Surroundings, element: Any) -> tuple[int, Any]:
    """How many boxes are around an element's text, up to the one around all that is kept, and the
    largest that holds less than half of that, or None."""
    if element is None or element is page.top:
        return 0, None
    if element not in page.within:
        depth, largest = _largest_box(page, element.getparent())
        small = page.boxes[element].kept * 2 < page.total
        found = element if largest is None and small else largest
        page.within[element] = (depth + 1, found)
    return page.within[element]


def _markup(page: _Surroundings, element: Any) -> tuple[str, ...]:
    """What the elements around a text are, and what kinds of boxes their classes and ids name."""
    if element is None or element.tag in _HIGH:
        return ()
    if element not in page.marked:
        size = "large" if page.boxes[element].kept > 0.6 * page.total else "small"
        said = [element.tag] if element.tag in _SPEAKING else []
        kinds = sorted(kinds_of(label_of(element)))
        names = [f"in a {size} {name}" for name in (*said, *kinds)]
        around = _markup(page, element.getparent())
        page.marked[element] = tuple(dict.fromkeys((*names, *around)))
    return page.marked[element]


__all__ = ["signs_of"]
