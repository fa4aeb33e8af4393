"""Which articles are in the search index, and in which shards."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import TaxonomyConfig
from sitegen.model.article import Person, Rights, Source
from sitegen.model.views import SearchView
from sitegen.pages.search import LARGE, SMALL, cuts, record, search_pages, shards
from sitegen.site.taxonomies import taxonomies
from tests.samples import config, document, site

OWN = config(taxonomies={"places": TaxonomyConfig()})
KNOWN = taxonomies(OWN)


@pytest.mark.parametrize(
    ("count", "starts"),
    [
        (0, [0]),
        (SMALL, [0]),
        (2 * SMALL - 1, [0]),
        (2 * SMALL, [0, SMALL]),
        (LARGE, [0, 512, 768, 896, 960]),
        (LARGE + SMALL, [0, LARGE]),
        (2 * LARGE + 3 * SMALL, [0, LARGE, 2 * LARGE, 2 * LARGE + 2 * SMALL]),
    ],
)
def test_old_articles_are_in_large_shards(count: int, starts: list[int]) -> None:
    assert cuts(count) == starts


def test_a_full_shard_stays_as_it_is_and_the_last_one_is_small() -> None:
    for count in range(0, 5_000, 7):
        full = [start for start in cuts(count) if start % LARGE == 0]
        assert cuts(count + 1)[: len(full)] == full
        assert count - cuts(count)[-1] < 2 * SMALL


def test_articles_are_in_shards_by_language() -> None:
    digest = site(
        document("one"),
        document("zwei", lang="de-AT"),
        document("drei", lang="de"),
        document("gone", status="withdrawn"),
        document("late", noindex=True),
    )
    found = {s.folder: sorted(r.title for r in s.records) for s in shards(digest, config())}
    assert found == {"search/index/de/1": ["Drei", "Zwei"], "search/index/en/1": ["One"]}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, {"show": "full", "words": 0, "body_from": "content/world/one.md"}),
        ({"rights": Rights("excerpt", 9)}, {"words": 9, "body_from": "content/world/one.md"}),
        ({"rights": Rights("link")}, {"show": "link", "words": 0, "body_from": ""}),
        ({"authors": (Person("A"), Person("A"), Person("B"))}, {"authors": ("A", "B")}),
        ({"source": Source("Post"), "dek": "A dek"}, {"source": "Post", "dek": "A dek"}),
    ],
)
def test_a_record_keeps_to_the_rights_of_its_article(
    values: dict[str, Any], expected: dict[str, Any]
) -> None:
    found = record(site(document("one", **values)), 0, KNOWN)
    assert {name: getattr(found, name) for name in expected} == expected


def test_minutes_are_counted_from_the_first_year() -> None:
    one = record(site(document("one", "2026-11-02")), 0, KNOWN)
    other = record(site(document("one", "2026-11-03")), 0, KNOWN)
    assert other.minute - one.minute == 24 * 60
    assert one.minute > 2025 * 365 * 24 * 60


def view(*languages: str, preview: bool = False) -> SearchView:
    digest = site(*(document(f"n{n}", lang=lang) for n, lang in enumerate(languages)))
    settings = config(language="de")
    (page,) = search_pages(shards(digest, settings), settings, preview)
    assert isinstance(page.view, SearchView)
    return page.view


def test_the_language_of_the_site_comes_first() -> None:
    found = view("ar", "de", "fr").indexes
    assert [(x.lang, x.name, x.dir) for x in found] == [
        ("de", "Deutsch", "ltr"),
        ("ar", "العربية", "rtl"),
        ("fr", "Français", "ltr"),
    ]


def test_a_preview_has_no_index() -> None:
    found = view("de", preview=True)
    assert (found.indexes, found.preview) == ((), True)


def test_a_term_is_found_by_each_of_its_levels() -> None:
    digest = site(document("one", terms={"places": ("Asia/Japan", "Asia")}), settings=OWN)
    one = record(digest, 0, KNOWN)
    assert one.terms == {"places": ("Asia", "Asia/Japan")}
