"""What is on the pages of an RTF file, as HTML: runs of letters in paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from sitegen.importer.formats.office_html import emphasised, table
from sitegen.model.base import Struct


class Style(Struct, frozen=True):
    """What letters look like, and where they lead."""

    bold: bool = False
    italic: bool = False
    link: str = ""


Run = tuple[str, Style]  # HTML, and its style


@dataclass
class RtfParagraph:
    """A paragraph as it grows: its runs, its level as a heading (0 for none), whether a list or a
    table holds it."""

    runs: list[Run] = field(default_factory=list)
    level: int = 0
    is_item: bool = False
    is_in_table: bool = False


@dataclass
class Layout:
    """The blocks of a file, and the paragraph and the table that are not complete yet."""

    blocks: list[str] = field(default_factory=list)
    paragraph: RtfParagraph = field(default_factory=RtfParagraph)
    rows: list[list[str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)

    def add(self, html: str, style: Style) -> None:
        self.paragraph.runs.append((html, style))

    def end_paragraph(self) -> None:
        """A paragraph is complete; the next one is as it was, unless a word says otherwise."""
        one = self.paragraph
        self.paragraph = RtfParagraph(level=one.level, is_in_table=one.is_in_table)
        if not one.is_in_table:
            self.end_table()
        html = inline(one.runs)
        if html.strip():
            (self.cell if one.is_in_table else self.blocks).append(_as_html(html, one))

    def end_cell(self) -> None:
        self.paragraph.is_in_table = True
        self.end_paragraph()
        self.cells.append("".join(self.cell))
        self.cell = []

    def end_row(self) -> None:
        self.rows.append(self.cells)
        self.cells = []

    def end_table(self) -> None:
        """The rows so far are a table; what no row has ended is text."""
        if self.rows:
            self.blocks.append(table(self.rows))
        self.blocks += [*self.cells, *self.cell]
        self.rows, self.cells, self.cell = [], [], []


def _as_html(html: str, paragraph: RtfParagraph) -> str:
    if paragraph.is_item:
        return f"<ul><li>{html}</li></ul>"
    tag = f"h{min(paragraph.level, 6)}" if paragraph.level else "p"
    return f"<{tag}>{html}</{tag}>"


def inline(runs: Iterable[Run]) -> str:
    """Runs as HTML; halves of a letter (UTF-16) that came one by one are one letter."""
    html = "".join(_styled(text, style) for text, style in _merged(runs))
    return html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _styled(html: str, style: Style) -> str:
    if not html.strip():
        return html
    html = emphasised(html, style.bold, style.italic)
    return f'<a href="{escape(style.link)}">{html}</a>' if style.link else html


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs of which neighbours differ."""
    parts: list[str] = []
    last = Style()
    for html, style in runs:
        if style != last and parts:
            yield "".join(parts), last
            parts = []
        last = style
        parts.append(html)
    if parts:
        yield "".join(parts), last
