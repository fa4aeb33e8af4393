"""Reading lists: bookmarks, Wallabag, Ghost."""

from __future__ import annotations

import json

import pytest

from sitegen.importer.formats.reading_lists import read_bookmarks, read_pinboard, read_wallabag
from sitegen.importer.model import Imported

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
  <DT><H3>Valley</H3>
  <DL><p>
    <DT><A HREF="https://a.example/x?a=1&amp;b=2" ADD_DATE="1795700000"
      TAGS="one,two">Bees &amp; honey</A>
    <DD>Worth reading.
    <DT><A HREF="javascript:alert(1)">A button</A>
  </DL><p>
  <DT><A HREF="https://b.example/">No folder</A>
</DL><p>
"""


def test_bookmarks() -> None:
    batch = read_bookmarks(BOOKMARKS.encode())
    first, second = [one for one in batch.found if isinstance(one, Imported)]
    assert (first.title, first.canonical) == ("Bees & honey", "https://a.example/x?a=1&b=2")
    assert (first.section, first.tags, first.body) == ("Valley", ("one", "two"), "Worth reading.")
    assert (first.date, first.extra["saved_at"][:10]) == ("", "2026-11-26")
    assert (second.title, second.section) == ("No folder", "")
    assert "1 bookmark" in batch.notes[0].message


def test_wallabag() -> None:
    entry = {
        "title": "A",
        "url": "https://a.example/x",
        "content": "<p>Text</p>",
        "is_archived": 0,
        "published_by": ["Edda Marsh"],
        "published_at": "2026-11-26T18:15:00+00:00",
        "created_at": "2026-11-28T00:00:00+00:00",
        "tags": [{"label": "clocks"}, "bells"],
    }
    [one] = read_wallabag(json.dumps([entry]).encode()).found
    assert isinstance(one, Imported)
    assert (one.date, one.tags) == ("2026-11-26T18:15:00+00:00", ("clocks", "bells"))
    assert one.html == "<p>Text</p>"


def test_shelves_are_no_sections() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Instapaper: Export</title></head><body><h1>Unread</h1>"
        '<ol><li><a href="https://a.example/x">A</a></ol><h1>Boats</h1>'
        '<ol><li><a href="https://a.example/y">B</a></ol>'
    )
    found = [one for one in read_bookmarks(page.encode()).found if isinstance(one, Imported)]
    assert [(one.title, one.section) for one in found] == [("A", ""), ("B", "Boats")]


def test_pinboard_as_xml() -> None:
    post = '<post href="https://a.example/x" description="A &amp; B" extended="n" tag="a b"/>'
    [one] = read_pinboard(f"<posts>{post}</posts>".encode()).found
    assert isinstance(one, Imported)
    assert (one.title, one.canonical, one.tags) == ("A & B", "https://a.example/x", ("a", "b"))
    with pytest.raises(ValueError, match="no posts"):
        read_pinboard(b"<posts/>")
