"""JSON Feed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.importer.formats.jsonfeed import load_items, plain_html, read_json_feed
from sitegen.importer.model import Imported

ITEM = {
    "id": "1",
    "url": "https://post.example/ferry",
    "title": "Ferry returns",
    "content_html": "<p>The ferry is back.</p>",
    "date_published": "2026-11-02T10:00:00+01:00",
    "authors": [{"name": "Ann Ames"}],
    "tags": ["ports"],
    "image": "https://post.example/a.jpg",
}


def articles(*items: dict[str, Any], **head: Any) -> list[Imported]:
    """The articles of a feed with ``items``."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Salm Post", "items": items}
    found = list(read_json_feed(json.dumps(feed | head).encode()).found)
    assert all(isinstance(one, Imported) for one in found)
    return found  # type: ignore[return-value]


def test_an_item() -> None:
    (one,) = articles(ITEM, home_page_url="https://post.example/", language="en")
    assert (one.title, one.date) == ("Ferry returns", "2026-11-02T10:00:00+01:00")
    assert [p.name for p in one.authors] == ["Ann Ames"]
    assert (one.source.name, one.canonical) == ("Salm Post", "https://post.example/ferry")
    assert (one.tags, one.lang) == (("ports",), "en")
    assert one.image
    assert one.image.src == "https://post.example/a.jpg"
    assert "The ferry is back." in one.html


def test_a_plain_text_becomes_paragraphs() -> None:
    (one,) = articles({"id": "1", "title": "T", "content_text": "One < two.\n\nThree."})
    assert one.html == "<p>One &lt; two.</p><p>Three.</p>"


@pytest.mark.parametrize(
    ("text", "parts"),
    [("One.\n\nTwo.", ["<p>One.</p>", "<p>Two.</p>"]), ("a & b", ["a &amp; b"]), ("", [])],
)
def test_text_as_html(text: str, parts: list[str]) -> None:
    html = plain_html(text)
    assert all(part in html for part in parts)
    assert bool(html) is bool(parts)


def test_a_feed_that_is_cut_off_gives_its_complete_items() -> None:
    text = json.dumps({"title": "T", "items": [ITEM, ITEM | {"id": "2"}]})
    values, notes = load_items(text[:-30].encode())
    assert [item["id"] for item in values["items"]] == ["1"]
    assert values["title"] == "T"
    assert "1 item before line 1 imported" in notes[0].message


@pytest.mark.parametrize("text", ["", "nothing", '{"items": [{"id": "1"'])
def test_what_has_no_complete_item_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        load_items(text.encode())


def test_all_pictures_of_an_item_are_kept() -> None:
    attached = [
        {"url": "https://post.example/c.jpg", "mime_type": "image/jpeg", "title": "Fog"},
        {"url": "https://post.example/d.mp3", "mime_type": "audio/mpeg"},
    ]
    banner = "https://post.example/b.jpg"
    (one,) = articles(ITEM | {"banner_image": banner, "attachments": attached})
    assert [image.src[-5:] for image in one.left_at_source] == ["b.jpg", "c.jpg"]
    assert one.left_at_source[1].alt == "Fog"


def test_items_that_are_none_and_those_beyond_the_limit_are_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sitegen.importer.formats.jsonfeed.MAX_ITEMS", 2)
    batch = read_json_feed(json.dumps({"items": ["x", ITEM, ITEM]}).encode())
    assert [note.message for note in batch.notes] == [
        "has more than 2 items; the others are not read",
        "1 item left out, as each item is an object",
    ]
