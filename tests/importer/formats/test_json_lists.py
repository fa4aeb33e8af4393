"""Lists in JSON: which are known, and what their keys say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.importer.formats.json_lists import MAX_DEPTH, is_json_list, read_json_list
from sitegen.importer.model import Imported

URL = "https://a.example/x"


@pytest.mark.parametrize(
    ("value", "known"),
    [
        ([{"href": URL, "description": "T", "extended": ""}], True),
        ({"items": [{"link": URL, "title": "T", "excerpt": ""}]}, True),
        ({"results": [{"title": "T", "highlights": []}]}, True),
        ([{"headline": "T", "permalink": URL}], True),
        ([{"title": "T", "body": "x"}], True),
        ([{"title": "T", "price": 3}], False),
        ({"name": "package", "version": "1"}, False),
        ([], False),
    ],
)
def test_what_is_a_list_of_articles(value: Any, known: bool) -> None:
    assert is_json_list(json.dumps(value).encode()) is known


def read(value: Any) -> list[Imported]:
    batch = read_json_list(json.dumps(value).encode())
    return [one for one in batch.found if isinstance(one, Imported)]


def test_tags_of_pinboard_have_blanks_between_them() -> None:
    [one] = read([{"href": URL, "description": "T", "extended": "My *note*", "tags": "a b"}])
    assert (one.title, one.canonical, one.tags) == ("T", URL, ("a", "b"))
    assert one.body == "My \\*note\\*\n"


def test_highlights_of_readwise_are_the_note() -> None:
    marked = [{"text": "First.", "note": "mine"}, {"text": "Second."}]
    [one] = read({"results": [{"title": "T", "source_url": URL, "highlights": marked}]})
    assert one.body == "First.\n\nmine\n\nSecond.\n"


def test_items_of_pocket_are_the_values_of_an_object() -> None:
    item = {"given_url": URL, "resolved_title": "T", "tags": {"a": {}, "b": {}}}
    [one] = read({"status": 1, "list": {"12": item}})
    assert (one.title, one.tags) == ("T", ("a", "b"))


def test_what_has_neither_title_nor_url_is_counted() -> None:
    batch = read_json_list(json.dumps([{"title": "T", "url": URL}, {"mood": 1}]).encode())
    assert [note.message for note in batch.notes] == ["1 object without title and URL left out"]


def test_an_article_in_json_has_its_text() -> None:
    [one] = read({"articles": [{"headline": "T", "byline": "Ann Ames", "body": "One.\n\nTwo."}]})
    assert (one.authors[0].name, one.body, one.doubts) == ("Ann Ames", "One.\n\nTwo.\n", ())


@pytest.mark.parametrize("value", [{"x": 1}, [1, 2], "text"])
def test_other_json_is_refused_in_words(value: Any) -> None:
    with pytest.raises(ValueError, match="no list of articles"):
        read(value)


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ([{"firstName": "Ann", "lastName": "Ames"}, {"lastName": "dpa"}], ["Ann Ames", "dpa"]),
        ({"5": {"author_id": "5", "name": "Ann Ames"}}, ["Ann Ames"]),
        (["Ann Ames", "Bo Berg"], ["Ann Ames", "Bo Berg"]),
    ],
)
def test_names_are_said_in_many_ways(value: Any, authors: list[str]) -> None:
    [one] = read([{"title": "T", "url": URL, "authors": value}])
    assert [person.name for person in one.authors] == authors


@pytest.mark.parametrize(
    "value",
    [
        {"bookmarks": [{"title": "T", "tags": [], "createdAt": 1, "content": {"url": URL}}]},
        {"collections": [{"id": 1, "name": "Box", "links": [{"name": "T", "url": URL}]}]},
        {"children": [{"title": "menu", "children": [{"title": "T", "uri": URL}]}]},
        {"title": "T", "url": URL},
    ],
)
def test_lists_in_lists_are_found(value: Any) -> None:
    [one] = read(value)
    assert (one.title, one.canonical) == ("T", URL)


def test_folders_without_end_are_left() -> None:
    value: Any = [{"title": "T", "url": URL}]
    for _ in range(MAX_DEPTH + 1):
        value = {"children": value}
    with pytest.raises(ValueError, match="no list of articles"):
        read(value)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"status": "publish"}, ""),
        ({"status": "draft"}, "draft"),
        ({"status": "private"}, "withheld"),
        ({"content": {"rendered": "", "protected": True}}, "withheld"),
    ],
)
def test_posts_of_the_api_of_wordpress(said: dict[str, Any], status: str) -> None:
    post = {
        "slug": "clock",
        "title": {"rendered": "The clock"},
        "content": {"rendered": "<p>It stays.</p>", "protected": False},
        "excerpt": {"rendered": ""},
        "link": URL,
        "date": "2026-11-26T10:00:00",
    }
    [one] = read([post | said])
    assert (one.title, one.canonical, one.date[:10]) == ("The clock", URL, "2026-11-26")
    assert one.status == status


def test_json_lines_are_a_list_and_broken_ones_are_named() -> None:
    rows = ['{"title": "A", "text": "One."}', "{broken", '{"title": "B", "text": "Two."}', ""]
    batch = read_json_list("\n".join(rows).encode())
    assert [one.title for one in batch.found if isinstance(one, Imported)] == ["A", "B"]
    [note] = batch.notes
    assert (note.line, "the item of this line is not imported" in note.message) == (2, True)


def test_entries_that_are_no_objects_are_counted() -> None:
    batch = read_json_list(b'[{"title": "A", "text": "One."}, "x", null]')
    assert [note.message for note in batch.notes] == ["2 items left out, as each item is an object"]


def test_the_author_that_the_api_of_wordpress_embeds() -> None:
    post = {
        **{"slug": "a", "link": "https://a.example/a", "excerpt": {"rendered": ""}, "author": 3},
        **{"title": {"rendered": "A"}, "content": {"rendered": "<p>One.</p>"}},
        "_embedded": {"author": [{"name": "Ann Ames"}]},
    }
    [one] = read_json_list(json.dumps([post]).encode()).found
    assert isinstance(one, Imported)
    assert [person.name for person in one.authors] == ["Ann Ames"]
