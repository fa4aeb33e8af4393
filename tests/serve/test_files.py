"""From a URL path to a file, and what a page shows."""

from __future__ import annotations

from pathlib import Path

from sitegen.serve.files import Lru, content_type, locate, outputs_shown, shape
from tests.serve.helpers import HTML, put


def test_what_a_page_shows() -> None:
    found = shape(
        HTML.format(
            "aa", '<img srcset="/a%20b.png 1x, //cdn.example/c.png 2x"><a href="/no/">n</a>'
        ).encode()
    )
    assert found.sheets == ("/assets/main.aa.css",)
    assert set(outputs_shown(found, "", "/x/")) == {"assets/main.aa.css", "x/p.png", "a b.png"}
    assert shape(b"<link rel='stylesheet' href='a&amp;b.css'>").sheets == ("a&b.css",)


def test_only_plain_names_are_located(tmp_path: Path) -> None:
    put(tmp_path, "out/a/index.html", "x")
    put(tmp_path, "out/b.txt", "x")
    out = tmp_path / "out"
    assert locate(out, "/a/") == locate(out, "/a") == out / "a"
    assert locate(out, "/") == out
    assert locate(out, "/b.txt") == out / "b.txt"
    for path in (
        "",
        "b.txt",
        "/b.txt/",
        "//b.txt",
        "/a/../b.txt",
        "/./b.txt",
        "/../out/b.txt",
        "/a//index.html",
        "/b.txt\0",
        "/a\\..\\b.txt",
    ):
        assert locate(out, path) is None, path


def test_types_and_bounded_memory() -> None:
    assert content_type("a.svg") == "image/svg+xml; charset=utf-8"
    assert content_type("A.PNG") == "image/png"
    assert content_type("a.unknown-kind") == "application/octet-stream"
    lru: Lru[int] = Lru(2)
    for key in ("a", "b", "a", "c"):
        lru.get(key)
        lru.put(key, 1)
    assert list(lru.items) == ["a", "c"]
