"""OpenDocument text as HTML: paragraphs, headings, lists, tables, links, emphasis, notes, images.

OpenDocument 1.3: https://docs.oasis-open.org/office/OpenDocument/v1.3/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any

from sitegen.importer.formats.office_html import emphasised, notes_at_end, table
from sitegen.importer.formats.safe_xml import child, children, local
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
    body = next(filter(len, tree.iter("{*}text")), None)
    if body is None:
        return ""
    styles = _styles(tree)
    notes = body.iter("{*}note-body")  # at foot and end, in their order
    return _blocks(body, styles) + notes_at_end(_inline(note, styles) for note in notes)


def _styles(tree: Any) -> _Styles:
    styles = list(tree.iter("{*}style"))
    bold = [one for one in styles if _says(one, "font-weight", "bold")]
    italic = [one for one in styles if _says(one, "font-style", "italic")]
    lists = tree.iter("{*}list-style")
    numbered = [one for one in lists if children(one, "list-level-style-number")]
    return _Styles(_names(bold), _names(italic), _names(numbered))


def _names(styles: Iterable[Any]) -> frozenset[str]:
    return frozenset(_value(style, "name") for style in styles)


def _says(style: Any, name: str, wanted: str) -> bool:
    return any(_value(properties, name) == wanted for properties in style)


def _blocks(element: Any, styles: _Styles) -> str:
    return "".join(_block(one, styles) for one in element)


def _block(element: Any, styles: _Styles) -> str:
    """One block as HTML."""
    tag = local(element)
    if tag in _GROUPS:
        return _blocks(element, styles)
    write = _BLOCKS.get(tag)
    return write(element, styles) if write else ""


def _heading(element: Any, styles: _Styles) -> str:
    said = _value(element, "outline-level")
    level = int(said) if said.isdigit() else 2
    name = _HEADING_TAGS[min(max(level, 1), 6) - 1]
    return f"<{name}>{_inline(element, styles)}</{name}>"


def _paragraph(element: Any, styles: _Styles) -> str:
    """A paragraph; boxes of text within it are behind it."""
    behind = "".join(_blocks(box, styles) for box in _boxes(element))
    text = _emphasised(_inline(element, styles), element, styles)
    return f"<p>{text}</p>{behind}"


def _list(element: Any, styles: _Styles) -> str:
    kind = "ol" if _value(element, "style-name") in styles.numbered else "ul"
    items = children(element, "list-item", "list-header")
    shown = "".join(f"<li>{_blocks(item, styles)}</li>" for item in items)
    return f"<{kind}>{shown}</{kind}>"


def _table(element: Any, styles: _Styles) -> str:
    rows = (children(row, "table-cell") for row in element.iter("{*}table-row"))
    return table([_blocks(cell, styles) for cell in cells] for cells in rows)


def _frame(element: Any, styles: _Styles) -> str:
    return f"<p>{_inline(element, styles)}</p>"


_BLOCKS: dict[str, Callable[[Any, _Styles], str]] = {
    "h": _heading,
    "p": _paragraph,
    "list": _list,
    "table": _table,
    "frame": _frame,
}


def _boxes(element: Any) -> Iterator[Any]:
    """The boxes of text that are in a block, but those that another box holds."""
    for one in element:
        if local(one) == "text-box":
            yield one
        elif local(one) not in _LEFT_OUT:
            yield from _boxes(one)


def _inline(element: Any, styles: _Styles) -> str:
    """The text of a block with its links, breaks, emphasis and images; a note leaves its mark."""
    out = [escape(element.text or "")]
    for one in element:
        out.append(_piece(one, styles))
        out.append(escape(one.tail or ""))
    return "".join(out)


def _piece(element: Any, styles: _Styles) -> str:
    """What an element within a block shows."""
    tag = local(element)
    write = _PIECES.get(tag)
    if write:
        return write(element)
    if tag in _LEFT_OUT or tag == "text-box":
        return ""
    text = _inline(element, styles)
    if tag == "a":
        return f'<a href="{escape(_value(element, "href"))}">{text}</a>'
    return _emphasised(text, element, styles) if tag == "span" else text


def _image(element: Any) -> str:
    target = _value(element, "href")
    return f'<img src="{escape(target)}" alt="">' if target else ""


def _mark(note: Any) -> str:
    """The mark that a note leaves in the text."""
    citation = child(note, "note-citation")
    mark = citation.text if citation is not None else ""
    return f"[{escape(mark)}]" if mark else ""


# Elements within a block that have no text of their own.
_PIECES: dict[str, Callable[[Any], str]] = {
    "line-break": lambda _: "<br>",
    "s": lambda _: " ",
    "tab": lambda _: " ",
    "image": _image,
    "note": _mark,
}


def _emphasised(text: str, element: Any, styles: _Styles) -> str:
    style = _value(element, "style-name")
    return emphasised(text, style in styles.bold, style in styles.italic)


def _value(element: Any, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty without one."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
