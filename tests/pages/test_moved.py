"""What is at published URLs that nothing of the site has any more."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.content.addresses import Address
from sitegen.model.site import FormerUrls, Site
from sitegen.model.views import GoneView, RedirectView
from sitegen.pages.moved import MOVED, moved_pages
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
    found = moved_pages(digest, config(), ("gone.html",), rows, OUTPUTS)
    return found.urls, [problem.message for problem in found.problems]


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
    plan = moved_pages(DIGEST, config(), (), rows, OUTPUTS).plan
    assert [(p.output, p.template, type(p.view)) for p in plan.viewed()] == [
        ("old.html", "404.html", GoneView),
        ("tags/ebb/index.html", "redirect.html", RedirectView),
    ]
    assert plan.owners == {
        "tags/ebb/index.html": ((MOVED, "tag", "ebb"),),
        "old.html": ((MOVED, "gone", ""),),
    }


def test_a_chain_ends_at_a_page_and_a_ring_is_an_error() -> None:
    chain = (Address("/a/", "to", "/b/"), Address("/b/", "to", "/world/"))
    assert moved(*chain) == ({"/a/": "/world/", "/b/": "/world/"}, [])
    ring = (Address("/a/", "to", "/b/"), Address("/b/", "to", "/a/"))
    urls, said = moved(*ring)
    assert urls == {}
    assert [text.partition(" leads")[0] for text in said] == ["/a/", "/b/"]


def test_what_an_editor_leads_somewhere_goes_on_from_there() -> None:
    rows = (Address("/a/", "to", "/tags/ebb/"), Address("/tags/ebb/", "tag", "ebb"))
    assert moved(*rows)[0] == {"/a/": "/tag/ebb/", "/tags/ebb/": "/tag/ebb/"}
    assert moved(Address("/a/", "to", "/b/"), Address("/b/", "gone"))[0] == {"/a/": "", "/b/": ""}
    facts = replace(DIGEST.facts, aliases={DIGEST.paths[0]: ("/tide/",)})
    urls, said = moved(Address("/a/", "to", "/tide/"), digest=replace(DIGEST, facts=facts))
    assert urls == {}  # the page of the article is none of these outputs
    assert "the site has no page /tide/" in said[0]


def test_a_file_has_no_page_that_leads_on() -> None:
    rows = (Address("/x/feed.xml", "gone"), Address("/x.epub", "to", "/world/"))
    plan, urls, problems = moved_pages(DIGEST, config(), (), rows, OUTPUTS)
    assert (plan.pages, urls, problems) == ((), {"/x/feed.xml": "", "/x.epub": "/world/"}, [])


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
