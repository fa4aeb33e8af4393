"""PDF with a text layer as Markdown (by pdfminer.six): columns in reading order, paragraphs without
the hyphens of line ends, running heads and page numbers left out.

A scan, which has images of its pages and no text, is reported as such.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from sitegen.base.install import require_extras
from sitegen.base.text import count_words
from sitegen.importer.fields.text import clean_line, escape_block
from sitegen.importer.formats.office import OfficeText
from sitegen.importer.limits import others_left_out
from sitegen.importer.model import Note
from sitegen.importer.to_markdown import join_blocks
from sitegen.model.base import Struct

MAX_PDF = 128 * 1024 * 1024
MAX_STREAM = 64 * 1024 * 1024  # bytes of one unpacked stream
_CHUNK = 64 * 1024
MAX_PAGES = 1_000
MAX_DRAWN = 30_000  # forms and images
LABEL = 8  # words of a running head in small letters that is on one page only
LEAST = 10  # words on a page, on average, of a file that is no scan
_STREAM = re.compile(rb"stream\r?\n")
_EDGE = 0.09  # of the height of a page, where running heads and page numbers are
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|sur"
    r"|di)\s*\d{1,4})?\W*",
    re.I,
)
_END = re.compile(r"[.!?…:。！？][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(?<=\w\w)[-\u2010\u00ad]$")
_LAST_WORD = re.compile(r"[^\W\d_]+[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SCAN = (
    "is a PDF of scanned pages without text: recognise its text first, as `ocrmypdf in.pdf out.pdf`"
    " does, and import the result"
)


class _Line(Struct, frozen=True):
    """A line of a page: its text, its place in points from the lower left, the size of its
    letters, and whether a box of text begins with it."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page: int
    begins: bool = False
    at_edge: bool = False


def read_pdf(data: bytes) -> OfficeText:
    """The text of a PDF file as Markdown.

    Raises SitegenError where the extra `office` is missing, ValueError for a file that is damaged,
    protected by a password, or a scan.
    """
    require_extras({"office": "a PDF file"})
    if len(data) > MAX_PDF:
        raise ValueError(f"is larger than {MAX_PDF // 1048576} MiB")
    _refuse_bomb(data)
    pages, images = _pages(data)
    lines = [line for page in pages for line in page]
    kept = _without_running_heads(lines, len(pages))
    if sum(count_words(line.text) for line in kept) < LEAST * max(1, len(pages)) / 2:
        raise ValueError(_SCAN if images else "is a PDF without text")
    notes: list[Note] = []
    if len(pages) >= MAX_PAGES:
        notes.append(others_left_out(MAX_PAGES, "pages"))
    if images:
        notes.append(Note("its images are not read", level="note", help="export it as HTML"))
    left_out = len(lines) - len(kept)
    if left_out:
        what = f"{left_out} lines left out: running heads and page numbers"
        notes.append(Note(what, level="note"))
    return OfficeText(_markdown(kept), {}, tuple(notes))


def _refuse_bomb(data: bytes) -> None:
    """Raise ValueError where a stream unpacks to more than any honest one, also packed twice."""
    for match in _STREAM.finditer(data):
        part = _unpacked(memoryview(data)[match.end() :])
        for _ in range(2):
            part = _unpacked(memoryview(part))


def _unpacked(data: memoryview) -> bytes:
    """What ``data`` begins with, unpacked, if it is packed (RFC 1950); else nothing.

    Raises ValueError for more than `MAX_STREAM` bytes.
    """
    reader = zlib.decompressobj()
    out, at, size = [], 0, 0
    while at < len(data) and not reader.eof and size <= MAX_STREAM:
        try:
            piece = reader.decompress(reader.unconsumed_tail or data[at : at + _CHUNK], _CHUNK * 16)
        except zlib.error:
            break
        at += 0 if reader.unconsumed_tail else _CHUNK
        size += len(piece)
        out.append(piece)
    if size > MAX_STREAM:
        raise ValueError(f"a part of it unpacks to more than {MAX_STREAM // 1048576} MiB")
    return b"".join(out)


