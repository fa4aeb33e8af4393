"""The day that an address holds."""

from __future__ import annotations

import pytest

from sitegen.importer.html.date import url_date


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://post.example/2026/11/02/ferry", "2026-11-02"),
        ("https://post.example/news/2026-11-02-ferry", "2026-11-02"),
        ("https://post.example/20261102/ferry", "2026-11-02"),
        ("https://post.example/2026/11/02", "2026-11-02"),
        ("https://post.example/2026/13/02/ferry", ""),
        ("https://post.example/2026/11/ferry", ""),
        ("https://post.example/article-20261102123", ""),
        ("", ""),
    ],
)
def test_a_day_in_an_address(url: str, day: str) -> None:
    assert url_date(url) == day
