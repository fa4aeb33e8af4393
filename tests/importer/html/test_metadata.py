"""What a page claims of its article in its head."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.metadata import gather
from sitegen.importer.html.tree import parse_tree


def claims(head: str, lang: str = "") -> Claims:
    """What a page with ``head`` claims."""
    text = f'<html lang="{lang}"><head>{head}</head><body><p>Text.</p></body></html>'
    return gather(parse_tree(text), "https://post.example/ferry", "example", "UTC")


def meta(name: str, content: str, key: str = "property") -> str:
    return f'<meta {key}="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (meta("og:title", "Ferry &amp;amp; tide"), "titles", "Ferry & tide"),
        (meta("og:site_name", "Salm Post"), "site", "Salm Post"),
        (meta("article:section", "Ports"), "section", "Ports"),
        (meta("og:locale", "de_AT"), "lang", "de_AT"),
        (meta("og:url", "https://post.example/a"), "canonical", "https://post.example/a"),
        ('<link rel="canonical" href="/b">', "canonical", "/b"),
        (meta("og:description", "A dek"), "deks", "A dek"),
        (meta("article:published_time", "2026-11-02"), "dates", "2026-11-02"),
        (meta("article:modified_time", "2026-11-03"), "updated", "2026-11-03"),
        (meta("news_keywords", "ports; ferry, a", "name"), "tags", ("ports", "ferry")),
        (meta("article:tag", "x1") + meta("article:tag", "x2"), "tags", ("x1", "x2")),
    ],
)
def test_a_claim_of_the_head(head: str, field: str, value: object) -> None:
    found = getattr(claims(head), field)
    assert (found[0][0] if isinstance(found, list) else found) == value


def test_the_image_of_previews() -> None:
    head = meta("og:image", "https://post.example/a.jpg") + meta("og:image:alt", "Fog")
    assert {"src": "https://post.example/a.jpg", "alt": "Fog"} in claims(head).images


def test_an_author_of_the_head() -> None:
    found = claims(meta("author", "Ann Ames and Bo Beck", "name"))
    people, where = found.authors[0]
    assert [p.name for p in people] == ["Ann Ames", "Bo Beck"]
    assert where == "meta author"


def test_the_language_of_the_page_takes_precedence() -> None:
    assert claims(meta("og:locale", "de_AT"), "fr").lang == "fr"
