"""Which files below the content folder are articles, and which are media."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.content.discover import discover


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_articles_and_media_are_sorted_by_path(tmp_path: Path) -> None:
    write(
        tmp_path, "b/z.md", "a.MARKDOWN", "b/a.jpg", "b/run.js", "authors/ann.md", "authors/a.png"
    )
    write(tmp_path, ".hidden.md", "_draft/a.md", "b/.git/a.md")
    sources, problems = discover(tmp_path, "content")
    assert [f.path for f in sources.articles] == ["content/a.MARKDOWN", "content/b/z.md"]
    assert [f.path for f in sources.media] == ["content/authors/a.png", "content/b/a.jpg"]
    assert problems == []


def test_the_stat_of_a_file_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    (found,) = discover(tmp_path, "content")[0].articles
    info = (tmp_path / "content/a.md").stat()
    assert (found.size, found.mtime_ns, found.ctime_ns) == (1, info.st_mtime_ns, info.st_ctime_ns)


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    sources, problems = discover(tmp_path, "content")
    assert (sources.articles, sources.media) == ((), ())
    assert [(p.code, p.path) for p in problems] == [("unreadable", "content")]
    assert "site.yaml" in (problems[0].help or "")


def test_links_and_special_files_are_reported(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    folder = tmp_path / "content"
    (folder / "loop").symlink_to(folder)
    (folder / "link.md").symlink_to(folder / "a.md")
    (folder / "folder.md").mkdir()
    os.mkfifo(folder / "fifo.md")
    sources, problems = discover(tmp_path, "content")
    assert [f.path for f in sources.articles] == ["content/a.md"]
    assert sorted((p.path, p.message) for p in problems) == [
        ("content/fifo.md", "is a special file, not an article"),
        ("content/folder.md", "is a folder, not an article"),
        ("content/link.md", "is a link, not an article"),
        ("content/loop", "is a link, not an article"),
    ]


def test_a_name_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    try:
        (tmp_path / "content" / os.fsdecode(b"\xe9.md")).touch()
    except OSError:
        pytest.skip("the file system takes UTF-8 only")
    assert [p.code for p in discover(tmp_path, "content")[1]] == ["file-name"]
