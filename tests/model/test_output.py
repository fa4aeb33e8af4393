"""The plan of output/."""

from __future__ import annotations

import msgspec

from sitegen.model.output import Copy, IndexFile, Page, Plan, ResizeJob
from sitegen.model.views import PlainView, View

PAGE = Page("404.html", "404.html", PlainView("Page not found", "/404.html"), "404 page")
COPY = Copy("a.pdf", "/site/static/a.pdf", "static/a.pdf")
IMAGE = ResizeJob("a-360.webp", "content/a.jpg", "content/a.jpg", "0f", "webp", 360, 240, 76)
INDEX = IndexFile("search/index/en/1/entry.json", "key", "entry.json")


def test_a_plan_gives_pages_then_copies_then_images_then_the_index() -> None:
    plan = Plan((PAGE,), (COPY,), (IMAGE,), (), (INDEX,))
    assert list(plan.items()) == [PAGE, COPY, IMAGE, INDEX]


def test_lists_are_published_after_articles_and_assets() -> None:
    assert COPY.group == IMAGE.group == INDEX.group == 0
    assert PAGE.group == 2


def test_a_view_is_read_by_its_tag() -> None:
    view = msgspec.msgpack.decode(msgspec.msgpack.encode(PAGE.view), type=View)
    assert view == PAGE.view
