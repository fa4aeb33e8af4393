"""Editions as e-mail and EPUB."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import EditionsConfig, FeedConfig, LanguageConfig, SectionConfig
from sitegen.content.discover import Found
from sitegen.model.article import Correction, Image, Rights
from sitegen.model.output import Page
from sitegen.model.views import EpubImage, IssueView
from sitegen.pages.edition_files import issue_pages, own_images
from sitegen.site.editions import with_editions
from tests.samples import config, document, site, theme

MEDIA = (Found("content/world/a.jpg", 1, 2, 3), Found("content/world/b.jpg", 1, 2, 3))
STATIC = (Found("static/logo.png", 4, 5, 6),)


def pages(*documents: Any, **editions: Any) -> list[Page]:
    settings = config(
        editions=EditionsConfig(kind="daily", **editions), feeds=FeedConfig(content="summary")
    )
    digest, _ = with_editions(site(*documents, settings=settings), settings, (), theme().templates)
    images = own_images(MEDIA, STATIC, settings)
    editions = (issue_pages(digest, settings, e, images) for e in digest.editions)
    return [page for found in editions for page in found]


def views(*documents: Any, **editions: Any) -> dict[str, IssueView]:
    """The files of the only edition, by format."""
    found = [p.view for p in pages(*documents, **editions)]
    return {view.format: view for view in found if isinstance(view, IssueView)}


@pytest.mark.parametrize(
    ("editions", "formats"),
    [
        ({}, set()),
        ({"email": True}, {"html", "text", "eml"}),
        ({"epub": True}, {"epub"}),
        ({"email": True, "sender": "news@t.example"}, {"html", "text", "eml"}),
    ],
)
def test_an_edition_has_the_files_that_are_asked_for(
    editions: dict[str, Any], formats: set[str]
) -> None:
    assert views(document("tide"), **editions).keys() == formats


def test_only_a_complete_message_names_its_sender() -> None:
    found = views(document("tide"), email=True, sender="news@t.example")
    assert {name: view.sender for name, view in found.items()} == {
        "html": "",
        "text": "",
        "eml": "news@t.example",
    }


def test_an_epub_has_no_template() -> None:
    found = pages(document("tide"), email=True, epub=True)
    assert {p.output.rsplit(".", 1)[1]: p.template for p in found} == {
        "html": "email.html",
        "txt": "email.html",
        "eml": "email.html",
        "epub": "",
    }


def test_the_lead_comes_first_and_the_others_by_section() -> None:
    documents = (
        document("tide"),
        document("ship", lead=True),
        document("goal", section="sport"),
    )
    (view,) = views(*documents, epub=True).values()
    assert [(p.title, [c.item.card.title for c in p.chapters]) for p in view.parts] == [
        ("", ["Ship"]),
        ("Sport", ["Goal"]),
        ("World", ["Tide"]),
    ]


def test_an_edition_has_full_texts_where_feeds_have_summaries() -> None:
    corrections = (Correction("2026-11-03", "It was ten."),)
    one = document("tide", dek="A dek", dateline="SALM", corrections=corrections)
    (chapter,) = views(one, epub=True)["epub"].chapters()
    assert chapter.item.body_from == one.path
    assert (chapter.dek, chapter.dateline, chapter.corrections) == ("A dek", "SALM", corrections)


def test_an_epub_holds_images_of_the_site_that_its_articles_show() -> None:
    one = document("tide", image=Image("/world/a.jpg"), assets=("/world/a.jpg", "/x/other.jpg"))
    link = document("ship", assets=("/world/b.jpg",), rights=Rights("link"))
    (view,) = views(one, link, epub=True).values()
    assert view.pictures == (EpubImage("/world/a.jpg", "content/world/a.jpg", 1, 2, 3),)


def test_images_are_looked_up_only_for_epubs() -> None:
    assert own_images(MEDIA, STATIC, config()) == {}
    settings = config(editions=EditionsConfig(kind="daily", epub=True))
    assert set(own_images(MEDIA, STATIC, settings)) == {"/world/a.jpg", "/world/b.jpg", "/logo.png"}


GERMAN = LanguageConfig(sections={"world": SectionConfig("Welt")})


@pytest.mark.parametrize(
    ("language", "lang", "card_lang", "section"),
    [("de", "de", "", "Welt"), ("de-AT", "de", "", "Welt"), ("", "", "de", "World")],
)
def test_a_series_in_a_language_of_the_site_has_its_words(
    language: str, lang: str, card_lang: str, section: str
) -> None:
    series = EditionsConfig(kind="daily", email=True, epub=True, language=language, lead="none")
    settings = config(languages={"de": GERMAN}, editions=series)
    one = document("flut", lang="de-AT" if language == "de-AT" else "de")
    digest, _ = with_editions(site(one, settings=settings), settings, (), theme().templates)
    found = list(issue_pages(digest, settings, digest.editions[0], {}))
    assert {page.lang for page in found} == {lang}
    view = found[0].view
    assert isinstance(view, IssueView)
    assert view.title == ("2. November 2026" if lang else "2 November 2026")
    assert [part.title for part in view.parts] == [section]
    (chapter,) = view.chapters()
    assert chapter.item.card.lang == (card_lang if language != "de-AT" else "de-AT")


def test_a_language_that_the_site_is_not_published_in_changes_nothing() -> None:
    found = pages(document("maree", lang="fr"), email=True, language="fr")
    assert {page.lang for page in found} == {""}
