"""A key depends on all that makes the bytes of an output, and on nothing else."""

from __future__ import annotations

import os

import msgspec
import pytest

from sitegen.engine.page_keys import image_key, page_keys
from sitegen.model.output import Copy, IndexFile, Page, Plan, ResizeJob
from sitegen.model.views import PlainView
from tests.conftest import Digest
from tests.engine.in_process import prepared

PAGE = Page("a.html", "a.html", PlainView("A", "/a.html"), "test")
JOB = ResizeJob("a-16.png", "content/a.png", "a.md", "mark", "png", 16, 9, 80)


@pytest.mark.parametrize(
    ("changed", "closure", "differs"),
    [
        ({}, "1", False),
        ({"origin": "another file"}, "1", False),
        ({"group": 4}, "1", False),
        ({"view": PlainView("B", "/a.html")}, "1", True),
        ({"template": "b.html"}, "1", True),
        ({}, "2", True),
    ],
)
def test_the_key_of_a_page(
    digest: Digest, changed: dict[str, object], closure: str, differs: bool
) -> None:
    frame = prepared(digest.root).state.frames
    before = page_keys(Plan((PAGE,), ()), {"a.html": "1"}, frame, digest.root)
    page = msgspec.structs.replace(PAGE, **changed)
    after = page_keys(Plan((page,), ()), {"a.html": closure}, frame, digest.root)
    assert (before != after) is differs
    other = {"": msgspec.structs.replace(frame[""], title="Other")}
    assert page_keys(Plan((PAGE,), ()), {"a.html": "1"}, other, digest.root) != before


def test_the_key_of_a_copy_is_its_stat_and_that_of_an_index_its_archive(digest: Digest) -> None:
    frame = prepared(digest.root).state.frames
    path = digest.write("static/a.txt", "one")
    plan = Plan((), (Copy("a.txt", str(path), "t"),), indexed=(IndexFile("i", "k", "n"),))
    before = page_keys(plan, {}, frame, digest.root)
    assert before["i"] == "index k"
    os.utime(path, (1, 1))
    assert page_keys(plan, {}, frame, digest.root)["a.txt"] != before["a.txt"]


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({"output": "b-16.png", "origin": "b.md", "source": "content/b.png"}, False),
        ({"digest": "other"}, True),
        ({"width": 32}, True),
        ({"height": 10}, True),
        ({"format": "webp"}, True),
        ({"quality": 70}, True),
    ],
)
def test_the_key_of_an_image(changed: dict[str, object], differs: bool) -> None:
    assert (image_key(msgspec.structs.replace(JOB, **changed)) != image_key(JOB)) is differs
