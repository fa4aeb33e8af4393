"""Editions: what stands in which, and that a closed one stays as it was."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from msgspec.structs import replace

from sitegen.config.schema import Config, EditionsConfig
from sitegen.model.article import Document, Person, Source
from sitegen.model.site import Site
from sitegen.model.views import EditionView
from sitegen.pages.editions import (
    Tongues,
    copies,
    edition_feeds,
    edition_page,
    front_edition,
    handed_out,
    headlined,
    index_keys,
    index_pages,
)
from sitegen.pages.plan import translations_of
from sitegen.pages.translations import shown_instead, translations
from sitegen.site.editions import with_editions
from tests.conftest import NOW, SITE, Digest
from tests.samples import config, document, site, theme

DAILY = "editions: {kind: daily}\n"


def fill(digest: Digest, settings: str = DAILY) -> None:
    digest.write("site.yaml", SITE + settings)
    digest.article("a", title="Alpha", date="2026-11-20T10:00:00+01:00")
    digest.article("b", title="Beta", date="2026-11-22T10:00:00+01:00", more="lead: true\nid: beta")
    digest.article("c", title="Gamma", date="2026-11-22T18:00:00+01:00")
    digest.article("d", title="Delta", date="2026-11-24T10:00:00+01:00")


def edition(digest: Digest, key: str) -> str:
    return digest.page(f"edition/{key}/index.html").split('<main id="main"')[1].split("</main>")[0]


def test_daily_editions_have_lead_number_neighbours_and_an_index(digest: Digest) -> None:
    fill(digest)
    digest.build("--strict")
    page = edition(digest, "2026-11-22")
    assert "Edition 2" in page
    assert "22 November 2026" in page
    assert page.index("Beta") < page.index("Gamma"), "the flagged one leads"
    assert "Alpha" not in page
    assert 'href="/edition/2026-11-20/"' in page
    assert 'href="/edition/2026-11-24/"' in page
    index = digest.page("editions/index.html")
    assert [index.index(f"/edition/2026-11-{day}/") for day in (24, 22, 20)] == sorted(
        index.index(f"/edition/2026-11-{d}/") for d in (24, 22, 20)
    )
    assert 'href="/edition/2026-11-24/"' in digest.page("index.html")
    assert 'href="/edition/2026-11-22/"' in digest.page("world/2026/11/22/b/index.html")
    assert "https://t.example/edition/2026-11-22/" in digest.page("sitemap.xml")


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("daily", {"2026-11-20", "2026-11-22", "2026-11-24"}),
        ("weekly", {"2026-w47", "2026-w48"}),
        ("monthly", {"2026-11"}),
        ("key", {"extra"}),
    ],
)
def test_kinds(digest: Digest, kind: str, keys: set[str]) -> None:
    fill(digest, f"editions: {{kind: {kind}}}\n")
    more = "edition: Extra" if kind == "key" else ""
    digest.article("e", date="2026-11-24", more=more)
    digest.build("--strict")
    assert {n.split("/")[1] for n in digest.tree() if n.startswith("edition/")} == keys


def test_an_article_may_name_its_edition_and_some_sections_stay_out(digest: Digest) -> None:
    fill(digest, "editions: {kind: daily, sections: [world], title: 'No. {number} of {date}'}\n")
    digest.article("late", title="Epsilon", date="2026-11-24", more="edition: 2026-11-20")
    digest.article("other", title="Zeta", date="2026-11-20", more="section: sport")
    digest.build("--strict")
    page = edition(digest, "2026-11-20")
    assert "Epsilon" in page
    assert "Zeta" not in page
    assert "No. 1 of 20 November 2026" in page


def test_closing_writes_manifests_of_what_is_over(digest: Digest) -> None:
    fill(digest)
    done = digest.run("edition", "close", "--now", NOW)
    assert "2026-11-22.yaml: edition 2, 2 articles" in done.stdout
    assert not (digest.root / "content/editions/2026-11-24.yaml").exists()
    text = (digest.root / "content/editions/2026-11-22.yaml").read_text()
    assert "number: 2\n" in text
    assert 'lead: "beta"\n' in text
    assert '- "beta"  # Beta\n' in text
    assert '- "content/world/c.md"  # Gamma\n' in text
    assert "published: 2026-11-24T13:00:00+01:00" in text
    assert "no open edition" in digest.run("edition", "close", "--now", NOW).stdout
    listed = digest.run("edition", "list", "--now", NOW).stdout
    assert "2026-11-24  No. 3   open    1 article" in listed
    assert "2026-11-20  No. 1   closed" in listed
    assert "already closed" in digest.run("edition", "close", "2026-11-20", expect=2).stderr
    assert (
        "2026-11-24" in digest.run("edition", "close", "2026-11-2", "--now", NOW, expect=2).stderr
    )


def test_a_closed_edition_stays_and_late_articles_go_into_the_next(digest: Digest) -> None:
    fill(digest)
    digest.run("edition", "close", "2026-11-22", "--now", NOW)
    digest.build()
    before = edition(digest, "2026-11-22")
    digest.article("late", title="Latecomer", date="2026-11-21")
    digest.article("later", title="Laggard", date="2026-11-22", more="lead: true\nweight: -5")
    digest.write(
        "site.yaml",
        f"{SITE}editions: {{kind: daily, order: oldest, lead: first, title: '{{number}}'}}\n",
    )
    digest.build()
    assert edition(digest, "2026-11-22").replace(">3<", ">24 November 2026<") == before.replace(
        "24 November 2026 <", "3 <"
    )
    assert "edition/2026-11-21/index.html" not in digest.tree()
    following = edition(digest, "2026-11-24")
    assert "Latecomer" in following
    assert "Laggard" in following


def test_a_late_article_opens_the_following_edition_where_all_are_closed(digest: Digest) -> None:
    fill(digest)
    digest.run("edition", "close", "2026-11-24", "--now", NOW)
    digest.article("late", title="Latecomer", date="2026-11-21")
    digest.build("--strict")
    assert "Latecomer" in edition(digest, "2026-11-25")


def test_what_is_no_longer_published_leaves_a_closed_edition(digest: Digest) -> None:
    fill(digest)
    digest.run("edition", "close", "--now", NOW)
    digest.article("c", title="Gamma", date="2026-11-22T18:00:00+01:00", more="status: draft")
    done = digest.build("--strict")
    assert "lists `content/world/c.md`, which is not published" in done.stderr
    assert not any(b"Gamma" in data for data in digest.tree().values())


def test_an_article_is_known_by_its_id_when_its_file_moves(digest: Digest) -> None:
    fill(digest)
    digest.run("edition", "close", "--now", NOW)
    (digest.root / "content/world/b.md").rename(digest.root / "content/world/moved.md")
    digest.build("--strict")
    assert "Beta" in edition(digest, "2026-11-22")


def test_the_feed_shows_closed_editions(digest: Digest) -> None:
    fill(digest)
    digest.build()
    feed = feedparser.parse(digest.page("editions/feed.xml"))
    assert [e.link for e in feed.entries] == [
        f"https://t.example/edition/2026-11-{d}/" for d in (22, 20)
    ]
    digest.run("edition", "close", "2026-11-20", "--now", NOW)
    digest.build()
    feed = feedparser.parse(digest.page("editions/feed.xml"))
    assert not feed.bozo
    assert [(e.id, e.title) for e in feed.entries] == [
        ("urn:uuid:ba2a7467-8ef0-557f-84b1-eb23922a5e27", "20 November 2026")
    ]
    assert "Alpha" in feed.entries[0].summary
    assert (
        '<a href="https://t.example/world/2026/11/20/a/">Alpha</a> – Ann Ames'
        in feed.entries[0].content[0].value
    )
    assert not [x for x in feed.entries[0].links if x.rel == "enclosure"]
    digest.write(
        "site.yaml",
        SITE + "editions: {kind: daily, epub: true}\nfeeds: {formats: [atom, rss, json]}\n",
    )
    digest.build()
    entry = feedparser.parse(digest.page("editions/feed.xml")).entries[0]
    assert [x.href for x in entry.links if x.rel == "enclosure"] == [
        "https://t.example/edition/2026-11-20/2026-11-20.epub"
    ]
    item = json.loads(digest.page("editions/feed.json"))["items"][0]
    assert item["attachments"][0]["mime_type"] == "application/epub+zip"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("number: one\narticles: []\npublished: 2026-11-20\n", "`number`"),
        ("number: 1\npublished: 2026-11-20\n", "`articles`"),
        ("number: 1\narticles: []\n", "`published`"),
        ("number: [", "broken YAML"),
        (b"\xff", "UTF-8"),
    ],
)
def test_a_broken_manifest_is_an_error_with_its_place(
    digest: Digest, text: str | bytes, words: str
) -> None:
    fill(digest)
    digest.write("content/editions/2026-11-20.yaml", text)
    done = digest.build(expect=1)
    assert "error[edition]" in done.stderr
    assert words in done.stderr
    assert "content/editions/2026-11-20.yaml" in done.stderr
    digest.run("edition", "close", expect=1)


@pytest.mark.parametrize(
    "wrong",
    [
        "{kind: hourly}",
        "{kind: daily, title: '{nubmer}'}",
        "{kind: daily, title: '{'}",
        "{kind: daily, lead: me}",
    ],
)
def test_a_wrong_setting_is_named(digest: Digest, wrong: str) -> None:
    digest.write("site.yaml", f"{SITE}editions: {wrong}\n")
    assert "editions" in digest.build(expect=2).stderr


def test_without_the_setting_there_are_none(digest: Digest) -> None:
    digest.article("a", more="edition: special")
    digest.write("content/editions/2026-11-20.yaml", "broken: [")
    digest.build("--strict")
    assert not any(n.startswith("edition") for n in digest.tree())
    assert "no editions" in digest.run("edition", "list", expect=2).stderr


@pytest.mark.parametrize("theme", ["base", "broadsheet", "brief", "wire"])
def test_the_front_page_shows_the_newest_closed_edition(digest: Digest, theme: str) -> None:
    digest.write(
        "site.yaml",
        f"{SITE}theme: {theme}\neditions: {{kind: monthly, title: 'Number {{number}}'}}\n",
    )
    for n in range(1, 8):
        digest.article(f"o{n}", f"Old {n}", date=f"2026-10-0{n}")
    digest.article(
        "lead", "Old lead", date="2026-10-01", more="lead: true\nsummary: In a line\nlang: fr\n"
    )
    for n in range(1, 21):
        digest.article(f"n{n}", f"New {n}", date=f"2026-11-{n:02}")
    digest.build()
    front = digest.page("index.html")
    assert "Number 2" in front  # while none is closed, the newest
    assert 'id="edition"' not in front  # and all of it is above
    digest.run("edition", "close", "--now", NOW)
    digest.build()
    box = digest.page("index.html").split('id="edition"')[1].partition("</section>")[0]
    assert 'href="/edition/2026-10/"' in box
    assert "Number 1" in box
    assert [
        t
        for t in ("Old lead", "In a line", 'lang="fr"', *(f"Old {n}" for n in (7, 6, 5, 4)))
        if t not in box
    ] == []
    assert "Old 3" not in box
    assert "New" not in box


def test_a_front_page_without_editions_shows_none(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    assert 'id="edition"' not in digest.page("index.html")


def edited(*documents: Document, **values: Any) -> tuple[Site, Config]:
    """A site with daily editions, and its settings."""
    settings = config(editions=EditionsConfig(kind="daily", **values), pagination=2)
    return with_editions(site(*documents), settings, (), theme().templates)[0], settings


DAYS = [document(f"n{n}", f"2026-11-0{n}") for n in range(1, 6)]


def test_an_edition_links_its_neighbours() -> None:
    digest, settings = edited(*DAYS)
    views = [edition_page(digest, settings, n).view for n in range(len(DAYS))]
    assert [(v.older and v.older.name, v.newer and v.newer.name) for v in views[:2]] == [
        (None, views[1].title),
        (views[0].title, views[2].title),
    ]


def test_the_index_counts_from_the_oldest_edition() -> None:
    digest, settings = edited(*DAYS)
    page = index_pages(digest, settings)
    pages = [page(*key) for key in index_keys(digest, settings)]
    assert [(p.output, len(p.view.lines), p.view.newer, p.view.older) for p in pages] == [
        ("editions/index.html", 2, "", "/editions/page/2/"),
        ("editions/page/1/index.html", 2, "/editions/page/2/", ""),
        ("editions/page/2/index.html", 2, "/editions/", "/editions/page/1/"),
    ]
    assert list(index_keys(site(), config())) == []


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({}, []),
        ({"email": True}, ["email.html", "email.txt", "email.eml"]),
        ({"epub": True}, ["2026-11-01.epub"]),
    ],
)
def test_an_edition_is_copied_in_the_forms_asked_for(
    values: dict[str, Any], names: list[str]
) -> None:
    digest, settings = edited(DAYS[0], **values)
    links = copies(digest.editions[0], settings)
    assert [link.url.rsplit("/", 1)[1] for link in links] == names
    assert copies(replace(digest.editions[0], documents=()), settings) == ()


def test_an_expired_article_stays_on_the_page_only() -> None:
    digest, _ = edited(document("a", noindex=True, lead=True), document("b"))
    edition = digest.editions[0]
    handed = handed_out(digest, edition)
    assert (len(edition.documents), edition.lead) == (2, 0)
    assert [digest.documents[i].slug for i in handed.documents] == ["b"]
    assert handed.lead is None


def test_the_feed_has_no_edition_that_still_grows() -> None:
    pages = list(edition_feeds(*edited(*DAYS), ""))
    items = pages[0].view.items
    assert [item.card.id for item in items] == [f"edition:2026-11-0{n}" for n in range(4, 0, -1)]
    assert '<a href="/world/2026/11/04/n4/">N4</a>' in items[0].contents


def test_the_feed_names_authors_and_sources_of_headlines() -> None:
    one = document("one", "2026-11-01", authors=(Person("Ann"),), source=Source("Post"))
    digest, settings = edited(one, document("two", "2026-11-02"), document("three", "2026-11-03"))
    texts = [item.contents for item in next(edition_feeds(digest, settings, "")).view.items]
    assert ["<li>" in text and " – Ann · Post</li>" in text for text in texts] == [False, True]


def test_the_index_names_the_lead_of_each_edition() -> None:
    digest, settings = edited(document("one"), document("two", lead=True))
    (line,) = index_pages(digest, settings)("", 0).view.lines
    assert line.headline and (line.headline.name, line.count) == ("Two", 2)


def test_the_front_page_shows_the_newest_edition() -> None:
    digest, _ = edited(*DAYS)
    edition = front_edition(digest)
    assert edition is not None
    assert edition.url == "/edition/2026-11-05/"
    assert front_edition(site()) is None


def test_the_front_page_has_an_article_and_its_translation_once() -> None:
    tide, flut = document("tide", id="tide"), document("flut", lang="de", translation_of="tide")
    digest, _ = edited(tide, flut, document("ice"))
    (edition,) = digest.editions
    numbers = {one.title: number for number, one in enumerate(digest.documents)}
    instead = {numbers["Flut"]: numbers["Tide"]}
    leading = replace(edition, lead=numbers["Flut"])
    shown = headlined(digest, leading, instead)
    assert [digest.documents[i].title for i in shown] == ["Tide", "Ice"]
    assert len(headlined(digest, edition, {})) == 3


def test_an_edition_shows_an_article_and_its_translations_once() -> None:
    digest, settings = edited(
        document("a", "2026-11-03"),
        document("ja", "2026-11-03", lang="ja", id="ja"),
        document("b", "2026-11-03", translation_of="ja"),
        document("de", "2026-11-03", lang="de", translation_of="a-id"),
        document("c", "2026-11-04", lang="fr", translation_of="a-id"),
        document("orig", "2026-11-05", id="a-id"),
    )
    groups = translations_of(digest)
    known = translations(digest, groups, settings)[0]
    given = Tongues(shown_instead(digest, groups, settings, settings.language), known)
    views = [edition_page(digest, settings, n, given).view for n in range(3)]

    def titles(view: EditionView) -> list[str]:
        lead = [view.lead.title] if view.lead else []
        return [*lead, *(c.title for block in view.blocks for c in block.cards)]

    # in the language of the site if the edition has it, else what there is
    assert [sorted(titles(view)) for view in views] == [["A", "B", "De"], ["C"], ["Orig"]]
    assert {url: [x.lang for x in found] for url, found in views[0].tongues.items()} == {
        "/world/2026/11/03/b/": ["ja"],
        "/world/2026/11/03/de/": ["en", "fr"],
    }
