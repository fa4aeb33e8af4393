"""The example sites build and pass the check without a warning."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import fork_server

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NOW = "2026-11-30T12:00:00+00:00"


def sitegen(*arguments: str, cwd: Path) -> str:
    done = fork_server().run([*arguments, "--now", NOW], cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", ["weekly-letter", "monitoring-desk", "archive"])
def test_an_example_builds_and_is_clean(name: str, tmp_path: Path) -> None:
    site = shutil.copytree(
        EXAMPLES / name, tmp_path / name, ignore=shutil.ignore_patterns("output")
    )
    assert "warning" not in sitegen("build", "--strict", cwd=site)
    assert "warning" not in sitegen("check", cwd=site)


def test_the_inputs_of_the_desk_are_those_it_was_imported_from(tmp_path: Path) -> None:
    site = shutil.copytree(EXAMPLES / "monitoring-desk", tmp_path / "desk")
    assert "4 unchanged" in sitegen("import", "in", "--dry-run", cwd=site)
