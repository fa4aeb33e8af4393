"""Portraits: of who writes opinions, where their photo may be shown."""

from __future__ import annotations

import pytest

from sitegen.config.schema import AuthorConfig
from sitegen.model.article import Image
from sitegen.model.site import Byline, Card, Link
from sitegen.pages.portraits import is_opinion, portraits
from tests.samples import config

ANN = Byline("Ann Ames", "/author/ann-ames/")
BO = Byline("Bo Beck", "/author/bo-beck/")
SETTINGS = config(
    authors={
        "ann": AuthorConfig(name="Ann Ames", photo="/ann.jpg"),
        "bo": AuthorConfig(name="Bo Beck", photo="https://elsewhere.example/bo.jpg"),
        "cy": AuthorConfig(name="Cy Dee"),
    }
)


def card(section: str = "world", genre: str = "", *authors: Byline) -> Card:
    return Card("A", "/a/", "2026-11-24", Link("S", f"/{section}/"), genre=genre, authors=authors)


@pytest.mark.parametrize(
    ("section", "genre", "expected"),
    [
        ("world", "", False),
        ("opinion", "", True),
        ("de/meinung", "", True),
        ("world", "Column", True),
        ("world", "Analysis", False),
        ("opinion", "Interview", False),
    ],
)
def test_what_is_an_opinion(section: str, genre: str, expected: bool) -> None:
    assert is_opinion(card(section, genre)) is expected


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (card("opinion", "", ANN, BO), {ANN.url: Image("/ann.jpg", "Ann Ames")}),
        (card("world", "Letter", ANN), {ANN.url: Image("/ann.jpg", "Ann Ames")}),
        (card("world", "", ANN), {}),
        (card("opinion", "", BO), {}),
        (card("opinion", "", Byline("Cy Dee", "/author/cy-dee/")), {}),
        (card("opinion", "", Byline("Ann Ames", "")), {}),
        (card("opinion"), {}),
    ],
)
def test_whose_portrait_is_shown(one: Card, shown: dict[str, Image]) -> None:
    assert portraits([one], SETTINGS) == shown
