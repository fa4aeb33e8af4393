"""Feeds are polled politely: pauses, moves, feeds that are gone, and slow ones.

The servers are real ones of our own.
"""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen.cli.import_ import exit_status
from sitegen.config.load import load_config
from sitegen.importer.input import sources
from sitegen.importer.input.feed_state import read_states
from sitegen.importer.input.fetch import retry_after
from sitegen.importer.input.polling import Polling
from sitegen.importer.model import ImportReport
from tests.importer.input.test_fetch import FEED, SITE, Server, bring, outcomes, root, server

__all__ = ["root", "server"]
NOW = datetime.fromisoformat("2026-11-24T12:00:00+01:00").timestamp()
MINUTE, DAY = 60.0, 86_400.0


def site(*urls: str) -> str:
    rows = [f"  s{n}: {{name: S{n}, feed: '{url}'}}\n" for n, url in enumerate(urls)]
    return f"{SITE}sources:\n{''.join(rows)}"


def run(root: Path, text: str, now: float = NOW, **more: Any) -> ImportReport:
    return bring(root, site=text, now=now, **more)


def levels(report: ImportReport) -> list[str]:
    return [d.level for d in report.diagnostics]


@pytest.mark.parametrize("status", [429, 500, 503, 404])
def test_a_feed_that_fails_is_left_alone_for_a_growing_while(
    root: Path, server: Server, status: int
) -> None:
    server.answers["/feed"] = (status, {"Retry-After": "3600"}, b"")
    text = site(server.url + "/feed")
    first = run(root, text)
    assert (outcomes(first), levels(first), exit_status(first, False)) == (
        *(["failed"], ["warning"]),
        0,
    )
    assert exit_status(first, True) == 1
    assert f"answers {status}" in first.diagnostics[0].message
    assert "`sources.s0` is asked again after 24 November 2026, 13:00" in first.diagnostics[0].help
    waiting = run(root, text, NOW + 59 * MINUTE)
    assert (outcomes(waiting), levels(waiting)) == (["waiting"], ["note"])
    assert "not asked before 24 November 2026, 13:00" in waiting.items[0].reason
    assert len(server.paths()) == 1
    assert outcomes(run(root, text, NOW + 59 * MINUTE, fresh=True)) == ["failed"]
    server.answers["/feed"] = (200, {}, FEED)
    assert outcomes(run(root, text, NOW + DAY)) == ["created"] * 3
    assert read_states(root, load_config(text))["s0"].failing == ""


def test_after_a_week_a_dead_feed_is_an_error(root: Path, server: Server) -> None:
    text = site(server.url + "/feed")
    reports = [run(root, text, NOW + day * DAY) for day in range(9)]
    assert [levels(report) for report in reports] == [["warning"]] * 7 + [["error"]] * 2
    assert [exit_status(report, False) for report in reports] == [0] * 7 + [1] * 2
    dead = reports[-1].diagnostics[0]
    assert "answers 404 since 24 November 2026, 12:00" in dead.message
    assert "`feed:` of `sources.s0`" in dead.help


def test_a_feed_that_is_gone_is_never_asked_again(root: Path, server: Server) -> None:
    server.answers["/feed"] = (410, {}, b"")
    text = site(server.url + "/feed")
    assert outcomes(run(root, text)) == ["failed"]
    again = run(root, text, NOW + 30 * DAY)
    assert outcomes(again) == ["waiting"]
    assert "it is gone for good" in again.items[0].reason
    assert levels(again) == ["error"]
    assert len(server.paths()) == 1
    server.answers["/new"] = (200, {}, FEED)
    assert outcomes(run(root, site(server.url + "/new"), NOW + 31 * DAY)) == ["created"] * 3


def test_a_move_for_good_is_remembered_and_reported(root: Path, server: Server) -> None:
    server.answers["/feed"] = (301, {"Location": "/later"}, b"")
    server.answers["/later"] = (308, {"Location": "/new"}, b"")
    server.answers["/new"] = (200, {}, FEED)
    text = site(server.url + "/feed")
    first = run(root, text)
    assert [d.message for d in first.diagnostics] == [f"has moved for good to {server.url}/new"]
    assert levels(first) == ["warning"]
    second = run(root, text, NOW + DAY)
    assert levels(second) == ["note"]
    assert server.paths() == ["/feed", "/later", "/new", "/new"]


