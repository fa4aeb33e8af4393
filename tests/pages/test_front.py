"""The front page: its lead, blocks by section, and what it leaves out."""

from __future__ import annotations

from sitegen.config.schema import SectionConfig
from sitegen.model.views import FrontView
from sitegen.pages.front import LATEST_CARDS, front_page
from tests.samples import config, document, site


def front(*names: str, others: frozenset[int] = frozenset(), **fields: object) -> FrontView:
    documents = [document(name, f"2026-11-{n:02}") for n, name in enumerate(names, 1)]
    view = front_page(site(*documents, document("last", "2026-11-20", **fields)), config(), others)
    assert isinstance(view.view, FrontView)
    return view.view


def test_the_newest_article_leads_unless_one_is_flagged() -> None:
    view = front("a", "b")
    assert view.lead and view.lead.title == "Last"
    assert [card.title for card in view.latest] == ["B", "A"]
    settings = config()
    flagged = front_page(
        site(document("a", lead=True), document("b", "2026-11-03")), settings, set()
    )
    assert flagged.view.lead.title == "A"


def test_withdrawn_articles_and_other_languages_are_left_out() -> None:
    view = front("a", "b", others=frozenset({1}), status="withdrawn")
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
    view = front_page(site(*articles, settings=settings), settings, set()).view
    assert [block.title for block in view.blocks] == ["Games", "World", "Other"]
