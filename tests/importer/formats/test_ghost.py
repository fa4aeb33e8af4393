"""Exports of Ghost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.importer.formats.ghost import read_ghost
from sitegen.importer.model import Imported, Skipped


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


def read(post: dict[str, Any], *, flat: bool = False) -> Imported:
    data = {"data": {"posts": [{"id": "1", "title": "A", "status": "published", **post}]}}
    [one] = read_ghost(json.dumps(data if flat else {"db": [data]}).encode()).found
    assert isinstance(one, Imported)
    return one


@pytest.mark.parametrize(
    ("said", "status", "is_noted"),
    [
        ({"visibility": "public"}, "", False),
        ({}, "", False),
        ({"visibility": "paid"}, "withheld", True),
        ({"visibility": "members"}, "withheld", True),
        ({"visibility": "tiers", "status": "draft"}, "draft", True),
    ],
)
def test_what_only_members_may_read_is_withheld(
    said: dict[str, Any], status: str, is_noted: bool
) -> None:
    found = read(said)
    assert (found.status, any("only members" in note for note in found.notes)) == (status, is_noted)


def lexical(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"html": None, "lexical": json.dumps({"root": {"type": "root", "children": nodes}})}


def line(*inside: dict[str, Any], kind: str = "paragraph", **said: Any) -> dict[str, Any]:
    return {"type": kind, "children": list(inside), **said}


TEXT = {"type": "extended-text", "text": "a < b", "format": 0}


@pytest.mark.parametrize(
    ("post", "html"),
    [
        ({"html": "<p>x</p>"}, "<p>x</p>"),
        (lexical(line(TEXT)), "<p>a &lt; b</p>"),
        (lexical(line({**TEXT, "format": 3})), "<p><strong><em>a &lt; b</em></strong></p>"),
        (lexical(line(TEXT, kind="extended-heading", tag="h3")), "<h3>a &lt; b</h3>"),
        (
            lexical(line(line(TEXT, kind="listitem"), kind="list", listType="number")),
            "<ol><li>a &lt; b</li></ol>",
        ),
        (
            lexical(line(line(TEXT, kind="link", url="https://a.example/"))),
            '<p><a href="https://a.example/">a &lt; b</a></p>',
        ),
        (
            lexical({"type": "image", "src": "https://a.example/i.jpg", "caption": "C"}),
            '<figure><img src="https://a.example/i.jpg" alt=""><figcaption>C</figcaption></figure>',
        ),
        ({"plaintext": "a\n\nb"}, "<p>a</p><p>b</p>"),
        ({"lexical": "no JSON", "plaintext": "a"}, "<p>a</p>"),
        ({"lexical": "[" * 50_000, "plaintext": "a"}, "<p>a</p>"),
    ],
)
def test_a_text_is_html_or_the_document_of_an_editor(post: dict[str, Any], html: str) -> None:
    assert read(post).html == html


def test_mobiledoc() -> None:
    sections = [
        [1, "p", [[0, [], 0, "a "], [0, [0], 1, "b"]]],
        [1, "h2", [[0, [], 0, "c"]]],
        [3, "ul", [[[0, [], 0, "d"]]]],
        [10, 0],
        [10, 7],
    ]
    document = {"sections": sections, "cards": [["html", {"html": "<b>e</b>"}]]}
    assert read({"mobiledoc": json.dumps(document)}).html == (
        "<p>a b</p><h2>c</h2><ul><li>d</li></ul><b>e</b>"
    )


def test_documents_without_end_are_cut() -> None:
    node: dict[str, Any] = TEXT
    for _ in range(200):
        node = line(node)
    assert read(lexical(node)).html.count("<p>") < 100


def test_an_export_without_a_list_of_databases() -> None:
    assert read({"html": "<p>x</p>"}, flat=True).html == "<p>x</p>"


def test_what_is_scheduled_is_not_a_draft() -> None:
    one = read({"status": "scheduled", "published_at": "2030-01-01T00:00:00.000Z"})
    assert (one.status, one.publish_at) == ("", "2030-01-01T00:00:00+00:00")


def test_an_image_that_is_not_in_the_export_is_reported() -> None:
    one = read({"feature_image": "__GHOST_URL__/content/images/a.jpg"})
    assert one.image is None and "a.jpg is not in the export" in one.notes[0]
    there = read({"feature_image": "https://a.example/a.jpg"})
    assert there.image is not None and there.notes == ()
