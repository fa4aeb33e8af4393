"""Feeds are added to site.yaml, and nothing else in it changes."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.edit import with_sources
from tests.conftest import SITE

ROWS = ["  post:", '    feed: "https://post.example/f"']
ADDED = '  post:\n    feed: "https://post.example/f"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "sources:\n" + ADDED),
        ("pagination: 9", "pagination: 9\nsources:\n" + ADDED),
        ("sources: {}   # none yet\n", "sources:   # none yet\n" + ADDED),
        (
            "sources:   # ours\n  a: {feed: https://a.example/}\n  # the last\n\n# below\ntoc: 3\n",
            "sources:   # ours\n  a: {feed: https://a.example/}\n  # the last\n"
            + ADDED
            + "\n# below\ntoc: 3\n",
        ),
        (
            "sources:\n    a:\n        feed: https://a.example/\n",
            "sources:\n    a:\n        feed: https://a.example/\n"
            '    post:\n        feed: "https://post.example/f"\n',
        ),
    ],
)
def test_rows_are_added_at_the_end_of_the_sources(before: str, after: str) -> None:
    assert with_sources(SITE + before, ROWS) == SITE + after


def test_line_ends_of_windows_stay() -> None:
    text = (SITE + "sources:\n  a: {name: A}\n").replace("\n", "\r\n")
    assert with_sources(text, ROWS) == (text + ADDED.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "text",
    ["sources: {a: {name: A}}\n", "sources: {\n  a: {name: A}}\n", "sources:\n  post: {name: P}\n"],
)
def test_what_cannot_be_added_safely_is_refused(text: str) -> None:
    with pytest.raises(SitegenError) as caught:
        with_sources(SITE + text, ROWS)
    assert "add these lines yourself" in caught.value.diagnostics[0].help
