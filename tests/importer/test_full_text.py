"""The pages of items are fetched once, politely, and only where that says more than the feed.

The servers are real ones of our own.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.load import load_config
from sitegen.importer.full_text import completed
from sitegen.importer.input.fetch import FetchedPage
from sitegen.importer.input.unit import Unit
from sitegen.importer.model import Imported, ImportReport
from sitegen.importer.read import read_unit
from tests.importer.input.test_fetch import SITE, Server, bring, outcomes, root, server
from tests.importer.place.test_intake import feed

__all__ = ["root", "server"]
NOW = datetime.fromisoformat("2026-11-24T12:00:00+01:00").timestamp()
LOCKED = '<meta property="article:content_tier" content="locked">'
LONG = [
    "From Monday the timetable of the night ferry will be read aloud on the quay at six each"
    f" evening, in voice number {n}, chosen by lottery among forty people who put their names down."
    for n in range(6)
]


def a_page(title: str, more: str = "", paragraphs: list[str] = LONG) -> str:
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{more}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>"
        f"<p class='byline'>By Ann Ames</p>{text}</article></body></html>"
    )


def entry(url: str, title: str, text: str = "From Monday it will be read aloud.") -> str:
    return (
        f"<item><title>{title}</title><link>{url}</link><description>{text}</description>"
        "<pubDate>Mon, 23 Nov 2026 08:00:00 +0100</pubDate></item>"
    )


def run(root: Path, server: Server, said: str = "", now: float = NOW) -> ImportReport:
    text = (
        f"{SITE}sources:\n  post: {{name: Post, feed: '{server.url}/feed', full: true, {said}}}\n"
    )
    return bring(root, site=text, now=now)


def article(root: Path, name: str) -> str:
    return next((root / "content").rglob(f"*{name}.md")).read_text()


def test_a_new_item_gets_the_text_of_its_page(root: Path, server: Server) -> None:
    server.answers["/feed"] = (200, {}, feed(entry(server.url + "/1", "Ferry read aloud")))
    server.answers["/1"] = (200, {}, a_page("Ferry read aloud"))
    assert outcomes(run(root, server)) == ["created"]
    text = article(root, "ferry-read-aloud")
    assert "voice number 5" in text
    assert "name: Post" in text
    assert f'canonical: "{server.url}/1"' in text
    assert "Ann Ames" in text
    assert server.paths() == ["/feed", "/1"]
    run(root, server)
    assert server.paths() == ["/feed", "/1", "/feed"]  # no page is asked for twice


def test_a_paywall_is_respected_and_said(root: Path, server: Server) -> None:
    locked = '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'
    server.answers["/feed"] = (200, {}, feed(entry(server.url + "/1", "Locked")))
    server.answers["/1"] = (200, {}, a_page("Locked", locked))
    report = run(root, server)
    assert "an excerpt: its page is behind a paywall" in report.diagnostics[0].message
    text = article(root, "locked")
    assert "voice number" not in text
    assert "excerpt: its page is behind a paywall" in text
    run(root, server)
    assert server.paths().count("/1") == 1


def test_robots_txt_closes_pages_but_not_the_feed(root: Path, server: Server) -> None:
    server.answers["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /closed/\n")
    server.answers["/feed"] = (200, {}, feed(entry(server.url + "/closed/1", "Closed")))
    server.answers["/closed/1"] = (200, {}, a_page("Closed"))
    assert outcomes(run(root, server)) == ["created"]
    assert "/closed/1" not in server.paths()
    assert "closed to programs" in article(root, "closed")


def test_no_page_is_asked_for_what_rules_or_an_editor_drop(root: Path, server: Server) -> None:
    items = [entry(f"{server.url}/{n}", f"Item {n}") for n in range(1, 6)]
    server.answers["/feed"] = (200, {}, feed(*items))
    for n in range(1, 6):
        server.answers[f"/{n}"] = (200, {}, a_page(f"Item {n}", paragraphs=LONG[: n + 1]))
    rules = "drop: ['title ~ item 1'], keep: ['words > 60'], limit: 3"
    first = run(root, server, rules)
    assert "/1" not in server.paths()
    assert outcomes(first) == ["dropped", "created", "created", "created", "dropped"]
    assert sorted(server.paths()) == ["/2", "/3", "/4", "/feed"]


def test_a_page_that_was_read_and_dropped_is_not_asked_for_again(
    root: Path, server: Server
) -> None:
    server.answers["/feed"] = (200, {}, feed(entry(server.url + "/1", "Ferry")))
    server.answers["/1"] = (200, {}, a_page("Ferry"))
    for _ in range(2):
        assert outcomes(run(root, server, "drop: ['text ~ lottery']")) == ["dropped"]
    assert server.paths() == ["/feed", "/1", "/feed"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"reason": "answers 503"}, "its page answers 503"),
        ({"data": b"<html><body><p>Log in</p></body></html>"}, "no text that could be read"),
        ({"data": a_page("T", paragraphs=["Short."]).encode()}, "its page"),
        (
            {
                "data": a_page(
                    "T", '<meta property="article:content_tier" content="locked">'
                ).encode()
            },
            "behind a paywall",
        ),
    ],
)
def test_what_keeps_the_text_of_the_feed(answer: dict[str, Any], why: str) -> None:
    item = Imported(title="T", body="The text of the feed, in a few words.")
    page = FetchedPage("https://p.example/1", **answer)
    unit = Unit(page.url, page.url, "html", data=page.data, url=page.url)
    found = completed(item, page, read_unit(unit, load_config(SITE))[0].found)
    assert found.body == item.body
    assert why in found.notes[0]
    assert why in found.extra["excerpt"]
