"""What a page says of its article in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.importer.html.candidates import Claim, Claims
from sitegen.importer.html.jsonld import from_json_ld
from sitegen.importer.html.tree import parse_tree

URL = "https://post.example/ferry"
ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry returns",
    "author": [{"@type": "Person", "name": "Ann Ames"}],
    "datePublished": "2026-11-02T10:00:00+01:00",
    "dateModified": "2026-11-03T10:00:00+01:00",
    "articleSection": "Ports",
    "url": URL,
}


def claims(*scripts: Any) -> Claims:
    """What a page with ``scripts``, values or texts, claims."""
    texts = [one if isinstance(one, str) else json.dumps(one) for one in scripts]
    html = "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    out = Claims()
    from_json_ld(parse_tree(f"<html><head>{html}</head><body>x</body></html>"), out, "", "UTC", URL)
    return out


def test_an_article() -> None:
    found = claims(ARTICLE)
    assert found.titles[0][0] == "Ferry returns"
    assert [p.name for p in found.authors[0][0]] == ["Ann Ames"]
    assert found.dates == [
        Claim("2026-11-02T10:00:00+01:00", "JSON-LD"),
        Claim("2026-11-03T10:00:00+01:00", "JSON-LD dateModified", ("called change",)),
    ]
    assert found.sections == [Claim("Ports", "JSON-LD")]


@pytest.mark.parametrize(
    "script",
    [
        {"@graph": [{"@type": "WebPage"}, ARTICLE]},
        [ARTICLE],
        ARTICLE | {"@type": "Recipe"},
        ARTICLE | {"@type": ["MedicalWebPage"]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        json.dumps(ARTICLE).replace('"Ports",', '"Ports", /* a comment */'),
        json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps(ARTICLE)[:-1],
        f"<!-- {json.dumps(ARTICLE)} -->",
        json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE).replace("returns", "re\tturns").replace("re\tturns", "returns\n"),
    ],
)
def test_what_is_meant_is_read(script: Any) -> None:
    found = claims(script)
    assert found.titles[0][0] == "Ferry returns"
    assert [p.name for p in found.authors[0][0]] == ["Ann Ames"]


def test_of_several_articles_that_of_the_page_counts() -> None:
    other = ARTICLE | {"headline": "Other", "url": "https://post.example/other"}
    assert claims(other, ARTICLE).titles[0][0] == "Ferry returns"


@pytest.mark.parametrize("script", ["", "nothing", "[" * 10_000, "{" * 60, '{"@type": 7}', "null"])
def test_what_cannot_be_read_claims_nothing(script: str) -> None:
    assert claims(script).titles == []


@pytest.mark.parametrize("key", ["publisher", "image", "author"])
@pytest.mark.parametrize("value", [{"@id": ["a", "b"]}, {"@id": {"x": 1}}, [], [[]], 7, None])
def test_references_of_any_kind_are_survived(key: str, value: Any) -> None:
    found = claims({**ARTICLE, key: value})
    assert found.titles[0].value == "Ferry returns"
    assert found.sections[0].value == "Ports"


def test_several_objects_in_one_script() -> None:
    site = {"@type": "WebSite", "name": "Tide Post"}
    found = claims(json.dumps(site) + ";\n" + json.dumps(ARTICLE) + " rubbish")
    assert (found.site, found.titles[0][0]) == ("Tide Post", "Ferry returns")


@pytest.mark.parametrize(
    "author",
    [
        {"@list": [{"@type": "Person", "name": "Ann Ames"}]},
        {"@type": "Person", "name": {"@value": "Ann Ames", "@language": "en"}},
    ],
)
def test_names_in_the_ways_of_json_ld(author: Any) -> None:
    assert [p.name for p in claims({**ARTICLE, "author": author}).authors[0][0]] == ["Ann Ames"]
