"""Office files as Markdown: Word (.docx, by mammoth), OpenDocument text (.odt), RTF.

What is headline, byline and date in them is read as in a note in Markdown.
"""

from __future__ import annotations

import re
import zipfile
from itertools import chain
from typing import Any

from sitegen.base.install import require_extras
from sitegen.base.text import counted
from sitegen.importer.formats.odt import odt_to_html
from sitegen.importer.formats.office_html import MAX_IMAGES
from sitegen.importer.formats.rtf import rtf_to_html
from sitegen.importer.formats.safe_xml import read_xml
from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.model import Note
from sitegen.importer.to_markdown import join_blocks
from sitegen.model.base import Struct

MAX_PART = 64 * 1024 * 1024
MAX_UNPACKED = 256 * 1024 * 1024  # bytes of all files in a document
MAX_RTF = 32 * 1024 * 1024
_TABLE = re.compile(r"<table\b", re.I)
_CODE = re.compile(r"[A-Z]{2,3}")


class OfficeText(Struct, frozen=True):
    """The text of an office file as Markdown, its images by the names that the text uses,
    and what there is to report."""

    text: str
    images: dict[str, bytes] = {}
    notes: tuple[Note, ...] = ()


def read_docx(archive: zipfile.ZipFile) -> OfficeText:
    """A Word document, the file that ``archive`` was opened from.

    Raises SitegenError where the extra `office` is missing, ValueError for a file that is damaged.
    """
    require_extras({"office": "a Word document"})
    import mammoth

    refuse_bomb(archive)
    images: dict[str, bytes] = {}

    def kept(image: Any) -> dict[str, str]:
        name = f"image-{len(images) + 1}"
        if len(images) < MAX_IMAGES:
            with image.open() as file:
                images[name] = file.read(MAX_PART)
        return {"src": name}

    try:
        found = mammoth.convert_to_html(archive.fp, convert_image=mammoth.images.img_element(kept))
    except Exception as error:
        raise ValueError("the Word document is damaged") from error
    notes = tuple(
        Note(str(message.message)[:200], level="note")
        for message in found.messages[:10]
        if "style" not in str(message.message).lower()
    )
    return OfficeText(_markdown(found.value), images, notes)


def read_rtf(data: bytes) -> OfficeText:
    """An RTF file. Raises ValueError for a file that is damaged."""
    if len(data) > MAX_RTF:
        raise ValueError(f"is larger than {MAX_RTF // 1048576} MiB")
    found = rtf_to_html(data)
    notes: tuple[Note, ...] = ()
    if found.unread_images:
        what = f"{counted(found.unread_images, 'image')} of a kind that is not read left out"
        notes = (Note(what, help="save it as .docx or HTML"),)
    return OfficeText(_markdown(found.html), found.images, notes)


def read_odt(archive: zipfile.ZipFile) -> OfficeText:
    """An OpenDocument text. Raises ValueError for a file that is damaged."""
    refuse_bomb(archive)
    try:
        with archive.open("content.xml") as file:
            tree = read_xml(file.read(MAX_PART)).root
        images = {
            name: archive.read(name)
            for name in archive.namelist()[: MAX_IMAGES * 4]
            if name.startswith("Pictures/") and archive.getinfo(name).file_size < MAX_PART
        }
    except (zipfile.BadZipFile, KeyError, OSError, EOFError) as error:
        raise ValueError("the OpenDocument file is damaged") from error
    return OfficeText(_markdown("" if tree is None else odt_to_html(tree)), images)


def read_flat_odt(data: bytes) -> OfficeText:
    """An OpenDocument text that is one XML file. Raises ValueError for a file that is damaged."""
    tree = read_xml(data).root
    if tree is None:
        raise ValueError("the OpenDocument file is damaged")
    notes: tuple[Note, ...] = ()
    if data.count(b"<office:binary-data"):
        notes = (Note("its images are not read", help="save it as .odt"),)
    return OfficeText(_markdown(odt_to_html(tree)), {}, notes)


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Raise ValueError for a document that unpacks to more than any honest one."""
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise ValueError(f"unpacks to more than {MAX_UNPACKED // 1048576} MiB")


def _markdown(html: str) -> str:
    """HTML as Markdown."""
    html = _without_tables_of_codes(html) if _TABLE.search(html) else html
    return join_blocks(list(read_fragment(html).blocks))


def _without_tables_of_codes(html: str) -> str:
    """``html`` with the rows of tables that have a code and its value in each, such as those of
    Factiva, as paragraphs."""
    from lxml import etree

    tree = parse_tree(f"<div>{html}</div>")
    if tree is None:
        return html
    for table in list(tree.iter("table")):
        rows = [list(row.iter("td", "th")) for row in table.iter("tr")]
        if rows and all(map(_is_coded, rows)):
            paragraphs = chain.from_iterable(_coded(*row) for row in rows)
            _put_in_place(table, list(paragraphs))
    return str(etree.tostring(tree, encoding="unicode", method="html"))


def _is_coded(row: list[Any]) -> bool:
    """Whether a row has a code and its value."""
    return len(row) == 2 and _CODE.fullmatch(text_of(row[0])) is not None


def _coded(code: Any, value: Any) -> list[Any]:
    """A code and its value as paragraphs; a value of several has a line for its code."""
    paragraphs = list(value.iter("p", "li"))
    if len(paragraphs) > 1:
        return [_paragraph(text_of(code)), *paragraphs]
    return [_paragraph(f"{text_of(code)} {text_of(value)}")]


def _paragraph(text: str) -> Any:
    from lxml import etree

    element = etree.Element("p")
    element.text = text
    return element


def _put_in_place(old: Any, new: list[Any]) -> None:
    for element in new:
        old.addprevious(element)
    old.getparent().remove(old)
