"""The texts of a page that hold no other block, and what is shown among them, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.embeds import EMBEDS
from sitegen.importer.html.figures import MARK

_BLOCKS = frozenset(
    "p div section article header footer main aside address center fieldset details summary figure"
    " figcaption blockquote pre ul ol menu li dl dt dd h1 h2 h3 h4 h5 h6 hr table tbody thead tfoot"
    " tr td th caption hgroup form nav dialog body search".split()
)
TEXTS = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd pre td th figcaption summary caption".split())
_NO_TEXT = frozenset(("script", "style", "noscript", "template"))
_NO_LETTERS = re.compile(r"[\W_]+")


class Leaf(NamedTuple):
    """Text or something shown that holds no other block, in the order of the page."""

    element: Any
    text: str
    key: str
    shown: bool = False
    linked: int = 0  # characters of its text that are links


def leaves_of(element: Any) -> Iterator[Leaf]:
    """The texts of an element that hold no other block, and what is shown among them, in their
    order."""
    yield from _walk(element, _holders(element))


def _holders(tree: Any) -> set[Any]:
    """The elements that hold a block, or something that is shown."""
    out: set[Any] = set()
    for element in tree.iter():
        if isinstance(element.tag, str) and (element.tag in _BLOCKS or _is_shown(element)):
            for above in element.iterancestors():
                if above in out:
                    break
                out.add(above)
    return out


def _is_shown(element: Any) -> bool:
    return element.get(MARK) is not None or element.tag in EMBEDS


def _walk(element: Any, holding: set[Any]) -> Iterator[Leaf]:
    if _is_shown(element):
        yield Leaf(element, "", "", shown=True)
        if element.tag != "figure":
            return
    if _is_text(element, holding):
        yield _leaf(element, text_of(element), _letters_linked(element))
        yield from (Leaf(e, "", "", shown=True) for e in element.iterdescendants() if _is_shown(e))
    else:
        yield from _walk_box(element, holding)


def _is_text(element: Any, holding: set[Any]) -> bool:
    """Whether an element is one text, and no box of several."""
    if element.tag not in TEXTS:
        return False
    return element not in holding or not any(c.tag in _BLOCKS for c in element.iterdescendants())


def _walk_box(element: Any, holding: set[Any]) -> Iterator[Leaf]:
    """The leaves of a box: its blocks, and the runs of text between them."""
    run, linked = element.text or "", 0
    for child in element:
        if child.tag == "head":
            continue
        is_block = child.tag in _BLOCKS or child in holding or _is_shown(child)
        if is_block or child.tag == "br":
            yield from _run(element, run, linked)
            run, linked = "", 0
        if is_block:
            yield from _walk(child, holding)
        elif isinstance(child.tag, str) and child.tag not in _NO_TEXT:
            run += text_of(child)
            linked += _letters_linked(child)
        run += child.tail or ""
    yield from _run(element, run, linked)


def _letters_linked(element: Any) -> int:
    """How many letters of an element are those of links."""
    if element.tag == "a":
        return len(text_of(element))
    return sum(len(text_of(link)) for link in element.iter("a"))


def _run(element: Any, text: str, linked: int) -> Iterator[Leaf]:
    if text.strip():
        yield _leaf(element, " ".join(text.split()), linked)


def _leaf(element: Any, text: str, linked: int) -> Leaf:
    return Leaf(element, text, key_of(text), linked=linked)


def key_of(text: str) -> str:
    """A text without what readers of pages write in different ways."""
    return _NO_LETTERS.sub("", "".join(text.split())).casefold()  # most of it is blanks


__all__ = ["TEXTS", "Leaf", "key_of", "leaves_of"]
