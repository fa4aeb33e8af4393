"""The archive by date, corrections, and what machines read besides feeds."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from tests.conftest import NOW, SITE, Digest

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_years_months_and_days_lead_to_each_other(digest: Digest) -> None:
    digest.article("a", date="2025-12-31T16:30:00-05:00")  # 22:30 in the zone of the site
    digest.article("b", title="Second & last", date="2026-11-03")
    digest.article("c", date="2026-11-03T10:00:00+01:00")
    digest.build("--strict")
    archive = digest.page("archive/index.html")
    assert 'href="/archive/2025/"' in archive
    assert 'href="/archive/2026/"' in archive
    year = digest.page("archive/2026/index.html")
    assert 'href="/archive/2026/11/"' in year
    assert 'href="/archive/2026/11/03/"' in year
    month = digest.page("archive/2026/11/index.html")
    assert "Second &amp; last" in month
    assert "November 2026" in month
    day = digest.page("archive/2026/11/03/index.html")
    assert "/world/2026/11/03/b/" in day
    assert "/world/2026/11/03/c/" in day
    assert 'href="/archive/2026/11/"' in day
    assert "archive/2025/12/31/index.html" in digest.tree(), (
        "the day as it is written, as in the address"
    )
    assert "https://t.example/archive/2026/11/03/" in digest.page("sitemap.xml")


def test_a_new_article_touches_its_day_month_and_year_only(digest: Digest) -> None:
    for n in range(1, 9):
        digest.article(f"a{n}", date=f"2026-{n:02}-03")
    digest.build()
    before = digest.tree()
    digest.article("new", date="2026-05-04")
    digest.build()
    after = digest.tree()
    changed = {n for n in after if before.get(n) != after[n] and n.startswith("archive/2")}
    assert changed == {
        "archive/2026/index.html",
        "archive/2026/05/index.html",
        "archive/2026/05/04/index.html",
    }


def test_days_are_paginated_and_months_bound_their_headlines(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "pagination: 5\n")
    for n in range(14):
        digest.article(f"a{n}", title=f"Headline {n} here", date=f"2026-11-03T{n:02}:00:00Z")
    digest.build()
    assert {f"archive/2026/11/03/page/{n}/index.html" for n in (1, 2)} <= digest.tree().keys()
    month = digest.page("archive/2026/11/index.html")
    assert "Headline 13 here" in month
    assert "Headline 1 here" not in month
    assert "All articles of this day" in month


def test_unpublished_and_withdrawn_articles_are_in_no_archive(digest: Digest) -> None:
    digest.article("a", title="Kept one", date="2026-11-03")
    digest.article(
        "b",
        title="Taken one",
        date="2026-11-04",
        more="status: withdrawn\ncorrections: [{date: 2026-11-05, text: Wrong}]",
    )
    digest.article(
        "c",
        title="Hidden one",
        date="2026-11-05",
        more="status: draft\ncorrections: [{date: 2026-11-05, text: hushed}]",
    )
    digest.build()
    tree = digest.tree()
    assert not any(n.startswith(("archive/2026/11/04", "archive/2026/11/05")) for n in tree)
    assert not any(b"hushed" in data or b"Hidden one" in data for data in tree.values())
    assert "Wrong" in digest.page("corrections/index.html")


def test_corrections_have_a_page_once_there_is_one(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    assert "corrections/index.html" not in digest.tree()
    assert "/corrections/" not in digest.page("index.html")
    digest.article(
        "b",
        title="Salt",
        more="corrections:\n- {date: 2026-11-02, text: Older}\n- {date: 2026-11-09, text: Newer}",
    )
    digest.build()
    page = digest.page("corrections/index.html")
    assert page.index("Newer") < page.index("Older")
    assert 'href="/world/2026/11/01/b/"' in page
    assert 'href="/corrections/"' in digest.page("index.html")


def test_the_news_sitemap_ages(digest: Digest) -> None:
    digest.article("old", date="2026-11-22T11:00:00Z")
    digest.article("young", title="Fresh & new", date="2026-11-23T11:00:00Z", more="lang: pt-BR")
    digest.article("hidden", date="2026-11-24T11:00:00Z", more="status: draft")

    def urls() -> list[str]:
        root = ET.fromstring(digest.page("sitemap-news.xml"))
        assert [e.text for e in root.iter(f"{NEWS}language")] == ["pt"] * len(root)
        return [e.text or "" for e in root.iter(f"{MAP}loc")]

    done = json.loads(digest.build("--json").stdout)
    assert urls() == ["https://t.example/world/2026/11/23/young/"]
    assert "sitemap-news.xml" in digest.page("robots.txt")
    assert "<news:title>Fresh &amp; new</news:title>" in digest.page("sitemap-news.xml")
    assert done["next_due"] == "2026-11-25T12:00:00+01:00"
    assert (
        digest.run("build", "--now", "2026-11-25T10:59:59Z").stdout.count(" 0 files written") == 1
    )
    digest.run("build", "--now", "2026-11-25T11:00:00Z")
    assert urls() == []
    assert "sitemap-news.xml" not in digest.page("robots.txt")


def test_sources_are_named_to_feed_readers(digest: Digest) -> None:
    sources = (
        'sources: {salm: {name: Salm & Post, home: "https://post.example/", feed:'
        ' "https://post.example/feed"}}\n'
    )
    digest.write("site.yaml", SITE + sources)
    digest.article("a", more="source: Salm & Post")
    digest.article("b", more="source: Brack")
    digest.build("--now", NOW)
    outlines = ET.fromstring(digest.page("sources.opml")).findall("body/outline")
    told = [(o.get("text"), o.get("xmlUrl"), o.get("htmlUrl")) for o in outlines]
    assert told == [
        ("Brack", "https://t.example/source/brack/feed.xml", "https://t.example/source/brack/"),
        ("Salm & Post", "https://post.example/feed", "https://post.example/"),
    ]
    assert 'href="/sources.opml"' in digest.page("sources/index.html")
