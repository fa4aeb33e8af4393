"""Articles as records for machines (IPTC ninjs)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.model.article import Correction, Image, Person, Rights, Source
from sitegen.model.views import NinjsView
from sitegen.pages.articles import article_view
from sitegen.render.ninjs import SCHEMA, TERMS, ninjs
from tests.samples import config, document, renderer, site

HTML = '<p>The ferry is <a href="/a/">back</a>.</p>'
MORE = {"base_url": "https://t.example/d/"}


def record(values: dict[str, Any] | None = None, **view: Any) -> dict[str, Any]:
    """The record of an article with ``values``."""
    digest = site(document("tide", body_digest="0f", **(values or {})))
    article = article_view(digest, 0, config(), {}, (None, None), None, None)
    data = ninjs(NinjsView("/x/ninjs.json", article, **view), lambda _: HTML, renderer(**MORE))
    found: dict[str, Any] = json.loads(data)
    return found


def test_a_record_says_what_it_is() -> None:
    found = record()
    assert found["standard"] == {"name": "ninjs", "version": "3.1", "schema": SCHEMA}
    assert (found["type"], found["pubStatus"], found["title"]) == ("text", "usable", "Tide")
    assert {"role": "web", "value": "https://t.example/d/world/2026/11/02/tide/"} in found["altIds"]


@pytest.mark.parametrize(
    ("rights", "kind", "value", "terms"),
    [
        (
            Rights(),
            "full",
            '<p>The ferry is <a href="https://t.example/d/a/">back</a>.</p>',
            "",
        ),
        (Rights("excerpt", 2), "partial", "<p>The ferry …</p>", TERMS["excerpt"]),
        (Rights("link"), "partial", None, TERMS["link"]),
        (Rights(license="CC BY 4.0"), "full", ..., "CC BY 4.0"),
    ],
)
def test_the_text_is_as_its_rights_allow(rights: Rights, kind: str, value: Any, terms: str) -> None:
    found = record({"rights": rights})
    assert found["representationType"] == kind
    assert found.get("usageTerms", "") == terms
    if value is None:
        assert "bodies" not in found
    elif value is not ...:
        assert [body["value"] for body in found["bodies"]] == [value]


def test_words_and_characters_are_those_of_the_text() -> None:
    (body,) = record()["bodies"]
    assert (body["wordCount"], body["charCount"]) == (4, len("The ferry is back."))


def test_a_withdrawn_article_is_cancelled_and_says_nothing_else() -> None:
    found = record({"status": "withdrawn", "dek": "A dek"})
    assert found["pubStatus"] == "canceled"
    assert not {"bodies", "descriptions", "people", "copyrightHolder"} & found.keys()


def test_people_and_sources() -> None:
    found = record(
        {
            "authors": (Person("Ann Ames"),),
            "credits": (Person("Ruta Lind", "photo"), Person("Bo")),
            "source": Source("Post", "https://post.example/a"),
        }
    )
    assert found["by"] == "Ann Ames"
    assert [(p["name"], p["rel"]) for p in found["people"]] == [
        ("Ann Ames", "author"),
        ("Ruta Lind", "photo"),
        ("Bo", "contributor"),
    ]
    assert [(s["name"], s["role"]) for s in found["infoSources"]] == [
        ("Post", "originator"),
        ("T", "aggregator"),
    ]


def test_the_image_has_its_credit_and_size() -> None:
    image = Image("/a.jpg", alt="Fog", creator="Ruta", credit="Salm", width=9, height=6)
    (found,) = record({"image": image})["associations"]
    assert found["renditions"] == [
        {"name": "original", "href": "https://t.example/d/a.jpg", "width": 9, "height": 6}
    ]
    assert (found["by"], found["headlines"]) == ("Ruta", [{"role": "alt", "value": "Fog"}])
    assert found["infoSources"] == [{"name": "Salm", "role": "credit"}]
    assert "descriptions" not in found


def test_dates_that_the_page_does_not_show() -> None:
    found = record(
        {"corrections": (Correction("2026-11-05", "Ten."),)},
        embargoed="2026-11-02T08:00:00+00:00",
        expires="2027-01-01",
        first_seen="2026-11-01",
    )
    assert found["embargoedUntil"] == "2026-11-02T08:00:00+00:00"
    assert found["expires"].startswith("2027-01-01T00:00:00")
    assert found["firstCreated"].startswith("2026-11-01T")
    assert found["edNote"] == "Correction, 2026-11-05: Ten."
