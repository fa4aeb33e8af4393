"""The URL that an article had at its old site."""

from __future__ import annotations

import pytest

from sitegen.importer.markdown.generators import Blog
from sitegen.importer.markdown.old_urls import DEFAULTS, OldPost, old_url, permalink, permalinks
from sitegen.importer.markdown.read import read_markdown
from sitegen.importer.model import Imported

POST = OldPost(
    title="Die Fähre wartet",
    name="heron",
    folders=("harbour", "ferries"),
    date="2026-03-04T18:15:00+01:00",
    categories=("News", "Night Ferry"),
    author="Ann Ames",
)


@pytest.mark.parametrize(
    ("generator", "pattern", "path"),
    [
        ("jekyll", None, "/news/night-ferry/2026/03/04/heron.html"),
        ("jekyll", "pretty", "/news/night-ferry/2026/03/04/heron/"),
        ("jekyll", "none", "/news/night-ferry/heron.html"),
        ("jekyll", "ordinal", "/news/night-ferry/2026/063/heron.html"),
        ("jekyll", "/blog/:year/:i_month/:i_day/:title", "/blog/2026/3/4/heron"),
        ("jekyll", "/:short_year/:slug.htm", "/26/heron.htm"),
        ("hexo", None, "/2026/03/04/heron/"),
        ("hexo", ":category/:title.html", "/news/heron.html"),
        ("hugo", None, "/harbour/ferries/heron/"),
        ("hugo", "/:year/:month/:title/", "/2026/03/die-fähre-wartet/"),
        ("hugo", "/:section/:filename/", "/harbour/heron/"),
        ("zola", None, "/harbour/ferries/heron/"),
        ("pelican", None, "/die-fahre-wartet.html"),
        ("pelican", "posts/{date:%Y}/{date:%b}/{slug}/", "/posts/2026/Mar/die-fahre-wartet/"),
        ("pelican", "{category}/{author}/{slug}.html", "/news/ann-ames/die-fahre-wartet.html"),
        ("nikola", None, "/harbour/ferries/heron/"),
        ("eleventy", None, "/harbour/ferries/heron/"),
        ("hexo", ":year/:hash/", ""),
        ("", None, ""),
    ],
)
def test_the_path_of_a_permalink(generator: str, pattern: str | None, path: str) -> None:
    patterns = {"": permalink(pattern, DEFAULTS.get(generator, ""))}
    assert old_url(generator, patterns, POST) == path


def test_a_written_slug_takes_precedence() -> None:
    post = OldPost("A", slug="the-heron", name="a", date="2026-03-04")
    assert old_url("hugo", {"": DEFAULTS["hugo"]}, post) == "/the-heron/"
    assert old_url("pelican", {"": DEFAULTS["pelican"]}, post) == "/the-heron.html"


def test_a_path_with_a_day_needs_a_date() -> None:
    assert old_url("jekyll", {"": DEFAULTS["jekyll"]}, OldPost("A", name="a")) == ""


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"posts": "/:year/:slug/"}, {"": "/x/", "posts": "/:year/:slug/"}),
        ({"page": {"posts": "/:slug/"}, "section": {}}, {"": "/x/", "posts": "/:slug/"}),
        (None, {"": "/x/"}),
        ({"posts": 3}, {"": "/x/"}),
    ],
)
def test_permalinks_by_section(values: object, found: dict[str, str]) -> None:
    assert permalinks(values, "/x/") == found


def aliases(head: str, name: str, blog: Blog) -> tuple[str, ...]:
    found = read_markdown(f"---\n{head}\n---\nText.\n".encode(), name, blog, zone="UTC")
    assert isinstance(found, Imported)
    return found.aliases


JEKYLL = Blog("jekyll", "s", permalinks={"": DEFAULTS["jekyll"]})
HUGO = Blog(
    "hugo",
    "s",
    folder="content",
    lang="en",
    languages=("en", "de"),
    permalinks={"": DEFAULTS["hugo"], "posts": "/:year/:slug/"},
)


@pytest.mark.parametrize(
    ("head", "name", "blog", "found"),
    [
        ("title: A", "_posts/2026-03-04-heron.md", JEKYLL, ("/2026/03/04/heron.html",)),
        ("title: A", "news/_posts/2026-03-04-heron.md", JEKYLL, ("/news/2026/03/04/heron.html",)),
        ("title: A\npermalink: /x/", "_posts/2026-03-04-heron.md", JEKYLL, ("/x/",)),
        (
            "title: A\nredirect_from: /old/",
            "_posts/2026-03-04-heron.md",
            JEKYLL,
            ("/old/", "/2026/03/04/heron.html"),
        ),
        ("title: A\ndate: 2026-03-04", "content/posts/heron.md", HUGO, ("/2026/heron/",)),
        ("title: A\ndate: 2026-03-04", "content/yard/heron/index.md", HUGO, ("/yard/heron/",)),
        ("title: A\ndate: 2026-03-04", "content/yard/heron.de.md", HUGO, ("/de/yard/heron/",)),
        ("title: A\ndate: 2026-03-04", "content/yard/heron.en.md", HUGO, ("/yard/heron/",)),
        ("title: A\ndate: 2026-03-04", "heron.md", Blog(), ()),
    ],
)
def test_the_aliases_of_a_text(head: str, name: str, blog: Blog, found: tuple[str, ...]) -> None:
    assert aliases(head, name, blog) == found
