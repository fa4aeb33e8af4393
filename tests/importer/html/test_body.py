"""The body of a page, in the page's order."""

from __future__ import annotations

import pytest

from sitegen.importer.html.body import embedded, heading_of, read_body
from sitegen.importer.html.tree import parse_tree

PROSE = [
    f"Paragraph {word} says at some length what was counted below the weir on that Sunday."
    for word in ("one", "two", "three", "four")
]


def tree(body: str):  # type: ignore[no-untyped-def]
    return parse_tree(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<h1>Other news</h1><h2>Eels are back</h2>", "Eels are back"),
        ("<h1>News: eels are back again</h1>", "News: eels are back again"),
        ("<h1>Something else</h1>", None),
    ],
)
def test_the_heading_of_a_page(body: str, shown: str | None) -> None:
    heading = heading_of(tree(body), "Eels are back")
    assert (heading.text if heading is not None else None) == shown


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<iframe src='https://www.youtube.com/embed/abc'>", "https://www.youtube.com/watch?v=abc"),
        ("<iframe src='https://player.vimeo.com/video/12'>", "https://vimeo.com/12"),
        ("<iframe data-src='//maps.example/1'>", "https://maps.example/1"),
        ("<iframe width=1 src='https://count.example/'>", ""),
        ("<iframe style='display: none' src='https://count.example/'>", ""),
        ("<iframe src='https://x.doubleclick.net/a'>", ""),
        ("<lite-youtube videoid=abcd1>", "https://www.youtube.com/watch?v=abcd1"),
    ],
)
def test_the_url_of_what_is_embedded(html: str, url: str) -> None:
    element = tree(html).xpath("//iframe | //*[@videoid]")[0]
    assert embedded(element, "https://tide.example/eels") == url


def test_paragraphs_come_in_the_order_of_the_page() -> None:
    page = tree(
        "<nav><p>Home and more</p></nav><article><h1>Eels are back</h1>"
        + "".join(f"<p>{p}</p>" for p in PROSE[:2])
        + "<h2>At the weir</h2>"
        + "".join(f"<p>{p}</p>" for p in PROSE[2:])
        + "</article><div class='cookie-banner'><p>We ask for your consent to very many things"
        " that you have never heard of before.</p></div><footer><p>Imprint</p></footer>"
    )
    body = read_body(page, heading_of(page, "Eels are back"), "", "")
    given = [p.text for p in body.parts]
    assert given == ["## Eels are back", *PROSE[:2], "## At the weir", *PROSE[2:]]
    assert [p.at for p in body.parts] == sorted(p.at for p in body.parts)
