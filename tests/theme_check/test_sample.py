"""The digest on which a theme is tried has every kind of page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sitegen.model.views import ArticleView, FrontView, ListView
from sitegen.theme.load import TEMPLATES, load_theme
from sitegen.theme_check.sample import OF_A_KIND, SampleSite, samples
from tests.theme_check.subjects import THEMES


@cache
def made(language: str) -> tuple[SampleSite, ...]:
    return tuple(samples(load_theme("base", [THEMES], {}, Path("/nonexistent")), language))


def test_every_template_is_tried() -> None:
    rich = made("en")[0]
    names = set(load_theme("base", [THEMES], {}, Path("/nonexistent")).templates)
    used = {page.template for page in rich.pages}
    assert set(TEMPLATES) <= used
    assert {"story.html", "edition.html", "email.html", "search.html"} <= used & names


def test_articles_have_every_status_and_right() -> None:
    views = [p.view for p in made("en")[0].pages if isinstance(p.view, ArticleView)]
    assert {view.withdrawn for view in views} >= {False}
    assert all(view.body_from in made("en")[0].bodies for view in views if view.body_from)


def test_one_digest_has_a_single_article_and_one_has_none() -> None:
    *_, single, empty = made("en")
    fronts = [p.view for one in (single, empty) for p in one.pages if isinstance(p.view, FrontView)]
    assert [view.lead is not None for view in fronts] == [True, False]
    assert len(single.bodies) == 1


@pytest.mark.parametrize(
    ("language", "dirs"), [("en", ["ltr", "rtl", "rtl", "rtl"]), ("de", ["ltr"] * 4)]
)
def test_a_theme_is_tried_from_right_to_left_too(language: str, dirs: list[str]) -> None:
    assert [one.frame.dir for one in made(language)] == dirs


def test_a_site_in_two_languages_is_tried_in_both() -> None:
    own, other = made("en")[:2]
    assert [one.lang for one in own.frame.languages] == ["en", "ar"]
    assert other.frame.language == "ar"
    used = {page.template for page in other.pages}
    assert used >= {"front.html", "list.html", "article.html", "search.html"}
    assert all(page.lang == "ar" and page.output.startswith("ar/") for page in other.pages)
    (front,) = (p.view for p in own.pages if isinstance(p.view, FrontView))
    assert front.tongues


def test_few_pages_of_a_kind_are_tried() -> None:
    views = [p.view for p in made("en")[0].pages if isinstance(p.view, ListView)]
    kinds = [(view.kind, bool(view.number)) for view in views]
    assert all(kinds.count(kind) <= OF_A_KIND for kind in kinds)
