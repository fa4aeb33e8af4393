"""What a podcast says beyond RSS 2.0: of itself, and of its episodes.

Source: https://podcasters.apple.com/support/823-podcast-requirements. Pure.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

from sitegen.model.views import FeedItem, Podcast
from sitegen.render.xml_text import texts

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"


def describe_podcast(channel: ET.Element, podcast: Podcast, absurl: Callable[[str], str]) -> None:
    """Add to ``channel`` what directories show of the podcast."""
    ET.SubElement(channel, "itunes:image", href=absurl(podcast.image))
    whole, *parts = podcast.categories
    category = ET.SubElement(channel, "itunes:category", text=whole)
    for part in parts:
        ET.SubElement(category, "itunes:category", text=part)
    facts = {
        "itunes:author": podcast.author,
        "itunes:explicit": _yes(podcast.explicit),
        "itunes:type": "serial" if podcast.serial else "episodic",
    }
    texts(channel, facts)
    if podcast.mail:
        owner = ET.SubElement(channel, "itunes:owner")
        texts(owner, {"itunes:name": podcast.owner, "itunes:email": podcast.mail})


def describe_episode(entry: ET.Element, item: FeedItem, explicit: bool) -> None:
    """Add to the ``entry`` of an article what directories show of its recording."""
    card = item.card
    facts = {
        "itunes:title": card.title,
        "itunes:author": ", ".join(author.name for author in card.authors),
        "itunes:summary": card.summary,
        "itunes:explicit": _yes(explicit),
        "itunes:episodeType": "full",
        "itunes:episode": str(item.episode) if item.episode else "",
    }
    texts(entry, facts)


def _yes(value: bool) -> str:
    return "true" if value else "false"
