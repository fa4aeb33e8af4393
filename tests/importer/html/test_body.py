"""The body of a page, in the page's order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.importer.html.body import embedded, heading_of, read_body
from sitegen.importer.html.judged import judged
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
    body = read_body(page, heading_of(page, "Eels are back"), "")
    given = [p.text for p in body.parts]
    assert given == ["## Eels are back", *PROSE[:2], "## At the weir", *PROSE[2:]]
    assert [p.at for p in body.parts] == sorted(p.at for p in body.parts)


def read_losing(monkeypatch: pytest.MonkeyPatch, page: str, lost: Callable[[Any], bool]) -> str:
    """The text of a page of which trafilatura loses some elements."""
    from sitegen.importer.html import body as module

    whole = module._extracted
    kept = lambda *given: [e for e in whole(*given) if not lost(e)]  # noqa: E731
    monkeypatch.setattr(module, "_extracted", kept)
    found = tree(page)
    heading = heading_of(found, "Eels are back")
    body = read_body(found, heading, "")
    return "\n\n".join(part.text for part in judged(body.parts, body, heading, ""))


ITEMS = ("Twelve eels at the upper sluice", "Forty at the mill race", "None below the weir")


@pytest.mark.parametrize(
    ("items", "restored"),
    [
        ("".join(f"<li>{item}</li>" for item in ITEMS), True),
        ("".join(f"<li><a href=/x>{item}</a></li>" for item in ITEMS), False),
    ],
)
def test_a_list_among_paragraphs_comes_back(
    monkeypatch: pytest.MonkeyPatch, items: str, restored: bool
) -> None:
    page = f"<article><h1>Eels are back</h1><p>{PROSE[0]}</p><p>{PROSE[1]}</p><ul>{items}</ul>"
    page += f"<p>{PROSE[2]}</p><p>{PROSE[3]}</p></article>"
    text = read_losing(monkeypatch, page, lambda element: element.tag == "list")
    listed = "\n".join(f"- {item}" for item in ITEMS)
    assert (f"{PROSE[1]}\n\n{listed}\n\n{PROSE[2]}" in text) is restored
    assert restored or ITEMS[0] not in text


@pytest.mark.parametrize("label", ["related teaser", "author-bio"])
def test_prose_in_a_box_among_paragraphs_does_not_come_back(
    monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    page = f"<article><h1>Eels are back</h1><p>{PROSE[0]}</p><p>{PROSE[1]}</p>"
    page += f"<div class='{label}'><p class=other>{PROSE[2]}</p></div><p>{PROSE[3]}</p></article>"
    lost = lambda element: "three" in "".join(element.itertext())  # noqa: E731
    assert PROSE[2] not in read_losing(monkeypatch, page, lost)


@pytest.mark.parametrize(("label", "restored"), [("text", True), ("comments", False)])
def test_a_second_box_of_the_text_comes_back(
    monkeypatch: pytest.MonkeyPatch, label: str, restored: bool
) -> None:
    page = f"<article><h1>Eels are back</h1><div class=text><p>{PROSE[0]}</p><p>{PROSE[1]}</p>"
    page += f"</div><div class={label}><p>{PROSE[2]}</p><p>{PROSE[3]}</p></div></article>"
    lost = lambda element: "three" in element.text or "four" in element.text  # noqa: E731
    text = read_losing(monkeypatch, page, lost)
    assert (PROSE[2] in text) is restored
    assert (PROSE[3] in text) is restored


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("article-text", True),
        ("card cookie-notice", False),
        ("cmp rgpd", False),
        ("taboola-below", False),
        ("newsletterSignup", False),
        ("affiliate_disclosure", False),
        ("story-cta", False),
        ("breadcrumbs", False),
        ("companion", True),
        ("subscribers-in-court", True),
    ],
)
def test_boxes_named_for_the_frame_go(label: str, kept: bool) -> None:
    said = "Every eel in this story was counted twice by people whom nobody had asked to do it."
    prose = "".join(f"<p>{p}</p>" for p in PROSE * 3)
    page = tree(
        f"<article><h1>Eels are back</h1>{prose}<div class='{label}'><p>{said}</p></div>"
        f"<p>{PROSE[0]} And once more.</p></article>"
    )
    text = "\n".join(p.text for p in read_body(page, heading_of(page, "Eels are back"), "").parts)
    assert (said in text) is kept


@pytest.mark.parametrize("opening", ["<aside id=popup>", "<div class='newsletter popup'>"])
def test_a_box_of_the_frame_that_is_never_closed_holds_the_page(opening: str) -> None:
    prose = "".join(f"<p>{p}</p>" for p in PROSE * 2)
    page = tree(f"{opening}<p>Our letter</p><main><h1>Eels are back</h1>{prose}</main>")
    parts = read_body(page, heading_of(page, "Eels are back"), "").parts
    assert PROSE[0] in [part.text for part in parts]