def _pages(data: bytes) -> tuple[list[list[_Line]], int]:
    """(the lines of each page in reading order, how many images there are)."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    class Counting(PDFPageAggregator):
        """Counts what it is asked to draw."""

        drawn = 0

        def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
            self.drawn += 1  # forms, which may draw one another
            if self.drawn > MAX_DRAWN:
                raise ValueError("draws too many forms")
            super().begin_figure(name, bbox, matrix)

    resources = PDFResourceManager()
    device = Counting(resources, laparams=LAParams(boxes_flow=0.5))
    interpreter = PDFPageInterpreter(resources, device)
    out: list[list[_Line]] = []
    images = 0
    try:
        for number, page in enumerate(PDFPage.get_pages(BytesIO(data), maxpages=MAX_PAGES), 1):
            interpreter.process_page(page)
            layout = device.get_result()
            out.append(list(_lines(layout, number)))
            images += _images_in(layout)
    except PDFPasswordIncorrect:
        raise ValueError("is protected by a password: save it without one") from None
    except Exception as error:  # broken files raise anything
        raise ValueError("the PDF file is damaged") from error
    return out, images


def _images_in(layout: Any) -> int:
    from pdfminer.layout import LTFigure, LTImage

    return sum(
        1 if isinstance(one, LTImage) else _images_in(one)
        for one in layout
        if isinstance(one, (LTImage, LTFigure))
    )


def _lines(layout: Any, page: int) -> Iterator[_Line]:
    """The lines of a page, column by column."""
    from pdfminer.layout import LTTextBox

    height = layout.height or 1
    for box in layout:
        if isinstance(box, LTTextBox):
            yield from _lines_of_box(box, page, height)


def _lines_of_box(box: Any, page: int, height: float) -> Iterator[_Line]:
    """The lines of one column or block of a page of this height."""
    from pdfminer.layout import LTTextLine

    begins = True
    for line in box:
        text = _plain(line) if isinstance(line, LTTextLine) else ""
        if text:
            size = _size_of(line)
            edge = line.y0 > height * (1 - _EDGE) or line.y1 < height * _EDGE
            yield _Line(text, line.x0, line.x1, line.y1, line.y0, size, page, begins, edge)
            begins = False


def _size_of(line: Any) -> float:
    """The mean size of the letters of a line."""
    from pdfminer.layout import LTChar

    sizes = [char.size for char in line if isinstance(char, LTChar)]
    return round(sum(sizes) / len(sizes), 1) if sizes else 0.0


def _plain(line: Any) -> str:
    return clean_line(" ".join(line.get_text().split()))


def _without_running_heads(lines: list[_Line], pages: int) -> list[_Line]:
    """``lines`` without page numbers at the edges of pages, and without what comes again there
    from page to page."""
    repeated = _repeated_at_edges(lines, max(2, pages // 3))
    least = 0.9 * _usual_size(lines) if pages > 1 else 0.0
    return [line for line in lines if not (line.at_edge and _is_running(line, repeated, least))]


def _is_running(line: _Line, repeated: set[str], least: float) -> bool:
    """Whether a line at an edge is a page number, one of ``repeated``, or a label in letters that
    are smaller than ``least``."""
    if _PAGE_NUMBER.fullmatch(line.text) or _NUMBERS.sub("#", line.text) in repeated:
        return True
    is_small = line.size < least and not _END.search(line.text)
    return is_small and count_words(line.text) <= LABEL


def _repeated_at_edges(lines: Iterable[_Line], least: int) -> set[str]:
    """Texts at the edges of at least so many pages, with a sign for each number."""
    edges = {(line.page, _NUMBERS.sub("#", line.text)) for line in lines if line.at_edge}
    seen = Counter(text for _, text in edges)
    return {text for text, times in seen.items() if times >= least}


# Paragraphs ----------------------------------------------------------------------------------


def _markdown(lines: list[_Line]) -> str:
    """Lines as paragraphs and headings."""
    size, width = _usual_size(lines), _usual_width(lines)
    lines = _head_first(lines, size)
    words = _compounds(lines)
    first_page = [line for line in lines if line.page == lines[0].page]
    title_size = 0.97 * max((line.size for line in first_page), default=0.0)
    blocks = []
    for rows in _paragraphs(lines, size, width):
        first = rows[0]
        text = _joined((row.text for row in rows), words)
        is_title = first.size >= title_size and first.page == lines[0].page
        if _is_heading(text, first.size, size):
            blocks.append(f"{'#' if is_title else '##'} {escape_block(text)}")
        else:
            blocks.append(escape_block(text))
    return join_blocks(blocks)


def _compounds(lines: Iterable[_Line]) -> set[str]:
    """The words with a hyphen in a text, in small letters."""
    found = (re.findall(r"\w+(?:-\w+)+", line.text) for line in lines)
    return {word.casefold() for words in found for word in words}


def _is_heading(text: str, size: float, usual: float) -> bool:
    """Whether a paragraph in letters of this size is a heading."""
    is_large = bool(usual) and size >= 1.15 * usual
    return is_large and count_words(text) <= 40 and any(map(str.isalpha, text))


def _usual_size(lines: Iterable[_Line]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _head_first(lines: list[_Line], size: float) -> list[_Line]:
    """``lines`` with those above all columns of a page before the columns: headline, names and
    day, which may be over any of them."""
    begin: dict[int, float] = {}
    for line in lines:
        if abs(line.size - size) < 0.6:
            begin[line.page] = max(begin.get(line.page, 0.0), line.top)

    def is_below(line: _Line) -> bool:
        return line.bottom < begin.get(line.page, 0.0)

    return sorted(lines, key=lambda line: (line.page, is_below(line)))


def _usual_width(lines: list[_Line]) -> float:
    """The width of a full line: most lines of a text are that long."""
    widths = sorted(line.right - line.left for line in lines)
    return widths[len(widths) * 2 // 3] if widths else 0.0


def _paragraphs(lines: list[_Line], size: float, width: float) -> Iterator[list[_Line]]:
    """``lines`` as the paragraphs that they make."""
    rows: list[_Line] = []
    for line in lines:
        if rows and _begins_paragraph(rows, line, size, width):
            yield rows
            rows = []
        rows.append(line)
    if rows:
        yield rows


def _begins_paragraph(rows: list[_Line], line: _Line, size: float, width: float) -> bool:
    """Whether ``line`` does not go on with the paragraph of ``rows``."""
    last = rows[-1]
    if abs(line.size - last.size) > 0.6:
        return True
    is_ended = bool(_END.search(last.text))
    is_full = last.right - last.left > 0.7 * width
    goes_on = line.text[:1].islower()
    if line.begins and not _is_below(line, last):  # the next column or page, or something else
        return is_ended or not (is_full or goes_on)
    if _is_apart(line, last, size):
        return is_ended or not (is_full and goes_on)
    is_new = is_ended and _ends_early(rows, line, size)
    return is_new or (_is_half(last, width) and not goes_on)


def _is_apart(line: _Line, last: _Line, size: float) -> bool:
    """Whether there is nearly a line's height between two lines."""
    return last.bottom - line.top > 0.9 * max(size, 1.0)


