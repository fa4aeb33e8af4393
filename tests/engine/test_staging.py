"""Files that wait next to output/."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.text import digest
from sitegen.engine.staging import make_folder, put


def test_a_file_is_staged_with_its_stat_and_digest(tmp_path: Path) -> None:
    made = put("a/b.txt", "copy", b"text", tmp_path)
    path = tmp_path / "a/b.txt"
    assert path.read_bytes() == b"text"
    assert (made.output, made.template, made.digest) == ("a/b.txt", "copy", digest(b"text"))
    assert (made.size, made.mtime_ns) == (4, path.stat().st_mtime_ns)
    assert made.problem is None


def test_folders_are_made_once(tmp_path: Path) -> None:
    made: set[str] = {str(tmp_path)}
    make_folder(f"{tmp_path}/a/b", made)
    make_folder(f"{tmp_path}/a/c", made)
    (tmp_path / "d").mkdir()  # by another process
    make_folder(f"{tmp_path}/d/e", made)
    assert {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*")} == {
        "a",
        "a/b",
        "a/c",
        "d",
        "d/e",
    }
    assert f"{tmp_path}/a/b" in made
