"""What the items of feeds carry: images with credits, sounds and films."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from sitegen.importer.formats.feed_media import attached_to, media_of

BASE = "https://quay.example/a/"
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


def item(inside: str) -> Any:
    return etree.fromstring(f"<item {MEDIA}>{inside}</item>")


@pytest.mark.parametrize(
    ("inside", "src", "caption", "credit"),
    [
        ("<enclosure url='/i.jpg' type='image/jpeg'/>", "https://quay.example/i.jpg", "", ""),
        ("<media:thumbnail url='i.jpg'/>", "https://quay.example/a/i.jpg", "", ""),
        (
            "<media:content url='i.jpg' medium='image'><media:description>A quay."
            "</media:description><media:credit>Ole Lund</media:credit></media:content>",
            "https://quay.example/a/i.jpg",
            "A quay.",
            "Ole Lund",
        ),
        (
            "<media:group><media:content url='i.jpg'/><media:credit>Ole Lund</media:credit>"
            "</media:group>",
            "https://quay.example/a/i.jpg",
            "",
            "Ole Lund",
        ),
    ],
)
def test_an_image(inside: str, src: str, caption: str, credit: str) -> None:
    images, credits, _ = media_of(item(inside), BASE)
    assert [(i.src, i.caption, i.credit) for i in images] == [(src, caption, credit)]
    assert [p.name for p in credits] == ([credit] if credit else [])


def test_an_author_among_the_credits_is_an_author() -> None:
    credit = "<media:credit role='author'>Ann Ames</media:credit>"
    inside = f"<media:content url='i.jpg'>{credit}</media:content>"
    _, credits, authors = media_of(item(inside), BASE)
    assert ([p.name for p in authors], credits) == (["Ann Ames"], [])


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        (
            "<enclosure url='/s.mp3' type='audio/mpeg' length='9'/>",
            [{"url": "https://quay.example/s.mp3", "type": "audio/mpeg", "length": 9}],
        ),
        ("<media:content url='v.mp4' medium='video'/>", [{"url": "https://quay.example/a/v.mp4"}]),
        ("<enclosure url='i.jpg' type='image/jpeg'/>", []),
        ("<enclosure url='https://quay.example/a/' type='text/html'/>", []),
    ],
)
def test_other_files(inside: str, kept: list[dict[str, object]]) -> None:
    assert attached_to(item(inside), BASE, BASE) == kept
