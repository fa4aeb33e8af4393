"""Picking and dropping change the files that a person would, lose no edit, and can be undone."""

from __future__ import annotations

import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.base.diagnostics import SitegenError
from sitegen.config.schema import Config
from sitegen.content.dropped import DROPPED, read_dropped
from sitegen.content.seal import is_sealed
from sitegen.desk.actions import drop, pick, undo
from sitegen.desk.journal import MOST, Outcome
from sitegen.desk.listing import WaitingItem, inbox
from tests.desk.samples import NOW, TODAY, config_of, put, tree

WEEKLY = "editions: {kind: weekly}\n"


def waiting(root: Path, config: Config | None = None) -> dict[str, WaitingItem]:
    return {item.key[0]: item for item in inbox(root, config or config_of(), NOW).items}


def picked(root: Path, numbers: str, more: str = "", **said: Any) -> Outcome:
    config = config_of(more)
    items = waiting(root, config)
    return pick(root, config, [items[n] for n in numbers], TODAY, **said)


def dropped(root: Path, numbers: str) -> Outcome:
    items = waiting(root)
    return drop(root, config_of(), [items[n] for n in numbers], TODAY)


def messages(outcome: Outcome) -> list[str]:
    return [d.message for d in outcome.problems]


def test_an_item_moves_into_the_folder_of_its_section(tmp_path: Path) -> None:
    before = put(tmp_path, 1, section="harbour").read_bytes()
    outcome = picked(tmp_path, "1")
    assert messages(outcome) == []
    assert tree(tmp_path) == {"harbour/2026-11-23-item-1.md": before}


def test_images_go_along(tmp_path: Path) -> None:
    put(tmp_path, 1, text="![A crane](item-1-2.jpg)")
    (tmp_path / "content/_inbox/item-1-2.jpg").write_bytes(b"jpeg")
    picked(tmp_path, "1")
    assert tree(tmp_path).keys() == {"news/2026-11-23-item-1.md", "news/item-1-2.jpg"}
    undo(tmp_path, config_of())
    assert tree(tmp_path).keys() == {"_inbox/2026-11-23-item-1.md", "_inbox/item-1-2.jpg"}
    dropped(tmp_path, "1")
    assert tree(tmp_path).keys() == {DROPPED, ".gitattributes"}


@pytest.mark.parametrize("name", ["2026-11-23-item-1.md", "item-1.md"])
def test_a_file_that_exists_is_not_overwritten(tmp_path: Path, name: str) -> None:
    put(tmp_path, 1)
    (tmp_path / "content/news").mkdir()
    (tmp_path / "content/news" / name).write_text("mine")
    picked(tmp_path, "1")
    assert tree(tmp_path).keys() == {f"news/{name}", "news/2026-11-23-item-1-111111.md"}
    assert (tmp_path / "content/news" / name).read_text() == "mine"


def test_an_old_item_goes_into_the_edition_that_is_open(tmp_path: Path) -> None:
    for number, date in ((1, "2015-03-01"), (2, "2026-11-24"), (3, "2026-11-23")):
        put(tmp_path, number, date=date)
    picked(tmp_path, "12", WEEKLY)
    picked(tmp_path, "3", WEEKLY, closed={"2026-w48"})
    texts = {name: data.decode() for name, data in tree(tmp_path).items()}
    assert "edition: 2026-w48\n" in texts["news/2015-03-01-item-1.md"]
    assert "edition:" not in texts["news/2026-11-24-item-2.md"]
    assert "edition: 2026-w49\n" in texts["news/2026-11-23-item-3.md"]
    assert all(is_sealed(text) for text in texts.values())


def test_an_edition_can_be_named(tmp_path: Path) -> None:
    put(tmp_path, 1)
    picked(tmp_path, "1", WEEKLY, edition="2026-w50")
    assert b"edition: 2026-w50\n" in tree(tmp_path)["news/2026-11-23-item-1.md"]


@pytest.mark.parametrize(
    ("more", "edition", "said"),
    [
        ("", "2026-w50", "this site has no editions"),
        (WEEKLY, "2026-11-24", "is not a weekly edition"),
        (WEEKLY, "2026-w54", "is not a weekly edition"),
        (WEEKLY, "2026-w47", "edition `2026-w47` is closed"),
        ("editions: {kind: key}\n", "Summer Special", "is not a key edition"),
    ],
)
def test_an_edition_that_cannot_be_is_an_error(
    tmp_path: Path, more: str, edition: str, said: str
) -> None:
    put(tmp_path, 1)
    with pytest.raises(SitegenError, match=said):
        picked(tmp_path, "1", more, edition=edition, closed={"2026-w47"})
    assert tree(tmp_path).keys() == {"_inbox/2026-11-23-item-1.md"}


