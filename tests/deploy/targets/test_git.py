"""A branch as a target: how git calls bytes, and what is remembered for the commit."""

from __future__ import annotations

from pathlib import Path

from sitegen.config.targets import GitTarget
from sitegen.deploy.model import Item, Surroundings
from sitegen.deploy.targets.git import Git


def place(tmp_path: Path, **env: str) -> Git:
    target = GitTarget(repository="origin", branch="pages")
    return Git(tmp_path, tmp_path / "cache", target, Surroundings(env, "2026-11-24", "mark"))


def test_bytes_have_the_name_that_git_gives_them(tmp_path: Path) -> None:
    entry = place(tmp_path).put(Item("a.txt", "0f", 6, "text/plain", "", data=b"hello\n"))
    assert entry.etag == "ce013625030ba8dba906f756967f9e9ca394464a"
    assert entry.size == 6


def test_changes_are_remembered_for_the_commit(tmp_path: Path) -> None:
    git = place(tmp_path)
    git.put(Item("a.txt", "0f", 1, "text/plain", "", data=b"x"))
    git.write("b.txt", b"y")
    git.delete(["c.txt"])
    assert git.changes == {"a.txt": ("", b"x"), "b.txt": ("", b"y")}
    assert git.gone == {"c.txt"}
    assert git.claim(b"") is True


def test_a_branch_that_does_not_exist_has_no_files(tmp_path: Path) -> None:
    git = place(tmp_path)
    assert git.listing(False) == {}
    assert git.read("a.txt") is None


def test_git_asks_nothing_and_uses_no_repository_of_the_environment(tmp_path: Path) -> None:
    git = place(tmp_path, GIT_DIR="/other", GIT_INDEX_FILE="/other/index")
    assert git.env["GIT_TERMINAL_PROMPT"] == "0"
    assert "BatchMode=yes" in git.env["GIT_SSH_COMMAND"]
    assert not {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"} & git.env.keys()
    assert git.name == "origin pages"
