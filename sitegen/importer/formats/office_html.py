"""HTML of what the readers of office files find: emphasis, tables, and the notes at the end."""

from __future__ import annotations

from collections.abc import Iterable

MAX_IMAGES = 200  # of a file


def emphasised(html: str, is_bold: bool, is_italic: bool) -> str:
    """A piece of text with its emphasis; blanks have none."""
    if not html.strip():
        return html
    html = f"<strong>{html}</strong>" if is_bold else html
    return f"<em>{html}</em>" if is_italic else html


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table of cells, which hold HTML."""
    shown = (f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{''.join(shown)}</table>"


def notes_at_end(notes: Iterable[str]) -> str:
    """Notes as a list with numbers; an empty text without any."""
    shown = "".join(f"<li>{note}</li>" for note in notes)
    return f"<ol>{shown}</ol>" if shown else ""
