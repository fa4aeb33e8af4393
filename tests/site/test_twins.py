"""The same article twice is listed once: imported again, copied without its URL, or in the words of
a machine."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.base.similarity import sketch
from sitegen.model.article import Document, Person, Rights, Source
from sitegen.site.twins import SPUN_HOURS, Twins, find_twins, marks, shared_by_twins
from tests.conftest import Digest
from tests.samples import document

LONG = " ".join(
    f"Harbour engineers measured section {n} before sunrise, reporting stable concrete although"
    f" yesterday's currents damaged barrier number {n}."
    for n in range(14)
)
SOURCE = "source: {name: Daily Post, url: 'https://post.example/quay'}"


def both(digest: Digest, one: dict[str, str], other: dict[str, str]) -> str:
    digest.article(
        "one",
        **{
            "title": "Quay nine closes after the storm",
            "date": "2026-11-02",
            "body": LONG,
            "more": SOURCE,
        }
        | one,
    )
    digest.article(
        "two",
        **{
            "title": "Quay nine closes after the storm",
            "date": "2026-11-03",
            "body": LONG,
            "more": SOURCE,
        }
        | other,
    )
    return digest.build().stderr


def listed(digest: Digest) -> set[str]:
    page = digest.page("world/index.html")
    return {
        name
        for name in ("/world/2026/11/02/one/", "/world/2026/11/03/two/")
        if f'href="{name}"' in page
    }


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({}, {"body": "Quite another text."}, "the same original URL"),
        ({}, {"title": "A quay closes"}, "the same text and source"),
        (
            {"more": "source: Daily Post"},
            {"more": "source: DAILY POST"},
            "the same text and source",
        ),
        (
            {"more": "", "body": "Short."},
            {"more": "", "body": "Short."},
            "the same text and source",
        ),
        (
            {"more": SOURCE.replace("quay", "quay?utm_source=x")},
            {"more": SOURCE.replace("https", "http")},
            "the same original URL",
        ),
    ],
)
def test_the_same_article_is_listed_once_and_reported(
    digest: Digest, one: dict[str, str], other: dict[str, str], reason: str
) -> None:
    said = both(digest, one, other)
    assert f"is the same article as content/world/one.md ({reason})" in said
    assert "--> content/world/two.md" in said
    assert listed(digest) == {"/world/2026/11/02/one/"}
    assert "/world/2026/11/02/one/" in digest.page("world/2026/11/03/two/index.html")
    assert digest.page("feed.xml").count("<entry>") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {},
            {
                "title": "A second report on the barrier",
                "body": "Quite another text of the same page.",
            },
        ),
        ({}, {"more": SOURCE + "\nlang: de"}),
        ({"more": "source: Daily Post"}, {"more": "source: Evening Post"}),
        ({"more": "", "body": "Short."}, {"more": "", "body": "Other."}),
        ({"more": "", "body": "Short."}, {"more": "", "body": "Short.", "title": "Other"}),
        ({}, {"more": SOURCE + "\ntranslation_of: content/world/one.md\nlang: en-GB"}),
    ],
)
def test_what_is_not_the_same_is_listed(
    digest: Digest, one: dict[str, str], other: dict[str, str]
) -> None:
    assert "is the same article" not in both(digest, one, other)
    assert len(listed(digest)) == 2


def test_the_genuine_text_wins(digest: Digest) -> None:
    spun = "extra: {quality: {spun: 0.9}}\nsource: Coast Mirror"
    words = (
        LONG.replace("before", "anterior")
        .replace("reporting", "coverage")
        .replace("although", "albeit")
    )
    said = both(
        digest, {"more": spun, "body": words, "title": "Quay nine closes aft the storm"}, {}
    )
    assert "--> content/world/one.md" in said
    assert "rewritten by a machine" in said
    assert listed(digest) == {"/world/2026/11/03/two/"}


def test_an_edit_of_a_body_that_makes_or_ends_twins_changes_lists(digest: Digest) -> None:
    both(digest, {"more": "", "body": "Short."}, {"more": "", "body": "Other."})
    for body, count in (("Short.", 1), ("Third.", 2), ("Short.", 1)):
        digest.article(
            "two", title="Quay nine closes after the storm", date="2026-11-03", body=body
        )
        digest.build()
        assert len(listed(digest)) == count
        incremental = digest.tree()
        digest.run("clean")
        digest.build()
        assert digest.tree() == incremental


URL = "https://post.example/quay"
SPUN = {"quality": {"spun": True}}


def one(name: str, title: str = "Ferry returns to the old harbour", **values: Any) -> Document:
    """An article of the Post with a long text."""
    given = {"title": title, "source": Source("Post"), "signature": sketch(title, LONG)}
    return document(name, **(given | values))


def twins(*documents: Document) -> dict[str, tuple[str, str]]:
    """Of each article that is not listed the one that is, and the reason."""
    rows = find_twins(documents, "en").twins
    return {documents[i].slug: (documents[j].slug, why) for i, (j, why) in rows.items()}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "the same text and source"),
        ({"source": Source("Mail")}, ""),
        ({"lang": "de"}, ""),
        ({"lang": "en-GB"}, "the same text and source"),
        ({"status": "withdrawn"}, ""),
        ({"translation_of": "one"}, ""),
        ({"signature": b""}, ""),
        ({"source": Source("post")}, "the same text and source"),
    ],
)
def test_the_same_text_of_the_same_source(values: dict[str, Any], reason: str) -> None:
    found = twins(one("one"), one("two", **values))
    assert found == ({"two": ("one", reason)} if reason else {})


def test_an_original_url_is_enough_with_the_same_title_or_a_like_text() -> None:
    urls = {"canonical": URL}
    short = {"signature": b""}
    reason = "the same original URL"
    assert twins(one("a", **urls, **short), one("b", **urls, **short)) == {"b": ("a", reason)}
    other = one("b", "Another title", source=Source("Mail"), **urls)
    assert twins(one("a", **urls), other) == {"b": ("a", reason)}
    assert twins(one("a", **urls, **short), one("b", "Another title", **urls, **short)) == {}


def test_without_a_source_authors_count() -> None:
    who = {"source": Source(), "authors": (Person("Ann"), Person("Ben"))}
    turned = {"source": Source(), "authors": (Person("Ben"), Person("Ann"))}
    assert set(twins(one("a", **who), one("b", **turned))) == {"b"}


@pytest.mark.parametrize(
    ("first", "second", "listed"),
    [
        ({"extra": SPUN}, {}, "b"),
        ({"rights": Rights("excerpt")}, {}, "b"),
        ({}, {"rights": Rights("link")}, "a"),
        ({}, {}, "a"),
    ],
)
def test_the_genuine_the_full_and_the_older_is_listed(
    first: dict[str, Any], second: dict[str, Any], listed: str
) -> None:
    urls = {"canonical": URL}
    found = twins(one("a", **urls, **first), one("b", **urls, **second))
    assert [name for name, _ in found.values()] == [listed]


@pytest.mark.parametrize(("hours", "is_twin"), [(SPUN_HOURS - 1, True), (SPUN_HOURS + 1, False)])
def test_a_text_of_a_machine_is_a_twin_of_a_genuine_one_of_a_like_title(
    hours: int, is_twin: bool
) -> None:
    genuine = one("a", "Ferry returns to the old harbour of Salm", signature=b"")
    title = "Old harbour of Salm: the ferry returns to"
    source = Source("Mill")
    stamp = genuine.stamp + hours * 3600
    copy = one("b", title, signature=b"", source=source, extra=SPUN)
    found = twins(genuine, replace(copy, stamp=stamp))
    assert found == ({"b": ("a", "rewritten by a machine")} if is_twin else {})


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        ({}, True),
        ({"title": "Another title"}, True),
        ({"title": "Another title", "signature": b""}, False),
        ({"title": "Another title", "signature": b"", "canonical": URL}, True),
    ],
)
def test_twins_have_something_in_common(other: dict[str, Any], shares: bool) -> None:
    first, second = one("a", canonical=URL), one("b", **other)
    assert shares is not set(shared_by_twins(first)).isdisjoint(shared_by_twins(second))


def test_a_twin_is_reported() -> None:
    assert not find_twins([one("a")], "en").spun
    assert find_twins([one("a", extra=SPUN)], "en").spun
    same = [one(name, signature=b"", body_digest="1") for name in ("a", "b")]
    (problem,) = find_twins(same, "en").problems
    assert (problem.path, problem.level) == ("content/world/b.md", "warning")


def test_what_cannot_be_a_twin_has_no_marks() -> None:
    assert marks(one("a", status="withdrawn"), "en").keys == ()
    assert marks(one("a"), "en").lang == "en"


def test_articles_that_are_joined_know_the_first() -> None:
    joined = Twins(4)
    joined.join(2, 3, "x")
    joined.join(1, 2, "y")
    assert [joined.root(n) for n in range(4)] == [0, 1, 1, 1]
    assert joined.reason == {3: "x", 2: "x", 1: "y"}
