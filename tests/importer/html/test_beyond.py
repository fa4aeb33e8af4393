"""What a page says of a text that it does not hold."""

from __future__ import annotations

import pytest

from sitegen.importer.html.beyond import behind_wall, said_beyond, walls
from sitegen.importer.html.tree import parse_tree

URL = "https://quay.example/news/bell.html"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (URL, "?page=2"),
        (URL, "bell.html?seite=2"),
        (URL, "/news/bell-2.html"),
        (URL, "/news/bell,page-2.html"),
        ("https://quay.example/bell/", "/bell/2/"),
        ("https://quay.example/bell/", "https://quay.example/bell/page/2"),
        ("", "?page=2"),
    ],
)
@pytest.mark.parametrize(
    "form", ['<link rel="next" href="{}">', '<p><a rel="next" href="{}">2</a>']
)
def test_further_pages_of_an_article(url: str, link: str, form: str) -> None:
    html = form.format(link)
    (note,) = said_beyond(parse_tree(html), html, url)
    assert "goes on on another page" in note
    assert "2" in note.rpartition(": ")[2]


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="next" href="/news/crane.html">',  # the next article of a blog
        '<link rel="next" href="https://other.example/news/bell-2.html">',
        '<link rel="next" href="?sort=date">',
        '<link rel="next" href="/news/bell-is-silent.html">',
        '<ol class="comments"><li><a rel="next" href="?page=2">More</a></ol>',
        "<p>next</p>",
    ],
)
def test_links_to_other_pages(html: str) -> None:
    assert said_beyond(parse_tree(html), html, URL) == []


@pytest.mark.parametrize(
    ("html", "is_walled"),
    [
        ('<div class="paywall"><p>Subscribe</p></div>', True),
        ('<div class="article__paywall-box">Subscribe</div>', True),
        ('<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>', True),
        ('<meta name="article:content_tier" content="locked">', True),
        ("<p>Continue reading with a subscription</p>", True),
        ("<p>Cet article est réservé aux abonnés.</p>", True),
        ("<p>Suscríbete para seguir leyendo</p>", True),
        ("<p>この記事は会員限定です</p>", True),
        ('<div class="paywall"></div>', False),  # a script would fill it
        ('<div class="wallpaper">The wall</div>', False),
        ('<script type="application/ld+json">{"isAccessibleForFree": true}</script>', False),
    ],
)
def test_walls(html: str, is_walled: bool) -> None:
    assert walls(parse_tree(f"<div>{html}</div>"), html) == is_walled


def test_only_a_short_text_may_be_the_beginning() -> None:
    assert behind_wall(True, "word " * 20)
    assert not behind_wall(True, "word " * 200)
    assert not behind_wall(False, "word")
