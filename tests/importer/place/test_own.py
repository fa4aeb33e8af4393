"""Articles that the site itself has published before."""

from __future__ import annotations

import pytest

from sitegen.importer.model import Imported
from sitegen.importer.place.own import at_home, without_redirect
from sitegen.model.article import Person, Source

BASE = "https://courier.example/press/"


@pytest.mark.parametrize(
    ("url", "alias"),
    [
        ("https://courier.example/press/1967/bridge.html", ("/1967/bridge.html",)),
        ("http://www.courier.example/press/1967/bridge/", ("/1967/bridge/",)),
        ("https://courier.example/press/story.php?id=7", ()),
        ("https://courier.example/press/", ()),
        ("https://courier.example/press", ()),
    ],
)
def test_the_old_url_of_the_site_is_an_alias(url: str, alias: tuple[str, ...]) -> None:
    found = Imported(canonical=url, source=Source("Courier", url), authors=(Person("Ida Holm"),))
    home = at_home(found, BASE, "The Courier")
    assert (home.canonical, home.source, home.aliases) == ("", Source(), alias)


@pytest.mark.parametrize(
    ("url", "homes"),
    [
        ("https://post.example/press/1967/bridge", []),
        ("https://courier.example/shop/bridge", []),
        ("https://courier.example/pressroom/bridge", []),
        ("https://courier.example/press/1967/bridge", ["https://www.courier.example/"]),
        ("", []),
    ],
)
def test_what_is_another_sites_stays(url: str, homes: list[str]) -> None:
    found = Imported(canonical=url, source=Source("Post", url))
    assert at_home(found, BASE, "The Courier", homes) is found


@pytest.mark.parametrize(("said", "name"), [("Old Courier", "Old Courier"), ("", "The Courier")])
def test_an_article_without_authors_has_the_site_as_its_source(said: str, name: str) -> None:
    found = Imported(source=Source(said, "https://courier.example/press/", "CC BY 4.0"))
    home = at_home(found, BASE, "The Courier")
    assert home.source == Source(name)
    assert home.rights.license == "CC BY 4.0"


def test_a_query_cannot_be_redirected() -> None:
    assert without_redirect("https://courier.example/?p=7")
    assert not without_redirect("https://courier.example/7#top")
