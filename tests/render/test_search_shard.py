"""The files of a search index, as the search page reads them."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from sitegen.model.views import SearchRecord, Shard
from sitegen.render import search_shard
from sitegen.render.search_shard import (
    MOST_ROOT,
    TOGETHER,
    IndexedShard,
    _places,
    head_name,
    is_outside,
    root,
    root_holds,
    shard_files,
    size_in_root,
    whole_head,
)

RECORD = SearchRecord("/a/", "A", "2026-11-01", 5, "World", authors=("Ann", "Bo"), body_from="a.md")
SHARD = Shard("search/index/en/1", "en", (RECORD,))


def made(*records: SearchRecord, lang: str = "en", bodies: dict[str, str] | None = None) -> Any:
    """The head of a shard of ``records`` with the contents of its files in their places."""
    shard = Shard(f"search/index/{lang}/1", lang, records)
    files = shard_files(shard, (bodies or {}).get("a.md", "<p>Body of it.</p>").format)
    if bodies:
        files = shard_files(shard, bodies.__getitem__)
    head = json.loads(whole_head(files))
    head["texts"] = [one for name in head["texts"] for one in json.loads(files[name])]
    head["words"] = dict(line.split(" ") for _, part in head["words"] for line in part)
    head["cards"] = [card for part in head["cards"] for card in part]
    return head


def one(**values: Any) -> SearchRecord:
    return msgspec.structs.replace(RECORD, **values)


@pytest.mark.parametrize(
    ("dek", "show", "text"),
    [
        ("", "full", "Body of it."),
        ("Dek.", "full", "Dek. Body of it."),
        ("", "link", ""),
        ("Dek.", "link", "Dek."),
    ],
)
def test_an_article_is_found_as_far_as_its_rights_allow(dek: str, show: Any, text: str) -> None:
    head = made(one(dek=dek, show=show))
    assert head["texts"] == [["", text]]
    assert ("body" in head["words"]) == (show == "full")
    assert head["cards"][0].get("summary", "") == text


def test_what_the_digest_says_is_kept_apart_from_the_text() -> None:
    head = made(one(comment="Read this."))
    assert head["texts"] == [["Read this.", "Body of it."]]
    assert head["words"]["read"] == "A"
    assert head["cards"][0]["summary"] == "Body of it."


def test_a_word_of_a_headline_counts_more_than_one_of_the_text() -> None:
    head = made(one(title="Ferry"), one(title="B"), bodies={"a.md": "<p>The ferry. The ferry.</p>"})
    assert head["words"]["ferry"] == "JB"
    assert head["words"]["ann"] == "CC"
    assert [length for _, length in head["articles"]] == [8 + 4 + 9, 8 + 4 + 9]


def test_places_are_steps_and_letters() -> None:
    assert _places([(0, 1), (1, 3), (5, 1), (80, 99)]) == "AC4A23Z"


def test_a_heading_is_kept_apart_from_what_follows() -> None:
    head = made(RECORD, bodies={"a.md": "<h2>At the quay</h2><p>It is late.</p>"})
    assert head["texts"][0][1] == "At the quay · It is late."


def test_parts_of_compounds_are_found_in_languages_that_have_such_words() -> None:
    bodies = {"a.md": "<p>Die Nachtfähre.</p>", "b.md": "<p>Eine Fähre in der Nacht.</p>"}
    records = (one(title="Am Kai"), one(title="Der Kran", body_from="b.md"))
    german = made(*records, lang="de", bodies=bodies)
    assert (german["words"]["fahre"], german["words"]["nacht"]) == ("AA", "AA")
    assert made(*records, bodies=bodies)["words"]["fahre"] == "2A"


def test_words_that_may_be_suggested() -> None:
    record = one(
        title="Budget voted", dek="Nightly", source="Tideline", terms={"places": ("Salm",)}
    )
    bodies = {"a.md": "<p>Unterwasserfahrzeug here</p>"}
    near = ["budget", "nightly", "salm", "tideline", "voted", "world"]
    assert made(record, bodies=bodies)["near"] == near
    assert made(record, lang="de", bodies=bodies)["near"] == sorted([*near, "unterwasserfahrzeug"])


def test_filters_have_their_values_in_order() -> None:
    terms = made(one(source="Post"), one(date="2025-03-02", authors=("Bo",)))["terms"]
    assert list(terms) == ["author", "date", "section", "source"]
    assert terms["author"] == {"Ann": [0], "Bo": [0, 1]}
    assert terms["date"] == {"2025": [1], "2025-03": [1], "2026": [0], "2026-11": [0]}
    assert terms["source"] == {"Post": [0]}


def test_words_are_in_the_order_of_a_browser_and_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_shard, "WORDS", 10)
    record = one(title="z \U00020000\U00020001 \uffee é alpha beta gamma")
    files = shard_files(Shard("f", "en", (record,)), lambda _: "")
    words = json.loads(files[head_name(files)])["words"]
    assert len(words) > 2
    lines = [line for _, name in words for line in json.loads(files[name])]
    assert [first for first, name in words] == [
        json.loads(files[name])[0].split(" ")[0] for _, name in words
    ]
    order = [line.split(" ")[0].encode("utf-16-be") for line in lines]
    assert order == sorted(order)


def test_cards_and_texts_are_in_groups() -> None:
    files = shard_files(Shard("f", "en", (RECORD,) * (TOGETHER + 1)), lambda _: "")
    head = json.loads(files[head_name(files)])
    assert [len(json.loads(files[name])) for name in head["cards"]] == [TOGETHER, 1]
    assert len(head["texts"]) == 2


def test_the_same_records_give_the_same_files() -> None:
    body = "<p>Body.</p>".format
    assert shard_files(SHARD, body) == shard_files(SHARD, body)


@pytest.mark.parametrize(
    ("sizes", "holds"),
    [
        ([], "all"),
        ([(10, MOST_ROOT)], "all"),
        ([(10, MOST_ROOT), (10, 1)], "heads"),
        ([(MOST_ROOT, MOST_ROOT + 1)], "heads"),
        ([(MOST_ROOT, MOST_ROOT), (1, 1)], "names"),
    ],
)
def test_the_root_holds_what_fits(sizes: list[tuple[int, int]], holds: str) -> None:
    assert root_holds(sizes) == holds


def test_what_the_root_holds_is_not_published_again() -> None:
    files = shard_files(SHARD, "<p>Body.</p>".format)
    kinds = ("cards", "head", "near", "terms", "texts", "words")
    assert sorted(name.split(".")[0] for name in files) == list(kinds)

    def outside(holds: Any) -> list[str]:
        return sorted(name.split(".")[0] for name in files if is_outside(name, holds))

    assert outside("all") == ["texts"]
    assert outside("heads") == ["cards", "near", "terms", "texts", "words"]
    assert outside("names") == list(kinds)
    texts = next(data for name, data in files.items() if name.startswith("texts."))
    assert size_in_root(files) == sum(map(len, files.values())) - len(texts)


def test_the_root_names_shards_and_the_rules_of_their_languages() -> None:
    found = json.loads(
        root([IndexedShard("de", "de/1", b'{"articles":[]}'), IndexedShard("ja", "ja/1", "head.x")])
    )
    assert found["shards"] == [
        {"lang": "de", "folder": "de/1", "head": {"articles": []}},
        {"lang": "ja", "folder": "ja/1", "head": "head.x"},
    ]
    assert found["compounds"] == ["de"]
    assert found["endings"]["ja"] == [] and ["ung", "ungen"] in found["endings"]["de"]
