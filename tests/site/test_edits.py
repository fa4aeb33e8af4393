"""Whether an edit may decide something of other articles: what names an article, and what joins
it to others."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sitegen.base.similarity import sketch
from sitegen.model.article import Document, Source
from sitegen.model.site import Shown
from sitegen.site.edits import Edit, Vicinity, decides_more
from tests.samples import NOW, config, document
from tests.site.test_follow import index_of

ONE, OTHER = document("one", "2026-11-02"), document("other", "2026-11-03")


def decides(before: Document, after: Document | None, **around: Any) -> bool:
    """Whether the change of an article from ``before`` to ``after`` does, on a site with OTHER."""
    articles = {d.path: d for d in (before, around.pop("other", OTHER))}
    settings = config()
    given = Vicinity(
        config=settings,
        now=NOW,
        shown=Shown(),
        outline=articles.get,
        sharing=lambda one: set(articles) - {one.path},
        with_sizes=lambda one: one,
        stories=True,
        editions=False,
    )
    edit = Edit(before.path, before, after)
    return decides_more(index_of(articles, settings), edit, before, after, given)


@pytest.mark.parametrize(
    ("changed", "more"),
    [
        ({"title": "Another"}, False),
        ({"tags": ("oil",)}, False),
        ({"status": "withdrawn"}, True),
        ({"story": "quay"}, True),
        ({"translation_of": "content/world/other.md"}, True),
        ({"extra": {"quality": {"spun": True}}}, True),
        ({"links": ("/tag/oil/",)}, True),
    ],
)
def test_some_changes_decide_something_of_others(changed: dict[str, Any], more: bool) -> None:
    assert decides(ONE, msgspec.structs.replace(ONE, **changed)) is more


def test_an_article_that_another_one_names_decides_where_its_link_leads() -> None:
    linking = document("linking", links=("one.md",))
    assert decides(ONE, None, other=linking)
    assert decides(ONE, msgspec.structs.replace(ONE, url="moved"), other=linking)
    assert not decides(ONE, msgspec.structs.replace(ONE, tags=("oil",)), other=linking)


def test_articles_of_one_original_may_be_twins() -> None:
    source = Source("Post", "https://post.example/1")
    other = msgspec.structs.replace(OTHER, source=source)
    assert decides(ONE, msgspec.structs.replace(ONE, source=source), other=other)


def test_articles_with_titles_that_are_alike_join() -> None:
    title = "Quay nine opens after a delay of six years"
    alike = {"title": title, "signature": sketch(title, "")}
    other = document("b", "2026-11-03", source=Source("Post"), **alike)
    assert decides(ONE, msgspec.structs.replace(ONE, **alike), other=other)
    far = document("b", "2026-10-03", source=Source("Post"), **alike)
    assert not decides(ONE, msgspec.structs.replace(ONE, **alike, source=Source("N")), other=far)
