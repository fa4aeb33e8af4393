"""Articles are read from the cache as the site shows them, and only those that are asked for."""

from __future__ import annotations

import pytest

from sitegen.engine.stored_site import Stored, stored_site
from sitegen.model.article import Parsed, Person
from sitegen.site.index import without_articles
from tests.samples import config, document, site


class Known:
    """Articles as the cache has them."""

    def __init__(self, records: dict[str, Parsed]) -> None:
        self.records, self.cards = records, dict[str, bytes]()

    def record(self, path: str) -> Parsed | None:
        return self.records.get(path)

    def card(self, path: str) -> bytes | None:
        return self.cards.get(path)

    def keep_card(self, path: str, card: bytes) -> None:
        self.cards[path] = card


def test_a_sequence_reads_what_it_is_asked_for() -> None:
    read: list[int] = []

    def double(index: int) -> int:
        read.append(index)
        return 2 * index

    values = Stored(3, double, 10)
    assert (values[1], values[-1], values[1], len(values)) == (2, 4, 2, 3)
    assert read == [1, 2]
    assert values[:2] == [0, 2] and list(values) == [0, 2, 4]
    with pytest.raises(IndexError):
        values[3]


def test_articles_are_as_those_that_the_index_was_made_from() -> None:
    settings = config()
    documents = {
        d.path: d
        for d in (
            document("one", tags=("Ebb",), authors=(Person("ann ames"),)),
            document("two", "2026-11-03", tags=("ebb", "Ebb"), authors=(Person("Ann Ames"),)),
            document("three", "2026-11-04", tags=("Ebb",), authors=(Person("Ann Ames"),)),
            document("old", "2026-10-03", expires_stamp=1.0, on_expiry="noindex"),
        )
    }
    digest = site(*documents.values(), settings=settings)
    articles = Known({path: Parsed(path, d, "", ()) for path, d in documents.items()})
    stored = stored_site(without_articles(digest), articles, settings)
    assert tuple(stored.documents) == digest.documents
    assert tuple(stored.cards) == digest.cards
    assert articles.cards.keys() == set(digest.paths)
    articles.records.clear()
    assert tuple(stored_site(without_articles(digest), articles, settings).cards) == digest.cards


def test_cards_share_what_is_equal() -> None:
    settings = config()
    documents = [
        document("one", section="world", authors=(Person("Ann Ames"),)),
        document("two", section="world", authors=(Person("Ann Ames"), Person("Bo Bay"))),
    ]
    digest = site(*documents, settings=settings)
    articles = Known({d.path: Parsed(d.path, d, "", ()) for d in documents})
    stored = stored_site(without_articles(digest), articles, settings)
    list(stored.cards)
    again = stored_site(without_articles(digest), articles, settings)  # as the cache has them
    for cards in (stored.cards, again.cards):
        first, second = cards[0], cards[1]
        assert first.authors[0] is second.authors[0] and first.section is second.section
    assert tuple(again.cards) == digest.cards
