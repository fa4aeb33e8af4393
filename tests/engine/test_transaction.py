"""Output/ under trouble: things in the way, lost records, a failing disk, a power cut."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.disk import exchange
from sitegen.engine import transaction as publish
from sitegen.engine.build import build
from sitegen.engine.clean import clean
from sitegen.engine.manifest import manifest_path
from sitegen.engine.options import BuildOptions
from sitegen.model.output import BuildReport
from tests.conftest import NOW, Digest


def make(site: Digest, **options: object) -> BuildReport:
    return build(BuildOptions(root=str(site.root), now=NOW, jobs=1, **options))  # type: ignore[arg-type]


def clean_tree(site: Digest) -> dict[str, bytes]:
    """What a build without any history writes."""
    copy = Digest.__new__(Digest)
    copy.root = site.root.parent / f"{site.root.name}-clean"
    shutil.copytree(
        site.root, copy.root, ignore=shutil.ignore_patterns("output", ".output*", ".sitegen-cache")
    )
    make(copy)
    tree = copy.tree()
    shutil.rmtree(copy.root)
    return tree


@pytest.fixture
def site(tmp_path: Path) -> Digest:
    """A built site with two articles and some files of static/."""
    (tmp_path / "site").mkdir()
    out = Digest(tmp_path / "site")
    out.article("a")
    out.article("b")
    for name in ("maps/quay.txt", "maps/old/pier.txt", "list"):
        out.write(f"static/{name}", name)
    make(out)
    return out


def put_static(site: Digest, name: str, text: str = "x") -> None:
    """A file of static/ where a file or a folder was."""
    path = site.root / "static" / name
    for parent in path.parents:
        if parent.is_file():
            parent.unlink()
    shutil.rmtree(path, ignore_errors=True)
    site.write(f"static/{name}", text)


@pytest.mark.parametrize(
    "name", ["maps", "list/one.txt", "list/a/b/c.txt", "maps/old", "maps/quay.txt/x"]
)
def test_files_and_folders_may_change_places(site: Digest, name: str) -> None:
    put_static(site, name)
    make(site)
    assert site.tree() == clean_tree(site)
    again = make(site)
    assert (again.written, again.removed) == (0, 0)


@pytest.mark.parametrize("name", ["maps", "list/one.txt"])
def test_a_change_of_places_that_was_cut_is_completed(
    site: Digest, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_static(site, name)
    monkeypatch.setattr(publish.os, "replace", cut_after(0, "/output/"))
    with pytest.raises(KeyboardInterrupt):
        make(site)
    monkeypatch.undo()
    assert publish.recover(site.root / ".sitegen-cache/journal.json") == ""
    assert site.tree() == clean_tree(site)


def test_what_the_user_put_into_output_is_in_nobodys_way_or_is_reported(site: Digest) -> None:
    site.write("output/maps/mine.txt", "mine")
    before = site.tree()
    put_static(site, "maps")
    with pytest.raises(SitegenError) as caught:
        make(site)
    assert "maps/mine.txt" in caught.value.diagnostics[0].message
    assert site.tree() == before
    (site.root / "output/maps/mine.txt").unlink()
    make(site)
    assert site.tree() == clean_tree(site)


@pytest.mark.parametrize("kind", ["file", "link", "link to nothing"])
def test_a_file_or_link_of_the_user_is_not_written_through(
    site: Digest, kind: str, tmp_path: Path
) -> None:
    place = site.root / "output/new"
    if kind == "file":
        place.write_text("mine")
    else:
        place.symlink_to(tmp_path if kind == "link" else tmp_path / "nothing")
    put_static(site, "new/x.txt")
    with pytest.raises(SitegenError, match="in the way"):
        make(site)
    assert place.is_symlink() or place.read_text() == "mine"
    assert not (tmp_path / "x.txt").exists()


def test_an_empty_folder_gives_way(site: Digest) -> None:
    (site.root / "output/new/empty").mkdir(parents=True)
    put_static(site, "new")
    make(site)
    assert site.tree() == clean_tree(site)


def test_nothing_is_removed_through_a_link(site: Digest, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/quay.txt").write_text("mine")
    shutil.rmtree(site.root / "output/maps")
    (site.root / "output/maps").symlink_to(tmp_path / "elsewhere")
    shutil.rmtree(site.root / "static/maps")
    make(site)
    assert (tmp_path / "elsewhere/quay.txt").read_text() == "mine"


def cut_after(
    count: int, inside: str, error: BaseException | None = None
) -> Callable[[Path, Path], None]:
    """An `os.replace` that fails at the file of that number that goes to a place with ``inside`` in
    its name."""
    whole, done = os.replace, 0

    def replace(source: Path, target: Path) -> None:
        nonlocal done
        if inside in str(target):
            if done >= count:
                raise error or KeyboardInterrupt
            done += 1
        whole(source, target)

    return replace


def break_publish(site: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a journal behind of which nothing can be done: something of the user's has come into
    its way."""
    for name in ("a", "b"):
        site.article(name, title=f"Later {name}")
    put_static(site, "new/x.txt")
    monkeypatch.setattr(publish.os, "replace", cut_after(0, "/output/"))
    with pytest.raises(KeyboardInterrupt):
        make(site)
    monkeypatch.undo()
    shutil.rmtree(site.root / "output/new", ignore_errors=True)
    (site.root / "output/new").write_text("mine")


