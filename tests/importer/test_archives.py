"""Folders and zip archives: names, bounds, and what is left out."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.importer import archives
from sitegen.importer.archives import Archive, InputFolder, input_files, open_zip


def packed(files: dict[str, bytes], links: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        for name in links:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def test_an_archive_gives_its_files_below_their_common_folder() -> None:
    tree = Archive(
        open_zip(packed({"site/b.txt": b"b", "site/a/c.txt": b"c"}), "site.zip"), "site.zip"
    )
    assert tree.names() == ["a/c.txt", "b.txt"]
    assert tree.read("a/c.txt", 10) == b"c" and tree.path("b.txt") == ""
    assert tree.notes == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a.txt", "would leave the folder"),
        ("/a.txt", "would leave the folder"),
        ("a\\..\\b.txt", "would leave the folder"),
        ("C:a.txt", "would leave the folder"),
        ("a/" * 30 + "b.txt", "lies too deep"),
    ],
)
def test_a_name_that_is_not_safe_is_reported_and_not_read(name: str, reason: str) -> None:
    tree = Archive(open_zip(packed({name: b"x", "good.txt": b"y"}), "a.zip"), "a.zip")
    assert tree.names() == ["good.txt"]
    assert len(tree.notes) == 1 and reason in tree.notes[0]


def test_links_and_hidden_files_of_an_archive_are_not_read() -> None:
    tree = Archive(
        open_zip(packed({"a.txt": b"x", "__MACOSX/a": b"", ".git/b": b""}, ("l",)), "a.zip"),
        "a.zip",
    )
    assert tree.names() == ["a.txt"]
    assert tree.hidden == {"__MACOSX", ".git"}
    assert tree.notes == ["`l` is a link and was not read"]


def test_a_name_that_is_in_an_archive_twice_is_read_once() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "first")
            archive.writestr("a.txt", "second")
    tree = Archive(open_zip(out.getvalue(), "a.zip"), "a.zip")
    assert tree.read("a.txt", 100) == b"first"
    assert tree.notes == ["`a.txt` is in the archive twice; the first one is read"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04 but no archive", packed({"a": b"x"})[:-30]],
    ids=["nothing", "only a beginning", "an end that is missing"],
)
def test_a_broken_archive_is_an_error(data: bytes) -> None:
    with pytest.raises(SitegenError, match="broken zip archive"):
        Archive(open_zip(data, "a.zip"), "a.zip")


def test_what_unpacks_to_too_much_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({"a/bomb.txt": b"0" * 5_000_000, "b.txt": b"b"})
    with pytest.raises(SitegenError, match="unpacks to more than is read"):
        Archive(open_zip(data, "a.zip"), "a.zip").read("a/bomb.txt", 1000)
    monkeypatch.setattr(archives, "MAX_RATIO", 10)
    with pytest.raises(SitegenError, match="unpacks to more than is read"):
        Archive(open_zip(data, "a.zip"), "a.zip").read("a/bomb.txt", 100_000_000)


def test_a_folder_gives_its_files_and_reports_links(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("b")
    (tmp_path / ".hidden").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    tree = InputFolder(tmp_path)
    assert tree.names() == ["a/b.txt"] and tree.read("a/b.txt", 10) == b"b"
    assert tree.hidden == {".hidden"}
    assert tree.notes == ["`link` is a link and was not read"]
    with pytest.raises(SitegenError):
        tree.read("../x", 10)


def test_depth_and_number_of_files_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    for name in ("a/1", "a/2", "a/b/c/3"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(archives, "MAX_DEPTH", 1)
    notes: list[str] = []
    assert [p.name for p in input_files(tmp_path, notes)] == ["1", "2"]
    assert notes == ["folders deeper than 1 levels were passed over"]
    monkeypatch.setattr(archives, "MAX_FILES", 1)
    assert len(input_files(tmp_path, notes)) == 1
    assert notes[-1] == "only the first 1 files were read"
