"""The cache gives back what it was given, and is rebuilt where it cannot."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from operator import is_
from pathlib import Path

import msgspec
import pytest

from sitegen.base.blobs import append
from sitegen.content.discover import Found
from sitegen.engine.cache import Cache, Records, drop, encode_article, texts_path
from sitegen.model.article import Document, Parsed, Source
from sitegen.model.output import Trace


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    store = Cache(tmp_path / "c/store.db")
    yield store
    store.close()


def put(cache: Cache, path: str, html: str, title: str = "", **values: object) -> None:
    document = Document(path, title, "a", "world", "2026-11-01", 1.0, **values) if title else None
    row = encode_article(Parsed(path, document, html, ()))
    place = append(texts_path(cache.path), [html.encode()])[0]
    row = msgspec.structs.replace(row, place=place)
    cache.put_articles("s", [(Found(path, 1, 2, 3), True, row)])


def test_articles_and_their_texts(cache: Cache) -> None:
    for name in "abc":
        put(cache, f"{name}.md", f"<p>{name}</p>")
    assert cache.articles() == {f"{n}.md": (1, 2, 3, 1, "s") for n in "abc"}
    assert cache.record("b.md") == Parsed("b.md", None, "", ())
    cache.forget_articles(["a.md"])
    assert cache.articles().keys() == {"b.md", "c.md"}
    assert cache.record("a.md") is None
    with cache.texts({"b.md", "c.md", "gone.md"}) as texts:
        assert [texts(n) for n in ("c.md", "b.md", "gone.md")] == ["<p>c</p>", "<p>b</p>", ""]


def test_cards_of_a_process_that_only_reads_are_handed_over(cache: Cache) -> None:
    records = Records(str(cache.path))
    records.keep_card("a.md", b"card")
    cache.keep_cards(records.new_cards())
    assert records.new_cards() == {}
    cache.commit()
    assert records.card("a.md") == b"card"


def test_cards_are_kept_for_one_build(cache: Cache) -> None:
    cache.keep_card("a.md", b"card")
    cache.commit()
    assert cache.card("a.md") == Records(str(cache.path)).card("a.md") == b"card"
    cache.forget_cards()
    assert cache.card("a.md") is None


def test_outlines_share_what_is_equal(cache: Cache) -> None:
    for name in "ab":
        put(cache, f"{name}.md", "", name, tags=("ebb", "tide"), source=Source("Post"))
    one, other = cache.outlines()
    assert one.tags == ("ebb", "tide") and one.source == Source("Post")
    assert one.source is other.source
    assert all(map(is_, one.tags, other.tags))


def test_articles_that_may_be_twins_share_something(cache: Cache) -> None:
    for name, title in (("a", "Quay"), ("b", "quay!"), ("c", "Fog")):
        put(cache, f"{name}.md", "", title, summary="S")
    outlines = list(cache.outlines())
    assert [(o.path, o.summary) for o in outlines] == [(f"{n}.md", "") for n in "abc"]
    assert [cache.sharing(outline) for outline in outlines] == [{"b.md"}, {"a.md"}, set()]
    put(cache, "b.md", "", "Ice")
    assert not cache.sharing(outlines[0])
    assert cache.sharing(outlines[1]) == {"a.md"}  # by the former title
    cache.forget_articles(["a.md"])
    assert not cache.sharing(outlines[1])


def test_traces_belong_to_their_output_folder(cache: Cache) -> None:
    cache.put_traces("/one", [Trace("a", "k", 1, 2, "d"), Trace("b", "k", 1, 2, "d")])
    cache.forget_traces("/one", ["b"])
    assert cache.traces("/one") == {"a": Trace("a", "k", 1, 2, "d")}
    assert cache.traces("/other") == {}


def test_families_own_outputs(cache: Cache) -> None:
    both = [("f", "p", "/p/", ""), ("f", "q", None, None), ("g", "q", None, None)]
    cache.put_owners("/o", both, None)
    assert cache.owned("/o", "f") == [("p", "/p/", ""), ("q", None, None)]
    assert (cache.owners("/o", "q"), cache.owners("/x", "q")) == (["f", "g"], [])
    assert cache.entries("/o") == [("f", "/p/", "")]
    cache.put_owners("/o", [("f", "r", None, None)], {"f"})
    assert cache.owned("/o", "f") == [("r", None, None)]
    assert cache.owned("/o", "g") == [("q", None, None)]
    cache.put_owners("/o", [], None)
    assert cache.owned("/o", "g") == []


def test_a_value_is_made_again_for_another_key(cache: Cache) -> None:
    made: list[str] = []

    def make(name: str) -> bytes:
        made.append(name)
        return str(len(made)).encode()

    keys = ["k", "k", "l", "k"]
    assert [cache.derived("kind", {"n": key}, make)["n"] for key in keys] == [
        b"1",
        b"1",
        b"2",
        b"3",
    ]
    assert cache.derived("other", {"n": "k"}, make) == {"n": b"4"}


def test_other_articles_make_what_was_published_out_of_date(cache: Cache) -> None:
    cache.put_state("/o", b"1")
    put(cache, "a.md", "x")
    assert cache.state("/o") is None
    cache.put_state("/o", b"1")
    cache.forget_articles([])
    assert cache.state("/o") == b"1"
    cache.forget_articles(["a.md"])
    assert cache.state("/o") is None


def test_states_indexes_and_images(cache: Cache) -> None:
    cache.put_index("/o", "m", b"1")
    cache.put_state("/o", b"2")
    cache.put_images([(Found("p.png", 1, 2, 3), False, b"facts")])
    assert (cache.index("/o", "m"), cache.index("/o", "n")) == (b"1", None)
    assert cache.state("/o") == b"2"
    assert cache.images() == {"p.png": (1, 2, 3, 0, b"facts")}
    cache.put_traces("/o", [Trace("a", "k", 1, 2)])
    cache.forget_keys()
    assert (cache.index("/o", "m"), cache.state("/o"), cache.images()) == (None, None, {})
    assert cache.traces("/o") == {"a": Trace("a", "", 1, 2)}


@pytest.mark.parametrize("damage", ["text", "schema", "folder", "fifo"])
def test_a_damaged_or_foreign_cache_is_rebuilt(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "store.db"
    Cache(path).close()
    if damage == "text":
        path.write_bytes(b"no database" * 500)
    elif damage == "folder":
        path.unlink()
        (path / "x").mkdir(parents=True)
    elif damage == "fifo":
        path.unlink()
        os.mkfifo(path)
    else:
        with sqlite3.connect(path) as db:
            db.execute("update meta set value='0' where name='schema'")
        db.close()
    store = Cache(path)
    assert store.rebuilt and store.articles() == {}
    store.close()
    store = Cache(path)
    assert not store.rebuilt
    store.close()
    drop(path)
    assert list(tmp_path.iterdir()) == []


def test_unused_texts_are_dropped_once_they_are_many(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.engine.cache.SPARE", 100)
    for number in range(20):
        put(cache, "a.md", f"{number:030}")
    put(cache, "b.md", "kept")
    cache.tidy_texts()
    assert Path(texts_path(cache.path)).stat().st_size == 34
    with cache.texts({"a.md", "b.md"}) as texts:
        assert (texts("a.md"), texts("b.md")) == (f"{19:030}", "kept")
