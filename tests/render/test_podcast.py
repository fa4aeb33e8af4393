"""What a podcast says beyond RSS."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from msgspec.structs import replace

from sitegen.model.site import Byline, Card, Link
from sitegen.model.views import FeedItem, Podcast
from sitegen.render.podcast import describe_episode, describe_podcast

PODCAST = Podcast("/cover.jpg", ("News", "Daily News"), "The Desk", "Ann", "ann@t.example")
CARD = Card(
    "Tide & ebb", "/a/", "2026-11-02", Link("World", "/world/"), "A summary", (Byline("Ann", ""),)
)


def described(podcast: Podcast) -> dict[str, str]:
    channel = ET.Element("channel")
    describe_podcast(channel, podcast, "https://t.example".__add__)
    return {
        one.tag.removeprefix("itunes:"): one.text or one.get("href") or one.get("text") or ""
        for one in channel.iter()
    }


def test_a_podcast_says_what_directories_ask_for() -> None:
    assert described(PODCAST) == {
        "channel": "",
        "image": "https://t.example/cover.jpg",
        "category": "Daily News",
        "author": "The Desk",
        "explicit": "false",
        "type": "episodic",
        "owner": "",
        "name": "Ann",
        "email": "ann@t.example",
    }
    others = described(replace(PODCAST, explicit=True, serial=True, mail="", categories=("News",)))
    assert (others["explicit"], others["type"], others["category"]) == ("true", "serial", "News")
    assert "owner" not in others


def test_an_episode() -> None:
    entry = ET.Element("item")
    describe_episode(entry, FeedItem(CARD, episode=2), explicit=False)
    assert {one.tag.removeprefix("itunes:"): one.text for one in entry} == {
        "title": "Tide & ebb",
        "author": "Ann",
        "summary": "A summary",
        "explicit": "false",
        "episodeType": "full",
        "episode": "2",
    }
