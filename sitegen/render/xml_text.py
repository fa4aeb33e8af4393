"""XML files as text, with one element to a line. Pure."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

_FRAGMENTS = "fragments"  # holds the place of elements that are written already
# A text, compiled where it is used: that takes milliseconds.
_ILLEGAL_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def texts(parent: ET.Element, values: dict[str, str], **attributes: str) -> None:
    """Add an element for each text that is given."""
    for name, text in values.items():
        if text:
            ET.SubElement(parent, name, attributes).text = clean(text)


def clean(text: str) -> str:
    """``text`` without the characters that XML 1.0 cannot hold."""
    return re.sub(_ILLEGAL_XML, "", text)


def xml(
    root: ET.Element,
    fragments: Sequence[str] = (),
    parent: ET.Element | None = None,
    depth: int = 1,
) -> bytes:
    """A document with one element to a line.

    ``fragments`` are the last elements of ``parent`` (default: ``root``), which is ``depth`` - 1
    levels below the root.
    """
    if fragments:
        ET.SubElement(root if parent is None else parent, _FRAGMENTS)
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    text = text.replace(f"<{_FRAGMENTS} />", ("\n" + " " * depth).join(fragments))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def fragment(element: ET.Element, depth: int) -> str:
    """An element as it is written ``depth`` levels below the root of a document."""
    ET.indent(element, " ", level=depth)
    return ET.tostring(element, encoding="unicode")
