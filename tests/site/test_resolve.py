"""What is published at a moment, in which order, with which URL and in which lists."""

from __future__ import annotations

import pytest

from sitegen.config.schema import AuthorConfig, SectionConfig
from sitegen.model.article import Document, Person, Source
from sitegen.site.resolve import (
    Shown,
    document_url,
    held_back,
    page_url,
    resolve,
    section_link,
    source_name,
    translated,
)
from tests.samples import NOW, config, document, site


@pytest.mark.parametrize(
    ("fields", "shown", "reason"),
    [
        ({}, {}, ""),
        ({"status": "draft"}, {}, "draft"),
        ({"status": "draft"}, {"drafts": True}, ""),
        ({"status": "withheld"}, {"drafts": True, "future": True}, "withheld"),
        ({"publish_stamp": NOW + 1}, {}, "future"),
        ({"publish_stamp": NOW + 1}, {"future": True}, ""),
        ({"expires_stamp": NOW}, {}, "expired"),
        ({"expires_stamp": NOW + 1}, {}, ""),
        ({"expires_stamp": NOW}, {"expired": True}, ""),
        ({"expires_stamp": NOW, "on_expiry": "noindex"}, {}, ""),
        ({"expires_stamp": NOW, "status": "withdrawn"}, {}, ""),
    ],
)
def test_why_an_article_is_held_back(
    fields: dict[str, object], shown: dict[str, bool], reason: str
) -> None:
    assert held_back(document("a", **fields), config(), NOW, Shown(**shown)) == reason


@pytest.mark.parametrize(
    ("path", "url"), [("/a", "/a/"), ("/a/", "/a/"), ("/a.html", "/a.html"), ("/a.b", "/a.b/")]
)
def test_the_url_of_a_page_is_a_folder_or_an_html_file(path: str, url: str) -> None:
    assert page_url(path) == url


def test_the_url_of_an_article() -> None:
    assert document_url(document("tide"), config()) == "/world/2026/11/02/tide/"
    assert document_url(document("tide", url="/about"), config()) == "/about/"
    settings = config(permalink="/{year}/{slug}.html")
    assert document_url(document("tide"), settings) == "/2026/tide.html"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (Source(), ""),
        (Source("Post", "https://www.post.example/a"), "Post"),
        (Source("", "https://www.post.example/a"), "post.example"),
    ],
)
def test_a_source_without_a_name_has_that_of_its_host(source: Source, name: str) -> None:
    assert source_name(document("a", source=source)) == name


def test_articles_are_in_the_order_of_time_and_authors_have_one_name() -> None:
    settings = config(authors={"ann": AuthorConfig(name="Ann Ames", aliases=("A. Ames",))})
    digest = site(
        document("late", "2026-11-03", authors=(Person("a. ames"),)),
        document("early", authors=(Person("Ann Ames"),)),
        settings=settings,
    )
    assert [d.slug for d in digest.documents] == ["early", "late"]
    (author,) = [x for x in digest.listings if x.kind == "author"]
    assert (author.name, author.url, author.documents) == ("Ann Ames", "/author/ann-ames/", (0, 1))


def test_names_that_a_file_system_takes_for_one_have_two_urls_and_a_note() -> None:
    articles = (document("a", tags=("Straße",)), document("b", "2026-11-03", tags=("Strasse",)))
    digest, problems = resolve(articles, config(), NOW, Shown())
    urls = [x.url for x in digest.listings if x.kind == "tag"]
    assert len({url.casefold() for url in urls}) == 2
    assert [(p.code, p.level) for p in problems] == [("term", "note")]


def test_a_section_has_the_title_of_the_settings() -> None:
    settings = config(sections={"sport": SectionConfig(title="Games")})
    assert section_link("sport", settings).name == "Games"
    assert section_link("far-away", settings).name == "Far away"


def test_the_original_of_a_translation_of_a_translation() -> None:
    def named(name: str, of: str = "") -> Document:
        return document(name, id=name, translation_of=of)

    assert translated([named("a"), named("b", "a"), named("c", "b")]) == {1: 0, 2: 0}
    assert translated([named("a", "b"), named("b", "a")]) == {1: 0}
    assert translated([named("a", "a"), named("b", "gone")]) == {}


@pytest.mark.parametrize(
    ("values", "url"),
    [
        ({}, "/2026/a/"),
        ({"section": "city"}, "/c/a/"),
        ({"section": "city", "url": "/own/"}, "/own/"),
        ({"section": "sport", "id": "Match 7"}, "/sport/match-7/"),
        ({"section": "sport"}, "/sport/a/"),
    ],
)
def test_a_section_may_have_a_permalink_of_its_own(values: dict[str, str], url: str) -> None:
    sections = {
        "city": SectionConfig(permalink="/c/{slug}/"),
        "sport": SectionConfig(permalink="/{section}/{id}/"),
        "world": SectionConfig(title="World"),
    }
    settings = config(permalink="/{year}/{slug}/", sections=sections)
    assert document_url(document("a", **values), settings) == url
