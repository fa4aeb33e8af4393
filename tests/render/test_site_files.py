"""Sitemaps, robots.txt, and the reservation of text and data mining."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from sitegen.config.schema import MiningConfig
from sitegen.model.views import IconLink, ManifestView, RobotsView, SitemapView
from sitegen.render.site_files import SITEMAP, reservation, robots, sitemap, web_manifest
from tests.samples import renderer


def absolute(path: str) -> str:
    return f"https://t.example{path}"


def rows(view: SitemapView, name: str) -> list[tuple[str, str]]:
    root = etree.fromstring(sitemap(view, absolute))
    return [
        (e.findtext(f"{{{SITEMAP}}}loc"), e.findtext(f"{{{SITEMAP}}}lastmod") or "")
        for e in root.iter(f"{{{SITEMAP}}}{name}")
    ]


@pytest.mark.parametrize(("index", "name"), [(False, "url"), (True, "sitemap")])
def test_a_sitemap(index: bool, name: str) -> None:
    entries = (("/a/", "2026-11-02"), ("/?a=1&b=<", ""))
    assert rows(SitemapView("/sitemap.xml", entries, index), name) == [
        ("https://t.example/a/", "2026-11-02"),
        ("https://t.example/?a=1&b=<", ""),
    ]


def test_robots_may_read_everything() -> None:
    text = robots(RobotsView("/robots.txt", ("/sitemap.xml", "/news.xml")), absolute).decode()
    assert text.startswith("User-agent: *\nAllow: /\n\n")
    assert text.endswith(
        "Sitemap: https://t.example/sitemap.xml\nSitemap: https://t.example/news.xml\n"
    )


@pytest.mark.parametrize(
    ("policy", "more"),
    [("", {}), ("/terms/", {"tdm-policy": "https://t.example/terms/"})],
)
def test_mining_is_reserved_for_all_of_the_site(policy: str, more: dict[str, Any]) -> None:
    frame = renderer(mining=MiningConfig(True, policy)).frame
    assert json.loads(reservation(frame, "/d", absolute)) == [
        {"location": "/d/*", "tdm-reservation": 1, **more}
    ]


def test_the_web_manifest_names_the_icons_that_phones_can_use() -> None:
    icons = (
        IconLink("icon", "/favicon.ico", "image/x-icon"),
        IconLink("icon", "/icon.svg", "image/svg+xml"),
        IconLink("icon", "/icon-512.png", "image/png", 512),
        IconLink("apple-touch-icon", "/icon-180.png", "image/png", 180),
    )
    frame = replace(renderer(language="ar").frame, icons=icons)
    view = ManifestView("/site.webmanifest", "#fff", "#000")
    found = json.loads(web_manifest(view, frame, lambda path: f"/d{path}"))
    assert [(icon["src"], icon["sizes"]) for icon in found["icons"]] == [
        ("/d/icon.svg", "any"),
        ("/d/icon-512.png", "512x512"),
    ]
    assert (found["dir"], found["start_url"], found["theme_color"]) == ("rtl", "/d/", "#000")
