"""Related articles: near ones, older ones, and a new article or another text changes the pages of
none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sitegen.config.schema import RelatedConfig
from sitegen.model.article import Document, Person
from sitegen.site.related import MARK, RECENT, related
from sitegen.site.stories import with_stories
from tests.conftest import SITE, Digest
from tests.samples import config, document, site, theme


def shown(digest: Digest, name: str, day: str) -> list[str]:
    """The addresses of the related articles on the page of one."""
    page = digest.page(f"world/2026/11/{day}/{name}/index.html")
    part = page.partition('id="related"')[2].partition("</section>")[0]
    return re.findall(r'href="/world/2026/11/\d\d/([^/]*)/"', part)


def filled(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "stories: {kind: key}\n")
    for n in range(1, 10):
        digest.article(f"plain{n}", f"Plain {n}", f"2026-11-{n:02}", more="tags: [common]\n")
    digest.article("ice-one", "Ice one", "2026-11-02", more="tags: [common, ice]\n")
    digest.article("ice-two", "Ice two", "2026-11-12", more="tags: [common, ice]\n")
    digest.article("ice-fr", "Glace", "2026-11-11", more="tags: [common, ice]\nlang: fr\n")


def test_what_is_rare_counts_most_and_only_older_articles_of_the_language_are_shown(
    digest: Digest,
) -> None:
    filled(digest)
    digest.build()
    found = shown(digest, "ice-two", "12")
    assert found[:2] == ["ice-one", "plain9"]
    assert len(found) == 4
    assert "ice-fr" not in found
    assert shown(digest, "ice-one", "02") == ["plain1"]
    assert shown(digest, "plain1", "01") == []


def test_a_new_article_and_another_text_make_no_page_of_another(digest: Digest) -> None:
    filled(digest)
    digest.article("newest", "Newest of all", "2026-11-13")
    digest.build()
    before = digest.tree()
    digest.article("ice-three", "Ice three", "2026-11-14", more="tags: [common, ice]\n")
    digest.article(
        "ice-one",
        "Ice one",
        "2026-11-02",
        body="Another text.",
        more="tags: [common, ice]\nsummary: Another.\n",
    )
    digest.build()
    after = digest.tree()
    articles = [n for n in before if re.fullmatch(r"world/2026/11/\d\d/[^/]*/index.html", n)]
    changed = [n for n in articles if before[n] != after[n]]
    # the text itself, and the one that the new article is now the newer neighbour of
    assert changed == ["world/2026/11/02/ice-one/index.html", "world/2026/11/13/newest/index.html"]
    assert shown(digest, "ice-three", "14")[:2] == ["ice-two", "ice-one"]


def test_those_of_a_story_and_withdrawn_ones_are_left_out(digest: Digest) -> None:
    filled(digest)
    digest.article(
        "ice-one", "Ice one", "2026-11-02", more="tags: [common, ice]\nstatus: withdrawn\n"
    )
    digest.article("plain9", "Plain 9", "2026-11-09", more="tags: [common]\nstory: thaw\n")
    digest.article("ice-two", "Ice two", "2026-11-12", more="tags: [common, ice]\nstory: thaw\n")
    digest.build()
    assert shown(digest, "ice-two", "12") == ["plain8", "plain7", "plain6", "plain5"]


def test_the_number_is_a_setting_and_nought_is_none(digest: Digest) -> None:
    filled(digest)
    digest.write("site.yaml", SITE + "related: {count: 1, days: 2}\n")
    digest.build()
    assert shown(digest, "ice-two", "12") == []
    assert shown(digest, "plain9", "09") == ["plain8"]
    digest.write("site.yaml", SITE + "related: {count: 0}\n")
    digest.build()
    assert 'id="related"' not in digest.page("world/2026/11/09/plain9/index.html")
    digest.write("site.yaml", SITE + "related: {count: 21}\n")
    assert "`related.count` must lie between 0 and 20" in digest.build(expect=2).stderr


def tagged(name: str, day: int, *tags: str, **values: Any) -> Document:
    return document(name, f"2026-11-{day:02}", tags=tags, **values)


def found(*documents: Document, **values: Any) -> dict[str, list[str]]:
    """The related articles of each, by name."""
    digest, settings = site(*documents), config(**values)
    names = [d.slug for d in digest.documents]
    rows = related(digest, settings).found
    return {name: [names[i] for i in row] for name, row in zip(names, rows, strict=True)}


def test_what_is_rare_counts_most() -> None:
    rows = found(
        tagged("rare", 1, "ice"),
        *(tagged(f"n{n}", 2, "news") for n in range(5)),
        tagged("last", 3, "ice", "news"),
    )
    assert rows["last"][0] == "rare"


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({}, ["one"]),
        ({"lang": "fr"}, []),
        ({"status": "withdrawn"}, []),
        ({"id": "original"}, []),  # `two` is a translation of it
    ],
)
def test_an_older_article_of_the_same_language(values: dict[str, Any], names: list[str]) -> None:
    more = {"translation_of": "original"} if "id" in values else {}
    rows = found(tagged("one", 1, "ice", **values), tagged("two", 2, "ice", **more))
    assert rows == {"one": [], "two": names}


def test_articles_of_the_same_author_are_related() -> None:
    who = {"authors": (Person("Ann Ames"),)}
    rows = found(
        tagged("one", 1, section="a", **who),
        tagged("other", 1, section="c"),
        tagged("two", 2, section="b", **who),
    )
    assert rows["two"] == ["one"]


def test_the_number_and_the_age_are_bounded() -> None:
    documents = [tagged(f"n{n}", n, "ice") for n in range(1, 9)]
    assert found(*documents, related=RelatedConfig(count=2))["n8"] == ["n7", "n6"]
    assert found(*documents, related=RelatedConfig(days=3))["n8"] == ["n7", "n6", "n5"]
    assert related(site(*documents), config(related=RelatedConfig(count=0))).found == ()


def test_only_the_newest_of_a_tag_are_looked_at() -> None:
    documents = [tagged(f"n{n}", n, "ice", section=f"s{n}") for n in range(1, RECENT + 3)]
    rows = found(*documents, related=RelatedConfig(count=99))
    assert len(rows[f"n{RECENT + 2}"]) == RECENT


def test_articles_of_one_story_are_not_related_and_of_another_one_is_enough() -> None:
    documents = [tagged(f"n{n}", n, "ice", story="flood") for n in (1, 2)]
    digest = site(*documents, tagged("n3", 3, "ice"), tagged("n4", 4, "ice", story="flood"))
    digest = with_stories(digest, config(), theme().templates)
    rows = related(digest, config()).found
    assert rows[1] == ()
    assert len(set(rows[2]) & {0, 1}) == 1
    assert rows[3] == (2,)


def test_only_articles_after_the_first_that_changed_are_weighed_again() -> None:
    documents = [tagged(f"n{n}", n, "ice") for n in range(1, 7)]
    before = related(site(*documents), config())
    changed = [*documents[:4], tagged("n5", 5, "snow"), documents[5]]
    digest = site(*changed)
    after = related(digest, config(), before)
    assert after == related(digest, config())
    assert after.marks[: 4 * MARK] == before.marks[: 4 * MARK]
    assert after.marks != before.marks
    assert related(site(*documents), config(), before) is before
