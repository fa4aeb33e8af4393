"""Office files as Markdown: Word (.docx, by mammoth), OpenDocument text (.odt), RTF (by striprtf).

What is headline, byline and date in them is read as in a note in Markdown. OpenDocument 1.3:
https://docs.oasis-open.org/office/OpenDocument/v1.3/.
"""

from __future__ import annotations

import re
import zipfile
from html import escape
from typing import Any

from sitegen.base.install import require_extras
from sitegen.importer.fields.text import escape_block
from sitegen.importer.formats.safe_xml import read_xml
from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.model import Note
from sitegen.importer.to_markdown import join_blocks
from sitegen.model.base import Struct

MAX_PART = 64 * 1024 * 1024
MAX_IMAGES = 200
MAX_UNPACKED = 256 * 1024 * 1024  # bytes of all files in a document
MAX_RTF = 32 * 1024 * 1024
_CODE_CELL = re.compile(r"^\s*([A-Z]{2,3})\|+(?=\S|$)")  # of the tables that Factiva writes
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


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
    """The text of an RTF file, without its images. Raises SitegenError where the extra `office` is
    missing, ValueError for a file that is damaged."""
    require_extras({"office": "an RTF file"})
    from striprtf.striprtf import rtf_to_text

    if len(data) > MAX_RTF:
        raise ValueError(f"is larger than {MAX_RTF // 1048576} MiB")
    try:
        text = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except Exception as error:
        raise ValueError("the RTF file is damaged") from error
    notes: tuple[Note, ...] = ()
    if b"\\pict" in data:
        notes = (Note("its images are not read", help="save it as .docx or HTML"),)
    rows = [_without_bars(row) for row in text.split("\n")]
    return OfficeText(join_blocks([escape_block(row) for row in rows if row.strip()]), {}, notes)


def _without_bars(row: str) -> str:
    """A row of a table, whose cells end in bars; a bar in a text stays."""
    row = _CODE_CELL.sub(r"\1 ", row)
    return row.removesuffix("|") if row.count("|") == 1 or row.endswith("||") else row


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
    parts = () if tree is None else tree.iter()
    body = next((e for e in parts if _tag(e) == "text" and len(e)), None)
    html = "" if body is None else "".join(_block(child) for child in body)
    return OfficeText(_markdown(html), images)


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Raise ValueError for a document that unpacks to more than any honest one."""
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise ValueError(f"unpacks to more than {MAX_UNPACKED // 1048576} MiB")


def _block(element: Any) -> str:
    """One block of an OpenDocument text as HTML."""
    tag = _tag(element)
    if tag == "h":
        level = next((v for k, v in element.attrib.items() if k.endswith("outline-level")), "2")
        name = _HEADING_TAGS[min(max(int(level) if level.isdigit() else 2, 1), 6) - 1]
        return f"<{name}>{_inline(element)}</{name}>"
    if tag == "p":
        return f"<p>{_inline(element)}</p>"
    if tag == "list":
        items = (child for child in element if _tag(child) in ("list-item", "list-header"))
        return f"<ul>{''.join(f'<li>{_blocks(item)}</li>' for item in items)}</ul>"
    if tag == "table":
        rows = (row for row in element.iter() if _tag(row) == "table-row")
        return f"<table>{''.join(_row(row) for row in rows)}</table>"
    if tag == "section":
        return _blocks(element)
    return ""


def _blocks(element: Any) -> str:
    return "".join(_block(child) for child in element)


def _row(row: Any) -> str:
    cells = (cell for cell in row if _tag(cell) == "table-cell")
    return f"<tr>{''.join(f'<td>{_blocks(cell)}</td>' for cell in cells)}</tr>"


def _inline(element: Any) -> str:
    """The text of a block with its links, breaks and images; notes at the foot are left out."""
    out = [escape(element.text or "")]
    for child in element:
        tag = _tag(child)
        target = next((v for k, v in child.attrib.items() if k.endswith("}href")), "")
        if tag == "a":
            out.append(f'<a href="{escape(target)}">{_inline(child)}</a>')
        elif tag == "line-break":
            out.append("<br>")
        elif tag in ("s", "tab"):
            out.append(" ")
        elif tag == "image" and target:
            out.append(f'<img src="{escape(target)}" alt="">')
        elif tag not in ("note", "annotation"):
            out.append(_inline(child))
        out.append(escape(child.tail or ""))
    return "".join(out)


def _tag(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _markdown(html: str) -> str:
    """HTML as Markdown."""
    return join_blocks(list(read_fragment(html).blocks))
