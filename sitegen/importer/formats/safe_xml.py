"""XML from strangers: no DTD, no entities but characters, no network, bounded depth, any charset.

What is not well-formed is repaired first (`wellformed`), and each repair is named: a parser that
recovers by itself loses words without a word.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO

from sitegen.importer.detect import decode_html
from sitegen.importer.model import Note
from sitegen.importer.prolog import prolog
from sitegen.importer.well_formed import LOSSY, SAYS, Repair, sound
from sitegen.model.base import Struct

MAX_ELEMENTS = 4_000_000
MAX_REPAIRED = 128 * 1024 * 1024  # a longer document is read as far as the parser gets
CUT = "the source ends in the middle of this article"
_WINDOWS = re.compile(r"&#(?:(1(?:2[89]|[34]\d|5\d))|[xX]([89][0-9a-fA-F]));")
_BLOCK = 1 << 20
_TEXTS = frozenset(
    "content encoded content_encoded body description summary group contentSet".split()
)
SETTINGS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class XmlDocument(Struct, frozen=True):
    """The root element (None where there is no XML), what was repaired, and what was open where the
    text ends."""

    root: Any = None
    notes: tuple[Note, ...] = ()
    cut: tuple[str, ...] = ()


class Stream(Struct, frozen=True):
    """A long document that can be opened again and again, as `XmlDocument` otherwise."""

    open: Callable[[], BinaryIO]
    notes: tuple[Note, ...] = ()
    cut: tuple[str, ...] = ()


def read_xml(data: bytes) -> XmlDocument:
    """``data`` as a tree; words are lost in no repair, and each kind of repair is a note with its
    first line."""
    text = _with_windows_characters(decode_html(data)[0])
    begin = prolog(text)
    if begin is None:
        return XmlDocument()
    if not begin.junk:
        root = _parsed(text[begin.start :], recover=False)
        if root is not None:
            return XmlDocument(root)
    fixed = sound(text)
    root = _parsed(fixed.text, recover=False)
    notes = _notes(fixed.repairs, fixed.cut, fixed.lines)
    if root is not None:
        return XmlDocument(root, notes, fixed.cut)
    what = Note(
        "is not well-formed and was read as far as the parser gets",
        0,
        "check what is missing, and correct the source",
    )
    return XmlDocument(_parsed(fixed.text, recover=True), (*notes, what), fixed.cut)


def sound_stream(open_source: Callable[[], BinaryIO]) -> Stream:
    """A long document as one that a parser reads to its end: itself where it is well-formed, else
    repaired in memory."""
    if _is_well_formed(open_source):
        return Stream(open_source)
    with open_source() as source:
        data = source.read(MAX_REPAIRED + 1)
    if len(data) > MAX_REPAIRED:
        what = (
            f"is not well-formed and too large to be repaired ({MAX_REPAIRED // 1048576} MiB); it"
            " was read as far as the parser gets"
        )
        return Stream(open_source, (Note(what, 0, "export the site in parts"),))
    fixed = sound(_with_windows_characters(decode_html(data)[0]))
    written = fixed.text.encode("utf-8", "replace")
    return Stream(
        lambda: io.BytesIO(written), _notes(fixed.repairs, fixed.cut, fixed.lines), fixed.cut
    )


def each(source: BinaryIO, name: str) -> Iterator[Any]:
    """Each element of the local name ``name`` in a long document; its memory is given back behind
    it."""
    from lxml import etree

    count = 0
    try:
        for _, element in etree.iterparse(
            source, events=("end",), tag=("{*}" + name, name), recover=True, **SETTINGS
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            count += 1
            if count >= MAX_ELEMENTS:
                return
    except (etree.LxmlError, ValueError):
        return  # what was read up to here counts


def _parsed(text: str, recover: bool) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(
            text.encode("utf-8", "replace"),
            etree.XMLParser(recover=recover, encoding="utf-8", **SETTINGS),
        )
    except (etree.LxmlError, ValueError):
        return None


def _is_well_formed(open_source: Callable[[], BinaryIO]) -> bool:
    """Whether a long document is well-formed XML without a document type, as far as memory stays
    bounded."""
    from lxml import etree

    parser = etree.XMLParser(target=_Nothing(), recover=False, **SETTINGS)
    try:
        with open_source() as source:
            first = True
            while block := source.read(_BLOCK):
                if first and b"<!DOCTYPE" in block[:100_000]:
                    return False
                first = False
                parser.feed(block)
            parser.close()
    except (etree.LxmlError, ValueError):
        return False
    return True


class _Nothing:
    """A target that keeps nothing of what is parsed (its methods are those of lxml's interface)."""

    def start(self, tag: Any, attrib: Any) -> None:
        """The beginning of an element."""

    def end(self, tag: Any) -> None:
        """The end of an element."""

    def data(self, data: Any) -> None:
        """Text."""

    def comment(self, text: Any) -> None:
        """A comment."""

    def close(self) -> None:
        """The end of the document."""


def _with_windows_characters(text: str) -> str:
    """``text`` with references such as `&#146;`, which mean windows-1252 wherever they are met."""
    return _WINDOWS.sub(_windows_character, text) if "&#" in text else text


def _windows_character(match: re.Match[str]) -> str:
    number = int(match[1]) if match[1] else int(match[2], 16)
    return bytes([number]).decode("windows-1252", "ignore") or match[0]


def _notes(repairs: tuple[Repair, ...], cut: tuple[str, ...], lines: int) -> tuple[Note, ...]:
    notes = [_repair_note(r) for r in repairs]
    if cut:
        what = f"ends in the middle: `<{'> <'.join(cut[-4:])}>` is not closed"
        notes.append(Note(what, lines, "fetch or export it again; what is complete was read"))
    return tuple(notes)


def _repair_note(repair: Repair) -> Note:
    sample = f": `{repair.sample}`" if repair.sample else ""
    often = f" ({repair.times} times from this line on)" if repair.times > 1 else ""
    what = f"is not well-formed: {SAYS[repair.kind]}{sample}{often}"
    return Note(what, repair.line, "", "warning" if repair.kind in LOSSY else "note")


def without_open_field(item: Any, cut: Sequence[str]) -> None:
    """Take out the last field of ``item`` if the document ends within it, as ``cut`` says: half a
    day or half a name is another one. Of a text, what is there counts."""
    ends_in_field = cut and cut[-1].rpartition(":")[2] != local(item)
    if ends_in_field and len(item) and local(item[-1]) not in _TEXTS:
        item.remove(item[-1])


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1] if isinstance(tag, str) else ""


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
