"""What meta tags, the name, the scripts and the URL of a page say."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claim, Claims
from sitegen.importer.html.meta import (
    from_meta,
    from_name,
    from_owner,
    from_scripts,
    from_url,
    metas_of,
    url_date,
    words_of,
)
from sitegen.importer.html.tree import parse_tree


def read(head: str, reader: str) -> Claims:
    tree, claims = parse_tree(f"<html><head>{head}</head><body></body></html>"), Claims()
    if reader == "meta":
        from_meta(tree, metas_of(tree), claims, "", "")
    elif reader == "name":
        from_name(tree, claims, "", "")
    elif reader == "scripts":
        from_scripts(tree, claims, "", "")
    else:
        from_owner(tree, claims)
    return claims


def test_each_tag_is_a_claim() -> None:
    head = (
        "<meta name=author content='Ida Holm; Bo Ek'><meta property='og:title' content='Eels &amp;amp; more'>"  # noqa: E501
        "<meta name=date content='2026-11-20'><meta name=lastmod content='2026-11-21'>"
        "<meta property='article:section' content=Nature><meta name=keywords content='eels, rivers'>"  # noqa: E501
        "<meta property='og:site_name' content='Tidewater Post'><link rel=canonical href='/eels'>"
    )
    claims = read(head, "meta")
    assert [[p.name for p in c.value] for c in claims.authors] == [["Ida Holm", "Bo Ek"]]
    assert claims.titles == [Claim("Eels & more", "meta og:title")]
    assert claims.dates == [
        Claim("2026-11-20", "meta date"),
        Claim("2026-11-21", "meta lastmod", ("called change",)),
    ]
    assert claims.sections == [Claim("Nature", "meta article:section")]
    assert (claims.tags, claims.site, claims.canonical) == (
        ("eels", "rivers"),
        "Tidewater Post",
        "/eels",
    )


def test_the_author_in_a_label_and_its_data() -> None:
    head = "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Ida Holm'>"  # noqa: E501
    assert [c.where for c in read(head, "meta").authors] == ["meta twitter:data"]


def test_the_name_of_a_page_may_end_in_its_date() -> None:
    claims = read("<title>Eels are back | Post | 20.11.2026</title>", "name")
    assert claims.dates == [Claim("2026-11-20", "title")]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ('<script>var x = {\'a\': 1}; data = {"pageAuthor": "Ida Holm"}</script>', ["Ida Holm"]),
        ('<script>{"author":["Ida Holm"]}</script>', ["Ida Holm"]),
        ('<script type="application/ld+json">{"author": "Ida Holm"}</script>', []),
        ("<script>author()</script>", []),
    ],
)
def test_authors_in_scripts(head: str, names: list[str]) -> None:
    assert [p.name for c in read(head, "scripts").authors for p in c.value] == names


@pytest.mark.parametrize(
    ("data", "days"),
    [
        ('{"publishedAt":"2026-11-20T09:00:00Z"}', ["2026-11-20T09:00:00+00:00"]),
        (r'"{\"datePublished\": \"2026-11-20\"}"', ["2026-11-20"]),
        ('[{"publish_date": "2026-11-20"}, {"publish_date": "2026-11-20"}]', ["2026-11-20"]),
        ('[{"publish_date": "2026-11-20"}, {"publish_date": "2026-11-21"}]', []),  # teasers
        ('{"publisher": "Tidewater Post", "published": true}', []),
    ],
)
def test_the_day_in_scripts(data: str, days: list[str]) -> None:
    claims = read(f"<script>page = {data}</script>", "scripts")
    assert claims.dates == [Claim(day, "a script's data") for day in days]


def test_the_owner_of_a_site() -> None:
    claims = read("<link rel=alternate title='Ida Holm' href='/feed'>", "owner")
    assert [p.name for c in claims.authors for p in c.value] == ["Ida Holm"]


def test_a_url_holds_a_day_and_sections() -> None:
    claims = Claims()
    from_url("https://twp.example/nature/2026/11/20/eels", claims)
    assert claims.dates == [Claim("2026-11-20", "the URL")]
    assert claims.sections == [Claim("nature", "the URL")]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://post.example/2026/11/02/ferry", "2026-11-02"),
        ("https://post.example/news/2026-11-02-ferry", "2026-11-02"),
        ("https://post.example/20261102/ferry", "2026-11-02"),
        ("https://post.example/2026/11/02", "2026-11-02"),
        ("https://post.example/2026/3/2/ferry", "2026-03-02"),
        ("https://post.example/news/20-11-2026", "2026-11-20"),
        ("https://post.example/2026/13/02/ferry", ""),
        ("https://post.example/2026/02/30/ferry", ""),
        ("https://post.example/news/31-11-2026", ""),
        ("https://post.example/2026/11/ferry", ""),
        ("https://post.example/article-20261102123", ""),
        ("", ""),
    ],
)
def test_a_day_in_a_url(url: str, day: str) -> None:
    assert url_date(url) == day


def test_words() -> None:
    assert words_of(["eels", "eels", "x", 3, "rivers &amp; lakes"]) == (
        "eels",
        "rivers & lakes",
    )
