"""Taxonomies of a site: names, slugs, levels, synonyms, and the lists of their terms."""

from __future__ import annotations

import pytest

from sitegen.config.schema import TaxonomyConfig, TermConfig, TopicConfig
from sitegen.model.site import Site
from sitegen.site.taxonomies import media_topic, taxonomies
from tests.samples import config, document, site

PLACES = taxonomies(config(taxonomies={"places": TaxonomyConfig()}))["places"]


def test_every_site_has_tags_authors_and_sources() -> None:
    found = taxonomies(config())
    assert [(x.kind, x.url, x.term_url("a")) for x in found.values()] == [
        ("tag", "/tags/", "/tag/a/"),
        ("author", "/authors/", "/author/a/"),
        ("source", "/sources/", "/source/a/"),
    ]


def test_those_of_the_site_have_a_title_and_urls() -> None:
    own = {
        "places": TaxonomyConfig(),
        "our_firms": TaxonomyConfig("Companies", "/c/", "/company/{slug}.html"),
        "tags": TaxonomyConfig(permalink="/topics/{slug}/"),
    }
    found = taxonomies(config(taxonomies=own, topics={"a": TopicConfig(("title ~ a",))}))
    assert [(x.kind, x.title, x.url, x.term_url("a")) for x in found.values()][3:] == [
        ("topic", "Topics", "/topics/", "/topic/a/"),
        ("places", "Places", "/places/", "/places/a/"),
        ("our_firms", "Companies", "/c/", "/company/a.html"),
    ]
    assert found["tag"].term_url("a") == "/topics/a/"


@pytest.mark.parametrize(
    ("name", "slug", "levels", "label"),
    [
        ("Europe", "europe", ("Europe",), "Europe"),
        ("Europe/Île de Ré", "europe/île-de-ré", ("Europe", "Europe/Île de Ré"), "Île de Ré"),
        (" Asia / Japan /", "asia/japan", ("Asia", "Asia/Japan"), ""),
    ],
)
def test_levels(name: str, slug: str, levels: tuple[str, ...], label: str) -> None:
    assert (PLACES.slug(name), PLACES.levels(name), PLACES.label(name)) == (slug, levels, label)


def test_a_tag_has_no_levels_unless_it_is_to() -> None:
    tags = taxonomies(config())["tag"]
    assert (tags.slug("AC/DC"), tags.levels("AC/DC")) == ("ac-dc", ("AC/DC",))
    own = taxonomies(config(taxonomies={"tags": TaxonomyConfig(hierarchy=True)}))["tag"]
    assert own.slug("AC/DC") == "ac/dc"


def test_synonyms_lead_to_the_last_name() -> None:
    said = TaxonomyConfig(
        synonyms={"AI": "A.I.", "A.I.": "Artificial intelligence"},
        terms={"Oil": TermConfig(synonyms=("Petroleum",))},
    )
    tags = taxonomies(config(taxonomies={"tags": said}))["tag"]
    assert tags.named(["ai", "A.I.", "petroleum", "ice"]) == (
        "Artificial intelligence",
        "Oil",
        "ice",
    )


def lists(digest: Site, kind: str) -> dict[str, tuple[str, tuple[int, ...]]]:
    return {x.url: (x.name, x.documents) for x in digest.listings if x.kind == kind}


def test_a_synonym_makes_no_second_list() -> None:
    own = {"tags": TaxonomyConfig(synonyms={"AI": "artificial intelligence"})}
    digest = site(
        document("a", tags=("AI", "ice")),
        document("b", "2026-11-03", tags=("Artificial Intelligence", "ai")),
        settings=config(taxonomies=own),
    )
    assert lists(digest, "tag") == {
        "/tag/artificial-intelligence/": ("artificial intelligence", (0, 1)),
        "/tag/ice/": ("ice", (0,)),
    }
    assert [d.tags for d in digest.documents] == [
        ("artificial intelligence", "ice"),
        ("artificial intelligence",),
    ]


def test_a_term_has_those_below_it_and_the_title_that_is_given() -> None:
    own = {"places": TaxonomyConfig(terms={"europe/france": TermConfig(title="La France")})}
    digest = site(
        document("a", terms={"places": ("Europe/France",)}),
        document("b", "2026-11-03", terms={"places": ("europe", "Asia")}),
        settings=config(taxonomies=own),
    )
    assert lists(digest, "places") == {
        "/places/asia/": ("Asia", (1,)),
        "/places/europe/": ("Europe", (0, 1)),
        "/places/europe/france/": ("La France", (0,)),
    }


@pytest.mark.parametrize("code", ["medtop:20000002", "20000002"])
def test_the_uri_of_a_media_topic(code: str) -> None:
    assert media_topic(code) == "http://cv.iptc.org/newscodes/mediatopic/20000002"
    assert media_topic("") == ""
