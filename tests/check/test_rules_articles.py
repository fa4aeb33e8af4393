"""Rules on one article, each by a table of cases."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.check import rules_articles as rules
from sitegen.check.model import ArticleText
from sitegen.model.article import Correction, Image, Person, Rights, Source
from tests.check.facts import article, facts, said

DAY = 86_400.0
NOW = 1_793_491_200.0
HOME = "https://wire.example/"
URL = f"{HOME}1"


@pytest.mark.parametrize(
    ("src", "alt", "message"),
    [
        ("/a.png", "", "the image `/a.png` has no alternative text"),
        ("/a.png", "  ", "the image `/a.png` has no alternative text"),
        ("/a.png", "a.png", "the image `/a.png` has its file name as alternative text"),
        ("/a%20b.png", "a b.png", "the image `/a%20b.png` has its file name as alternative text"),
        ("/a.png", "A crane", ""),
    ],
)
def test_image_alt(src: str, alt: str, message: str) -> None:
    expected = [("a", message)] if message else []
    in_head = article("a", image=Image(src, alt))
    assert said(rules.image_alt(facts(in_head))) == expected
    in_body = {"a": ArticleText(images=((src, alt),))}
    assert said(rules.image_alt(facts(article("a"), texts=in_body))) == expected


@pytest.mark.parametrize(
    ("fields", "credits", "missing"),
    [
        ({}, {}, True),
        ({"image": Image("/a.png", credit="Agency")}, {}, False),
        ({"image": Image("/a.png", creator="Cy Dee")}, {}, False),
        ({"credits": (Person("Cy Dee", "Photo"),)}, {}, False),
        ({"credits": (Person("Cy Dee", "translation"),)}, {}, True),
        ({}, {"/a.png": "Cy Dee"}, False),
        ({}, {"/a.png": ""}, True),
    ],
)
def test_image_credit(fields: dict[str, Any], credits: dict[str, str], missing: bool) -> None:
    shown = {"a": ArticleText(images=(("/a.png", "x"),)), "b": ArticleText()}
    given = facts(article("a", **fields), article("b"), texts=shown, credits=credits)
    expected = [("a", "nothing says who made `/a.png`")] if missing else []
    assert said(rules.image_credit(given)) == expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, ""),
        ({"canonical": "https://t.example/a/"}, ""),
        (
            {"canonical": "https://post.example/a"},
            "its original is at `https://post.example/a`, and no source is named",
        ),
        (
            {"extra": {"import": {"from": "https://post.example/a"}}},
            "it was imported from `https://post.example/a`, and no source is named",
        ),
        ({"extra": {"import": {"from": "letters/a.eml"}}}, ""),
        ({"extra": {"import": "yes"}}, ""),
        ({"rights": Rights("excerpt")}, "somebody else holds its rights, and no source is named"),
        ({"rights": Rights(holder="X")}, "somebody else holds its rights, and no source is named"),
        ({"rights": Rights("link"), "source": Source("Post")}, ""),
    ],
)
def test_source_missing(fields: dict[str, Any], message: str) -> None:
    expected = [("a", message)] if message else []
    assert said(rules.source_missing(facts(article("a", **fields)))) == expected


SOURCES = "sources: {post: {name: Vantry Post, rights: excerpt}}\n"


def test_source_unknown_names_the_nearest() -> None:
    given = facts(
        article("a", source=Source("Vantry Pots")),
        article("b", source=Source("Vantry Pots")),
        article("c", source=Source("Vantry Post")),
        site=SOURCES,
    )
    [finding] = rules.source_unknown(given)
    assert finding.path.endswith("/a.md")
    assert finding.help == "did you mean `Vantry Post`?"
    assert list(rules.source_unknown(facts(article("a", source=Source("X"))))) == []


def test_rights_missing_counts_the_articles_of_a_source() -> None:
    given = facts(
        article("a", source=Source("Ledger")),
        article("b", source=Source("Ledger")),
        article("c", source=Source(url="https://wire.example/1")),
        article("d", source=Source("Licensed", license="CC BY 4.0")),
        article("e", source=Source("Short"), rights=Rights("link")),
        article("f", source=Source("Vantry Post")),
        article("g", source=Source("T")),
        article("h", source=Source("Old name", url="https://t.example/old/1")),
        site=SOURCES,
    )
    assert said(rules.rights_missing(given)) == [
        ("a", "2 articles of `Ledger` are shown in full, and nothing says that it may be"),
        ("c", "an article of `wire.example` is shown in full, and nothing says that it may be"),
    ]


@pytest.mark.parametrize(("show", "breach"), [("full", True), ("excerpt", False), ("link", False)])
def test_rights_breach(show: Any, breach: bool) -> None:
    given = facts(article("a", source=Source("Vantry Post"), rights=Rights(show)), site=SOURCES)
    expected = [("a", "shows `full`, and `Vantry Post` allows `excerpt`")] if breach else []
    assert said(rules.rights_breach(given)) == expected


def test_title_long() -> None:
    limit = rules.MAX_TITLE
    given = facts(article("a", title="x" * limit), article("b", title="x" * (limit + 1)))
    assert [f.path[-4:] for f in rules.title_long(given)] == ["b.md"]


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"words": 0}, True),
        ({"words": 0, "assets": ("/a.png",)}, False),
        ({"words": 0, "rights": Rights("link")}, False),
        ({"words": 1}, False),
    ],
)
def test_text_missing(fields: dict[str, Any], missing: bool) -> None:
    assert bool(list(rules.text_missing(facts(article("a", **fields))))) is missing


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"updated": "2026-10-31"}, "was updated on 2026-10-31, before its date 2026-11-01"),
        ({"updated": "2026-11-01"}, ""),
        (
            {"expires_at": "2026-11-01", "expires_stamp": NOW},
            "expires at 2026-11-01, before it appears",
        ),
        (
            {"corrections": (Correction("2026-10-30", "x"),)},
            "was corrected on 2026-10-30, before its date 2026-11-01",
        ),
        ({"corrections": (Correction("2026-11-01", "x"),)}, ""),
    ],
)
def test_date_order(fields: dict[str, Any], message: str) -> None:
    expected = [("a", message)] if message else []
    assert said(rules.date_order(facts(article("a", **fields)))) == expected


def test_due_and_expiring_within_the_days() -> None:
    given = facts(
        article("past"),
        article("soon", publish_at="x", publish_stamp=NOW + DAY),
        article("later", stamp=NOW + 8 * DAY),
        article("ending", expires_stamp=NOW + 2 * DAY),
    )
    assert said(rules.due(given)) == [("soon", "appears at 2026-11-02 00:00+00:00")]
    assert said(rules.expiring(given)) == [("ending", "expires at 2026-11-03 00:00+00:00")]


@pytest.mark.parametrize(
    ("rule", "first", "second", "twice"),
    [
        (rules.duplicate_id, {"id": "x"}, {"id": "x"}, True),
        (rules.duplicate_id, {}, {}, False),
        (rules.duplicate_url, {"canonical": URL}, {"source": Source(url=URL)}, True),
        (rules.duplicate_url, {"canonical": URL}, {"canonical": URL, "translation_of": "a"}, False),
        (rules.duplicate_url, {"source": Source(url=HOME)}, {"source": Source(url=HOME)}, False),
        (rules.duplicate_title, {"title": "One  two"}, {"title": "one two"}, True),
        (rules.duplicate_title, {"title": "One"}, {"title": "one", "date": "2026-11-02"}, False),
        (rules.duplicate_text, {"body_digest": "d"}, {"body_digest": "d"}, True),
        (rules.duplicate_text, {"body_digest": "d"}, {"body_digest": "d", "words": 3}, False),
    ],
)
def test_duplicates(rule: Any, first: Any, second: Any, twice: bool) -> None:
    found = said(rule(facts(article("a", **first), article("b", **second))))
    assert [name for name, _ in found] == (["b"] if twice else [])


def test_an_article_twice_is_reported_by_one_rule() -> None:
    same = {"title": "Same", "body_digest": "d"}
    given = facts(article("a", **same), article("b", **same))
    assert [name for name, _ in said(rules.duplicate_text(given))] == ["b"]
    assert list(rules.duplicate_title(given)) == []


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"quality": {"spun": 3, "spun_words": ["bantam"]}}, "with synonyms: `bantam`"),
        ({"quality": {"spun": 3}}, "with synonyms"),
        ({"quality": {"spun": 0}}, ""),
        ({"quality": "good"}, ""),
    ],
)
def test_spun(extra: dict[str, Any], message: str) -> None:
    found = said(rules.spun(facts(article("a", extra=extra))))
    assert [text.endswith(message) for _, text in found] == ([True] if message else [])
