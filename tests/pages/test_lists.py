"""Pages of lists: which articles are on which page, and where a URL is written."""

from __future__ import annotations

import pytest

from sitegen.model.views import ListView
from sitegen.pages.lists import blocks, lists, output_path, term_index
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


def test_indexes_are_sorted_by_letter_and_count() -> None:
    digest = site(document("a", tags=("oil", "Öl", "1 May")), document("b", tags=("oil",)))
    (view,) = [page.view for page in term_index(digest, "tag")]
    assert [(t.name, t.count, t.letter) for t in view.terms] == [
        ("1 May", 1, "#"),
        ("oil", 2, "O"),
        ("Öl", 1, "O"),
    ]
