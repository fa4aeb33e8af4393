"""What the placer decides about an article, without writing one."""

from __future__ import annotations

import pytest

from sitegen.importer.model import Imported
from sitegen.importer.place.placer import (
    _at_source,
    _diff,
    _in_short,
    _lacking,
    _same_article,
    _stem,
    _together,
)
from sitegen.model.article import Image, Person, Source

WHO = (Person("Ann Ames"),)


@pytest.mark.parametrize(
    ("found", "lacking"),
    [
        (Imported(title="T", date="2026-11-02", authors=WHO), []),
        (Imported(title="T", publish_at="2026-11-02", authors=WHO), []),
        (Imported(title="T", date="2026-11-02", source=Source("Post")), []),
        (Imported(title="T", authors=WHO), ["no date found"]),
        (Imported(title="T", date="2026-11-02"), ["neither authors nor source found"]),
    ],
)
def test_what_an_article_lacks(found: Imported, lacking: list[str]) -> None:
    assert _lacking(found) == lacking


@pytest.mark.parametrize(
    ("lacking", "short"),
    [
        (["no date found", "the page shows only a relative date"], ("no date",)),
        (["no headline found", "neither authors nor source found"], ("no title", "no author")),
        (["two authors have one name"], ("to be checked",)),
        ([], ("a draft at its source",)),
    ],
)
def test_why_an_article_is_a_draft_in_short(lacking: list[str], short: tuple[str, ...]) -> None:
    assert _in_short(lacking) == short


@pytest.mark.parametrize(
    ("own", "tags", "old", "together"),
    [
        (("a",), ("a",), None, ("a",)),
        (("a",), ("b", "a"), ["c"], ("b", "a", "c")),
        (("A B",), ("A B",), ["a-b"], ("A B",)),
        ((), (), ["x", 7, {}], ("x", "7")),
        ((), (), "x", ()),
    ],
)
def test_no_import_takes_a_tag_away(
    own: tuple[str, ...], tags: tuple[str, ...], old: object, together: tuple[str, ...]
) -> None:
    assert _together(own, tags, old) == together


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("content/world/2026-11-02-ferry.md", "ferry"),
        ("content/world/ferry.md", "ferry"),
        ("content/world/2026-11-02-.md", "2026-11-02-"),
    ],
)
def test_the_slug_of_a_file(path: str, stem: str) -> None:
    assert _stem(path) == stem


def test_images_that_are_still_at_their_sources() -> None:
    remote, local = Image("https://post.example/a.jpg"), Image("a.jpg")
    assert _at_source(Imported(title="T", image=remote, left_at_source=(remote,))) == 2
    assert _at_source(Imported(title="T", image=local)) == 0


def test_a_text_without_a_seal_is_never_the_same_article() -> None:
    text = "---\ntitle: T\n---\nBody.\n"
    assert _same_article(text, text) is False


def test_a_difference_names_the_file() -> None:
    assert _diff("", "a\n", "x.md").startswith("--- /dev/null\n+++ x.md\n")
    assert "-a\n+b\n" in _diff("a\n", "b\n", "x.md")
