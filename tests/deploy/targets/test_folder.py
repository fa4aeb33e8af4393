"""A folder as a target, by its methods."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from sitegen.base.text import digest
from sitegen.deploy.model import LOCK, MANIFEST, Item, Refused, Seen
from sitegen.deploy.targets.folder import KEPT, Folder, SwitchedFolder, clone


def item(path: str, text: str = "x") -> Item:
    data = text.encode()
    return Item(path, digest(data), len(data), "text/html", "", data=data)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder that is ready for writing."""
    place = Folder(tmp_path / "www")
    place.begin(True)
    return place


def test_a_file_is_listed_after_it_has_been_put(folder: Folder) -> None:
    entry = folder.put(item("a/index.html"))
    assert folder.listing(False) == {"a/index.html": Seen(1, entry.etag)}
    assert folder.read("a/index.html") == b"x"
    assert folder.read("a/index.html/b") is None
    assert folder.read("missing") is None


def test_files_of_version_control_and_unfinished_ones_are_no_part_of_a_site(
    folder: Folder,
) -> None:
    for name in (".git/config", ".sitegen-abc", "b.html", MANIFEST):
        path = folder.base / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert set(folder.listing(True) or ()) == {"b.html", MANIFEST}


@pytest.mark.parametrize(("text", "same"), [("x", True), ("y", False), ("xy", False)])
def test_files_are_compared_by_their_bytes(folder: Folder, text: str, same: bool) -> None:
    folder.put(item("a.html"))
    assert (folder.same(item("a.html", text)) is not None) is same
    assert folder.same(item("missing.html")) is None


def test_empty_folders_go_with_their_last_file(folder: Folder) -> None:
    for name in ("a/b/c.html", "a/d.html"):
        folder.put(item(name))
    folder.delete(["a/b/c.html", "missing.html"])
    assert sorted(p.name for p in folder.base.rglob("*")) == ["a", "d.html"]
    folder.delete(["a/d.html"])
    assert list(folder.base.iterdir()) == []


def test_nothing_is_written_through_a_link(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder.base / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="is a link"):
        folder.put(item("a/b.html"))
    with pytest.raises(Refused, match="is a link"):
        folder.delete(["a/b.html"])


def test_a_lock_is_taken_once(folder: Folder) -> None:
    assert folder.claim(b"one") is True
    assert folder.claim(b"two") is False
    assert folder.read(LOCK) == b"one"


def release(place: SwitchedFolder, number: int, **texts: str) -> None:
    """Deploy one release."""
    place.begin(True)
    place.prepare()
    for name, text in texts.items():
        place.put(item(name, text))
    place.finish(number)


def test_a_release_is_shown_in_one_step_and_keeps_what_did_not_change(tmp_path: Path) -> None:
    place = SwitchedFolder(tmp_path / "www")
    release(place, 1, a="one", b="one")
    place.begin(True)
    place.prepare()
    place.put(item("a", "two"))
    assert (tmp_path / "www/a").read_text() == "one"
    place.finish(2)
    assert (tmp_path / "www/a").read_text() == "two"
    assert (tmp_path / "www/b").read_text() == "one"


def test_old_releases_are_removed_and_a_roll_back_shows_the_one_before(tmp_path: Path) -> None:
    place = SwitchedFolder(tmp_path / "www")
    for number in range(1, KEPT + 3):
        release(place, number, a=str(number))
    releases = sorted(p.name for p in (tmp_path / ".www.releases").iterdir())
    assert releases == [f"{n:06}" for n in range(3, KEPT + 3)]
    assert place.roll_back() == KEPT + 1
    assert (tmp_path / "www/a").read_text() == str(KEPT + 1)
    place.roll_back()
    with pytest.raises(Refused, match="no earlier release"):
        place.roll_back()


def test_releases_that_were_removed_are_made_again(tmp_path: Path) -> None:
    place = SwitchedFolder(tmp_path / "www")
    release(place, 1, a="one")
    shutil.rmtree(tmp_path / ".www.releases")
    release(place, 2, b="two")
    assert [p.name for p in (tmp_path / "www").iterdir()] == ["b"]


def test_the_lock_is_next_to_the_releases(tmp_path: Path) -> None:
    place = SwitchedFolder(tmp_path / "www")
    place.begin(True)
    assert place.claim(b"one")
    assert place.read(LOCK) == b"one"
    place.write(LOCK, b"two")
    assert (tmp_path / ".www.releases" / LOCK).read_bytes() == b"two"
    place.delete([LOCK])
    assert place.read(LOCK) is None


def filled(path: Path) -> None:
    path.mkdir()
    (path / "theirs").touch()


def linked(path: Path) -> None:
    (path.parent / "elsewhere").mkdir()
    path.symlink_to(path.parent / "elsewhere")


@pytest.mark.parametrize(
    ("make", "message"),
    [(filled, "is not empty"), (linked, "is a link that sitegen did not make")],
)
def test_what_others_made_is_left_alone(tmp_path: Path, make: Any, message: str) -> None:
    make(tmp_path / "www")
    with pytest.raises(Refused, match=message):
        SwitchedFolder(tmp_path / "www").begin(True)


def test_nothing_to_roll_back(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has no releases"):
        SwitchedFolder(tmp_path / "www").roll_back()


def test_a_clone_has_links_to_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").write_text("x")
    clone(tmp_path / "a", tmp_path / "copy")
    assert os.path.samefile(tmp_path / "a/b/c", tmp_path / "copy/b/c")
