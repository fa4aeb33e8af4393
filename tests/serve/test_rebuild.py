"""The build in a loop."""

from __future__ import annotations

import errno
import gc
import queue
import time
from pathlib import Path

import pytest

from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.engine.renderers import LastRenderer
from sitegen.model.output import BuildReport
from sitegen.serve.rebuild import Cancelled, Loop
from sitegen.serve.state import Current
from tests.conftest import NOW, Digest
from tests.serve.helpers import put


def test_a_build_that_is_out_of_date_is_given_up_but_not_for_ever_nor_once_it_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[str] = []
    options = BuildOptions(root=str(tmp_path), now="2026-11-24T12:00:00+00:00")
    current = Current(tmp_path / "preview")
    loop = Loop(
        options,
        lambda: options.now,
        lambda path: path,
        current,
        lambda *_: None,
        lambda what, *_: reported.append(what),
    )
    loop._progress("render", 100, 200)
    loop.changes.note("a.md")
    loop._progress("publish", 1, 1)
    for _ in range(3):
        with pytest.raises(Cancelled):
            loop._progress("render", 200, 200)
    monkeypatch.setattr("sitegen.serve.rebuild.PATIENCE", 0.0)
    loop._progress("render", 200, 200)
    assert reported == ["render", "publish", "render"]
    loop.stop()
    with pytest.raises(Cancelled):
        loop._progress("parse", 1, 1)


def test_memory_stays_as_it_is_over_many_builds(digest: Digest) -> None:
    renderer = LastRenderer()
    options = BuildOptions(root=str(digest.root), now=NOW)

    def objects(builds: int) -> int:
        for number in range(builds):
            digest.article("a", title=f"Title {number % 3}", body=f"Text {time.monotonic_ns()}.")
            build(options, renderer=renderer)
        gc.collect()
        return len(gc.get_objects())

    before = objects(9)
    assert objects(30) - before < 60


def test_a_bug_is_shown_and_the_loop_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "site.yaml", "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n")
    calls: list[int] = []

    def buggy(options: BuildOptions, progress: object, renderer: object) -> BuildReport:
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
