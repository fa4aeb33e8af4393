"""The front page: its lead, blocks by section, and what it leaves out."""

from __future__ import annotations

from sitegen.config.schema import (
    AuthorConfig,
    LanguageConfig,
    SectionConfig,
    SectionWords,
    StoriesConfig,
)
from sitegen.model.article import Image, Person
from sitegen.model.output import Page
from sitegen.model.views import FrontView
from sitegen.pages.front import LATEST_CARDS, FrontInput, front_page
from sitegen.pages.plan import translations_of
from sitegen.pages.translations import shown_instead, translations
from sitegen.site.stories import with_stories
from tests.samples import config, document, site


def front(*names: str, instead: dict[int, int] | None = None, **fields: object) -> FrontView:
    documents = [document(name, f"2026-11-{n:02}") for n, name in enumerate(names, 1)]
    digest = site(*documents, document("last", "2026-11-20", **fields))
    view = front_page(digest, config(), FrontInput("en", instead or {}))
    assert isinstance(view.view, FrontView)
    return view.view


def test_the_newest_article_leads_unless_one_is_flagged() -> None:
    view = front("a", "b")
    assert view.lead and view.lead.title == "Last"
    assert [card.title for card in view.latest] == ["B", "A"]
    settings = config()
    flagged = front_page(
        site(document("a", lead=True), document("b", "2026-11-03")), settings, FrontInput("en")
    )
    assert flagged.view.lead.title == "A"


def test_withdrawn_articles_and_other_languages_are_left_out() -> None:
    view = front("a", "b", instead={1: 0}, status="withdrawn")
    assert view.lead and view.lead.title == "A"
    assert view.latest == ()


def test_the_archive_is_linked_once_there_are_more_articles() -> None:
    assert front(*"abc").older == ""
    many = [f"a{n}" for n in range(LATEST_CARDS)]
    assert front(*many).older == "/archive/"


def test_sections_are_in_the_order_of_the_settings() -> None:
    settings = config(sections={"sport": SectionConfig(title="Games"), "world": SectionConfig()})
    articles = [
        document("a"),
        document("b", "2026-11-03", section="sport"),
        document("c", "2026-11-04", section="other"),
        document("d", "2026-11-05"),
    ]
    view = front_page(site(*articles, settings=settings), settings, FrontInput("en")).view
    assert [block.title for block in view.blocks] == ["Games", "World", "Other"]


def test_each_language_shows_every_article_once_and_marks_what_is_in_another() -> None:
    settings = config(
        sections={"world": SectionConfig("World")},
        languages={"de": LanguageConfig("Zeitung", "", {"world": SectionWords("Welt")})},
    )
    tide = document("tide", id="tide")
    flut = document("flut", "2026-11-03", lang="de", translation_of="tide")
    digest = site(
        tide,
        flut,
        document("ice", "2026-11-04"),
        document("nebel", "2026-11-05", lang="de"),
        settings=settings,
    )
    groups = translations_of(digest)
    linked, _ = translations(digest, groups, settings)

    def shown(lang: str) -> tuple[FrontView, Page]:
        instead = shown_instead(digest, groups, settings, lang)
        page = front_page(digest, settings, FrontInput(lang, instead, linked))
        assert isinstance(page.view, FrontView)
        return page.view, page

    english, page = shown("en")
    assert (page.output, page.lang, english.url) == ("index.html", "", "/")
    cards = [english.lead, *english.latest]
    assert [(c.title, c.lang) for c in cards if c] == [("Nebel", "de"), ("Ice", ""), ("Tide", "")]
    assert {url: [t.lang for t in found] for url, found in english.tongues.items()} == {
        "/world/2026/11/02/tide/": ["de"]
    }
    german, page = shown("de")
    assert (page.output, page.lang, german.url) == ("de/index.html", "de", "/de/")
    cards = [german.lead, *german.latest]
    assert [(c.title, c.lang) for c in cards if c] == [("Nebel", ""), ("Ice", "en"), ("Flut", "")]
    assert {c.section.name for c in cards if c} == {"Welt"}
    assert [(block.title, block.url) for block in german.blocks] == [("Welt", "/de/world/")]


def test_a_section_of_opinions_has_the_portraits_of_who_writes_them() -> None:
    settings = config(authors={"ann": AuthorConfig(name="Ann Ames", photo="/ann.jpg")})
    ann = (Person("Ann Ames"),)
    opinions = [
        document(f"o{n}", f"2026-10-0{n}", section="town", genre="Column", authors=ann)
        for n in range(1, 9)
    ]
    news = [document(f"n{n}", f"2026-11-{n:02}", authors=ann) for n in range(1, 18)]
    view = front_page(site(*opinions, *news, settings=settings), settings, FrontInput("en")).view
    assert view.portraits == {"/author/ann-ames/": Image("/ann.jpg", "Ann Ames")}
    rows = {block.title: [row.shape for row in block.rows] for block in view.blocks}
    assert rows["Town"][0] == "voices"
    assert "voices" not in rows["World"]


def test_where_the_lead_of_a_story_is_left_out_its_translation_is_shown() -> None:
    settings = config(languages={"de": LanguageConfig()}, stories=StoriesConfig("key"))
    tide = document("tide", id="tide", story="quay")
    flut = document("flut", "2026-11-03", lang="de", translation_of="tide")
    other = document("other", "2026-11-04", story="quay")
    digest = site(tide, flut, other, settings=settings)
    digest = with_stories(digest, settings, ("story.html",))
    instead = shown_instead(digest, translations_of(digest), settings, "de")
    view = front_page(digest, settings, FrontInput("de", instead)).view
    assert [c.title for c in (view.lead, *view.latest)] == ["Flut"]


def test_a_site_of_one_language_names_the_translations_of_an_article_below_it() -> None:
    tide = document("tide", id="tide")
    flut = document("flut", "2026-11-03", lang="de", translation_of="tide")
    digest = site(tide, flut)
    groups = translations_of(digest)
    linked, _ = translations(digest, groups, config())
    instead = shown_instead(digest, groups, config())
    view = front_page(digest, config(), FrontInput("en", instead, linked)).view
    assert [c.title for c in (view.lead, *view.latest)] == ["Tide"]
    assert [[t.lang for t in found] for found in view.tongues.values()] == [["de"]]
