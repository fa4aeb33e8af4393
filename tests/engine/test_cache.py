"""The cache gives back what it was given, and is rebuilt where it cannot."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.base.blobs import append
from sitegen.content.article import Parsed
from sitegen.content.discover import Found
from sitegen.engine.cache import Cache, drop, encode_article, texts_path
from sitegen.model.output import Trace


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    store = Cache(tmp_path / "c/store.db")
    yield store
    store.close()


def put(cache: Cache, path: str, html: str) -> None:
    record, data = encode_article(Parsed(path, None, html, ()))
    place = append(texts_path(cache.path), [data])[0]
    cache.put_articles("s", [(Found(path, 1, 2, 3), True, record, place)])


def test_articles_and_their_texts(cache: Cache) -> None:
    for name in "abc":
        put(cache, f"{name}.md", f"<p>{name}</p>")
    assert cache.articles() == {f"{n}.md": (1, 2, 3, 1, "s") for n in "abc"}
    assert cache.reading("b.md") == (1, 2, 3, 1, "s")
    assert cache.record("b.md") == Parsed("b.md", None, "", ())
    cache.forget_articles(["a.md"])
    assert cache.records().keys() == {"b.md", "c.md"}
    assert cache.reading("a.md") is None and cache.record("a.md") is None
    with cache.texts({"b.md", "c.md", "gone.md"}) as texts:
        assert [texts(n) for n in ("c.md", "b.md", "gone.md")] == ["<p>c</p>", "<p>b</p>", ""]


def test_the_generation_changes_with_the_articles(cache: Cache) -> None:
    marks = [cache.generation()]
    put(cache, "a.md", "x")
    marks.append(cache.generation())
    cache.forget_articles([])
    assert cache.generation() == marks[-1]
    cache.forget_articles(["a.md"])
    marks.append(cache.generation())
    assert len(set(marks)) == 3


def test_traces_belong_to_their_output_folder(cache: Cache) -> None:
    cache.put_traces("/one", [Trace("a", "k", 1, 2, "d"), Trace("b", "k", 1, 2, "d")])
    cache.forget_traces("/one", ["b"])
    assert cache.traces("/one") == {"a": Trace("a", "k", 1, 2, "d")}
    assert cache.traces("/other") == {}


def test_pages_are_known_by_the_articles_they_show(cache: Cache) -> None:
    cache.put_pages("/o", [("p", b"P", ["a", "b"]), ("q", b"Q", ["b"])])
    cache.put_pages("/o", [("p", b"P2", ["a"])])
    assert cache.pages_showing("/o", "a") == [b"P2"]
    assert cache.pages_showing("/o", "b") == [b"Q"]
    assert cache.pages_showing("/x", "a") == []
    cache.forget_pages("/o", ["p"])
    assert cache.page_names("/o") == ["q"] and cache.pages_showing("/o", "a") == []


def test_a_value_is_made_again_for_another_key(cache: Cache) -> None:
    made: list[str] = []

    def make() -> dict[str, str]:
        made.append("x")
        return {"n": str(len(made))}

    keys = ["k", "k", "l", "k"]
    assert [cache.remembered("name", key, make)["n"] for key in keys] == ["1", "1", "2", "3"]


def test_results_states_and_images(cache: Cache) -> None:
    cache.keep("r", b"1")
    cache.put_state("/o", b"2")
    cache.put_images([(Found("p.png", 1, 2, 3), False, b"facts")])
    assert (cache.kept("r"), cache.state("/o")) == (b"1", b"2")
    assert cache.images() == {"p.png": (1, 2, 3, 0, b"facts")}
    cache.put_traces("/o", [Trace("a", "k", 1, 2)])
    cache.forget_keys()
    assert (cache.kept("r"), cache.state("/o"), cache.images()) == (None, None, {})
    assert cache.traces("/o") == {"a": Trace("a", "", 1, 2)}


@pytest.mark.parametrize("damage", ["text", "schema"])
def test_a_damaged_or_foreign_cache_is_rebuilt(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "store.db"
    Cache(path).close()
    if damage == "text":
        path.write_bytes(b"no database" * 500)
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
