"""robots.txt, security.txt and humans.txt."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import pytest

from sitegen.config.load import load_config
from sitegen.config.schema import Config
from sitegen.model.views import Answers
from sitegen.pages.site_context import frame
from sitegen.pages.site_texts import robots_page, site_texts
from sitegen.render.renderer import Renderer
from tests.samples import site, theme

SITE = "title: T\nbase_url: https://t.example/\ntimezone: UTC\n"


def settings(more: str) -> Config:
    return load_config(SITE + more)


def text_of(page: object, config: Config) -> str:
    renderer = Renderer({}, {}, frame(site(settings=config), theme(), config), {}, Answers())
    return renderer.render(page, lambda path: "").decode()  # type: ignore[arg-type]


def robots(more: str) -> str:
    config = settings(more)
    return text_of(robots_page(("/sitemap.xml",), config), config)


def may_read(text: str, robot: str) -> bool:
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    return parser.can_fetch(robot, "https://t.example/world/")


@pytest.mark.parametrize(
    ("more", "trained"),
    [
        ("", True),
        ("robots: {ai: deny}\n", False),
        ("robots: {ai: allow}\n", True),
        ("mining: {reserve: true}\n", False),
        ("mining: {reserve: true}\nrobots: {ai: allow}\n", True),
        ("mining: {reserve: true}\nrobots: {}\n", False),
    ],
)
def test_robots_that_collect_texts_are_turned_away_as_mining_says(more: str, trained: bool) -> None:
    text = robots(more)
    for robot in ("GPTBot", "ClaudeBot", "CCBot", "Google-Extended"):
        assert may_read(text, robot) is trained
    for robot in ("Googlebot", "bingbot", "Mozilla"):
        assert may_read(text, robot)
    assert "Sitemap: https://t.example/sitemap.xml\n" in text


def test_robots_txt_may_be_a_text_of_ones_own() -> None:
    text = robots("robots: |\n  User-agent: *\n  Disallow: /world/\n")
    assert not may_read(text, "Googlebot")
    assert text.count("Sitemap:") == 1
    named = robots("robots: |\n  User-agent: *\n  sitemap: https://t.example/mine.xml\n")
    assert named.lower().count("sitemap:") == 1


def test_a_staging_site_names_no_sitemap() -> None:
    assert "Sitemap" not in robots("noindex: true\n")


def test_security_txt_has_what_its_rfc_asks_for() -> None:
    config = settings(
        "security: {contact: ['mailto:a@t.example', 'https://t.example/s/'], expires: 2027-06-30,"
        " languages: [en, pt], policy: 'https://t.example/p/'}\nhumans: |\n  Editor: Ines\n"
    )
    pages = {page.output: text_of(page, config) for page in site_texts(config)}
    assert pages[".well-known/security.txt"].splitlines() == [
        "Contact: mailto:a@t.example",
        "Contact: https://t.example/s/",
        "Expires: 2027-06-30T00:00:00Z",
        "Preferred-Languages: en, pt",
        "Canonical: https://t.example/.well-known/security.txt",
        "Policy: https://t.example/p/",
    ]
    assert pages["humans.txt"] == "Editor: Ines\n"
    assert list(site_texts(settings(""))) == []
