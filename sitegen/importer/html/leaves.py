"""The texts of a page that hold no other block, and what is shown among them, in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sitegen.base.text import count_words
from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.embeds import EMBEDS
from sitegen.importer.html.figures import MARK

_BLOCKS = frozenset(
    "p div section article header footer main aside address center fieldset details summary figure"
    " figcaption blockquote pre ul ol menu li dl dt dd h1 h2 h3 h4 h5 h6 hr table tbody thead tfoot"
    " tr td th caption hgroup form nav dialog body search".split()
)
TEXTS = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd pre td th figcaption summary caption".split())
SENTENCE = (".", "!", "?", "”", '"', "»", "。", "！", "？", "…")  # what one ends with
_NO_TEXT = frozenset(("script", "style", "noscript", "template"))
_NO_LETTERS = re.compile(r"[\W_]+")


class Leaf(NamedTuple):
    """Text or something shown that holds no other block, in the order of the page."""

    element: Any
    text: str
    key: str
    shown: bool = False
    linked: int = 0  # characters of its text that are links
    words: int = 0


def leaves_of(element: Any) -> list[Leaf]:
    """The texts of an element that hold no other block, and what is shown among them, in their
    order."""
    out: list[Leaf] = []
    _walk(element, _holders(element), out)
    return out


def _holders(tree: Any) -> set[Any]:
    """The elements that hold a block, or something that is shown."""
    out: set[Any] = set()
    for element in filter(_is_block, tree.iter()):
        for above in element.iterancestors():
            if above in out:
                break
            out.add(above)
    return out


def _is_block(element: Any) -> bool:
    """Whether an element is a block, or something that is shown."""
    return element.tag in _BLOCKS or (isinstance(element.tag, str) and _is_shown(element))


def _is_shown(element: Any) -> bool:
    return element.get(MARK) is not None or element.tag in EMBEDS


def _walk(element: Any, holding: set[Any], out: list[Leaf]) -> None:
    """Add the leaves of an element to ``out``."""
    if _is_shown(element):
        out.append(Leaf(element, "", "", shown=True))
        if element.tag != "figure":
            return
    if not _is_text(element, holding):
        _walk_box(element, holding, out)
        return
    out.append(_leaf(element, text_of(element), _letters_linked(element)))
    if element in holding:
        inside = filter(_is_shown, element.iterdescendants())
        out += [Leaf(one, "", "", shown=True) for one in inside]


def _is_text(element: Any, holding: set[Any]) -> bool:
    """Whether an element is one text, and no box of several."""
    if element.tag not in TEXTS:
        return False
    return element not in holding or not any(c.tag in _BLOCKS for c in element.iterdescendants())


def _walk_box(element: Any, holding: set[Any], out: list[Leaf]) -> None:
    """Add the leaves of a box to ``out``: its blocks, and the runs of text between them."""
    run, linked = element.text or "", 0
    for child in (child for child in element if child.tag != "head"):
        is_block = child in holding or _is_block(child)
        if is_block or child.tag == "br":
            _add_run(element, run, linked, out)
            run, linked = "", 0
        if is_block:
            _walk(child, holding, out)
        elif _is_inline(child):
            run += text_of(child)
            linked += _letters_linked(child)
        run += child.tail or ""
    _add_run(element, run, linked, out)


def _is_inline(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag not in _NO_TEXT


def _letters_linked(element: Any) -> int:
    """How many letters of an element are those of links."""
    if element.tag == "a":
        return len(text_of(element))
    return sum(len(text_of(link)) for link in element.iter("a")) if len(element) else 0


def _add_run(element: Any, text: str, linked: int, out: list[Leaf]) -> None:
    if text := " ".join(text.split()):
        out.append(_leaf(element, text, linked))


def _leaf(element: Any, text: str, linked: int) -> Leaf:
    return Leaf(element, text, key_of(text), linked=linked, words=count_words(text))


def place_of(element: Any, leaves: Sequence[Leaf], default: int) -> int:
    """The place of the leaf of an element, ``default`` where none is."""
    return next((at for at, leaf in enumerate(leaves) if leaf.element is element), default)


def key_of(text: str) -> str:
    """A text without what readers of pages write in different ways."""
    return _NO_LETTERS.sub("", "".join(text.split())).casefold()  # most of it is blanks


__all__ = ["SENTENCE", "TEXTS", "Leaf", "key_of", "leaves_of", "place_of"]
