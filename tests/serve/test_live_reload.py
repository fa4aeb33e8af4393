"""What open browsers hear of a change."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sitegen.base.diagnostics import problem
from sitegen.serve.files import Pages, page_file
from sitegen.serve.live_reload import Browser, Live
from sitegen.serve.overlay import with_lines
from sitegen.serve.state import Current
from tests.serve.helpers import HTML, put


def names(events: list[bytes]) -> list[str]:
    return [e.decode().split("event: ")[1].split("\n")[0] for e in events]


@pytest.fixture
def live(tmp_path: Path) -> Live:
    return Live(Current(tmp_path), Pages())


def opened(live: Live, page: str = "/") -> Browser:
    found = live.pages.read(page_file(live.current.site.folder, live.current.site.path, page))
    return Browser(page, found.version if found else "", live.current.site.serial)


def test_a_browser_hears_only_of_what_its_page_shows(live: Live, tmp_path: Path) -> None:
    put(tmp_path, "index.html", HTML.format("aa", "x"))
    browser = opened(live)
    assert live.news(browser) == []
    live.current.replace("", (), ("other/index.html", "q.png"))
    assert live.news(browser) == []
    live.current.replace("", (), ("p.png",))
    assert names(live.news(browser)) == ["reload"]
    assert live.news(browser) == []
    put(tmp_path, "index.html", HTML.format("bb", "x"))
    events = live.news(browser)
    assert names(events) == ["styles"]
    assert b'["/assets/main.aa.css","/assets/main.bb.css"]' in events[0]
    put(tmp_path, "index.html", HTML.format("cc", "y"))
    assert names(live.news(browser)) == ["reload"]


def test_a_slow_browser_misses_steps_and_nothing_else(live: Live, tmp_path: Path) -> None:
    put(tmp_path, "index.html", HTML.format("a0", "x"))
    browser = opened(live)
    for number in range(1, 100):
        put(tmp_path, "index.html", HTML.format(f"a{number}", "x"))
        live.current.replace("", (), (f"assets/main.a{number}.css", "index.html"))
    events = live.news(browser)
    assert names(events) == ["styles"]
    assert b'["/assets/main.a0.css","/assets/main.a99.css"]' in events[0]


def test_a_sheet_with_a_lasting_name_is_fetched_again(live: Live, tmp_path: Path) -> None:
    put(tmp_path, "digest/index.html", "")
    put(tmp_path, "index.html", '<link rel="stylesheet" href="/digest/plain.css">')
    live.current.replace("/digest", ())
    browser = opened(live, "/digest/")
    live.current.replace("/digest", (), ("plain.css",))
    assert b'["/digest/plain.css","/digest/plain.css"]' in live.news(browser)[0]


def test_problems_are_shown_once_and_their_end_too(live: Live, tmp_path: Path) -> None:
    put(tmp_path, "index.html", "x")
    browser = opened(live)
    wrong = with_lines([problem("x", "wrong", "a.md", 2)], [tmp_path])
    live.current.replace("", wrong)
    assert names(live.news(browser)) == ["problems"]
    live.current.replace("", wrong)
    assert live.news(browser) == []
    assert names(live.news(opened(live))) == ["problems"]
    live.current.replace("", ())
    assert b'"problems":[]' in live.news(browser)[0]


def test_a_stream_ends_when_the_server_does(live: Live, tmp_path: Path) -> None:
    put(tmp_path, "index.html", "x")

    async def run() -> list[bytes]:
        out = []
        async for event in live.stream("/", "other", ""):
            out.append(event)
            if b"reload" in event:
                assert len(live.browsers) == 1
                live.close()
        return out

    assert len(asyncio.run(run())) >= 2
    assert not live.browsers


def test_others_have_their_turn_while_many_browsers_are_notified(
    live: Live, tmp_path: Path
) -> None:
    put(tmp_path, "index.html", "x")
    turns, reported = 0, []

    async def look() -> None:
        async for event in live.stream("/", opened(live).version, ""):
            if b"reload" in event:
                reported.append(turns)
                return

    async def run() -> None:
        nonlocal turns
        looking = [asyncio.create_task(look()) for _ in range(100)]
        while len(live.browsers) < 100:
            await asyncio.sleep(0)
        put(tmp_path, "index.html", "y")
        live.current.replace("", (), ("index.html",))
        while len(reported) < 100:
            await asyncio.sleep(0)
            turns += 1
        await asyncio.gather(*looking)

    asyncio.run(run())
    assert len(set(reported)) > 5, "all were notified in one go"