@pytest.mark.parametrize(
    "command", ["list", "clean", "build", "build --no-cache", "check", "explain /"]
)
def test_a_journal_that_cannot_be_completed_blocks_no_command(
    site: Digest, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_publish(site, monkeypatch)
    journal = site.root / ".sitegen-cache/journal.json"
    assert journal.exists()
    shutil.rmtree(site.root / "static/new")
    words = command.split() + (["--now", NOW] if "clean" not in command else [])
    done = site.run(*words, expect=None)
    assert "in the way" not in done.stderr and "internal" not in done.stderr
    if command.partition(" ")[0] in ("build", "clean", "list"):
        assert done.returncode == 0 and "could not be completed" in done.stderr
    assert not journal.exists()
    assert (site.root / "output/new").read_text() == "mine"
    (site.root / "output/new").unlink()
    make(site)
    assert site.tree() == clean_tree(site)


@pytest.mark.parametrize("data", ["", "{", "[1]", '{"output": 3}', "folder", "fifo"])
def test_a_journal_that_cannot_be_read_is_dropped_with_a_note(site: Digest, data: str) -> None:
    journal = site.root / ".sitegen-cache/journal.json"
    if data == "folder":
        journal.mkdir()
    elif data == "fifo":
        os.mkfifo(journal)
    else:
        journal.write_text(data)
    assert any(d.code == "recovered" for d in make(site).diagnostics)
    assert make(site).diagnostics == ()
    site.article("c")
    make(site)
    assert site.tree() == clean_tree(site)


# The manifest


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def cut_at_a_line(path: Path) -> None:
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:4]))


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def outside(path: Path) -> None:
    path.write_text(path.read_text() + "../precious.txt\n/etc/passwd\n")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def other_line_ends(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(
    "damage",
    [Path.unlink, emptied, cut, cut_at_a_line, zeros, outside, folder, fifo, other_line_ends],
)
@pytest.mark.parametrize("edit", ["nothing", "body", "deleted"])
def test_a_damaged_manifest_is_noticed_and_repaired(
    site: Digest, damage: Callable[[Path], None], edit: str
) -> None:
    site.write("precious.txt", "mine")
    site.write("output/mine.html", "mine")
    (site.root / "output/world/2026/11/01/a/index.html").unlink()
    if edit == "body":
        site.article("a", body="Another text.")
    if edit == "deleted":
        (site.root / "content/world/b.md").unlink()
    damage(manifest_path(site.root / "output"))
    notes = [d for d in make(site).diagnostics if d.code == "recovered"]
    assert len(notes) == 1 and "manifest" in notes[0].message
    assert site.tree() == clean_tree(site) | {"mine.html": b"mine"}
    assert (site.root / "precious.txt").exists()
    assert make(site).diagnostics == ()
    clean(site.root, site.root / "output")
    assert site.tree() == {"mine.html": b"mine"}


def test_without_manifest_and_cache_the_files_that_stay_are_reported(site: Digest) -> None:
    (site.root / "content/world/b.md").unlink()
    shutil.rmtree(site.root / ".sitegen-cache")
    manifest_path(site.root / "output").unlink()
    messages = [d.message for d in make(site).diagnostics]
    assert any("is missing" in m and "other file" in m for m in messages)
    assert any("no record of" in m for m in messages)


def test_a_file_that_was_changed_by_hand_is_not_taken_for_ours_when_the_manifest_is_lost(
    site: Digest,
) -> None:
    page = site.root / "output/world/2026/11/01/b/index.html"
    page.write_text("my own words")
    (site.root / "content/world/b.md").unlink()
    manifest_path(site.root / "output").unlink()
    make(site)
    assert page.read_text() == "my own words"


def test_a_first_build_has_nothing_to_report(tmp_path: Path) -> None:
    site = Digest(tmp_path)
    site.article("a")
    assert make(site).diagnostics == ()
    shutil.rmtree(site.root / "output")
    manifest_path(site.root / "output").unlink()
    assert make(site).diagnostics == ()


# One step


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every publish counts as a large one."""
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
    if not exchange(tmp_path / "x", tmp_path / "y"):
        pytest.skip("this file system cannot exchange folders")
    monkeypatch.setattr(publish, "LARGE", 1)


def change_much(site: Digest) -> None:
    site.article("a", title="Another title")
    (site.root / "content/world/b.md").unlink()
    put_static(site, "maps")


@pytest.mark.usefixtures("large")
def test_a_large_publish_is_one_step(site: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    output = site.root / "output"
    (output / "mine/empty").mkdir(parents=True)
    site.write("output/mine/a.txt", "mine").chmod(0o600)
    (output / "mine/link").symlink_to("a.txt")
    output.chmod(0o711)
    monkeypatch.setattr(publish.os, "replace", cut_after(0, "/output/"))
    change_much(site)
    before = output.stat().st_ino
    make(site)
    assert output.stat().st_ino != before and output.stat().st_mode & 0o777 == 0o711
    assert (output / "mine/a.txt").stat().st_mode & 0o777 == 0o600
    assert (output / "mine/link").is_symlink() and (output / "mine/empty").is_dir()
    assert not (output / "world/2026/11/01/b").exists()
    shutil.rmtree(output / "mine")
    assert site.tree() == clean_tree(site)
    assert not publish.staging_folder(output).exists()
    again = make(site)
    assert (again.written, again.removed) == (0, 0)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("name", ["exchange", "sync", "_complete"])
def test_a_large_publish_that_fails_leaves_the_old_site(
    site: Digest, name: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bool:
        raise OSError(number, os.strerror(number), "output")

    before = site.tree()
    change_much(site)
    monkeypatch.setattr(publish, name, broken)
    with pytest.raises(SitegenError, match="the old site"):
        make(site)
    assert site.tree() == before
    monkeypatch.undo()
    make(site)
    assert site.tree() == clean_tree(site)


@pytest.mark.usefixtures("large")
def test_where_folders_cannot_be_exchanged_files_are_renamed(
    site: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_much(site)
    before = (site.root / "output").stat().st_ino
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    make(site)
    assert (site.root / "output").stat().st_ino == before
    assert site.tree() == clean_tree(site)


@pytest.mark.usefixtures("large")
def test_a_kill_after_the_exchange_leaves_the_new_site(
    site: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    change_much(site)
    monkeypatch.setattr(publish, "_save_latecomers", killed)
    with pytest.raises(KeyboardInterrupt):
        make(site)
    monkeypatch.undo()
    assert site.tree() == clean_tree(site)
    make(site)
    assert site.tree() == clean_tree(site)
    assert not publish.staging_folder(site.root / "output").exists()


@pytest.mark.usefixtures("large")
def test_a_file_that_comes_during_the_exchange_is_kept(
    site: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(one: Path, other: Path) -> bool:
        site.write("output/late/mine.txt", "mine")
        return exchange(one, other)

    change_much(site)
    monkeypatch.setattr(publish, "exchange", late)
    make(site)
    assert site.tree() == clean_tree(site) | {"late/mine.txt": b"mine"}


def test_a_small_publish_that_fails_says_what_state_output_is_in(
    site: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_much(site)
    error = OSError(errno.EIO, "Input/output error")
    monkeypatch.setattr(publish.os, "replace", cut_after(2, "/output/", error))
    with pytest.raises(SitegenError, match="some files of output/ are new, the others old"):
        make(site)
    monkeypatch.undo()
    make(site)
    assert site.tree() == clean_tree(site)


# Power cuts


class Disk:
    """What would be on the disk: bytes that nobody has flushed are lost, as on file systems that
    write late."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.kept: dict[int, bytes] = {}
        self.sync(root)

    def files(self) -> list[Path]:
        return [p for p in self.root.rglob("*") if p.is_file() and not p.is_symlink()]

    def sync(self, _: Path) -> None:
        for path in self.files():
            self.kept[path.stat().st_ino] = path.read_bytes()

    def fsync(self, descriptor: int) -> None:
        for path in self.files():
            if path.stat().st_ino == os.fstat(descriptor).st_ino:
                self.kept[path.stat().st_ino] = path.read_bytes()

    def cut_power(self) -> None:
        for path in self.files():
            path.write_bytes(self.kept.get(path.stat().st_ino, b""))


@pytest.mark.parametrize("large", [1, 1000])
@pytest.mark.parametrize("moment", [0, 1, 3, 5, 8, 13])
def test_a_power_cut_leaves_no_empty_file(
    site: Digest, moment: int, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.tree()
    change_much(site)
    after = clean_tree(site)
    disk = Disk(site.root)
    monkeypatch.setattr(publish, "LARGE", large)
    monkeypatch.setattr(publish, "sync", disk.sync)
    monkeypatch.setattr(os, "fsync", disk.fsync)
    monkeypatch.setattr(os, "replace", cut_after(moment, "/site/"))
    try:
        make(site)
    except KeyboardInterrupt:
        disk.cut_power()
    monkeypatch.undo()
    publish.recover(site.root / ".sitegen-cache/journal.json")
    tree = site.tree()
    assert tree.keys() >= before.keys() & after.keys()
    assert [
        name for name, data in tree.items() if data not in (before.get(name), after.get(name))
    ] == []
    make(site)
    assert site.tree() == after


def test_a_power_cut_empties_what_nobody_flushed(
    site: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the disk of these tests forgets: without `sync` files come out empty."""
    change_much(site)
    disk = Disk(site.root)
    monkeypatch.setattr(publish, "sync", lambda folder: None)
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    monkeypatch.setattr(os, "replace", cut_after(8, "/site/"))
    with pytest.raises(KeyboardInterrupt):
        make(site)
    disk.cut_power()
    assert b"" in site.tree().values()
