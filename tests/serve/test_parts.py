"""The dense parts of the preview by themselves."""

from __future__ import annotations

import asyncio
import errno
import gc
import os
import queue
import time
from pathlib import Path

import pytest

from sitegen.base.diagnostics import problem
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.engine.recent import Recent
from sitegen.model.output import BuildReport
from sitegen.serve.files import Lru, Pages, content_type, locate, outputs_shown, page_file, shape
from sitegen.serve.live_reload import Browser, Live
from sitegen.serve.overlay import with_lines
from sitegen.serve.rebuild import Cancelled, Loop
from sitegen.serve.state import Current
from sitegen.serve.watch import LONGEST, QUIET, STORM, STORM_QUIET, UNSETTLED, Changes, Watcher
from tests.conftest import NOW, Digest
from tests.serve.helpers import eventually

HTML = (
    '<html><head><link rel="stylesheet" href="/assets/main.{0}.css"><link rel=icon'
    ' href="/i.svg"></head><body>{1}<img src="p.png"></body></html>'
)


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name("." + path.name)
    part.write_text(text)
    os.replace(part, path)


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


def test_problems_are_told_once_and_their_end_too(live: Live, tmp_path: Path) -> None:
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


def test_others_have_their_turn_while_many_browsers_are_told(live: Live, tmp_path: Path) -> None:
    put(tmp_path, "index.html", "x")
    turns, told = 0, []

    async def look() -> None:
        async for event in live.stream("/", opened(live).version, ""):
            if b"reload" in event:
                told.append(turns)
                return

    async def run() -> None:
        nonlocal turns
        looking = [asyncio.create_task(look()) for _ in range(100)]
        while len(live.browsers) < 100:
            await asyncio.sleep(0)
        put(tmp_path, "index.html", "y")
        live.current.replace("", (), ("index.html",))
        while len(told) < 100:
            await asyncio.sleep(0)
            turns += 1
        await asyncio.gather(*looking)

    asyncio.run(run())
    assert len(set(told)) > 5, "all were told in one go"


def test_problems_come_with_their_lines_from_inside_the_site_only(tmp_path: Path) -> None:
    root = tmp_path / "site"
    put(root, "a.md", "\n".join(f"line {n}" for n in range(1, 10)))
    put(tmp_path, "secret", "secret\n" * 9)
    os.symlink(tmp_path / "secret", root / "link.md")
    inside, outside, linked, beyond, noted = with_lines(
        [
            problem("x", "m", "a.md", 5),
            problem("x", "m", "../secret", 5),
            problem("x", "m", "link.md", 5),
            problem("x", "m", "a.md", 500, snippet="as found"),
            problem("x", "m", "a.md", 1, level="note"),
        ],
        [root],
    )
    assert inside.lines == tuple((n, f"line {n}") for n in range(3, 8))
    assert (outside.lines, linked.lines) == ((), ())
    assert beyond.lines == ((500, "as found"),)
    assert noted.lines[0] == (1, "line 1")


def test_what_a_page_shows() -> None:
    found = shape(
        HTML.format(
            "aa", '<img srcset="/a%20b.png 1x, //cdn.example/c.png 2x"><a href="/no/">n</a>'
        ).encode()
    )
    assert found.sheets == ("/assets/main.aa.css",)
    assert set(outputs_shown(found, "", "/x/")) == {"assets/main.aa.css", "x/p.png", "a b.png"}
    assert shape(b"<link rel='stylesheet' href='a&amp;b.css'>").sheets == ("a&b.css",)


def test_only_plain_names_are_located(tmp_path: Path) -> None:
    put(tmp_path, "out/a/index.html", "x")
    put(tmp_path, "out/b.txt", "x")
    out = tmp_path / "out"
    assert locate(out, "/a/") == locate(out, "/a") == out / "a"
    assert locate(out, "/") == out
    assert locate(out, "/b.txt") == out / "b.txt"
    for path in (
        "",
        "b.txt",
        "/b.txt/",
        "//b.txt",
        "/a/../b.txt",
        "/./b.txt",
        "/../out/b.txt",
        "/a//index.html",
        "/b.txt\0",
        "/a\\..\\b.txt",
    ):
        assert locate(out, path) is None, path


def test_types_and_bounded_memory() -> None:
    assert content_type("a.svg") == "image/svg+xml; charset=utf-8"
    assert content_type("A.PNG") == "image/png"
    assert content_type("a.unknown-kind") == "application/octet-stream"
    lru: Lru[int] = Lru(2)
    for key in ("a", "b", "a", "c"):
        lru.get(key)
        lru.put(key, 1)
    assert list(lru.items) == ["a", "c"]


def test_changes_rest_before_they_count() -> None:
    now = [100.0]
    changes = Changes(lambda: now[0])
    assert changes.take(0) == set()
    changes.note("a")
    assert changes.rest() == pytest.approx(QUIET)
    now[0] += QUIET
    assert changes.take(0) == {"a"}
    changes.note("b", unsettled=True)
    assert changes.rest() == pytest.approx(UNSETTLED)
    changes.note("b")
    assert changes.rest() == pytest.approx(QUIET)
    for number in range(STORM):
        changes.note(str(number))
    assert changes.rest() == pytest.approx(STORM_QUIET)
    now[0] += LONGEST
    changes.note("c", unsettled=True)
    assert changes.rest() <= 0
    changes.stop()
    assert changes.take(100) == set()


