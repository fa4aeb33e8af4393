"""Pages as trees: parsed without network, entities or DTDs, and what all readers of trees share."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sitegen.base.tags import few_attributes

# Control characters cannot be in XML, nor, as lxml sees it, in any text of a tree.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:[xX]0{0,9}([0-9a-fA-F]{1,6})|0{0,9}(\d{1,7}));?")

# Void elements (HTML, 13.1.2; 13.3) that libxml2, which knows those of HTML 4, would fill.
_VOID = re.compile(
    r"<(?:bgsound|embed|keygen|source|track|wbr)(?=[\s>])"
    r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+(?<!/)(?=>)""",
    re.I,
)
_LEVELS = ("1", "2", "3", "4", "5", "6")

# React's own scripts, which put a streamed part of a page in its place.
_STREAMED = re.compile(r'\$R[CS]\("([^"]{1,60})",\s?"([^"]{1,60})"')
_NESTED = 20  # parts within parts
_DEEP = 100  # elements around the place of a part: libxml2's bound is for what it reads itself


_OF_HEAD = frozenset("title meta link script style base noscript template bgsound".split())


def parse_tree(text: str) -> Any:
    """An lxml tree of ``text``, or None: no network, no entities of its own, bounded depth
    (libxml2's 256)."""
    return tree_of(parseable(text))


def parseable(text: str) -> str:
    """``text`` without what would stop or slow a parser: control characters, tags with thousands
    of attributes, and void elements that it would never close."""
    text = _VOID.sub(lambda match: match[0] + " /", without_controls(text))
    return few_attributes(text)[0]


def tree_of(text: str) -> Any:
    """The tree of a text that is `parseable` already, as `parse_tree` returns it."""
    from lxml import etree
    from lxml import html as lxml_html

    text = re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", text)
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=True,
    )
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    _end_head(tree)
    _name_headings(tree)
    return tree


def _end_head(tree: Any) -> None:
    """End the head of a page before its first element that is none of a head (HTML, 13.2.6.4.4):
    the parser knows no `main` or `article`, and takes those of a page without `body` for parts of
    the head."""
    head = tree.find("head")
    first = next((e for e in head if _is_of_body(e)), None) if head is not None else None
    if first is None:
        return
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        head.addnext(body)
    moved = [first, *first.itersiblings()]
    for at, element in enumerate(moved):
        body.insert(at, element)
    if body.text:
        moved[-1].tail = (moved[-1].tail or "") + body.text
        body.text = None


def _is_of_body(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag not in _OF_HEAD


def _name_headings(tree: Any) -> None:
    """Give headings that are named only by their role (WAI-ARIA 1.2) the elements of HTML."""
    for element in tree.xpath("//*[@role='heading']"):
        level = element.get("aria-level") or "2"
        if element.tag in ("div", "p", "span"):
            element.tag = f"h{level}" if level in _LEVELS else "h6"


def join_streamed(tree: Any, text: str) -> None:
    """Move what a page, of which ``text`` is the HTML, holds behind its end to where its scripts
    put it.

    Pages that React streams have a `template` for each part that comes later, and the part in a
    hidden `div`; `$RC("B:0","S:0")` and `$RS("S:1","P:1")` name the two.
    """
    waiting = dict(_streamed_parts(tree, text))
    for _ in range(_NESTED if waiting else 0):  # parts hold the places of others
        ready = [p for p, at in waiting.items() if waiting.keys().isdisjoint(at.iterancestors())]
        for part in ready:
            _put(part, waiting.pop(part))


def _streamed_parts(tree: Any, text: str) -> Iterator[tuple[Any, Any]]:
    """The parts of a page that wait for their place, each with that."""
    if "$RC(" not in text and "$RS(" not in text:
        return
    named = {element.get("id"): element for element in tree.iter("template", "div")}
    for first, second in _STREAMED.findall(text):
        part, place = _part_and_place(named.get(first), named.get(second))
        if part is not None and place is not None:
            yield part, place


def _part_and_place(first: Any, second: Any) -> tuple[Any, Any]:
    """The hidden part and the `template` in its place, in this order."""
    is_place = first is not None and first.tag == "template"
    return (second, first) if is_place else (first, second)


def _put(part: Any, place: Any) -> None:
    """Put a part where its place is, shown."""
    if place.getparent() is None or sum(1 for _ in place.iterancestors()) > _DEEP:
        return
    remove(part)
    part.tail = None
    place.addprevious(part)
    part.attrib.pop("hidden", None)
    remove(place)


def is_within(element: Any, *tags: str) -> bool:
    """Whether an element is inside of one of these."""
    return next(element.iterancestors(*tags), None) is not None


def is_tiny(element: Any) -> bool:
    """Whether an element takes no room: three pixels at most in one direction."""
    sizes = (element.get(name, "") for name in ("width", "height"))
    return any(size.strip().removesuffix("px") in ("0", "1", "2", "3") for size in sizes)


@contextmanager
def held(tree: Any) -> Iterator[None]:
    """Hold all elements of a tree in memory: lxml makes one again for each look at it while nobody
    holds it."""
    elements = list(tree.iter())
    yield
    elements.clear()


def without_controls(text: str) -> str:
    """``text`` without control characters and references to them, such as word processors leave.

    References to 128 to 159 mean what windows-1252 has there (HTML, 13.2.5.80).
    """
    text = _CONTROLS.sub("", text)
    return _REFERENCE.sub(_character, text) if "&#" in text else text


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else int(match[2])
    if 32 <= number < 127 or 160 <= number < 0xD800 or number in (9, 10, 13):
        return match[0]
    return _CONTROLS.sub("", html.unescape(match[0].rstrip(";") + ";")).replace("\ufffd", "")


def remove(element: Any) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


__all__ = [
    "held",
    "is_tiny",
    "is_within",
    "join_streamed",
    "parse_tree",
    "parseable",
    "remove",
    "tree_of",
    "without_controls",
]
