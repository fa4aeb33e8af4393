"""What one article may cost: twice the input takes about twice the time and the bytes."""

from __future__ import annotations

import pytest

from sitegen.config.load import load_config
from sitegen.content.article import MOST, parse
from tests.conftest import Digest

CONFIG = load_config("title: T\nbase_url: https://t.example/\ntimezone: UTC\n")


@pytest.mark.parametrize("key", ["tags", "authors", "credits"])
def test_entries_that_each_have_a_page_are_bounded_and_the_rest_is_reported(key: str) -> None:
    entries = {"title": "T", "date": "2026-11-20", "authors": "[Edda Marsh]"}
    entries[key] = "[" + ", ".join(f"Entry {n}" for n in range(MOST[key] + 3)) + "]"
    front = "".join(f"{name}: {value}\n" for name, value in entries.items())
    parsed = parse(f"---\n{front}---\nText.\n".encode(), "content/a.md", CONFIG)
    (found,) = parsed.diagnostics
    assert found.level == "warning"
    assert f"`{key}` has {MOST[key] + 3} entries" in found.message
    assert parsed.document
    assert len(getattr(parsed.document, key)) == MOST[key]


def test_the_bytes_of_a_site_do_not_grow_with_the_square_of_the_tags(digest: Digest) -> None:
    sizes = []
    for count in (MOST["tags"], 4 * MOST["tags"]):
        digest.article("a", more="tags: [" + ", ".join(f"tag {n}" for n in range(count)) + "]")
        digest.build()
        sizes.append(sum(map(len, digest.tree().values())))
    assert sizes[1] < 5 * sizes[0]