def test_a_dropped_item_is_remembered(tmp_path: Path) -> None:
    put(tmp_path, 1)
    put(tmp_path, 2)
    dropped(tmp_path, "1")
    assert tree(tmp_path).keys() == {"_inbox/2026-11-23-item-2.md", DROPPED, ".gitattributes"}
    assert read_dropped(tmp_path, "content") == {"1" * 16: TODAY}


@pytest.mark.parametrize("what", [pick, drop])
def test_an_edit_in_between_is_not_lost(tmp_path: Path, what: Any) -> None:
    path = put(tmp_path, 1)
    other = put(tmp_path, 2)
    items = waiting(tmp_path)
    path.write_text(path.read_text() + "A note of another window.\n")
    outcome = what(tmp_path, config_of(), [items["1"], items["2"]], TODAY)
    assert messages(outcome) == ["has changed since it was shown"]
    assert "A note of another window." in path.read_text()
    assert not other.exists()
    assert "1" * 16 not in read_dropped(tmp_path, "content")


def test_two_windows_at_once_pick_an_item_once(tmp_path: Path) -> None:
    for number in range(1, 9):
        put(tmp_path, number)
    items = list(waiting(tmp_path).values())
    outcomes: list[Outcome] = []

    def window() -> None:
        outcomes.append(pick(tmp_path, config_of(), items, TODAY))

    windows = [threading.Thread(target=window) for _ in range(4)]
    for one in windows:
        one.start()
    for one in windows:
        one.join()
    assert sum(len(outcome.done) for outcome in outcomes) == 8
    late = {message for outcome in outcomes for message in messages(outcome)}
    assert late == {"does not wait any more"}
    assert len(tree(tmp_path)) == 8


def test_the_last_action_is_undone_as_a_whole(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        put(tmp_path, number, date="2015-03-01")
    start = tree(tmp_path)
    picked(tmp_path, "12", WEEKLY)
    after = tree(tmp_path)
    dropped(tmp_path, "3")
    assert len(undo(tmp_path, config_of()).done) == 1
    assert {n: d for n, d in tree(tmp_path).items() if "_inbox" in n or "news" in n} == after
    assert read_dropped(tmp_path, "content") == {}
    assert len(undo(tmp_path, config_of()).done) == 2
    assert {n: d for n, d in tree(tmp_path).items() if n.endswith(".md")} == start
    with pytest.raises(SitegenError, match="nothing to undo"):
        undo(tmp_path, config_of())


def test_an_article_that_was_edited_since_stays(tmp_path: Path) -> None:
    put(tmp_path, 1)
    picked(tmp_path, "1")
    path = tmp_path / "content/news/2026-11-23-item-1.md"
    path.write_text(path.read_text() + "Edited.\n")
    outcome = undo(tmp_path, config_of())
    assert messages(outcome) == ["has been edited since"]
    assert "Edited." in path.read_text()


def test_what_can_be_undone_is_bounded(tmp_path: Path) -> None:
    for number in range(1, 6):
        put(tmp_path, number)
    for _ in range(MOST):
        dropped(tmp_path, "1")
        undo(tmp_path, config_of())
    kept = [p for p in (tmp_path / ".sitegen-cache/desk").iterdir() if len(p.name) == 32]
    assert kept == []


def test_a_link_in_the_place_of_a_section_leads_nowhere(tmp_path: Path) -> None:
    put(tmp_path, 1)
    (tmp_path / "outside").mkdir()
    (tmp_path / "content/news").symlink_to(tmp_path / "outside")
    outcome = picked(tmp_path, "1")
    assert messages(outcome) == ["leads out of the site's content"]
    assert list((tmp_path / "outside").iterdir()) == []
    assert (tmp_path / "content/_inbox/2026-11-23-item-1.md").exists()


def git(root: Path, *arguments: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@a.example"]
    subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True)


@given(ours=st.sets(st.integers(1, 9)), theirs=st.sets(st.integers(1, 9)))
@settings(max_examples=5)
def test_what_either_of_two_machines_dropped_waits_on_neither_after_a_merge(
    tmp_path_factory: pytest.TempPathFactory, ours: set[int], theirs: set[int]
) -> None:
    one = tmp_path_factory.mktemp("machines") / "one"
    for number in range(1, 10):
        put(one, number)
    git(one, "init", "-b", "main")
    (one / ".gitignore").write_text(".sitegen-cache\n")
    git(one, "add", "-A")
    git(one, "commit", "-m", "start")
    two = one.parent / "two"
    shutil.copytree(one, two)
    for root, numbers in ((one, ours), (two, theirs)):
        dropped(root, "".join(map(str, sorted(numbers))))
        git(root, "add", "-A")
        git(root, "commit", "--allow-empty", "-m", "dropped")
    git(two, "pull", "--no-rebase", "--no-edit", str(one), "main")
    assert {item.key[0] for item in inbox(two, config_of(), NOW).items} == {
        str(number) for number in set(range(1, 10)) - ours - theirs
    }
    assert len(read_dropped(two, "content")) == len(ours | theirs)
