"""What a target says of a file: type, caching, order."""

from __future__ import annotations

import pytest

from sitegen.deploy.headers import (
    FEED,
    FOREVER,
    OTHER,
    PAGE,
    cache_control,
    content_type,
    group,
    is_feed,
    is_text,
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/atom+xml; charset=utf-8"),
        ("tags/a/rss.xml", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("a/PHOTO.JPG", "image/jpeg"),
        ("e/2026-11-24.epub", "application/epub+zip"),
        ("_headers", "text/plain; charset=utf-8"),
        ("CNAME", "text/plain; charset=utf-8"),
        ("LICENSE", "application/octet-stream"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_content_type(path: str, kind: str) -> None:
    assert content_type(path) == kind


@pytest.mark.parametrize(
    ("path", "control"),
    [
        ("assets/main.0123abcd.css", FOREVER),
        ("search/index/en/1/words.0a1b2c3d4e.json", FOREVER),
        ("search/index/index.json", PAGE),
        ("a/index.html", PAGE),
        ("feed.xml", FEED),
        ("images/a.png", OTHER),
        ("files/a.pdf", "no-store"),
    ],
)
def test_cache_control(path: str, control: str) -> None:
    assert cache_control(path, {"/files/*": "no-store"}) == control


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("assets/main.0123abcd.css", 0),
        ("images/a.png", 0),
        ("world/a/index.html", 1),
        ("world/index.html", 2),
        ("404.html", 2),
        ("feed.xml", 3),
        ("sitemap-1.xml", 3),
        ("search/index/index.json", 3),
        ("index.html", 4),
    ],
)
def test_pages_follow_what_they_show(path: str, number: int) -> None:
    assert group(path, frozenset(["world/a/index.html"])) == number


def test_kinds() -> None:
    assert [is_text(name) for name in ("a.html", "a.SVG", "a.png", "LICENSE")] == [
        True,
        True,
        False,
        False,
    ]
    assert [is_feed(name) for name in ("a/feed.json", "atom.xml", "a/feed.html")] == [
        True,
        True,
        False,
    ]
