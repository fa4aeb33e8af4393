"""Editions: which article is in which, in which order, and what a closed one keeps."""

from __future__ import annotations

from datetime import datetime

import pytest

from sitegen.config.schema import EditionsConfig
from sitegen.model.article import Comment
from sitegen.model.site import ClosedEdition, Edition
from sitegen.site.editions import edition_title, editions, ended
from tests.samples import config, document, site


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
    series = EditionsConfig(kind=kind, title=pattern)
    assert edition_title("x", 7, "2026-11-02", series, config()) == title


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


def test_a_file_of_an_edition_without_articles_is_noted() -> None:
    settings = config(editions=EditionsConfig(kind="daily"))
    plan = ClosedEdition("2026-11-09", "content/editions/2026-11-09.yaml", 0, "", "", ())
    made, problems = editions(site(document("one"), settings=settings), settings, (plan,))
    assert [edition.key for edition in made] == ["2026-11-02"]
    assert [p.message for p in problems] == ["no article is in the edition `2026-11-09` yet"]


SERIES = (
    EditionsConfig(name="The Friday Letter", kind="weekly", closes="friday 12:00", tags=("Ferry",)),
    EditionsConfig(
        name="Daily",
        kind="daily",
        language="en",
        title="No. {number}",
        intro="{count} pieces of {date}",
    ),
)


def test_each_series_has_its_own_editions() -> None:
    settings = config(editions=SERIES)
    documents = (
        document("early", "2026-11-12", tags=("ferry",)),
        document("late", "2026-11-13", date="2026-11-13T12:00:00+00:00", tags=("Ferry",)),
        document("plain", "2026-11-14"),
        document("fremd", "2026-11-14", lang="de"),
    )
    digest = site(*documents, settings=settings)
    closed = ClosedEdition(
        "daily/2026-11-12", "content/editions/x.yaml", 9, "", "2026-11-13", (documents[0].path,)
    )
    made, _ = editions(digest, settings, (closed,))
    assert [
        (e.key, e.number, [digest.documents[i].slug for i in e.documents], e.series) for e in made
    ] == [
        ("the-friday-letter/2026-w46", 1, ["early"], "the-friday-letter"),
        ("the-friday-letter/2026-w47", 2, ["late"], "the-friday-letter"),
        ("daily/2026-11-12", 9, ["early"], "daily"),
        ("daily/2026-11-13", 10, ["late"], "daily"),
        ("daily/2026-11-14", 11, ["plain"], "daily"),
    ]
    assert made[0].url == "/edition/the-friday-letter/2026-w46/"
    assert made[0].title == "6 November 2026 – 13 November 2026"
    assert (made[2].intro, made[4].intro) == (None, Comment("1 pieces of 14 November 2026"))
