"""Pages of the site itself: what they show, and what leaves them out."""

from __future__ import annotations

import msgspec
import pytest

from sitegen.config.schema import Config, PagesConfig
from sitegen.content.article import parse
from sitegen.model.article import Image
from sitegen.model.site import Site
from sitegen.model.views import FeedView, PageView, Translation
from sitegen.pages.feeds import feeds
from sitegen.pages.front import FrontInput, front_page
from sitegen.pages.search import shards
from sitegen.pages.site_pages import page_view, site_pages
from sitegen.site.editions import editions
from sitegen.site.related import related
from tests.samples import config, document, page, site


def view_of(digest: Site, path: str, **values: object) -> PageView:
    return page_view(digest, digest.paths.index(path), config(**values), ())


@pytest.mark.parametrize(
    "path, url",
    [
        ("content/pages/about.md", "/about/"),
        ("content/pages/about/team.md", "/about/team/"),
        ("content/pages/About Us/team.md", "/about-us/team/"),
        ("content/pages/about/index.md", "/about/"),
        ("content/pages/about/team/index.md", "/about/team/"),
        ("content/world/guide.md", "/guide/"),
        ("content/guide.md", "/guide/"),
    ],
)
def test_a_page_is_at_its_slug_below_the_folders_of_pages(path: str, url: str) -> None:
    text = b"---\ntitle: T\nkind: page\n---\n"
    read = parse(text, path, config()).document
    assert read
    assert site(read).cards[0].url == url


@pytest.mark.parametrize(
    "pattern, url",
    [("/{slug}/", "/team/"), ("/p/{path}.html", "/p/about/team.html"), ("/{id}", "/t-1/")],
)
def test_the_urls_of_pages_have_a_pattern_of_their_own(pattern: str, url: str) -> None:
    settings = config(pages=PagesConfig(pattern))
    about = page("team", path="content/pages/about/team.md", id="T 1")
    assert site(about, settings=settings).cards[0].url == url


def test_no_list_has_a_page() -> None:
    settings = config()
    dated = page("about", tags=("oil",), lead=True, authors=())
    digest = site(document("tide"), dated)
    assert (list(digest.articles), list(digest.pages)) == ([0], [1])
    listed = {
        i for listing in (*digest.listings, digest.archive, *digest.days) for i in listing.documents
    }
    assert listed == {0}
    front = front_page(digest, settings, FrontInput("en")).view
    assert front.lead and front.lead.title == "Tide"  # type: ignore[union-attr]
    fed = {
        item.card.title
        for made in feeds(digest, settings)
        if isinstance(made.view, FeedView)
        for item in made.view.items
    }
    assert fed == {"Tide"}
    assert digest.news == ()
    assert len(related(digest, settings).found) == 1
    with_editions = msgspec.convert(
        {**msgspec.to_builtins(settings), "editions": {"kind": "monthly"}}, Config
    )
    found, _ = editions(digest, with_editions, ())
    assert [edition.documents for edition in found] == [(0,)]


def test_search_finds_pages() -> None:
    digest = site(document("tide"), page("about"))
    (shard,) = shards(digest, config())
    assert [(one.title, one.section, one.date) for one in shard.records] == [
        ("Tide", "World", "2026-11-02"),
        ("About", "", ""),
    ]


def test_a_page_shows_what_its_file_says() -> None:
    given = page(
        "about",
        dek="D",
        updated="2026-11-03",
        image=Image("/a.jpg"),
        body_digest="d",
        extra={"a": 1},
        aliases=("/info/",),
    )
    digest = site(given)
    view = view_of(digest, given.path)
    assert (view.title, view.url, view.dek, view.updated) == (
        "About",
        "/about/",
        "D",
        "2026-11-03",
    )
    assert (view.body_from, view.extra, view.withdrawn) == (given.path, {"a": 1}, False)
    languages = {0: (Translation("en", "/about/", "About"),)}
    made = list(site_pages(digest, config(), languages)(0))
    assert [(one.output, one.template) for one in made] == [
        ("about/index.html", "page.html"),
        ("info/index.html", "redirect.html"),
    ]
    assert made[0].view.translations == languages[0]  # type: ignore[union-attr]


def test_a_page_may_have_a_template_of_its_own() -> None:
    (made,) = site_pages(site(page("about", template="wide.html")), config(), {})(0)
    assert made.template == "wide.html"


def test_a_withdrawn_page_shows_no_text() -> None:
    given = page("about", status="withdrawn", body_digest="d")
    view = view_of(site(given), given.path)
    assert (view.withdrawn, view.body_from) == (True, "")
