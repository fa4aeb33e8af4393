"""Assets of the theme, and files that are copied as they are."""

from __future__ import annotations

import unicodedata

import pytest

from sitegen.content.discover import Found
from sitegen.model.views import SheetView
from sitegen.pages.assets import copies_of_files, style_sheets
from tests.samples import config, theme

THEME = theme(
    sheets={"site.css": "a{}"},
    assets={"site.css": "/t/site.css", "logo.svg": "/t/logo.svg", "search.js": "/t/search.js"},
    asset_paths={name: f"/assets/0f.{name}" for name in ("site.css", "logo.svg", "search.js")},
)


def test_files_are_copied_by_their_path_and_drawings_of_articles_are_cleaned() -> None:
    media, static = (Found("content/world/a.SVG", 1, 1),), (Found("static/b.svg", 1, 1),)
    copies = list(copies_of_files(theme(), config(), media, static))
    assert [(c.output, c.cleaned) for c in copies] == [("world/a.SVG", True), ("b.svg", False)]


def test_a_name_is_composed_as_urls_are() -> None:
    name = "content/world/u\u0308.jpg"
    (copy,) = copies_of_files(theme(), config(), (Found(name, 1, 1),), ())
    assert copy.output == unicodedata.normalize("NFC", "world/u\u0308.jpg")
    assert copy.source == name


def test_a_style_sheet_is_a_page_and_the_other_assets_are_copies() -> None:
    (page,) = style_sheets(THEME)
    assert (page.output, page.group) == ("assets/0f.site.css", 0)
    assert page.view == SheetView("/assets/0f.site.css", "a{}")
    outputs = [copy.output for copy in copies_of_files(THEME, config(), (), ())]
    assert outputs == ["assets/0f.logo.svg"]


@pytest.mark.parametrize("embeds", [(), ("youtube",)])
def test_the_script_of_embedded_videos_is_published_where_there_may_be_some(
    embeds: tuple[str, ...],
) -> None:
    given = theme(
        assets={"embed.js": "/t/embed.js"}, asset_paths={"embed.js": "/assets/0f.embed.js"}
    )
    outputs = [copy.output for copy in copies_of_files(given, config(embeds=embeds), (), ())]
    assert ("assets/0f.embed.js" in outputs) is bool(embeds)


def test_the_script_of_the_search_page_is_published_with_it_only() -> None:
    copies = copies_of_files(THEME, config(search=True), (), ())
    assert "assets/0f.search.js" in [copy.output for copy in copies]
