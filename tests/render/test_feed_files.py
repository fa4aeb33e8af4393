"""Feeds: which there are, that they are valid, and what they give away."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import feedparser
import pytest

from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.pages import sitemaps
from tests.conftest import NOW, SITE, Digest

FILES = ("feed.xml", "rss.xml", "feed.json")
MORE = """tags: [tides, Öl & Gas]
source: {name: Salm Post, url: "https://post.example/a?b=1&c=2"}
credits: [{role: photo, name: Ruta Lind}]
updated: 2026-11-02T09:00:00+01:00
image: {src: crane.jpg, alt: A crane, credit: Ruta Lind/Salm Pictures}
rights: {license: CC BY 4.0}
id: quay-nine"""


def article(
    digest: Digest,
    name: str = "a",
    body: str = "Words. [more](/world/) ![c](crane.jpg)",
    more: str = MORE,
) -> None:
    head = (
        f"title: 'Quay <nine> & {name}'\ndate: 2026-11-01T10:00:00-05:00\nauthors: [Ann Ames,"
        f" {{name: Bo Berg, role: reporting}}]\n{more}"
    )
    digest.write(f"content/world/{name}.md", f"---\n{head}\n---\n{body}\n")


def parsed(digest: Digest, name: str) -> Any:
    """A feed as a strict reader has it."""
    feed = feedparser.parse(digest.page(name))
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_site_and_lists_have_feeds_and_pages_point_to_them(digest: Digest) -> None:
    article(digest)
    digest.build()
    tree = digest.tree()
    assert tree.keys() >= set(FILES)
    for place in ("world", "tag/tides", "author/ann-ames", "author/bo-berg", "source/salm-post"):
        assert f"{place}/feed.xml" in tree
        assert f"{place}/rss.xml" not in tree
        page = digest.page(f"{place}/index.html")
        assert page.count(f'href="/{place}/feed.xml"') == 2
        assert 'type="application/feed+json"' in page
    assert "archive/feed.xml" not in tree


ALL = "Ann Ames and Bo Berg"


@pytest.mark.parametrize(
    ("name", "authors"),
    [("feed.xml", ["Ann Ames", "Bo Berg", ALL]), ("rss.xml", [ALL])],
)
def test_xml_feeds_are_valid_and_name_people_source_and_identity(
    digest: Digest, name: str, authors: list[str]
) -> None:
    article(digest)
    digest.build()
    entry = parsed(digest, name).entries[0]
    assert "nine" in entry.title
    assert [a["name"] for a in entry.authors] == authors
    assert entry.author == ALL  # what a reader shows that knows one author
    assert entry.id == "urn:uuid:824d902b-d428-5a07-9d20-57bbb6a62b90"
    assert entry.link == "https://t.example/world/2026/11/01/a/"
    assert "https://post.example/a?b=1&c=2" in [
        link.href for link in entry.links if link.rel == "via"
    ]
    assert entry.source.title == "Salm Post"
    assert {"tides", "Öl & Gas"} <= {t.term for t in entry.tags}
    assert entry.published_parsed[:5] == (2026, 11, 1, 15, 0)
    content = entry.content[0].value
    assert 'href="https://t.example/world/"' in content
    assert 'src="https://t.example/world/crane.jpg"' in content
    assert "CC BY 4.0" in (entry.get("rights") or "")


def test_the_outlet_is_known_by_its_home_and_its_feed(digest: Digest) -> None:
    outlet = (
        "sources: {post: {name: Salm Post, home: 'https://post.example/', feed:"
        " 'https://post.example/rss'}}\n"
    )
    digest.write("site.yaml", SITE + outlet)
    more = MORE.replace(
        "license: CC BY 4.0", "holder: Salm Post, license: 'https://post.example/terms'"
    )
    article(digest, more=more)
    digest.build()
    entry = parsed(digest, "feed.xml").entries[0]
    assert entry.source.id == "https://post.example/"
    assert [x.href for x in entry.source.links] == ["https://post.example/rss"]
    assert "https://post.example/terms" in [x.href for x in entry.links if x.rel == "license"]
    assert entry.rights == "© Salm Post"
    assert parsed(digest, "rss.xml").entries[0].source.href == "https://post.example/rss"
    item = json.loads(digest.page("feed.json"))["items"][0]
    assert item["_rights"] == {"notice": "© Salm Post", "license": "https://post.example/terms"}
    assert item["_source"] == {"name": "Salm Post", "url": "https://post.example/"}


def test_a_feed_is_as_new_as_its_latest_change_in_any_zone(digest: Digest) -> None:
    digest.article("a", date="2026-11-02T01:00:00+01:00")
    digest.article("b", date="2026-11-01T23:00:00-05:00")
    digest.build()
    assert parsed(digest, "feed.xml").feed.updated == "2026-11-01T23:00:00-05:00"


def test_json_feed_is_valid_and_names_people_source_and_identity(digest: Digest) -> None:
    article(digest)
    digest.build()
    feed = json.loads(digest.page("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://t.example/feed.json"
    item = feed["items"][0]
    assert [a["name"] for a in item["authors"]] == ["Ann Ames", "Bo Berg"]
    assert item["authors"][0]["url"] == "https://t.example/author/ann-ames/"
    assert item["id"] == "urn:uuid:824d902b-d428-5a07-9d20-57bbb6a62b90"
    assert item["external_url"] == "https://post.example/a?b=1&c=2"
    assert item["title"] == "Quay <nine> & a"
    assert (item["date_published"], item["date_modified"]) == (
        "2026-11-01T10:00:00-05:00",
        "2026-11-02T09:00:00+01:00",
    )
    assert item["image"] == "https://t.example/world/crane.jpg"
    assert 'href="https://t.example/world/"' in item["content_html"]


@pytest.mark.parametrize(("show", "holds"), [("full", True), ("excerpt", False), ("link", False)])
def test_rights_hold_in_every_format_and_list(digest: Digest, show: str, holds: bool) -> None:
    formats = "feeds: {formats: [atom, rss, json], text: [site, section, tag, author, source]}\n"
    digest.write("site.yaml", SITE + formats)
    body = " ".join(f"word{n}" for n in range(90))
    article(
        digest,
        body=body,
        more=f"tags: [t]\nsummary: Told words\nrights: {{show: {show}, words: 20}}",
    )
    digest.build()
    for place in ("", "world/", "tag/t/", "author/ann-ames/"):
        for name in FILES:
            text = digest.page(place + name)
            assert ("word80" in text) == holds, (place, name)
            assert ("word5 " in text) == (show != "link"), (place, name)
            assert "Told words" in text, (place, name)


def test_feeds_of_tags_hold_summaries_unless_asked_for(digest: Digest) -> None:
    article(digest, body="Sworn words.", more="tags: [t]\nsummary: Told words")
    digest.build()
    assert "Sworn words" in digest.page("world/feed.xml")
    tag = digest.page("tag/t/feed.xml")
    assert "Sworn words" not in tag
    assert "Told words" in tag


def test_an_identity_outlives_an_address(digest: Digest) -> None:
    article(digest)
    digest.build()
    before = parsed(digest, "rss.xml").entries[0]
    article(digest, more=MORE + "\nslug: moved\nsection: city")
    digest.build()
    after = parsed(digest, "rss.xml").entries[0]
    assert after.link != before.link
    assert after.id == before.id


def test_formats_by_kind_hub_and_a_site_without_feeds(digest: Digest) -> None:
    article(digest)
    hub = "https://hub.example/"
    digest.write(
        "site.yaml", f"{SITE}feeds: {{formats: {{tag: [], section: [rss, json]}}, hub: '{hub}'}}\n"
    )
    digest.build()
    tree = digest.tree()
    assert not any(n.startswith("tag/") and n.endswith(("feed.xml", ".json")) for n in tree)
    assert "world/feed.json" in tree
    for name in ("feed.xml", "world/rss.xml"):
        assert hub in [link.href for link in parsed(digest, name).feed.links if link.rel == "hub"]
    assert json.loads(digest.page("feed.json"))["hubs"] == [{"type": "WebSub", "url": hub}]
    digest.write("site.yaml", f"{SITE}feeds: {{formats: []}}\n")
    article(digest, body="Words.", more="tags: [t]")
    digest.build("--strict")
    assert not any(n.endswith(("feed.xml", "rss.xml", "feed.json")) for n in digest.tree())
    assert 'rel="alternate"' not in digest.page("index.html")


@pytest.mark.parametrize(
    "wrong",
    [
        "{formats: [attom]}",
        "{formats: {tags: [atom]}}",
        "{content: short}",
        "{hub: nowhere}",
        "{items: 0}",
    ],
)
def test_a_wrong_setting_is_named(digest: Digest, wrong: str) -> None:
    digest.write("site.yaml", f"{SITE}feeds: {wrong}\n")
    assert "feeds" in digest.build(expect=2).stderr


def test_signs_that_xml_cannot_hold_are_left_out(digest: Digest) -> None:
    article(digest, body="a\ufffe\x0bb ]]> <b>c</b>", more="summary: 'x'")
    digest.build()
    for name in ("feed.xml", "rss.xml"):
        assert parsed(digest, name).entries


def test_more_addresses_than_a_sitemap_holds_make_an_index(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sitemaps.SITEMAP_SIZE <= 50_000
    monkeypatch.setattr(sitemaps, "SITEMAP_SIZE", 5)
    for n in range(12):
        digest.article(f"n{n}")
    build(BuildOptions(root=str(digest.root), now=NOW, jobs=1))
    index = digest.page("sitemap.xml")
    assert "<sitemapindex" in index
    parts = [
        n for n in sorted(digest.tree()) if n.startswith("sitemap-") and n != "sitemap-news.xml"
    ]
    assert [f"https://t.example/{p}" in index for p in parts] == [True] * len(parts)
    places = [line for p in parts for line in digest.page(p).split("\n") if "<url>" in line]
    assert max(digest.page(p).count("<url>") for p in parts) == 5
    assert len(set(places)) == len(places) >= 14


IDS = {
    "https://old.example/?p=1": "https://old.example/?p=1",
    "urn:uuid:8d1f0c2a-6b7e-4c1d-9a3f-52e0b7c64d18": (
        "urn:uuid:8d1f0c2a-6b7e-4c1d-9a3f-52e0b7c64d18"
    ),
    "tag:old.example,2009:42": "tag:old.example,2009:42",
}


def ids_of(digest: Digest) -> set[str]:
    """The ids of the one article in every format."""
    feeds = {parsed(digest, name).entries[0].id for name in ("feed.xml", "rss.xml")}
    records = {
        json.loads(data)["uri"]
        for name, data in digest.tree().items()
        if name.endswith("ninjs.json")
    }
    return feeds | records | {json.loads(digest.page("feed.json"))["items"][0]["id"]}


@pytest.mark.parametrize(("given", "shown"), IDS.items())
def test_an_id_that_is_a_uri_is_that_of_the_entry(digest: Digest, given: str, shown: str) -> None:
    digest.write("site.yaml", SITE + "feeds: {ninjs: true}\n")
    digest.article("a", more=f"id: '{given}'")
    digest.build()
    assert ids_of(digest) == {shown}


def test_ids_change_neither_with_the_host_nor_with_a_corrected_date(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    [before] = ids_of(digest)
    digest.article(
        "a", title="Another headline", date="2025-11-01T10:00:00+01:00", more="slug: other"
    )
    digest.write("site.yaml", SITE.replace("https://t.example/", "https://new.example/sub/"))
    digest.build()
    assert ids_of(digest) == {before}
    digest.write("site.yaml", SITE + "feeds: {ids: t.example}\n")
    digest.build()
    assert ids_of(digest) == {"tag:t.example,2025:content/world/a.md"}


def test_descriptions_of_rss_are_text_not_markup(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "description: 'Fog <b>& more'\n")
    digest.article("a", more="summary: 'The <marquee> tag: 3 < 5 & so on'")
    digest.build()
    feed = ET.fromstring(digest.page("rss.xml"))
    assert feed.findtext(".//item/description") == "The &lt;marquee&gt; tag: 3 &lt; 5 &amp; so on"
    assert feed.findtext("channel/description") == "Fog &lt;b&gt;&amp; more"


def test_sitemaps_list_canonical_pages_only(digest: Digest) -> None:
    digest.article("own")
    digest.article("same", more="canonical: https://t.example/world/2026/11/01/same/")
    digest.article(
        "other", more="canonical: https://post.example/a", date="2026-11-24T10:00:00+01:00"
    )
    digest.build()
    listed = digest.page("sitemap.xml")
    assert "/own/" in listed
    assert "/same/" in listed
    assert "/other/" not in listed
    assert "/other/" not in digest.page("sitemap-news.xml")
    assert "sitemap-news" not in digest.page("robots.txt")
