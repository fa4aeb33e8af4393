"""Git keeps the lines of both sides of such files."""

from __future__ import annotations

import subprocess
from pathlib import Path

from sitegen.content.merged_lines import write_lines


def git(root: Path, *arguments: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@a.example"]
    subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True)


def test_two_branches_merge_without_a_conflict(tmp_path: Path) -> None:
    git(tmp_path, "init", "-b", "main")
    write_lines(tmp_path, "list.txt", "a\nm\nz\n")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-m", "one")
    git(tmp_path, "checkout", "-b", "other")
    write_lines(tmp_path, "list.txt", "a\nm\nn\nz\n")
    git(tmp_path, "commit", "-am", "two")
    git(tmp_path, "checkout", "main")
    write_lines(tmp_path, "list.txt", "a\nm\no\nz\n")
    git(tmp_path, "commit", "-am", "three")
    git(tmp_path, "merge", "other", "-m", "both")
    assert sorted((tmp_path / "list.txt").read_text().split()) == ["a", "m", "n", "o", "z"]
