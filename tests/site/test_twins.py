"""The same article twice is listed once: imported again, copied without its URL, or in the words of
a machine."""

from __future__ import annotations

import pytest

from tests.conftest import Digest

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
