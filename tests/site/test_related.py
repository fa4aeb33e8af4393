"""Related articles: near ones, older ones, and a new article or another text changes the pages of
none."""

from __future__ import annotations

import re

from tests.conftest import SITE, Digest


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
