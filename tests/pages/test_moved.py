"""What is at published URLs that nothing of the site has any more."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.content.addresses import Address
from sitegen.model.site import FormerUrls, Site
from sitegen.model.views import GoneView, RedirectView
from sitegen.pages.moved import MOVED, moved_pages, moved_urls
from tests.samples import config, document, site

DIGEST = site(document("tide", tags=("ebb",)))
OUTPUTS = {
    "tag/ebb/index.html",
    "archive/index.html",
    "archive/2026/index.html",
    "world/index.html",
}


def moved(*rows: Address, digest: Site = DIGEST) -> tuple[dict[str, str], list[str]]:
    """Where ``rows`` lead, and what is said of them."""
    plan, problems = moved_pages(digest, config(), ("gone.html",), rows, OUTPUTS)
    return moved_urls(plan), [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("row", "target"),
    [
        (Address("/tags/ebb/", "tag", "ebb"), "/tag/ebb/"),
        (Address("/tag/ebb/page/3/", "tag", "ebb"), "/tag/ebb/"),
        (Address("/tag/flow/", "tag", "flow"), "/tag/ebb/"),
        (Address("/archive/2026/11/09/", "day", "2026-11-09"), "/archive/2026/"),
        (Address("/archive/2025/", "year", "2025"), "/archive/"),
        (Address("/old/", "to", "/world/"), "/world/"),
        (Address("/old/", "to", "https://o.example/"), "https://o.example/"),
        (Address("/tags/ebb.html", "old", "/tags/ebb.html"), "/tag/ebb/"),
        (Address("/category/World/page/2/", "old", "/category/World/page/2/"), "/world/"),
        (Address("/2026/11/", "old", "/2026/11/"), "/archive/2026/"),
        (Address("/archives.html", "old", "/archives.html"), "/archive/"),
        (Address("/old/", "gone"), ""),
        (Address("/old/", "article", "content/world/past.md"), ""),
    ],
)
def test_where_a_url_leads(row: Address, target: str) -> None:
    former = FormerUrls({"tag/flow": "tag/ebb"}, expired=frozenset({"content/world/past.md"}))
    assert moved(row, digest=replace(DIGEST, former=former)) == ({row.path: target}, [])


def test_what_is_there_stays() -> None:
    assert moved(Address("/tag/ebb/", "gone")) == ({}, [])


def test_the_pages_and_whom_they_belong_to() -> None:
    rows = (Address("/tags/ebb/", "tag", "ebb"), Address("/old.html", "gone"))
    plan, _ = moved_pages(DIGEST, config(), (), rows, OUTPUTS)
    assert [(p.output, p.template, type(p.view)) for p in plan.viewed()] == [
        ("tags/ebb/index.html", "redirect.html", RedirectView),
        ("old.html", "404.html", GoneView),
    ]
    assert plan.owners == {
        "tags/ebb/index.html": {(MOVED, "tag", "ebb")},
        "old.html": {(MOVED, "gone", "")},
    }


def test_a_chain_ends_at_a_page_and_a_ring_is_an_error() -> None:
    chain = (Address("/a/", "to", "/b/"), Address("/b/", "to", "/world/"))
    assert moved(*chain) == ({"/a/": "/world/", "/b/": "/world/"}, [])
    ring = (Address("/a/", "to", "/b/"), Address("/b/", "to", "/a/"))
    urls, said = moved(*ring)
    assert urls == {}
    assert [text.partition(" leads")[0] for text in said] == ["/a/", "/b/"]


def test_what_is_lost_is_said_once_for_each_thing() -> None:
    rows = [Address(f"/tag/oil/page/{n}/", "tag", "oil", line=n) for n in range(1, 6)]
    urls, said = moved(*rows, Address("/tag/oil/feed.xml", "feed", "tag/oil"))
    assert urls == {}
    assert said == [
        "/tag/oil/page/1/, /tag/oil/page/2/, /tag/oil/page/3/ and 3 other URLs were published and"
        " lead nowhere: the site has no tag `oil`"
    ]
    assert moved(Address("/x/", "article", "content/x.md"))[1] == [
        "/x/ was published and leads nowhere: `content/x.md` is not published"
    ]
    assert "the site has no page /nowhere/" in moved(Address("/x/", "to", "/nowhere/"))[1][0]
