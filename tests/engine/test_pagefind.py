"""The files of a search index by their archives, and what Pagefind is sent; tests/pages/test_search
runs Pagefind itself."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import msgspec
import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.progress import silent
from sitegen.engine.cache import Texts
from sitegen.engine.pagefind import (
    _messages,
    _records,
    _requests,
    _short,
    canonical,
    indexes,
    known_words,
    unpacked,
)
from sitegen.engine.workers import Processes
from sitegen.model.output import IndexFile
from sitegen.model.views import SearchRecord, Shard

RECORD = SearchRecord("/a/", "A", "2026-11-01", 5, "world", authors=("Ann", "Bo"), body_from="a.md")
SHARD = Shard("search/en/1", "en", (RECORD,))


@pytest.mark.parametrize(
    ("number", "text"), [(0, "000000"), (35, "00000z"), (36, "000010"), (36**6, "1000000")]
)
def test_numbers_sort_as_their_texts(number: int, text: str) -> None:
    assert _short(number) == text


@pytest.mark.parametrize(
    ("dek", "show", "content"),
    [
        ("", "full", "Body of it."),
        ("Dek.", "full", "Dek. Body of it."),
        ("", "link", "A"),
        ("Dek.", "link", "Dek."),
    ],
)
def test_an_article_is_sent_as_far_as_its_rights_allow(dek: str, show: str, content: str) -> None:
    record = msgspec.structs.replace(RECORD, dek=dek, show=show)
    shard = msgspec.structs.replace(SHARD, records=(record,))
    records = _records(shard, lambda _: "<p>Body <b>of</b> it.</p>")
    _, sent, last = _requests("en", records)
    assert sent["content"] == content
    assert sent["meta"] == {
        "title": "A",
        "date": "2026-11-01",
        "section": "world",
        "authors": "Ann, Bo",
    }
    assert sent["filters"]["author"] == ["Ann", "Bo"] and "source" not in sent["filters"]
    assert last["type"] == "GetFiles"


def test_messages_are_numbered_json_in_base64() -> None:
    messages = _messages([{"a": 1}, {"b": 2}])
    decoded = [json.loads(base64.b64decode(message.removesuffix(b","))) for message in messages]
    assert decoded == [
        {"message_id": 1, "payload": {"a": 1}},
        {"message_id": 2, "payload": {"b": 2}},
    ]


def no_texts(paths: set[str]) -> Texts:
    return Texts("", {})


def test_without_making_only_the_entry_of_an_index_is_named(tmp_path: Path) -> None:
    (file,) = indexes([SHARD], "pagefind 1", tmp_path, no_texts, silent, Processes(), False)
    assert file.output == "search/en/1/pagefind-entry.json"
    assert list(tmp_path.iterdir()) == []


def test_files_come_from_their_archives(tmp_path: Path) -> None:
    for key in "kl":
        (tmp_path / key).write_bytes(msgspec.msgpack.encode({"x": key.encode(), "y": b"y"}))
    files = [IndexFile("1", "k", "x"), IndexFile("2", "k", "y"), IndexFile("3", "l", "x")]
    assert [data for _, data in unpacked(files, tmp_path)] == [b"k", b"y", b"l"]


@pytest.mark.parametrize(
    "files",
    [{}, {"pagefind-entry.json": b"{}", "pagefind.js": b"export{"}, {"pagefind-entry.json": b"["}],
)
def test_files_of_another_pagefind_are_an_error(files: dict[str, bytes]) -> None:
    with pytest.raises(SitegenError) as caught:
        canonical(files, {})
    assert "install the version" in caught.value.diagnostics[0].help


def test_a_heading_is_kept_apart_and_compounds_have_their_parts() -> None:
    bodies = {
        "a.md": "<h2>Am Kai</h2><p>Die Nachtfähre.</p>",
        "b.md": "<p>Eine Fähre in der Nacht, Erkrankung</p>",
    }
    first = msgspec.structs.replace(RECORD, title="閲覧室", authors=())
    other = msgspec.structs.replace(first, body_from="b.md", dek="Ein Unterwasserfahrzeug")
    shard = Shard("search/de/1", "de", (first, other))
    sent = _records(shard, bodies.__getitem__)
    assert sent[0]["content"] == "Am Kai · Die Nachtfähre."
    assert [one["meta"].get("parts") for one in sent] == ["nacht fähre", None]
    assert sent[0]["meta"]["title"] == "閲 覧 室"
    words = known_words(shard, sent)
    assert words == ["erkrankung", "nachtfähre", "unterwasserfahrzeug", "world"]
    english = msgspec.structs.replace(shard, lang="en")
    assert known_words(english, sent) == ["unterwasserfahrzeug", "world"]
