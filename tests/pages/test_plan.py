"""The plan of a small site: which outputs there are, from which templates, and which collide."""

from __future__ import annotations

from sitegen.config.schema import EditionsConfig, FeedConfig
from sitegen.content.discover import Found
from sitegen.model.article import Correction, Source
from sitegen.model.views import ArticleView, IssueView, OwnView
from sitegen.pages.kinds import kind_of
from sitegen.pages.plan import plan
from tests.samples import config, document, site, theme

SETTINGS = config(
    search=True,
    editions=EditionsConfig(kind="monthly", email=True, epub=True),
    feeds=FeedConfig(ninjs=True),
)
CORRECTION = Correction("2026-11-04", "Eleven.")
DIGEST = site(
    document("tide", tags=("Ebb",), source=Source("Post", "https://post.example/a")),
    document(
        "ship", "2026-11-03", aliases=("/old/",), corrections=(Correction("2026-11-04", "x"),)
    ),
    settings=SETTINGS,
)


def outputs(**values: object) -> set[str]:
    arguments = {"media": (), "static": ()} | values
    whole, problems = plan(DIGEST, theme(), SETTINGS, **arguments)
    assert problems == []
    return {page.output for page in whole.pages}


def test_every_kind_is_planned_and_its_template_is_that_of_the_table() -> None:
    pages = plan(DIGEST, theme(), SETTINGS, (), ())[0].pages
    for page in pages:
        own = isinstance(page.view, (OwnView, ArticleView, IssueView))
        assert own or page.template == kind_of(page).template, page.output
    assert {
        "404.html",
        "archive/2026/11/index.html",
        "archive/index.html",
        "corrections/index.html",
        "index.html",
        "old/index.html",
        "search/index.html",
        "sitemap.xml",
        "source/post/index.html",
        "sources.opml",
        "tag/ebb/index.html",
        "tags/index.html",
        "world/2026/11/02/tide/index.html",
        "world/2026/11/02/tide/ninjs.json",
    } <= {page.output for page in pages}


def test_optional_kinds_need_their_template() -> None:
    few = theme(templates={"article.html": "", "list.html": "", "front.html": ""})
    names = {page.output for page in plan(DIGEST, few, SETTINGS, (), ())[0].pages}
    assert "archive/index.html" in names
    for name in ("corrections/index.html", "search/index.html", "archive/2026/11/index.html"):
        assert name not in names


def test_a_file_in_static_replaces_robots_txt_and_no_article() -> None:
    assert "robots.txt" in outputs()
    static = (Found("static/robots.txt", 1, 1),)
    assert "robots.txt" not in outputs(static=static)


def test_two_outputs_of_one_path_are_an_error_with_both_origins() -> None:
    static = (Found("static/index.html", 1, 1),)
    (error,) = plan(DIGEST, theme(), SETTINGS, (), static)[1]
    assert (error.code, error.path) == ("collision", "static/index.html")
    assert "has the same URL as front page" in error.message
