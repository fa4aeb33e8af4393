"""The keys of site.yaml as values."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import FEED_FORMATS, FEED_KINDS, FeedConfig
from tests.samples import config


@pytest.mark.parametrize(
    ("formats", "kind", "expected"),
    [
        ({}, "site", FEED_FORMATS),
        ({}, "tag", ("atom",)),
        (("rss",), "site", ("rss",)),
        (("rss",), "tag", ("rss",)),
        ((), "site", ()),
        ({"tag": ("rss", "json")}, "tag", ("rss", "json")),
        ({"tag": ("rss",)}, "site", FEED_FORMATS),
        ({"site": ()}, "site", ()),
    ],
)
def test_formats_of_the_feeds_of_a_kind(formats: Any, kind: str, expected: tuple[str, ...]) -> None:
    assert kind in FEED_KINDS
    assert FeedConfig(formats=formats).formats_of(kind) == expected


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://t.example", ""),
        ("https://t.example/", ""),
        ("https://t.example/digest/", "/digest"),
        ("https://t.example/a/b", "/a/b"),
    ],
)
def test_the_path_of_a_site(url: str, path: str) -> None:
    assert config(base_url=url).base_path == path


def test_the_zone_of_a_site() -> None:
    assert config(timezone="Asia/Tokyo").zone.key == "Asia/Tokyo"
