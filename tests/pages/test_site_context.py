"""What all pages of a site show."""

from __future__ import annotations

from sitegen.config.schema import EditionsConfig, FeedConfig, MiningConfig, SectionConfig
from sitegen.model.article import Correction
from sitegen.pages.site_context import frame, has_search
from sitegen.site.editions import with_editions
from tests.samples import config, document, site, theme

DIGEST = site(document("tide"), document("goal", section="sport"))


def test_sections_are_in_the_order_of_the_settings_then_by_name() -> None:
    settings = config(sections={"world": SectionConfig("Abroad"), "empty": SectionConfig("None")})
    digest = site(document("tide"), document("goal", section="sport"), document("b", section="art"))
    assert [link.name for link in frame(digest, theme(), settings).nav] == [
        "Abroad",
        "Art",
        "Sport",
    ]


def test_the_site_context_links_what_the_site_has() -> None:
    plain = frame(DIGEST, theme(), config())
    assert ([link.name for link in plain.nav], plain.search) == (["Sport", "World"], "")
    assert [link.url for link in frame(DIGEST, theme(), config(search=True)).indexes] == [
        "/search/"
    ]
    assert not has_search(theme(templates={}), config(search=True))


def test_only_taxonomies_in_use_are_linked() -> None:
    assert frame(DIGEST, theme(), config()).taxonomies == ()
    tagged = site(document("tide", tags=("oil",)))
    assert [link.url for link in frame(tagged, theme(), config()).taxonomies] == ["/tags/"]


def test_editions_and_corrections_are_linked_where_there_are_any() -> None:
    settings = config(editions=EditionsConfig(kind="daily"))
    digest = site(document("tide", corrections=(Correction("2026-11-03", "Ten."),)))
    digest, _ = with_editions(digest, settings, (), theme().templates)
    urls = [link.url for link in frame(digest, theme(), settings).indexes]
    assert urls == ["/editions/", "/corrections/"]


def test_words_of_the_navigation_are_in_the_language_of_the_site() -> None:
    german = theme(messages={"Search": "Suche"})
    assert frame(DIGEST, german, config(search=True)).indexes[0].name == "Suche"


def test_the_first_feed_is_that_of_the_site() -> None:
    assert frame(DIGEST, theme(), config()).feed == "/feed.xml"
    assert frame(DIGEST, theme(), config(feeds=FeedConfig(formats=()))).feed == ""


def test_mining_is_reserved_only_where_the_site_says_so() -> None:
    assert frame(DIGEST, theme(), config()).tdm is None
    terms = frame(DIGEST, theme(), config(mining=MiningConfig(True, "/terms/"))).tdm
    assert terms is not None
    assert terms.policy == "/terms/"
