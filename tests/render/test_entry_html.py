"""What an entry of a feed shows beside its text."""

from __future__ import annotations

import pytest

from sitegen.model.article import Comment, Image
from sitegen.model.site import Card, Link
from sitegen.model.views import FeedItem
from sitegen.render.entry_html import comment_html, lead_figure, source_line

CC = "https://creativecommons.org/licenses/by/4.0/"
IMAGE = Image(
    "/a.jpg", "Fog & <mist>", "At dawn", "Ruta Lind", "Ruta Lind/Salm", license="CC BY 4.0"
)


def absurl(path: str) -> str:
    return f"https://t.example{path}"


def item(source: str = "", url: str = "", notice: str = "", license: str = "") -> FeedItem:
    card = Card("T", "/a/", "2026-11-02", Link("World", "/world/"), source=source)
    return FeedItem(card, source_url=url, notice=notice, license=license)


def test_the_lead_image_with_its_credit() -> None:
    assert lead_figure(IMAGE, "", absurl) == (
        '<figure><img src="https://t.example/a.jpg" alt="Fog &amp; &lt;mist&gt;" />'
        "<figcaption>At dawn <small>Ruta Lind / Salm · CC BY 4.0</small></figcaption></figure>"
    )
    assert lead_figure(None, "", absurl) == ""


def test_an_image_that_the_text_shows_is_not_shown_twice() -> None:
    assert lead_figure(IMAGE, '<p><img src="https://t.example/a.jpg" /></p>', absurl) == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (item(), ""),
        (item("Post"), "First published by Post"),
        (
            item("Öl & Gas", "https://p.example/?a=1&b=2"),
            'First published by <a href="https://p.example/?a=1&amp;b=2">Öl &amp; Gas</a>',
        ),
        (item(url="https://p.example/"), '<a href="https://p.example/">Read the original</a>'),
        (item(notice="© Post"), "© Post"),
        (item(notice=CC, license=CC), f'<a rel="license" href="{CC}">Licence</a>'),
        (
            item("Post", notice="© P", license=CC),
            f'First published by Post · © P · <a rel="license" href="{CC}">Licence</a>',
        ),
    ],
)
def test_the_source_and_its_licence(given: FeedItem, words: str) -> None:
    assert source_line(given, str) == (f"<p><small>{words}</small></p>" if words else "")


def test_a_comment_is_marked_as_that() -> None:
    said = comment_html(
        Comment("Read\n\nit <now>", "Di"), {"Comment": "Kommentar"}.__getitem__, "p"
    )
    assert said == (
        '<p class="comment"><p><strong>Kommentar · Di</strong></p><p>Read</p>'
        "<p>it &lt;now&gt;</p></p>"
    )
