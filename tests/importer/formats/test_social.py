"""Posts of Mastodon and Tumblr."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.importer.archives import Archive
from sitegen.importer.formats.social import (
    first_words,
    read_outbox,
    read_outbox_folder,
    read_tumblr,
    read_tumblr_folder,
)
from sitegen.importer.model import Imported, Skipped
from tests.importer.generate.office import packed
from tests.importer.samples import opened

NOTE = {
    "type": "Note",
    "id": "https://s.example/1",
    "url": "https://s.example/@ann/1",
    "published": "2026-11-26T08:00:00Z",
    "content": "<p>The heron is back on the slipway, and the ferry waits.</p>",
    "contentMap": {"en": "x"},
    "tag": [{"type": "Hashtag", "name": "#boats"}, {"type": "Mention", "name": "@bo"}],
    "attachment": [
        {"mediaType": "image/png", "url": "/media/files/a.png", "name": "A heron"},
        {"mediaType": "video/mp4", "url": "https://s.example/b.mp4", "name": "A film"},
    ],
}


def box(*posts: Any) -> dict[str, Any]:
    return {"type": "OrderedCollection", "orderedItems": [{"object": post} for post in posts]}


def test_a_post_of_mastodon() -> None:
    one, boost = read_outbox(json.dumps(box(NOTE, "https://else.example/2")).encode()).found
    assert isinstance(one, Imported) and isinstance(boost, Skipped)
    assert one.title == "The heron is back on the slipway, and the…"
    assert (one.canonical, one.tags, one.lang) == ("https://s.example/@ann/1", ("boats",), "en")
    assert 'href="https://s.example/b.mp4"' in one.html
    assert boost.reason == "a post of somebody else, passed on"


def test_a_folder_of_mastodon_has_the_author_and_the_images() -> None:
    files: dict[str, str | bytes] = {
        "x/outbox.json": json.dumps(box(NOTE)),
        "x/actor.json": '{"name": "Ann Ames"}',
        "x/media/files/a.png": b"\x89PNG",
        "x/likes.json": "{}",
    }
    batch = read_outbox_folder(Archive(opened(packed(files)), "x.zip"), "")
    assert batch is not None
    [one] = batch.found
    assert isinstance(one, Imported)
    assert one.authors[0].name == "Ann Ames"
    assert one.attached == {"media/files/a.png": b"\x89PNG"}
    assert "likes.json" in batch.notes[0].message


@pytest.mark.parametrize(
    ("post", "title", "has"),
    [
        ({"type": "text", "title": "T", "body": "<p>Words</p>"}, "T", "<p>Words</p>"),
        ({"type": "quote", "text": "It stays.", "source": "Bo"}, "It stays", "<blockquote>"),
        ({"type": "link", "title": "T", "url": "https://a.example"}, "T", "https://a.example"),
        (
            {"type": "photo", "caption": "A heron", "photos": [{"original_size": {"url": "u"}}]},
            "A heron",
            '<img src="u"',
        ),
    ],
)
def test_posts_of_tumblr(post: dict[str, Any], title: str, has: str) -> None:
    data = json.dumps({"response": {"posts": [post | {"date": "2026-11-26 17:35:10 GMT"}]}})
    [one] = read_tumblr(data.encode()).found
    assert isinstance(one, Imported)
    assert (one.title, one.date[:10]) == (title, "2026-11-26")
    assert has in one.html


def test_a_folder_of_tumblr() -> None:
    page = (
        "<html><body><h1>T &amp; U</h1><p>Words</p><div id='footer'><span id='timestamp'> November"
        " 2nd, 2026 5:35pm </span><span class='tag'>boats</span></div></body></html>"
    )
    batch = read_tumblr_folder(Archive(opened(packed({"posts/html/12.html": page})), "x"), "")
    assert batch is not None
    [one] = batch.found
    assert isinstance(one, Imported)
    assert (one.title, one.date[:10], one.tags) == ("T & U", "2026-11-02", ("boats",))
    assert "footer" not in one.html


def test_other_folders_are_not_theirs() -> None:
    tree = Archive(opened(packed({"html/1.html": "<p>x</p>", "a.txt": "x"})), "x")
    assert read_tumblr_folder(tree, "") is None
    assert read_outbox_folder(tree, "") is None


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<p>One two.</p>", "One two"),
        ("<p>a b c d e f g h i j</p>", "a b c d e f g h i…"),
        ("<img src='https://a.example/x.png'>", ""),
        ("", ""),
    ],
)
def test_first_words(html: str, title: str) -> None:
    assert first_words(html) == title


def test_what_is_no_post_of_tumblr_is_reported() -> None:
    batch = read_tumblr(
        json.dumps({"posts": [{"title": "A", "body": "<p>A</p>"}, "x", 1]}).encode()
    )
    assert len(list(batch.found)) == 1
    assert [note.message for note in batch.notes] == ["2 posts left out, as each post is an object"]
