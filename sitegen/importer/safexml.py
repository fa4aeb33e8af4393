"""XML from strangers: no DTD, no entities but characters, no network, bounded depth, any charset."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Any, BinaryIO

from sitegen.importer.detect import decode_html

HEAD = 256 * 1024
MAX_ELEMENTS = 4_000_000
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,10});")
_XML_NAMES = frozenset(["amp", "lt", "gt", "quot", "apos"])
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SETTINGS: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": True,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip


def parse_xml(data: bytes) -> Any:
    """The root element of ``data``, or None where it is no XML at all. Broken XML is read as far as it goes."""
    from lxml import etree

    text = _ILLEGAL.sub("", without_doctype(decode_html(data)[0])).lstrip("\ufeff \t\r\n")
    text = re.sub(r"^<\?xml[^>]{0,300}\?>", "", text)
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), etree.XMLParser(**SETTINGS))
    except (etree.LxmlError, ValueError):
        return None


def each(source: BinaryIO, name: str) -> Iterator[Any]:
    """Each element of the local name ``name`` in a long document; its memory is given back behind it."""
    from lxml import etree

    count = 0
    try:
        for _, element in etree.iterparse(Undeclared(source), events=("end",), tag=("{*}" + name, name), **SETTINGS):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            count += 1
            if count >= MAX_ELEMENTS:
                return
    except (etree.LxmlError, ValueError):
        return  # what was read up to here counts


class Undeclared(io.RawIOBase):
    """A long document without its document type: what it declares cannot be meant well, and stops the parser."""

    def __init__(self, source: BinaryIO) -> None:
        head = source.read(HEAD)
        self.source = source
        self.head = without_doctype(head.decode("latin-1")).encode("latin-1") if b"<!DOCTYPE" in head else head

    def readable(self) -> bool:
        """As of any source."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes: of the beginning as it has become, then of the source."""
        if self.head:
            out, self.head = (self.head, b"") if size < 0 else (self.head[:size], self.head[size:])
            return out
        return self.source.read(size)


def without_doctype(text: str) -> str:
    """``text`` without its document type and the entities that are declared in it."""
    at = text.find("<!DOCTYPE", 0, 100_000)
    if at < 0:
        return text
    subset = text.find("[", at, at + 2000)
    end = text.find(">", at)
    if 0 <= subset < end:
        close = text.find("]", subset)
        while close >= 0 and text[close + 1 : close + 50].lstrip()[:1] != ">":
            close = text.find("]", close + 1)
        end = text.find(">", close) if close >= 0 else -1
    return text[:at] + (text[end + 1 :] if end >= 0 else "")


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def space(element: Any) -> str:
    """The namespace of an element."""
    tag = element.tag
    return tag[1:].split("}", 1)[0] if isinstance(tag, str) and tag.startswith("{") else ""


def text_in(element: Any) -> str:
    """All text of an element, in one string."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def child(element: Any, *names: str) -> Any:
    """The first child with one of the local names, in the order of the names; None without one."""
    for name in names:
        for one in element:
            if local(one) == name:
                return one
    return None


def children(element: Any, *names: str) -> list[Any]:
    """The children with one of the local names."""
    return [one for one in element if local(one) in names]


def value(element: Any, *names: str) -> str:
    """The text of the first child with one of the names."""
    found = child(element, *names)
    return text_in(found).strip() if found is not None else ""


def _character(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name in _XML_NAMES or name not in name2codepoint else f"&#{name2codepoint[name]};"
