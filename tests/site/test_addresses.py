"""Where published URLs lead after articles and lists have been renamed."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import AuthorConfig
from sitegen.content.addresses import Address
from sitegen.model.article import Person
from sitegen.model.site import Site
from sitegen.site.addresses import article_mark, list_id, list_mark, with_former_urls
from tests.samples import config, document, site

ANN = (Person("Ann Roe"),)
WAS = document("tide", tags=("ebb",), authors=(Person("A. Roe"),))


def rows(was: Site) -> list[Address]:
    """The URLs of ``was`` as they are recorded."""
    out = [
        Address(card.url, "article", d.path, mark=article_mark(d))
        for d, card in zip(was.documents, was.cards, strict=True)
    ]
    for x in was.listings:
        out.append(Address(x.url, x.kind, x.slug, mark=list_mark(x, was.documents)))
        out.append(Address(f"{x.url}feed.xml", "feed", list_id(x)))
    return out


def now(*documents: Any, **settings: Any) -> Site:
    """The site with ``documents``, that had `WAS` before."""
    found = config(**settings)
    digest = site(*documents, settings=found)
    return with_former_urls(digest, rows(site(WAS)), found, (), ())


def test_nothing_has_moved() -> None:
    digest = now(WAS)
    assert digest.former.renamed == {}
    assert digest.former.settled
    assert digest.documents[0].aliases == ()


@pytest.mark.parametrize(
    ("changes", "settings"),
    [
        ({"slug": "flow"}, {}),
        ({"section": "city"}, {}),
        ({"url": "/own/"}, {}),
        ({}, {"permalink": "/{slug}/"}),
    ],
)
def test_an_article_with_another_url_has_an_alias(
    changes: dict[str, Any], settings: dict[str, Any]
) -> None:
    digest = now(document("tide", **changes), **settings)
    assert digest.documents[0].aliases == ("/world/2026/11/02/tide/",)
    assert digest.facts.aliases == {WAS.path: ("/world/2026/11/02/tide/",)}


def test_a_renamed_file_is_recognised_by_date_and_title_or_by_its_id() -> None:
    digest = now(document("flow", title="Tide"))
    assert digest.documents[0].aliases == ("/world/2026/11/02/tide/",)
    assert not digest.former.settled
    assert now(document("flow", title="Flow")).documents[0].aliases == ()
    assert article_mark(document("a", id="7")) == article_mark(document("b", "2026-11-03", id="7"))


def test_of_two_articles_that_may_be_meant_none_is() -> None:
    digest = now(document("flow", title="Tide"), document("ebb", title="Tide"))
    assert [d.aliases for d in digest.documents] == [(), ()]


def test_an_old_url_that_ends_with_a_slug_is_that_of_the_article() -> None:
    old = [Address(path, "old", path) for path in ("/2019/tide.html", "/tag/tide/", "/x/y/")]
    digest = with_former_urls(site(WAS, document("ebb")), old, config(), (), ())
    assert dict(zip(digest.paths, (d.aliases for d in digest.documents), strict=True)) == {
        WAS.path: ("/2019/tide.html",),
        "content/world/ebb.md": (),
    }


def test_a_url_that_is_in_use_again_is_no_alias() -> None:
    digest = now(document("tide", slug="flow"), document("new", url="/world/2026/11/02/tide/"))
    assert [d.aliases for d in digest.documents] == [(), ()]


def test_a_renamed_list_is_recognised_by_its_oldest_article() -> None:
    digest = now(document("tide", tags=("tides",)), document("late", "2026-11-03", tags=("tides",)))
    assert digest.former.renamed == {"tag/ebb": "tag/tides"}
    assert digest.former.feeds == {"tag/tides": ("/tag/ebb/feed.xml",)}


def test_a_list_that_may_have_two_names_has_none() -> None:
    digest = now(document("tide", tags=("tides", "moon")))
    assert digest.former.renamed == {}
    assert not digest.former.settled


def test_an_alias_of_an_author_is_another_name_of_the_list() -> None:
    known = {"ann": AuthorConfig("Ann Roe", aliases=("A. Roe",))}
    digest = now(document("tide", authors=ANN), document("old", "2026-11-01"), authors=known)
    assert digest.former.renamed["author/a-roe"] == "author/ann-roe"
