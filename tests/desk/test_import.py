"""An import that runs while an editor picks and drops: nothing is lost, and nothing is there twice.

The letters of a Maildir are imported for real; the editor acts between two of them.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sitegen.content.dropped import read_dropped
from sitegen.desk.actions import drop, pick
from sitegen.desk.listing import WaitingItem, inbox
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.run import import_all
from tests.desk.samples import NOW, TODAY, config_of, tree

CONFIG = config_of("sources: {post: {name: Salm Post, mail: mail, status: inbox}}\n")
LETTER = """\
From: Salm Post <news@post.example>
Subject: Story {name}
Date: Mon, 23 Nov 2026 08:00:00 +0000
Message-ID: <{name}@post.example>
Content-Type: text/plain; charset=utf-8

The {name} was late again on Friday, and nobody on the quay could say why.{more}
"""
EARLIER, LATER = ("crane", "ferry", "lock", "mole", "pilot", "tug"), ("wharf", "winch")


def put_letters(root: Path, names: tuple[str, ...], more: str = "") -> None:
    for number, name in enumerate(names):
        path = root / "mail/new" / f"17957664{number:02}.{name}.host"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LETTER.format(name=name, more=more))


def run(root: Path, act: Callable[[], None] = lambda: None, after: int = -1) -> ImportReport:
    """Import all letters; ``act`` once ``after`` of them are done."""
    left = [act]

    def progress(_: str, done: int, __: int) -> None:
        if done == after and left:
            left.pop()()

    return import_all(root, CONFIG, [], ImportOptions(now=NOW, fresh=True), progress=progress)


def waiting(root: Path) -> dict[str, WaitingItem]:
    return {item.title: item for item in inbox(root, CONFIG, NOW).items}


def published(root: Path) -> list[str]:
    files = [Path(name) for name in tree(root) if name.endswith(".md")]
    return sorted(file.stem.partition("story-")[2] for file in files if file.parent.name == "news")


@pytest.mark.parametrize("changed", ["", " It was fog."])
@pytest.mark.parametrize("after", [1, 3, 6, 8])
def test_an_editor_and_an_import_at_once(tmp_path: Path, after: int, changed: str) -> None:
    put_letters(tmp_path, EARLIER)
    run(tmp_path)
    put_letters(tmp_path, (*EARLIER, *LATER), changed)
    shown = waiting(tmp_path)
    assert sorted(shown) == [f"Story {name}" for name in EARLIER]

    def act() -> None:
        now = waiting(tmp_path)
        picked = pick(tmp_path, CONFIG, [now["Story crane"], now["Story tug"]], TODAY)
        dropped = drop(tmp_path, CONFIG, [now["Story ferry"], now["Story pilot"]], TODAY)
        assert not (picked.problems or dropped.problems)

    run(tmp_path, act, after)
    for _ in range(2):
        assert published(tmp_path) == ["crane", "tug"]
        assert sorted(waiting(tmp_path)) == [f"Story {n}" for n in ("lock", "mole", *LATER)]
        assert len(read_dropped(tmp_path, "content")) == 2
        run(tmp_path)


def test_an_edit_during_an_import_stays(tmp_path: Path) -> None:
    put_letters(tmp_path, EARLIER)
    run(tmp_path)
    put_letters(tmp_path, EARLIER, " It was fog.")
    path = tmp_path / waiting(tmp_path)["Story tug"].path

    def act() -> None:
        path.write_text(f"{path.read_text()}\nAn editor's note.\n")

    report = run(tmp_path, act, 3)
    assert "An editor's note." in path.read_text()
    (kept,) = (item for item in report.items if item.outcome == "kept")
    assert (kept.title, kept.reason) == (
        "Story tug",
        "picked, dropped or edited while the import ran",
    )


def test_an_import_and_two_windows_at_once(tmp_path: Path) -> None:
    put_letters(tmp_path, EARLIER)
    run(tmp_path)
    put_letters(tmp_path, (*EARLIER, *LATER), " It was fog.")
    shown = list(waiting(tmp_path).values())

    def act(do: Callable[..., Any], items: list[WaitingItem]) -> None:
        for item in items:
            do(tmp_path, CONFIG, [item], TODAY)

    with ThreadPoolExecutor(3) as pool:
        jobs = [
            pool.submit(run, tmp_path),
            pool.submit(act, pick, shown),
            pool.submit(act, drop, shown[::-1]),
        ]
    for job in jobs:
        job.result()
    run(tmp_path)
    picked, dropped = published(tmp_path), read_dropped(tmp_path, "content")
    left = [title.removeprefix("Story ") for title in waiting(tmp_path)]
    assert sorted([*picked, *left])[-2:] == sorted(LATER)
    assert len(picked) + len(dropped) + len(left) == len(EARLIER + LATER)
    assert not {*picked} & {*left}