def _ends_early(rows: list[_Line], line: _Line, size: float) -> bool:
    """Whether the last of ``rows`` is short, or ``line``, which is below it, is indented."""
    last = rows[-1]
    right = max(row.right for row in rows)
    is_short = last.right < right - 4 * size
    is_indented = line.left > last.left + 0.6 * size and len(rows) > 1
    return is_short or is_indented


def _is_half(line: _Line, width: float) -> bool:
    """Whether a line is so short that nothing goes on from it: a heading, or one of a list."""
    return line.right - line.left < 0.6 * width and not _HYPHEN.search(line.text)


def _is_below(line: _Line, other: _Line) -> bool:
    """Whether a line is under another one, in the same column."""
    is_under = line.page == other.page and line.top <= other.bottom + 1
    return is_under and line.left < other.right and other.left < line.right


def _joined(texts: Iterable[str], words: set[str]) -> str:
    """Lines as one; a hyphen at the end of one stays where the text has the word with it."""
    out = ""
    for text in texts:
        out = _with_line(out, text, words) if out else text
    return out


def _with_line(before: str, text: str, words: set[str]) -> str:
    """``before`` with its next line."""
    first = _FIRST_WORD.match(text)
    last = _LAST_WORD.search(before)
    is_hyphenated = _HYPHEN.search(before) and text[:1].islower()
    if not (first and last and is_hyphenated):
        return f"{before} {text}"
    compound = f"{last[0][:-1]}-{first[0]}".casefold()
    hyphenated = before if compound in words else before[:-1]
    return hyphenated + text
