"""Reading lists: bookmarks, Wallabag, Ghost."""

from __future__ import annotations

import json

from sitegen.importer.formats.reading_lists import read_bookmarks, read_ghost, read_wallabag
from sitegen.importer.model import Imported, Skipped

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


def test_ghost() -> None:
    data = {
        "posts": [
            {
                "id": "1",
                "title": "A",
                "html": "<p>x</p>",
                "status": "published",
                "published_at": "2026-11-26T18:15:00.000Z",
            },
            {"id": "2", "title": "B", "html": "<p>y</p>", "status": "draft", "author_id": "u2"},
            {"id": "3", "title": "About", "type": "page", "slug": "about", "html": "<p>z</p>"},
        ],
        "users": [{"id": "u1", "name": "Edda Marsh"}, {"id": "u2", "name": "Piet Vance"}],
        "tags": [{"id": "t", "name": "Clocks"}, {"id": "h", "name": "#internal"}],
        "posts_authors": [
            {"post_id": "1", "author_id": "u2", "sort_order": 1},
            {"post_id": "1", "author_id": "u1", "sort_order": 0},
        ],
        "posts_tags": [{"post_id": "1", "tag_id": "t"}, {"post_id": "1", "tag_id": "h"}],
    }
    first, second, third = read_ghost(json.dumps({"db": [{"data": data}]}).encode()).found
    assert isinstance(first, Imported)
    assert [p.name for p in first.authors] == ["Edda Marsh", "Piet Vance"]
    assert first.tags == ("Clocks",)
    assert isinstance(second, Imported)
    assert (second.status, [p.name for p in second.authors]) == ("draft", ["Piet Vance"])
    assert isinstance(third, Skipped)
