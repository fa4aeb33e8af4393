"""What is embedded from elsewhere, as the page that shows it."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from sitegen.importer.html.embeds import EMBEDS, embedded, name_embeds

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


POST = "<blockquote class='tiktok-embed' cite='https://t.example/1'><p>{}</p></blockquote> then"


@pytest.mark.parametrize(
    ("html", "named"),
    [
        (POST.format("Lamp on!"), ["https://t.example/1"]),
        (POST.format("<a href='https://t.example/1?a=b'>Lamp on!</a>"), []),
        ("<div class=fb-post data-href='https://f.example/1'></div>", ["https://f.example/1"]),
        ("<p>https://t.example/1</p><div class=embed-note>http and more</div>", []),
        ("<div><noscript><iframe src=a></iframe></noscript><iframe src=a></iframe></div>", ["a"]),
    ],
)
def test_posts_get_an_element_unless_they_link_to_their_page(html: str, named: list[str]) -> None:
    tree = fragment_fromstring(f"<div>{html}</div>")
    name_embeds(tree)
    shown = (e for e in tree.iter(*EMBEDS) if next(e.iterancestors("noscript"), None) is None)
    assert [e.get("src") for e in shown] == named
    assert "then" not in html or tree.text_content().endswith(" then")
