"""Podcasts: which articles are episodes, and that a strict reader accepts the feed."""

from __future__ import annotations

import feedparser
import pytest
from lxml import etree

from sitegen.config.schema import PodcastConfig
from sitegen.model.article import DataFile
from sitegen.pages.podcast import podcast_of, recording
from tests.conftest import SITE, Digest
from tests.samples import config, document

PODCAST = """\
description: Spoken news
author: The Desk
taxonomies: {series: {ordered: true}}
podcast:
  image: /cover.jpg
  category: News > Daily News
  owner: The Desk <desk@t.example>
  feeds: [site, section, series]
"""
ITUNES = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd"}
REQUIRED = (  # by Apple of a podcast and of an episode
    "title description language link itunes:image/@href itunes:category/@text itunes:explicit"
    " item/title item/guid item/pubDate item/enclosure/@url item/enclosure/@type"
    " item/enclosure/@length"
).split()


def talk(digest: Digest, name: str, more: str, body: str, section: str = "world") -> None:
    head = f"title: {name}\ndate: 2026-11-0{len(name)}\nauthors: [Ann Ames]\n{more}"
    digest.write(f"content/{section}/{name}.md", f"---\n{head}\n---\nWords.\n\n{body}\n")


def episodes(digest: Digest, name: str) -> list[tuple[str, str, str, str]]:
    """Title, URL, length and number of each episode of a podcast that directories take."""
    data = digest.page(name)
    assert not feedparser.parse(data).bozo
    channel = etree.fromstring(data.encode()).find("channel")
    for path in REQUIRED:
        assert channel.xpath(path, namespaces=ITUNES), path
    return [
        (
            item.findtext("title"),
            item.find("enclosure").get("url"),
            item.find("enclosure").get("length"),
            item.findtext("itunes:episode", namespaces=ITUNES) or "",
        )
        for item in channel.iter("item")
    ]


def test_articles_with_own_sound_are_the_episodes(digest: Digest) -> None:
    digest.write("site.yaml", SITE + PODCAST)
    digest.write("content/world/a b.mp3", "12345")
    digest.write("static/talk.m4a", "123")
    talk(digest, "a", "series: Tides", "![Listen](<a b.mp3>)")
    talk(digest, "bb", "series: Tides", "![Listen](/talk.m4a)")
    talk(digest, "ccc", "", "![Listen](https://other.example/c.mp3)")
    talk(digest, "dddd", "rights: {show: excerpt}", "![Listen](/talk.m4a)")
    talk(digest, "eeeee", "", "No sound.", section="town")
    digest.build()
    first = ("a", "https://t.example/world/a%20b.mp3", "5")
    second = ("bb", "https://t.example/talk.m4a", "3")
    for name in ("podcast.xml", "world/podcast.xml"):
        assert episodes(digest, name) == [(*second, ""), (*first, "")]
    assert episodes(digest, "series/tides/podcast.xml") == [(*second, "2"), (*first, "1")]
    assert "town/podcast.xml" not in digest.tree()
    assert "podcast.xml" not in digest.page("town/index.html").replace('"/podcast.xml"', "")
    assert 'href="/world/podcast.xml"' in digest.page("world/index.html")


def test_a_recording_that_comes_or_grows_changes_the_feed(digest: Digest) -> None:
    digest.write("site.yaml", SITE + PODCAST)
    digest.write("content/world/a.mp3", "1")
    talk(digest, "a", "", "![Listen](a.mp3)")
    talk(digest, "bb", "", "Nothing.", section="town")
    digest.build()
    digest.write("content/world/a.mp3", "12")
    talk(digest, "bb", "", "![Again](../world/a.mp3)", section="town")
    digest.build()
    assert [length for *_, length, _ in episodes(digest, "podcast.xml")] == ["2", "2"]
    assert 'href="/town/podcast.xml"' in digest.page("town/index.html")
    after = digest.tree()
    digest.build("--no-cache")
    assert digest.tree() == after


@pytest.mark.parametrize(
    ("name", "type"), [("a.MP3", "audio/mpeg"), ("a.opus", "audio/ogg"), ("a.csv", "")]
)
def test_the_type_of_a_recording(name: str, type: str) -> None:
    found = recording(document("a", data=(DataFile(f"/{name}", f"content/{name}", 7, ""),)))
    assert (found.type if found else "") == type


def test_what_directories_show() -> None:
    settings = config(podcast=PodcastConfig("/c.jpg", owner="desk@t.example"))
    said = podcast_of("site", settings)
    assert said and (said.author, said.owner, said.mail) == ("T", "T", "desk@t.example")
    assert podcast_of("site", config()) is None
