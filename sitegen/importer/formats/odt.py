"""OpenDocument text as HTML: paragraphs, headings, lists, tables, links, emphasis, notes, images.

OpenDocument 1.3: https://docs.oasis-open.org/office/OpenDocument/v1.3/.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from sitegen.model.base import Struct

_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_GROUPS = frozenset(["section", "text-box", "index-body", "numbered-paragraph"])
# comments, and what was deleted while changes are tracked
_LEFT_OUT = frozenset(["annotation", "tracked-changes", "table-of-content", "note"])


class _Styles(Struct, frozen=True):
    """The names of the styles that are bold, italic, and of lists with numbers."""

    bold: frozenset[str]
    italic: frozenset[str]
    numbered: frozenset[str]


def odt_to_html(tree: Any) -> str:
    """The text of a tree as HTML: that of `content.xml`, or of a flat file."""
    body = next((e for e in tree.iter() if _tag(e) == "text" and len(e)), None)
    if body is None:
        return ""
    styles = _styles(tree)
    notes = (_inline(note, styles) for note in _notes(body))
    shown = "".join(f"<li>{note}</li>" for note in notes)
    return _blocks(body, styles) + (f"<ol>{shown}</ol>" if shown else "")


def _styles(tree: Any) -> _Styles:
    bold, italic, numbered = set(), set(), set()
    for element in tree.iter():
        name = _value(element, "name")
        if _tag(element) == "list-style" and _has(element, "list-level-style-number"):
            numbered.add(name)
        if _tag(element) != "style":
            continue
        for properties in element:
            bold |= {name} if _value(properties, "font-weight") == "bold" else set()
            italic |= {name} if _value(properties, "font-style") == "italic" else set()
    return _Styles(frozenset(bold), frozenset(italic), frozenset(numbered))


def _has(element: Any, tag: str) -> bool:
    return any(_tag(child) == tag for child in element)


def _notes(body: Any) -> Iterator[Any]:
    """The bodies of the notes at foot and end, in their order."""
    for element in body.iter():
        if _tag(element) == "note-body":
            yield element


def _blocks(element: Any, styles: _Styles) -> str:
    return "".join(_block(child, styles) for child in element)


def _block(element: Any, styles: _Styles) -> str:
    """One block as HTML; boxes of text within a paragraph are behind it."""
    tag = _tag(element)
    if tag == "h":
        level = _value(element, "outline-level") or "2"
        name = _HEADING_TAGS[min(max(int(level) if level.isdigit() else 2, 1), 6) - 1]
        return f"<{name}>{_inline(element, styles)}</{name}>"
    if tag == "p":
        behind = "".join(_blocks(box, styles) for box in _boxes(element))
        text = _emphasised(_inline(element, styles), element, styles)
        return f"<p>{text}</p>{behind}"
    if tag == "list":
        kind = "ol" if _value(element, "style-name") in styles.numbered else "ul"
        items = (child for child in element if _tag(child) in ("list-item", "list-header"))
        shown = "".join(f"<li>{_blocks(item, styles)}</li>" for item in items)
        return f"<{kind}>{shown}</{kind}>"
    if tag == "table":
        rows = (row for row in element.iter() if _tag(row) == "table-row")
        return f"<table>{''.join(_row(row, styles) for row in rows)}</table>"
    if tag == "frame":
        return f"<p>{_inline(element, styles)}</p>"
    return _blocks(element, styles) if tag in _GROUPS else ""


def _boxes(element: Any) -> Iterator[Any]:
    """The boxes of text that are in a block, but those that another box holds."""
    for child in element:
        if _tag(child) == "text-box":
            yield child
        elif _tag(child) not in _LEFT_OUT:
            yield from _boxes(child)


def _row(row: Any, styles: _Styles) -> str:
    cells = (cell for cell in row if _tag(cell) == "table-cell")
    return f"<tr>{''.join(f'<td>{_blocks(cell, styles)}</td>' for cell in cells)}</tr>"


def _inline(element: Any, styles: _Styles) -> str:
    """The text of a block with its links, breaks, emphasis and images; a note leaves its mark."""
    out = [escape(element.text or "")]
    for child in element:
        out.append(_piece(child, styles))
        out.append(escape(child.tail or ""))
    return "".join(out)


def _piece(element: Any, styles: _Styles) -> str:
    """What an element within a block shows."""
    tag = _tag(element)
    if tag == "line-break":
        return "<br>"
    if tag in ("s", "tab"):
        return " "
    if tag == "image":
        target = _value(element, "href")
        return f'<img src="{escape(target)}" alt="">' if target else ""
    if tag == "note":
        mark = next((e.text or "" for e in element if _tag(e) == "note-citation"), "")
        return f"[{escape(mark)}]" if mark else ""
    if tag in _LEFT_OUT or tag == "text-box":
        return ""
    text = _inline(element, styles)
    if tag == "a":
        return f'<a href="{escape(_value(element, "href"))}">{text}</a>'
    return _emphasised(text, element, styles) if tag == "span" else text


def _emphasised(text: str, element: Any, styles: _Styles) -> str:
    style = _value(element, "style-name")
    if not text.strip():
        return text
    text = f"<strong>{text}</strong>" if style in styles.bold else text
    return f"<em>{text}</em>" if style in styles.italic else text


def _tag(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty without one."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
