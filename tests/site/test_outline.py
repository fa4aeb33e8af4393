"""The outline of an article: what decides where it is shown, without what is only shown."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.model.article import Comment, Correction, Image, Person, Rights, Source
from sitegen.site.outline import outline, placed_alike
from tests.samples import document

ONE = document("one", tags=("ebb",), authors=(Person("Ann", "photo"),))


@pytest.mark.parametrize(
    ("changed", "same", "alike"),
    [
        ({"summary": "S", "dek": "D", "dateline": "Salm", "words": 9}, True, True),
        ({"authors": (Person("Ann", "text"),)}, True, True),
        ({"extra": {"hot": 1}}, True, True),
        ({"genre": "Analysis"}, True, True),
        ({"rights": Rights(holder="Post")}, True, True),
        ({"comment": Comment("C", "Ruta"), "permalink": "source"}, True, True),
        ({"title": "Two"}, False, True),
        ({"body_digest": "b", "signature": b"s"}, False, True),
        ({"authors": (Person("Ben"),)}, False, False),
        ({"tags": ("fog",)}, False, False),
        ({"date": "2026-11-03"}, False, False),
        ({"status": "withdrawn"}, False, False),
        ({"rights": Rights("link")}, False, False),
        ({"corrections": (Correction("2026-11-03", "C"),)}, False, False),
        ({"extra": {"quality": {"spun": True}}}, False, False),
        ({"image": Image("/a.jpg")}, False, False),
        ({"source": Source("Post", "https://post.example/a")}, False, False),
        ({"links": ("b.md",)}, False, False),
    ],
)
def test_what_an_outline_keeps(changed: dict[str, Any], same: bool, alike: bool) -> None:
    one, other = outline(ONE), outline(replace(ONE, **changed))
    assert (one == other) is same
    assert placed_alike(one, other) is alike
