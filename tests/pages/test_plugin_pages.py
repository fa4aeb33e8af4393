"""Pages that plugins add, the site context, assets, redirects and stories, as values."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest
from sitegen.content.discover import Found
from sitegen.model.views import OwnView, StoryView
from sitegen.pages.assets import copies_of_files
from sitegen.pages.plugin_pages import plugin_pages
from sitegen.pages.redirects import redirects
from sitegen.pages.site_context import frame, has_search
from sitegen.pages.stories import story_pages
from sitegen.plugins import Plugin
from sitegen.site.stories import with_stories
from tests.samples import config, document, site, theme

DIGEST = site(document("tide", story="flood"), document("ship", "2026-11-03", story="flood"))


def plugin(given: dict[str, Any]) -> Plugin:
    text = f"def add_pages(site):\n    return [{given!r}]\n"
    return Plugin("numbers", "plugins/numbers.py", text, digest(text.encode()))


@pytest.mark.parametrize(
    ("lacks", "given"),
    [
        ("url", {"title": "N", "template": "n.html"}),
        ("title", {"url": "/n/", "template": "n.html"}),
        ("template", {"url": "/n/", "title": "N", "template": "n.txt"}),
        ("url", {"url": "../..", "title": "N", "template": "n.html"}),
    ],
)
def test_a_page_without_its_fields_is_an_error(lacks: str, given: dict[str, Any]) -> None:
    with pytest.raises(SitegenError) as error:
        list(plugin_pages(DIGEST, (plugin(given),)))
    (problem,) = error.value.diagnostics
    assert "incomplete" in problem.message
    assert f"`{lacks}`" in problem.help


def test_a_page_of_a_plugin() -> None:
    given = {"url": "/numbers/", "title": "N", "template": "n.html", "data": {"count": 2}}
    (page,) = plugin_pages(DIGEST, (plugin(given),))
    assert (page.output, page.template) == ("numbers/index.html", "n.html")
    assert page.view == OwnView("N", "/numbers/", {"count": 2})


def test_redirects_lead_from_former_urls() -> None:
    (page,) = redirects(site(document("tide", aliases=("/old",))))
    assert (page.output, page.view.target) == ("old/index.html", "/world/2026/11/02/tide/")


def test_a_story_has_a_page_of_its_articles_in_order() -> None:
    (page,) = story_pages(with_stories(DIGEST, config(), theme().templates))
    assert isinstance(page.view, StoryView)
    assert [line.card.title for line in page.view.lines] == ["Tide", "Ship"]


def test_the_site_context_links_what_the_site_has() -> None:
    plain = frame(DIGEST, theme(), config())
    assert ([link.name for link in plain.nav], plain.search) == (["World"], "")
    assert [link.url for link in frame(DIGEST, theme(), config(search=True)).indexes] == [
        "/search/"
    ]
    assert not has_search(theme(templates={}), config(search=True))


def test_files_are_copied_by_their_path_and_drawings_of_articles_are_cleaned() -> None:
    media, static = (Found("content/world/a.SVG", 1, 1),), (Found("static/b.svg", 1, 1),)
    copies = list(copies_of_files(theme(), config(), media, static))
    assert [(c.output, c.cleaned) for c in copies] == [("world/a.SVG", True), ("b.svg", False)]
