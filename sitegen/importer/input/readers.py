"""Which reader of `formats` each kind of input has that is read as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from sitegen.importer.model import Kind

# kind -> module of `formats` and its function; loaded when there is something to read
# the pages of a web archive
CAPTURES: dict[Kind, tuple[str, str]] = {
    "warc": ("web_archives", "read_warc"),
    "wacz": ("web_archives", "read_wacz"),
    "mhtml": ("web_archives", "read_mhtml"),
    "webarchive": ("web_archives", "read_webarchive"),
    "har": ("har", "read_har"),
}
# articles, of bytes and a time zone
LISTS: dict[Kind, tuple[str, str]] = {
    "ris": ("references", "read_ris"),
    "csl": ("references", "read_csl"),
    "bookmarks": ("reading_lists", "read_bookmarks"),
    "pinboard": ("reading_lists", "read_pinboard"),
    "wallabag": ("reading_lists", "read_wallabag"),
    "ghost": ("ghost", "read_ghost"),
    "movable-type": ("movable_type", "read_movable_type"),
    "json-list": ("json_lists", "read_json_list"),
    "bibtex": ("bibtex", "read_bibtex"),
    "outbox": ("social", "read_outbox"),
    "tumblr": ("social", "read_tumblr"),
    "wire": ("wire", "read_wire"),
    "epub": ("epub", "read_epub"),
}
# the text of an office file
OFFICE: dict[Kind, tuple[str, str]] = {
    "docx": ("office", "read_docx"),
    "odt": ("office", "read_odt"),
    "fodt": ("office", "read_flat_odt"),
    "rtf": ("office", "read_rtf"),
    "pdf": ("pdf", "read_pdf"),
}
SPECIAL = frozenset(["table", "urls", *CAPTURES, *LISTS, *OFFICE])
IN_A_ZIP = frozenset(["wacz", "docx", "odt", "epub"])  # what a zip archive may be the form of
# articles, with the URL that the input came from
FEEDS: dict[Kind, tuple[str, str]] = {
    "feed": ("feed", "read_feed"),
    "json-feed": ("jsonfeed", "read_json_feed"),
}
# articles, of bytes
ITEMS: dict[Kind, tuple[str, str]] = {
    "ninjs": ("ninjs", "read_ninjs"),
    "newsml": ("newsml", "read_newsml"),
}


def read_whole(kind: Kind, data: Any, url: str, zone: str, columns: Mapping[str, str]) -> Any:
    """What the reader of ``kind`` makes of ``data``, bytes or a zip archive: a batch of articles,
    the pages of a web archive, or the text of an office file; ``columns`` are those of a table by
    field.

    Raises ValueError for a file that is not of its kind.
    """
    if kind in CAPTURES or kind in OFFICE:
        return _reader((CAPTURES | OFFICE)[kind])(data)
    if kind in FEEDS:
        return _reader(FEEDS[kind])(data, url=url, zone=zone)
    if kind in ITEMS:
        return _reader(ITEMS[kind])(data, zone=zone)
    if kind == "table":
        return _reader(("tables", "read_table"))(data, zone, columns)
    return _reader(LISTS[kind])(data, zone)


def _reader(place: tuple[str, str]) -> Any:
    """The function of a module of `formats`."""
    module, name = place
    return getattr(import_module(f"sitegen.importer.formats.{module}"), name)
