"""Images of a page, with their captions and credits."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.figures import (
    bare_credit,
    count_previews,
    find_figures,
    is_relative,
    source_of,
)
from sitegen.importer.html.tree import parse_tree

BASE = "https://tide.example/news/eels"


def tree(body: str):  # type: ignore[no-untyped-def]
    return parse_tree(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("attributes", "url"),
    [
        ("src='a.jpg'", "https://tide.example/news/a.jpg"),
        ("src='/a b.jpg'", "https://tide.example/a%20b.jpg"),
        ("src='data:image/gif;base64,R0' data-src='a.jpg'", "https://tide.example/news/a.jpg"),
        ("srcset='a.jpg 320w, b.jpg 1200w, c.jpg 800w'", "https://tide.example/news/b.jpg"),
        ("srcset='a.jpg, b.jpg 2x'", "https://tide.example/news/b.jpg"),
        ("src='s.gif' data-lazy-srcset='b.jpg 900w'", "https://tide.example/news/b.jpg"),
        ("src='/icons/spacer.gif'", ""),
        ("src='javascript:x()'", ""),
        ("alt='nothing'", ""),
    ],
)
def test_the_url_of_an_image(attributes: str, url: str) -> None:
    image = tree(f"<img {attributes}>").xpath("//img")[0]
    assert source_of([image], BASE)[0] == url


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Photo: Ida Holm", "Ida Holm"),
        ("(Foto: Bo Lind)", "Bo Lind"),
        ("© Bo Lind / Tide Agency", "Bo Lind / Tide Agency"),
        ("Bild: Ida Holm", "Ida Holm"),
        ("Photo:", ""),
        ("x" * 201, ""),
    ],
)
def test_a_credit_without_its_label(text: str, credit: str) -> None:
    assert bare_credit(text) == credit


@pytest.mark.parametrize(
    ("src", "relative"),
    [("a/b.jpg", True), ("/b.jpg", True), ("//x/b.jpg", False), ("cid:1", False), ("", False)],
)
def test_relative_references(src: str, relative: bool) -> None:
    assert is_relative(src) is relative


def test_a_figure_with_caption_and_credit() -> None:
    page = tree(
        "<figure><img src=a.jpg alt=Weir><figcaption>The weir at noon."
        " <span class=credit>Photo: Ida Holm</span></figcaption></figure>"
    )
    (figure,) = find_figures(page, Claims(), BASE)
    assert (figure.src, figure.alt) == ("https://tide.example/news/a.jpg", "Weir")
    assert (figure.caption, figure.credit) == ("The weir at noon.", "Ida Holm")
    assert figure.beside == "a.jpg"


def test_previews_are_counted_where_no_image_is_named() -> None:
    page = tree(
        "<p><img src='data:,preview'></p><p><img src='data:,preview' data-src='b.jpg'></p>"
        "<nav><img src='data:,preview'></nav>"
    )
    assert count_previews(page) == 1