def test_a_system_without_watches_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    changes = Changes()
    watcher = Watcher(tmp_path, changes, said.append)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watcher._observer, "schedule", full)
    watcher.start("content")
    try:
        assert "inotify watch limit reached" in said[0]
        put(tmp_path, "content/a.md", "x")
        assert changes.take(60)
        put(tmp_path, "content/a.md", "xy")
        assert changes.take(60)
        watcher.sync("content")
        assert len(said) == 1
    finally:
        watcher.stop()


def test_every_folder_of_sources_is_watched_and_what_is_made_of_them_is_not(tmp_path: Path) -> None:
    changes = Changes()
    watcher = Watcher(tmp_path, changes, lambda _: None)
    watcher.start("content")
    try:
        for name in (
            "content/a.md",
            "static/b.txt",
            "theme/templates/c.html",
            "themes/t/d.html",
            "plugins/e.py",
        ):
            put(tmp_path, name, "x")
            assert changes.take(60), name
            watcher.sync("content")
            changes.take(0.3)  # a new folder is heard of more than once
            put(tmp_path, name, "y")
            assert {str(tmp_path / name)} == changes.take(60), name
        for name in (
            "plugins/__pycache__/e.pyc",
            "content/_drafts/a.md",
            "content/a.md~",
            "output/index.html",
        ):
            put(tmp_path, name, "x")
        changes.note("last")
        assert changes.take(60) <= {"last", str(tmp_path / "plugins"), str(tmp_path / "content")}
    finally:
        watcher.stop()


def test_an_article_that_an_editor_has_put_out_of_the_way_is_waited_for(tmp_path: Path) -> None:
    put(tmp_path, "content/a.md", "x")
    path = tmp_path / "content/a.md"
    changes = Changes(lambda: 100.0)  # stands still, so that `rest` is the quiet that is waited for
    watcher = Watcher(tmp_path, changes, lambda _: None)
    watcher.start("content")
    try:
        path.rename(path.with_name("a.md~"))
        eventually(lambda: changes.rest() == pytest.approx(UNSETTLED))
        path.write_text("y")
        eventually(lambda: changes.rest() == pytest.approx(QUIET))
        path.unlink()
        eventually(lambda: changes.rest() == pytest.approx(UNSETTLED))
        put(tmp_path, "content/a.md", "z")
        eventually(lambda: changes.rest() == pytest.approx(QUIET))
    finally:
        watcher.stop()


def test_a_build_that_is_out_of_date_is_given_up_but_not_for_ever_nor_once_it_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    options = BuildOptions(root=str(tmp_path), now="2026-11-24T12:00:00+00:00")
    current = Current(tmp_path / "preview")
    loop = Loop(
        options,
        lambda: options.now,
        lambda path: path,
        current,
        lambda *_: None,
        lambda what, *_: told.append(what),
    )
    loop._progress("render", 100, 200)
    loop.changes.note("a.md")
    loop._progress("publish", 1, 1)
    for _ in range(3):
        with pytest.raises(Cancelled):
            loop._progress("render", 200, 200)
    monkeypatch.setattr("sitegen.serve.rebuild.PATIENCE", 0.0)
    loop._progress("render", 200, 200)
    assert told == ["render", "publish", "render"]
    loop.stop()
    with pytest.raises(Cancelled):
        loop._progress("parse", 1, 1)


def test_memory_stays_as_it_is_over_many_builds(digest: Digest) -> None:
    recent = Recent()
    options = BuildOptions(root=str(digest.root), now=NOW)

    def objects(builds: int) -> int:
        for number in range(builds):
            digest.article("a", title=f"Title {number % 3}", body=f"Text {time.monotonic_ns()}.")
            build(options, recent=recent)
        gc.collect()
        return len(gc.get_objects())

    before = objects(9)
    assert objects(30) - before < 60


def test_a_bug_is_shown_and_the_loop_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "site.yaml", "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n")
    calls: list[int] = []

    def buggy(options: BuildOptions, progress: object, recent: object) -> BuildReport:
        calls.append(1)
        raise ZeroDivisionError("of a bug")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "site.yaml")

    monkeypatch.setattr("sitegen.serve.rebuild.build", buggy)
    options = BuildOptions(root=str(tmp_path), now="2026-11-24T12:00:00+00:00")
    current = Current(tmp_path / "preview")
    heard: queue.Queue[str] = queue.Queue()
    progress = lambda *_: None  # noqa: E731
    loop = Loop(
        options,
        lambda: options.now,
        lambda path: "http://localhost/",
        current,
        lambda _, d: heard.put(d[0].message),
        progress,
    )
    loop.start()
    try:
        assert heard.get(timeout=60) == "ZeroDivisionError: of a bug"
        assert len(calls) == 2
        assert current.site.problems[0].code == "internal"
        put(tmp_path, "content/a.md", "x")
        loop.changes.note("content/a.md")
        assert heard.get(timeout=60)
        assert loop.is_alive()
        monkeypatch.setattr("sitegen.serve.rebuild.read_config", lambda *_: 1 // 0)
        loop.changes.note("")
        assert heard.get(timeout=60) == "ZeroDivisionError: integer division or modulo by zero"
        monkeypatch.setattr("sitegen.serve.rebuild.read_config", full)
        loop.changes.note("")
        assert heard.get(timeout=60) == "cannot be read or written: No space left on device"
        assert current.site.problems[0].code == "output"
    finally:
        loop.stop()
        loop.join(60)
