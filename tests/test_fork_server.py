"""A command that is forked does what one does that the shell starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import conftest
from tests.conftest import NOW, SITE, fork_server

ARTICLE = (
    "---\ntitle: The ferry\ndate: 2026-11-01T10:00:00+01:00\nauthors: [Ann Ames]\n---\n\nText.\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text(SITE)
    (tmp_path / "content/world").mkdir(parents=True)
    (tmp_path / "content/world/a.md").write_text(ARTICLE)
    return tmp_path


def started(arguments: list[str], cwd: Path, stdin: str) -> subprocess.CompletedProcess[str]:
    """The same by a new interpreter."""
    command = [sys.executable, "-m", "sitegen", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, input=stdin, cwd=cwd, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (["--version"], ""),
        (["list", "--now", NOW], ""),
        (["biuld"], ""),
        (["build", "--site", "nowhere"], ""),
        (
            ["import", "-", "--dry-run"],
            "A headline\n\nBy Ann Ames\nNov. 3, 2026\n\nÜber Salm. 概要\n",
        ),
    ],
)
def test_status_and_output_are_those_of_a_started_one(
    site: Path, arguments: list[str], stdin: str
) -> None:
    forked, new = fork_server().run(arguments, site, stdin), started(arguments, site, stdin)
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        new.returncode,
        new.stdout,
        new.stderr,
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_output_is_that_of_a_started_one(site: Path) -> None:
    assert fork_server().run(["build", "--now", NOW, "-o", "forked"], site).returncode == 0
    assert started(["build", "--now", NOW, "-o", "started"], site, "").returncode == 0
    assert tree(site / "forked") == tree(site / "started")


def test_it_has_the_environment_of_the_test(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = site / "content/world/b.md"
    article.write_text(ARTICLE.replace("2026-11-01", "2026-13-01"))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert "::error file=" in fork_server().run(["build"], site).stderr
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert "::error file=" not in fork_server().run(["build"], site).stderr
    monkeypatch.setenv("PYTHONWARNINGS", "x")  # of the interpreter: a new one warns of it
    assert "Invalid -W option" in fork_server().run(["list"], site).stderr


def test_nothing_is_left_of_a_command(site: Path) -> None:
    assert fork_server().run(["list", "--json"], site).stdout.startswith("[{")
    assert fork_server().run(["list"], site / "content").stdout.startswith("2026-11-01")
    (site / "site.yaml").unlink()
    assert fork_server().run(["list"], site).returncode == 2


def test_the_program_does_what_a_started_one_does(site: Path) -> None:
    shell = f'PATH={fork_server().programs()}:$PATH; echo A | sitegen list 2>&1; sitegen "a b"'
    done = subprocess.run(
        ["sh", "-c", shell], cwd=site, capture_output=True, text=True, check=False
    )
    new = started(["a b"], site, "")
    assert done.stdout.startswith("2026-11-01")
    assert (done.returncode, done.stderr) == (new.returncode, new.stderr)


def test_files_are_in_memory_only_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path("/proc/meminfo").exists():
        pytest.skip("this system does not say how much memory is free")
    monkeypatch.setattr(conftest, "ROOM", 1)
    assert conftest.has_room(tmp_path)
    assert not conftest.has_room(tmp_path / "absent")
    assert not conftest.has_room(Path("/proc")), "nobody can write there"
    monkeypatch.setattr(conftest, "ROOM", 1 << 60)
    assert not conftest.has_room(tmp_path)
