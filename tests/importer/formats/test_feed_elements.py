"""Which element of an item is its own."""

from __future__ import annotations

import pytest
from lxml import etree

from sitegen.importer.formats.feed_elements import base_of, family, own, said, usual_names

ITEM = """\
<item xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:x="https://other.example/">
<x:title>Other</x:title><media:title>Image</media:title><atom:title>Atom</atom:title>
<title/><title>Own</title><dc:date>2026</dc:date><x:date>1999</x:date></item>
"""


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("title", ""),
        ("{http://purl.org/rss/1.0/}title", ""),
        ("{http://backend.userland.com/rss2}title", ""),
        ("{http://www.w3.org/2005/Atom}title", "atom"),
        ("{http://purl.org/atom/ns#}title", "atom"),
        ("{http://purl.org/dc/terms/}title", "dc"),
        ("{https://search.yahoo.com/mrss/}title", "media"),
        ("{http://purl.org/rss/1.0/modules/content/}encoded", "content"),
        ("{https://other.example/}title", "other"),
    ],
)
def test_the_vocabulary_of_an_element(tag: str, name: str) -> None:
    assert family(etree.Element(tag)) == name


def test_an_items_own_elements_come_first() -> None:
    item = etree.fromstring(ITEM)
    assert [e.text for e in own(item, "title")] == [None, "Own", "Atom"]
    assert said(item, "title") == "Own"
    assert said(item, "date") == "2026"
    assert said(item, "missing") == ""
    assert [e.text for e in own(item, "title", families=("media", ""))] == ["Image", None, "Own"]


def test_names_in_capitals_are_the_usual_ones() -> None:
    item = etree.fromstring("<ITEM><PUBDATE>x</PUBDATE><GUID ISPERMALINK='no'/><Odd A='1'/></ITEM>")
    usual_names(item)
    assert [e.tag for e in item.iter()] == ["item", "pubDate", "guid", "Odd"]
    assert item[1].get("ispermalink") == "no"
    assert item[2].get("A") == "1"


def test_the_base_of_relative_urls() -> None:
    root = etree.fromstring('<a xml:base="/news/"><b xml:base="x/"><c/></b></a>')
    assert base_of(root[0][0], "https://t.example/feed") == "https://t.example/news/x/"
    assert base_of(etree.fromstring("<a/>"), "https://t.example/feed") == ""
