"""What is embedded from elsewhere, as the page that shows it."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from sitegen.importer.html.embeds import embedded

BASE = "https://quay.example/a/"


@pytest.mark.parametrize(
    ("html", "page"),
    [
        (
            "<iframe src='//www.youtube-nocookie.com/embed/abcdefghijk?rel=0'>",
            "watch?v=abcdefghijk",
        ),
        ("<iframe src='https://youtube.com/embed/videoseries?list=PL1'>", "playlist?list=PL1"),
        ("<iframe data-litespeed-src='https://player.vimeo.com/video/9'>", "https://vimeo.com/9"),
        ("<amp-vimeo data-videoid=99></amp-vimeo>", "https://vimeo.com/99"),
        ("<amp-dailymotion data-videoid=x8abc></amp-dailymotion>", "/video/x8abc"),
        ("<amp-instagram data-shortcode=Cabcde></amp-instagram>", "/p/Cabcde/"),
        ("<amp-facebook data-href='https://f.example/p'></amp-facebook>", "https://f.example/p"),
        ("<audio><source src='s.mp3'></audio>", "https://quay.example/a/s.mp3"),
        ("<iframe src='https://quay.example/other/embed'>", ""),
        ("<iframe src='https://ads.example/ads/1'>", ""),
        ("<iframe src='https://a.example/' height=1>", ""),
        ("<amp-youtube data-videoid='a b'></amp-youtube>", ""),
    ],
)
def test_the_page_of_what_is_embedded(html: str, page: str) -> None:
    found = embedded(fragment_fromstring(html), BASE)
    assert found.endswith(page) and bool(found) is bool(page)
