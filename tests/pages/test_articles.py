"""The pages of articles: neighbours, other articles of the story, and what rights leave."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import (
    AuthorConfig,
    FeedConfig,
    SourceConfig,
    TaxonomyConfig,
    TermConfig,
)
from sitegen.model.article import Image, Person, Rights, Source
from sitegen.model.site import Link, Site
from sitegen.model.views import ArticleView, SeriesPart, Term, TermGroup, Translation
from sitegen.pages.articles import article_pages, article_view, story_outlets
from sitegen.site.stories import with_stories
from tests.samples import config, document, site, theme

THREE = (
    document("one", "2026-11-01"),
    document("two", "2026-11-02"),
    document("three", "2026-11-03"),
)


def views(digest: Site, **values: Any) -> dict[str, ArticleView]:
    """Pages of articles by title."""
    related: tuple[tuple[int, ...], ...] = values.pop("related", ((),) * len(digest.documents))
    languages = values.pop("languages", {})
    pages = article_pages(digest, config(**values), related, languages)
    found = [page for index in range(len(digest.paths)) for page in pages(index)]
    return {page.view.title: page.view for page in found}  # type: ignore[union-attr,misc]


def view(**values: Any) -> ArticleView:
    """The page of one article."""
    digest = site(document("one", **values))
    return article_view(digest, 0, config(), {}, (None, None), None, None)


def test_neighbours_are_those_of_the_section() -> None:
    found = views(site(*THREE, document("goal", "2026-11-02", section="sport")))
    assert [v and v.name for v in (found["Two"].older, found["Two"].newer)] == ["One", "Three"]
    assert (found["Three"].newer, found["One"].older) == (None, None)
    assert (found["Goal"].newer, found["Goal"].older) == (None, None)


def test_the_output_and_the_template() -> None:
    digest = site(document("one", template="wide.html"), document("two"))
    pages_of = article_pages(digest, config(), ((), ()), {})
    pages = [*pages_of(0), *pages_of(1)]
    assert {(p.output, p.template, p.group) for p in pages} == {
        ("world/2026/11/02/one/index.html", "wide.html", 1),
        ("world/2026/11/02/two/index.html", "article.html", 1),
    }


@pytest.mark.parametrize(
    ("values", "body", "full"),
    [
        ({}, True, True),
        ({"rights": Rights("excerpt")}, True, False),
        ({"rights": Rights("link")}, False, False),
        ({"status": "withdrawn"}, False, False),
    ],
)
def test_a_page_holds_what_rights_leave(values: dict[str, Any], body: bool, full: bool) -> None:
    one = view(pictures={"a.jpg": Image("/a.jpg")}, targets=(("b.md", "/b/"),), **values)
    assert bool(one.body_from) is body
    assert bool(one.pictures) is bool(one.targets) is full


@pytest.mark.parametrize(
    ("settings", "canonical", "given"),
    [
        ("source", "", "https://post.example/a"),
        ("self", "", ""),
        ("self", "https://other.example/", "https://other.example/"),
    ],
)
def test_the_canonical_url(settings: str, canonical: str, given: str) -> None:
    one = document("one", canonical=canonical, source=Source("Post", "https://post.example/a"))
    found = views(site(one), canonical=settings)["One"]
    assert found.canonical == given


def test_tags_and_the_source_lead_to_their_lists() -> None:
    digest = site(document("one", tags=("Oil",), source=Source("Post", "https://post.example/a")))
    found = views(digest)["One"]
    assert found.tags == (Term("Oil", "/tag/oil/"),)
    assert found.source_page == "/source/post/"


OWN = {
    "places": TaxonomyConfig(profile="Place", terms={"asia": TermConfig(medtop="20000002")}),
    "series": TaxonomyConfig(ordered=True),
}


def test_terms_are_in_groups_in_the_order_of_the_settings() -> None:
    one = document("one", terms={"series": ("Tide",), "places": ("Asia", "Asia/Japan")})
    digest = site(one, settings=config(taxonomies=OWN))
    places, series = views(digest, taxonomies=OWN)["One"].terms
    assert places == TermGroup(
        "places",
        "Places",
        "/places/",
        (
            Term("Asia", "/places/asia/", "Place", "20000002"),
            Term("Japan", "/places/asia/japan/", "Place"),
        ),
    )
    assert [term.name for term in series.terms] == ["Tide"]


def test_a_part_of_a_series_is_between_two_others() -> None:
    parts = [
        document(name, f"2026-11-0{n}", terms={"series": ("Tide",)})
        for n, name in enumerate(("one", "two", "three"), 1)
    ]
    found = views(site(*parts, settings=config(taxonomies=OWN)), taxonomies=OWN)
    one, two, three = (Link(found[n].title, found[n].url) for n in ("One", "Two", "Three"))
    assert found["Two"].series == (SeriesPart("Tide", "/series/tide/", 2, 3, one, three),)
    assert found["One"].series == (SeriesPart("Tide", "/series/tide/", 1, 3, None, two),)
    assert found["Three"].series == (SeriesPart("Tide", "/series/tide/", 3, 3, two),)


def test_other_articles_of_the_story_lead_first_and_no_translation() -> None:
    documents = [document(f"n{n}", f"2026-11-0{n}", story="flood") for n in range(1, 4)]
    digest = with_stories(site(*documents), config(), theme().templates)
    found = views(digest)
    assert found["N1"].story
    assert found["N1"].story.url == digest.stories[0].url
    assert {mention.title for mention in found["N1"].also} == {"N2", "N3"}
    other = Translation("de", found["N2"].url, "N2")
    assert [m.title for m in views(digest, languages={0: (other,)})["N1"].also] == ["N3"]


def test_related_articles_are_in_the_order_given() -> None:
    found = views(site(*THREE), related=((2, 1), (), ()))
    assert [m.title for m in found["One"].related] == ["Three", "Two"]


def test_pages_of_authors_on_other_sites_and_reserved_sources() -> None:
    one = document("one", authors=(Person("Ann"), Person("Ben")), source=Source("Post"))
    found = views(
        site(one),
        authors={"ann": AuthorConfig("Ann", url="https://ann.example/", links=("https://b/",))},
        sources={"post": SourceConfig("Post", reserve=True)},
    )["One"]
    assert found.same_as == {"Ann": ("https://ann.example/", "https://b/")}
    assert found.reserved is True


@pytest.mark.parametrize(
    ("permalink", "noindex", "url"),
    [
        ("/{section}/{slug}/", False, "/world/one/ninjs.json"),
        ("/{section}/{slug}.html", False, "/world/one.ninjs.json"),
        ("/{section}/{slug}/", True, ""),
    ],
)
def test_the_record_for_machines(permalink: str, noindex: bool, url: str) -> None:
    settings = config(permalink=permalink, feeds=FeedConfig(ninjs=True))
    digest = site(document("one", noindex=noindex), settings=settings)
    found = article_view(digest, 0, settings, {}, (None, None), None, None)
    assert found.ninjs == url


def test_other_sources_of_a_story_each_once() -> None:
    names = ("Post", "Mail", "Mail", "Sun")
    documents = [
        document(f"n{n}", f"2026-11-0{n}", story="flood", source=Source(name))
        for n, name in enumerate(names, 1)
    ]
    digest = with_stories(site(*documents), config(), theme().templates)
    story = digest.stories[0]
    lead = digest.cards[story.lead].source
    assert [link.name for link in story_outlets(digest, story)] == [
        name for name in dict.fromkeys(names) if name != lead
    ]
