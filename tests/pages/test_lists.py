"""Pages of lists: which articles are on which page, and where a URL is written."""

from __future__ import annotations

import pytest

from sitegen.config.schema import AuthorConfig, TaxonomyConfig, TermConfig
from sitegen.model.article import Image, Person
from sitegen.model.site import Link
from sitegen.model.views import Colleague, ListView, Profile
from sitegen.pages.lists import blocks, lists, output_path, term_index
from sitegen.site.taxonomies import taxonomies
from tests.samples import config, document, site


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/tag/oil/", "tag/oil/index.html"),
        ("/a.html", "a.html"),
        ("/feed.xml", "feed.xml"),
    ],
)
def test_the_file_of_a_url(url: str, path: str) -> None:
    assert output_path(url) == path


@pytest.mark.parametrize(
    ("total", "size", "pages"), [(0, 2, 0), (2, 2, 0), (3, 2, 1), (4, 2, 1), (5, 2, 2)]
)
def test_numbered_pages(total: int, size: int, pages: int) -> None:
    assert blocks(total, size) == pages


def first_pages(count: int) -> dict[str, list[str]]:
    settings = config(pagination=2)
    documents = [document(f"a{n}", f"2026-11-{n:02}") for n in range(1, count + 1)]
    pages = lists(site(*documents, settings=settings), settings, dated=False)
    views = [page.view for page in pages if isinstance(page.view, ListView)]
    return {v.url: [c.title for c in v.cards] for v in views if v.kind == "section"}


def test_a_new_article_changes_the_first_page_only() -> None:
    assert first_pages(5) == {
        "/world/": ["A5", "A4"],
        "/world/page/1/": ["A2", "A1"],
        "/world/page/2/": ["A4", "A3"],
    }
    before, after = first_pages(5), first_pages(6)
    assert {url for url in after if before.get(url) != after[url]} == {"/world/"}


OWN = {
    "places": TaxonomyConfig(profile="Place", terms={"asia/japan": TermConfig(about="An *isle*.")}),
    "series": TaxonomyConfig(ordered=True),
}


def test_an_index_has_the_levels_of_its_terms() -> None:
    settings = config(taxonomies=OWN)
    one = document("a", terms={"places": ("Asia/Japan", "Asia/Iran", "Europe")})
    known = taxonomies(settings)["places"]
    (view,) = [page.view for page in term_index(site(one, settings=settings), known, settings)]
    assert [(t.name, [b.name for b in t.below]) for t in view.terms] == [
        ("Asia", ["Iran", "Japan"]),
        ("Europe", []),
    ]
    assert list(term_index(site(one, settings=settings), None, settings)) == []


def test_a_term_has_words_of_its_own_and_the_term_above_it() -> None:
    settings = config(taxonomies=OWN)
    digest = site(document("a", terms={"places": ("Asia/Japan",)}), settings=settings)
    views = {page.view.url: page.view for page in lists(digest, settings, False)}
    japan = views["/places/asia/japan/"]
    assert (japan.parent, japan.thing) == (Link("Asia", "/places/asia/"), "Place")
    assert japan.profile == Profile("<p>An <em>isle</em>.</p>\n")
    assert japan.description.strip() == "An isle."
    assert views["/places/asia/"].parent == Link("Places", "/places/")


def test_a_series_is_in_order() -> None:
    settings = config(taxonomies=OWN)
    parts = [
        document("one", terms={"series": ("Tide",)}),
        document("two", "2026-11-03", terms={"series": ("Tide",)}, weight=-1),
        document("three", "2026-11-04", terms={"series": ("Tide",)}),
    ]
    digest = site(*parts, settings=settings)
    (view,) = [p.view for p in lists(digest, settings, False) if p.view.kind == "series"]
    assert [card.title for card in view.cards] == ["Two", "One", "Three"]


def test_the_pages_of_a_list_that_is_a_file_are_next_to_it() -> None:
    settings = config(pagination=1, taxonomies={"tags": TaxonomyConfig(permalink="/t/{slug}.html")})
    articles = [document(f"n{n}", f"2026-11-0{n}", tags=("ebb",)) for n in (1, 2)]
    digest = site(*articles, settings=settings)
    views = [p.view for p in lists(digest, settings, False) if p.view.kind == "tag"]
    assert [view.url for view in views] == ["/t/ebb.html", "/t/ebb/page/1/"]
    assert views[0].feed == "/t/ebb/feed.xml"


def test_indexes_are_sorted_by_letter_and_count() -> None:
    digest = site(document("a", tags=("oil", "Öl", "1 May")), document("b", tags=("oil",)))
    (view,) = [page.view for page in term_index(digest, taxonomies(config())["tag"], config())]
    assert [(t.name, t.count, t.letter) for t in view.terms] == [
        ("1 May", 1, "#"),
        ("oil", 2, "O"),
        ("Öl", 1, "O"),
    ]


def test_the_masthead_is_above_the_index_of_authors() -> None:
    people = {
        "bo": AuthorConfig("Bo Beck", role="Editor", email="bo@t.example", photo="/bo.jpg"),
        "ann": AuthorConfig("Ann Ames", role="Reporter", photo="/ann.jpg"),
        "cy": AuthorConfig("Cy Cole"),
    }
    settings = config(authors=people)
    digest = site(document("a", authors=(Person("Ann Ames"), Person("Cy Cole"))), settings=settings)
    pages = term_index(digest, taxonomies(settings)["author"], settings)
    (view,) = [page.view for page in pages]
    assert view.masthead == (
        Colleague("Bo Beck", "Editor", email="bo@t.example"),
        Colleague("Ann Ames", "Reporter", "/author/ann-ames/", photo=Image("/ann.jpg", "Ann Ames")),
    )
    (own,) = [
        page.view
        for page in lists(digest, settings, dated=False)
        if isinstance(page.view, ListView) and page.view.title == "Ann Ames"
    ]
    assert own.profile and own.profile.role == "Reporter"
