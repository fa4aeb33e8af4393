"""What microdata and microformats say of an article."""

from __future__ import annotations

from typing import Any

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.microdata import from_h_entry, from_microdata
from sitegen.importer.html.tree import parse_tree


def read(body: str, reader: Any) -> Claims:
    claims = Claims()
    reader(parse_tree(f"<html><body>{body}</body></html>"), claims, "", "")
    return claims


def test_properties_of_microdata() -> None:
    claims = read(
        "<h1 itemprop=headline>Eels are back</h1><time itemprop=datePublished"
        " datetime=2026-11-20>x</time><meta itemprop=dateModified content=2026-11-21><div"
        " itemprop=author><b itemprop=name>Ida Holm</b> editor</div>",
        from_microdata,
    )
    assert [c.value for c in claims.titles] == ["Eels are back"]
    assert [(c.value, c.signs) for c in claims.dates] == [
        ("2026-11-20", ()),
        ("2026-11-21", ("called change",)),
    ]
    assert [p.name for c in claims.authors for p in c.value] == ["Ida Holm"]


def test_properties_of_the_one_h_entry() -> None:
    entry = (
        "<div class=h-entry><a class='p-author h-card' href='https://a.example/ida'>Ida Holm</a>"
        "<time class=dt-published datetime=2026-11-20>x</time>"
        "<a class=u-canonical href='https://a.example/eels'>x</a></div>"
    )
    claims = read(entry, from_h_entry)
    assert [(p.name, p.url) for c in claims.authors for p in c.value] == [
        ("Ida Holm", "https://a.example/ida")
    ]
    assert [c.value for c in claims.dates] == ["2026-11-20"]
    assert claims.canonical == "https://a.example/eels"
    assert read(entry + entry, from_h_entry).authors == []