def test_a_move_for_now_is_not_remembered(root: Path, server: Server) -> None:
    server.answers["/feed"] = (302, {"Location": "/elsewhere"}, b"")
    server.answers["/elsewhere"] = (301, {"Location": "/new"}, b"")
    server.answers["/new"] = (200, {}, FEED)
    text = site(server.url + "/feed")
    assert run(root, text).diagnostics == ()
    run(root, text, NOW + DAY)
    assert server.paths() == ["/feed", "/elsewhere", "/new"] * 2


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><html><body><h1>This domain is for sale</h1><p>Buy it.</p></body></html>",
        b"Just some text that is not a feed at all, in one line.",
        b"",
        b"<?xml version='1.0'?><html-like><broken>",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    ],
)
def test_what_is_no_feed_is_a_failure_and_no_article(
    root: Path, server: Server, body: bytes
) -> None:
    server.answers["/feed"] = (200, {"ETag": '"1"'}, body)
    report = run(root, site(server.url + "/feed"))
    assert (outcomes(report), levels(report)) == (["failed"], ["warning"])
    assert list((root / "content").rglob("*.md")) == []
    assert read_states(root, load_config(site(server.url + "/feed")))["s0"].failures == 1


def test_an_empty_feed_is_no_failure(root: Path, server: Server) -> None:
    empty = b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>'
    server.answers["/feed"] = (200, {}, empty)
    text = site(server.url + "/feed")
    run(root, text)
    assert read_states(root, load_config(text))["s0"].success == "2026-11-24"


def test_a_dry_run_notes_nothing(root: Path, server: Server) -> None:
    text = site(server.url + "/feed")
    run(root, text, dry_run=True)
    assert read_states(root, load_config(text))["s0"].failures == 0


def test_changed_rules_ask_for_what_has_not_changed(root: Path, server: Server) -> None:
    def answer(headers: dict[str, str]) -> Any:
        known = headers.get("if-none-match") == '"1"'
        return (304, {}, b"") if known else (200, {"ETag": '"1"'}, FEED)

    server.answers["/feed"] = answer
    text = site(server.url + "/feed")
    dropping = text.replace("name: S0", "name: S0, drop: ['title ~ berth 2']")
    assert outcomes(run(root, dropping)) == ["created", "dropped", "created"]
    assert outcomes(run(root, dropping)) == ["unchanged"]
    assert outcomes(run(root, text)) == ["unchanged", "created", "unchanged"]


def test_a_slow_feed_does_not_hold_up_the_others(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PATIENCE", 0.3)
    other = Server()
    there: list[int] = []

    def slow(headers: dict[str, str]) -> Any:
        time.sleep(2.0)
        there.append(len(list((root / "content").rglob("*.md"))))
        return (200, {}, FEED.replace("quay.example", "slow.example"))

    server.answers["/slow"] = slow
    other.answers["/feed"] = (200, {}, FEED)
    report = run(root, site(server.url + "/slow", other.url + "/feed"))
    other.close()
    assert there == [3]  # what the other feed brought was written meanwhile
    assert outcomes(report) == ["created"] * 6


def test_nothing_is_put_off_without_a_clock() -> None:
    config = load_config(site("https://a.example/"))
    polling = Polling(config, {}, 0.0, False)
    assert polling.is_due("s0")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": " 7 "}, 7.0),
        ({}, 0.0),
        ({"retry-after": "soon"}, 0.0),
        ({"retry-after": "-5"}, 0.0),
        (
            {
                "retry-after": "Tue, 24 Nov 2026 12:10:00 GMT",
                "date": "Tue, 24 Nov 2026 12:00:00 GMT",
            },
            600.0,
        ),
        ({"retry-after": "Tue, 24 Nov 2026 12:10:00 GMT"}, 0.0),
        (
            {
                "retry-after": "Tue, 24 Nov 2020 12:10:00 GMT",
                "date": "Tue, 24 Nov 2026 12:00:00 GMT",
            },
            0.0,
        ),
    ],
)
def test_pauses_that_servers_ask_for(headers: dict[str, str], seconds: float) -> None:
    assert retry_after(headers) == seconds
