"""Redirects from former URLs."""

from __future__ import annotations

import pytest

from sitegen.model.views import RedirectView
from sitegen.pages.redirects import redirects
from tests.samples import document, site

URL = "/world/2026/11/02/tide/"

TIDE = "content/world/tide.md"


@pytest.mark.parametrize(
    ("alias", "output", "url"),
    [
        ("/old", "old/index.html", "/old/"),
        ("/old/", "old/index.html", "/old/"),
        ("/old.html", "old.html", "/old.html"),
    ],
)
def test_a_former_url_leads_to_the_article(alias: str, output: str, url: str) -> None:
    (page,) = redirects(site(document("tide", aliases=(alias,))), 0)
    assert (page.output, page.template, page.group) == (output, "redirect.html", 1)
    assert page.view == RedirectView(url, URL)


def test_each_alias_has_a_redirect() -> None:
    digest = site(document("tide", aliases=("/a/", "/b/")), document("ship"))
    pages = redirects(digest, digest.paths.index(TIDE))
    assert [page.output for page in pages] == [
        "a/index.html",
        "b/index.html",
    ]


@pytest.mark.parametrize("alias", [URL, URL.rstrip("/")])
def test_the_url_that_an_article_has_is_no_former_one(alias: str) -> None:
    pages = redirects(site(document("tide", aliases=(alias, "/old", "/old/"))), 0)
    assert [page.output for page in pages] == ["old/index.html"]
