"""All that a page claims of its article, from every part of it."""

from __future__ import annotations

from sitegen.importer.html.gather import gather
from sitegen.importer.html.tree import parse_tree


def test_each_part_of_a_page_is_read() -> None:
    html = (
        "<html lang=en><head><title>Eels are back | Post</title><meta name=author content='Ida"
        ' Holm\'><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Eels are'
        ' back"}</script></head><body><h1 itemprop=headline>Eels are back</h1><p>By Ida Holm</p>'
        "</body></html>"
    )
    claims = gather(parse_tree(html), "https://post.example/nature/2026/11/20/eels", "", "")
    assert {claim.where for claim in claims.titles} == {
        "JSON-LD",
        "title",
        "microdata headline",
        "h1",
    }
    assert {claim.where for claim in claims.authors} == {"meta author", "a line with By"}
    assert [claim.where for claim in claims.dates] == ["the URL"]
    assert (claims.lang, claims.canonical[:20]) == ("en", "https://post.example")
