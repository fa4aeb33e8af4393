"""Editions: which article is in which, in which order, and what a closed one keeps."""

from __future__ import annotations

from datetime import datetime

import pytest

from sitegen.config.schema import EditionsConfig
from sitegen.model.article import Comment
from sitegen.model.site import ClosedEdition, Edition
from sitegen.site.editions import (
    edition_title,
    editions,
    ended,
    first_day,
    is_key,
    manifest,
    open_edition,
    successor,
)
from tests.samples import config, document, site


@pytest.mark.parametrize(
    ("kind", "key", "day"),
    [
        ("daily", "2026-11-02", "2026-11-02"),
        ("weekly", "2026-w45", "2026-11-02"),
        ("monthly", "2026-11", "2026-11-01"),
        ("monthly", "2026-13", ""),
        ("weekly", "2026-w54", ""),
        ("daily", "spring", ""),
        ("key", "2026-11", ""),
    ],
)
def test_the_first_day_of_a_key(kind: str, key: str, day: str) -> None:
    assert first_day(kind, key) == day


@pytest.mark.parametrize(
    ("kind", "key", "following"),
    [
        ("daily", "2026-12-31", "2027-01-01"),
        ("weekly", "2026-w53", "2027-w01"),
        ("monthly", "2026-12", "2027-01"),
        ("monthly", "2027-01", "2027-02"),
    ],
)
def test_the_following_edition(kind: str, key: str, following: str) -> None:
    assert successor(kind, key) == following


@pytest.mark.parametrize(("moment", "over"), [("2026-11-30T23:59:59", False), ("2026-12-01", True)])
def test_an_edition_ends_in_the_zone_of_the_site(moment: str, over: bool) -> None:
    settings = config(timezone="Asia/Tokyo", editions=EditionsConfig(kind="monthly"))
    now = datetime.fromisoformat(moment).replace(tzinfo=settings.zone).timestamp()
    edition = Edition("2026-11", 1, "Nov", "/edition/2026-11/", "2026-11-01", ())
    assert ended(edition, settings, now) == over


@pytest.mark.parametrize(
    ("kind", "pattern", "title"),
    [
        ("monthly", "", "November 2026"),
        ("weekly", "Week {week} of {year}", "Week 45 of 2026"),
        ("daily", "No. {number}: {key}", "No. 7: x"),
    ],
)
def test_titles(kind: str, pattern: str, title: str) -> None:
    settings = config(editions=EditionsConfig(kind=kind, title=pattern))
    assert edition_title("x", 7, "2026-11-02", settings) == title


def test_a_late_article_goes_into_the_oldest_open_edition() -> None:
    settings = config(editions=EditionsConfig(kind="daily"))
    one, late, next_day = document("one"), document("late"), document("new", "2026-11-03")
    digest = site(one, late, next_day, settings=settings)
    closed = ClosedEdition(
        "2026-11-02", "content/editions/x.yaml", 4, "", "2026-11-03", (one.path, "gone")
    )
    made, problems = editions(digest, settings, (closed,))
    titles = [[digest.documents[i].slug for i in edition.documents] for edition in made]
    assert titles == [["one"], ["new", "late"]]
    assert [edition.number for edition in made] == [4, 5]
    assert ["gone" in p.message for p in problems] == [True]


def test_the_file_of_an_open_edition_orders_it_and_says_what_its_editor_does() -> None:
    settings = config(editions=EditionsConfig(kind="daily"))
    one, two, three = document("one"), document("two"), document("three")
    old = document("old", "2015-03-01")
    digest = site(old, one, two, three, settings=settings)
    plan = ClosedEdition(
        "2026-11-02",
        "content/editions/2026-11-02.yaml",
        0,
        "Mine",
        "",
        (two.path, old.path, "draft"),
        intro=Comment("Hello"),
        comments={two.path: Comment("Read it")},
    )
    (made,), problems = editions(digest, settings, (plan,))
    assert [digest.documents[i].slug for i in made.documents][:2] == ["two", "old"]
    assert (made.title, made.number, made.published) == ("Mine", 1, "")
    assert made.lead == made.documents[0]
    assert made.intro == Comment("Hello")
    assert ["draft" in p.message for p in problems] == [True]
    written = manifest(made, digest, "2026-11-03")
    assert 'intro: {"text": "Hello"}\n' in written
    assert f'- {{article: "{two.path}", comment: {{"text": "Read it"}}}}  # ' in written


def test_a_file_of_an_edition_without_articles_is_noted() -> None:
    settings = config(editions=EditionsConfig(kind="daily"))
    plan = ClosedEdition("2026-11-09", "content/editions/2026-11-09.yaml", 0, "", "", ())
    made, problems = editions(site(document("one"), settings=settings), settings, (plan,))
    assert [edition.key for edition in made] == ["2026-11-02"]
    assert [p.message for p in problems] == ["no article is in the edition `2026-11-09` yet"]


@pytest.mark.parametrize(
    ("kind", "closed", "key"),
    [
        ("daily", (), "2026-11-02"),
        ("daily", ("2026-11-02", "2026-11-03"), "2026-11-04"),
        ("weekly", ("2026-w45",), "2026-w46"),
        ("monthly", (), "2026-11"),
        ("key", (), ""),
        ("", (), ""),
    ],
)
def test_the_edition_that_is_open(kind: str, closed: tuple[str, ...], key: str) -> None:
    assert open_edition(kind, "2026-11-02", closed) == key


@pytest.mark.parametrize(
    ("kind", "key", "good"),
    [
        ("daily", "2026-11-02", True),
        ("daily", "2026-w45", False),
        ("key", "summer-special", True),
        ("key", "Summer Special", False),
        ("key", "", False),
    ],
)
def test_what_the_key_of_an_edition_can_be(kind: str, key: str, good: bool) -> None:
    assert is_key(kind, key) is good
