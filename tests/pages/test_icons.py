"""What pages name as icons, and the web manifest."""

from __future__ import annotations

import json

import pytest

from sitegen.model.views import Answers
from sitegen.pages.icons import icon_links, web_manifest
from sitegen.pages.site_context import frame
from sitegen.render.renderer import Renderer
from tests.samples import config, site, theme

ASSETS = {
    "icon.svg": "/assets/icon.1.svg",
    "icon-180.png": "/assets/icon-180.2.png",
    "icon-512.png": "/assets/icon-512.3.png",
}


def test_a_site_has_the_icons_of_its_theme_or_its_own() -> None:
    links = icon_links(config(), ASSETS)
    assert {one.rel: one.url for one in links[:2]} == {
        "icon": "/assets/icon.1.svg",
        "apple-touch-icon": "/assets/icon-180.2.png",
    }
    own = {one.url for one in icon_links(config(icon="/i.png"), ASSETS)}
    assert {"/favicon.ico", "/apple-touch-icon.png"} <= own
    assert not any("assets" in url for url in own)
    assert icon_links(config(), {}) == ()


@pytest.mark.parametrize("icon", ["", "/i.png"])
@pytest.mark.parametrize("base", ["https://t.example/", "https://t.example/digest/"])
def test_the_manifest_names_the_site_and_its_icons(icon: str, base: str) -> None:
    settings = config(icon=icon, base_url=base, language="ar", title='T "q" <b>')
    context = frame(site(settings=settings), theme(asset_paths=ASSETS), settings)
    page = web_manifest({})
    data = Renderer({}, {}, context, {}, Answers()).render(page, lambda path: "")
    manifest = json.loads(data)
    path = "/digest/" if "digest" in base else "/"
    assert (manifest["name"], manifest["start_url"]) == ('T "q" <b>', path)
    assert (manifest["lang"], manifest["dir"]) == ("ar", "rtl")
    sizes = {one["sizes"] for one in manifest["icons"]}
    assert sizes == ({"192x192", "512x512"} if icon else {"any", "512x512"})
    assert all(one["src"].startswith(path) for one in manifest["icons"])
