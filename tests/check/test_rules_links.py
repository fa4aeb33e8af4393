"""Links and images inside the site."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.check.model import ArticleText, Facts
from sitegen.check.rules_links import SiteUrls, links
from sitegen.model.article import Document, Image
from sitegen.model.output import Copy, Page, Plan
from sitegen.model.views import ListView, RedirectView
from sitegen.pages.articles import article_view
from tests.check.facts import article, facts, said
from tests.samples import config, site

URL = "/world/2026/11/01/{}/"


def page(document: Document) -> Page:
    """The page of an article, at its usual URL."""
    digest = site(document)
    view = article_view(digest, 0, config(), {}, (None, None), None, None)
    return Page(f"{view.url[1:]}index.html", "article.html", view, document.path, 1)


def given(
    *documents: Document,
    text: ArticleText | None = None,
    hidden: tuple[Document, ...] = (),
    **more: Any,
) -> Facts:
    """A site of ``documents``; ``text`` is that of the first, whose section page exists, too."""
    pages = [page(d) for d in documents]
    extra: list[Page] = [
        Page("world/index.html", "list.html", ListView("World", "/world/", "section", ()), "x"),
        Page("old/index.html", "redirect.html", RedirectView("/old/", URL.format("b")), "x"),
        Page("feed.xml", "", ListView("F", "/feed.xml", "feed", ()), "x"),
    ]
    copies = (Copy("world/tide.jpg", "/s/tide.jpg", "x"),)
    texts = {d.slug: ArticleText(ids=("text-part",)) for d in documents}
    if text:
        texts[documents[0].slug] = text
    values: dict[str, Any] = {
        "views": {p.origin: p.view for p in pages},
        "plan": Plan((*pages, *extra), copies),
        "documents": (*documents, *hidden),
        "theme_ids": frozenset(["main"]),
        "media": ("content/world/raw.jpg", "content/world/notes.pdf"),
    }
    return facts(*documents, texts=texts, **(values | more))


def found(*hrefs: str, hidden: tuple[Document, ...] = (), **more: Any) -> list[tuple[str, str]]:
    """Rule and help of each finding about links of article `a`, beside which there is `b`."""
    one = given(article("a"), article("b"), text=ArticleText(links=hrefs), hidden=hidden, **more)
    return [(f.rule, f.help) for f in links(one)]


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "/world/",
        "https://t.example/world/",
        "https://t.example",
        URL.format("b"),
        "../b/",
        "../b/?x=1#text-part",
        "/feed.xml",
        "#main",
        "#top",
        "https://other.example/",
        "//other.example/a",
        "mailto:desk@t.example",
        "/world/tide.jpg",
    ],
)
def test_links_that_lead_somewhere(href: str) -> None:
    front = Page("index.html", "front.html", ListView("T", "/", "front", ()), "x")
    one = given(article("a"), article("b"), text=ArticleText(links=(href,)))
    plan = Plan((*one.plan.pages, front), one.plan.copies)
    assert found(href, plan=plan) == []


@pytest.mark.parametrize(
    ("href", "rule", "help"),
    [
        ("/wordl/", "link", "did you mean `/world/`?"),
        ("/World/", "link", "did you mean `/world/`?"),
        ("/nothing-like-it-at-all/", "link", "correct or remove the link"),
        ("/world", "link-moved", "write `/world/`; not every server adds the slash"),
        ("/old/", "link-moved", f"write `{URL.format('b')}`"),
        ("/old/#text-part", "link-moved", f"write `{URL.format('b')}#text-part`"),
        ("/old", "link-moved", f"write `{URL.format('b')}`; not every server adds the slash"),
        ("b.md", "link-moved", f"write `{URL.format('b')}`, or run `sitegen check --fix`"),
        (
            "/content/world/b.md",
            "link-moved",
            f"write `{URL.format('b')}`, or run `sitegen check --fix`",
        ),
        ("/world/notes.pdf", "link", "only images that an article shows are published"),
        ("../b/#missing", "anchor", "correct it, or give the target an id"),
        ("#part", "anchor", "write `#text-part`"),
    ],
)
def test_links_that_lead_nowhere_or_are_old(href: str, rule: str, help: str) -> None:
    text = ArticleText(links=(href,), ids=("text-part",))
    (finding,) = links(given(article("a"), article("b"), text=text))
    assert finding.rule == rule
    assert finding.help.startswith(help)
    assert finding.path == "content/world/a.md"


def test_a_link_to_an_article_that_is_not_shown_says_why() -> None:
    draft = article("c", status="draft")
    text = ArticleText(links=(URL.format("c"),))
    (finding,) = links(given(article("a"), text=text, hidden=(draft,)))
    assert "is not shown (draft)" in finding.message
    assert finding.help == draft.path


def test_a_link_to_an_article_that_appears_later() -> None:
    later = article("b", stamp=1_794_000_000.0)
    one = given(article("a"), later, text=ArticleText(links=(URL.format("b"),)))
    assert [m for _, m in said(links(one))] == [
        f"`{URL.format('b')}` leads to an article that appears later"
    ]


@pytest.mark.parametrize(
    ("src", "exists"),
    [
        ("/world/tide.jpg", True),
        ("/world/raw.jpg", True),  # smaller files are made of it
        ("https://other.example/a.jpg", True),
        ("/world/missing.jpg", False),
        ("/world/", False),
    ],
)
def test_images(src: str, exists: bool) -> None:
    in_text = given(article("a"), text=ArticleText(images=((src, "alt"),)))
    lead = given(article("a", image=Image(src)))
    for one in (in_text, lead):
        messages = [message for _, message in said(links(one))]
        assert messages == ([] if exists else [f"the image `{src}` does not exist"])


def test_words_without_a_url_are_reported() -> None:
    (finding,) = links(given(article("a"), text=ArticleText(dead=("here",))))
    assert finding.text == "[here]("


def test_the_url_of_a_page_is_that_of_its_file() -> None:
    urls = SiteUrls(given(article("a")))
    assert urls.split("x/", "/world/") == ("/world/x/", "")
    assert urls.split("//[broken", "/") is None
    assert urls.suggestion("/world/tide.jqg") == "/world/tide.jpg"
