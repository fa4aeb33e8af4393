"""Bounded reading, writing of complete files, and which names are below a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.files import (
    entries_of,
    expanded,
    files_below,
    forget_old,
    in_the_way,
    is_inside,
    is_there,
    name_problems,
    read_bytes,
    read_head,
    utf8,
    write_whole,
)


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("a/b.html", True),
        ("a b/ü.html", True),
        ("..a/b..", True),
        ("", False),
        ("/a", False),
        ("a//b", False),
        ("a/", False),
        ("a/../b", False),
        ("./a", False),
        ("a\nb", False),
        ("a\x7f", False),
    ],
)
def test_a_name_below_a_folder(name: str, inside: bool) -> None:
    assert is_inside(name) is inside


@pytest.mark.parametrize(
    ("puts", "deletes", "blocking"),
    [
        (["a/b"], ["a"], {"a"}),  # a file where a folder is needed
        (["a"], ["a/b", "a/c/d"], {"a/b", "a/c/d"}),  # files in what is to be a file
        (["a/b"], ["a/c"], set()),
        (["a"], [], set()),
        (["ab"], ["a"], set()),
    ],
)
def test_deletions_that_must_come_first(
    puts: list[str], deletes: list[str], blocking: set[str]
) -> None:
    assert in_the_way(puts, deletes) == blocking


def code_of(path: Path, limit: int = 10) -> str:
    with pytest.raises(SitegenError) as caught:
        read_bytes(path, "a.md", limit)
    return caught.value.diagnostics[0].code


def test_only_a_regular_bounded_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * 10)
    assert read_bytes(tmp_path / "a.md", "a.md", 10) == b"x" * 10
    assert code_of(tmp_path / "a.md", 9) == "too-large"
    assert code_of(tmp_path) == "not-a-file"
    assert code_of(tmp_path / "missing") == "unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs")
def test_a_fifo_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert code_of(tmp_path / "fifo") == "not-a-file"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert utf8(b"\xef\xbb\xbfa", "a.md") == "a"


def test_a_byte_that_is_not_utf8_is_named_with_its_line() -> None:
    with pytest.raises(SitegenError) as caught:
        utf8(b"a\nb\n\xe9t\xe9", "a.md")
    assert caught.value.diagnostics[0].line == 3
    assert "0xe9" in caught.value.diagnostics[0].message


def test_a_name_that_is_not_utf8_is_reported() -> None:
    assert [p.code for p in name_problems("content/\udce9.md")] == ["file-name"]
    assert name_problems("content/é.md") == []
    assert name_problems("content/a.md") == []


def test_files_below_a_folder_and_what_is_there_but_not_read(tmp_path: Path) -> None:
    (tmp_path / "own/parts").mkdir(parents=True)
    for name in ("own/b.html", "own/parts/a.html", "own/.hidden"):
        (tmp_path / name).touch()
    (tmp_path / "own/c.html").symlink_to("b.html")
    (tmp_path / "own/lost.html").symlink_to("nowhere")
    (tmp_path / "own/round").symlink_to("round")
    (tmp_path / "own/more").symlink_to("parts")
    (tmp_path / "own/\udce9").mkdir()
    os.mkfifo(tmp_path / "own/pipe")
    found, problems = files_below(tmp_path / "own", "theme")
    below = [path.relative_to(tmp_path / "own").as_posix() for path in found]
    assert below == ["b.html", "c.html", "parts/a.html"]
    assert {(p.path, p.code) for p in problems} == {
        ("theme/lost.html", "not-a-file"),
        ("theme/more", "not-a-file"),
        ("theme/pipe", "not-a-file"),
        ("theme/round", "not-a-file"),
        ("theme/\\xe9", "file-name"),
    }


def test_a_folder_that_is_missing_a_file_or_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "lost").symlink_to("nowhere")
    (tmp_path / "round").symlink_to("round")
    assert files_below(tmp_path / "missing", "data") == ([], [])
    for name in ("file", "lost", "round"):
        found, problems = files_below(tmp_path / name, "data")
        assert (found, [p.path for p in problems]) == ([], ["data"]), name
        assert is_there(tmp_path / name)
        assert not is_there(tmp_path / name / "a")
    assert entries_of(tmp_path / "missing", "x") == entries_of(tmp_path / "file", "x") == []
    with pytest.raises(SitegenError):
        entries_of(tmp_path / "round", "x")


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_written_completely_or_not_at_all(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "new" / "a.txt"
    write_whole(path, b"one", durable)
    write_whole(path, b"two", durable)
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [p.name for p in path.parent.iterdir()] == ["a.txt"]


def test_a_failed_write_leaves_the_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "kept").touch()
    with pytest.raises(OSError):
        write_whole(tmp_path / "a", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_old_files_of_a_cache_are_removed_once_there_are_many(tmp_path: Path) -> None:
    for n in range(5):
        (tmp_path / f"{n}.x").touch()
        (tmp_path / f"{n}.y").touch()
    forget_old(tmp_path, {"0", "1"}, spare=1)
    assert len(list(tmp_path.iterdir())) == 10  # 5 stems are not more than 2 * 2 + 1
    forget_old(tmp_path, {"0", "1"}, spare=0)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0.x", "0.y", "1.x", "1.y"]
    forget_old(tmp_path / "missing", set(), spare=0)


def test_the_beginning_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"0123456789")
    assert read_head(tmp_path / "a.md", "a.md", 4) == b"0123"
    with pytest.raises(SitegenError):
        read_head(tmp_path, "a.md", 4)


def test_a_home_folder_is_put_in_the_place_of_its_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/edda")
    assert expanded("~/site") == Path("/home/edda/site")
    assert expanded("~no-such-user/site") == Path("~no-such-user/site")
    assert expanded("site/~") == Path("site/~")
