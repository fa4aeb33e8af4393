"""`completion`: the script, and where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.cli.completion import PLACES, ZSH_LINES
from tests.cli.conftest import Done

pytestmark = pytest.mark.slow  # click asks bash for its version


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("shell", PLACES)
def test_the_script_asks_sitegen(shell: str, sitegen: Callable[..., Done]) -> None:
    done = sitegen("completion", shell)
    assert done.status == 0
    assert f"_SITEGEN_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize("shell", PLACES)
def test_it_is_installed_where_the_shell_looks(
    home: Path, monkeypatch: pytest.MonkeyPatch, shell: str, sitegen: Callable[..., Done]
) -> None:
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    done = sitegen("completion", "--install")
    path = home / PLACES[shell]
    assert done.stdout.startswith(f"created {path}\n")
    assert done.stdout.endswith("Open a new terminal to use it.\n")
    assert path.read_text() == sitegen("completion", shell).stdout.removesuffix("\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ZSH_LINES),
        ("alias x=y\n", f"alias x=y\n\n{ZSH_LINES}"),
        ("fpath+=~/.zfunc\n", "fpath+=~/.zfunc\n"),
    ],
)
def test_zsh_looks_in_the_folder_once_it_is_in_its_settings(
    home: Path, before: str | None, after: str, sitegen: Callable[..., Done]
) -> None:
    settings = home / ".zshrc"
    if before is not None:
        settings.write_text(before)
    for _ in range(2):
        assert sitegen("completion", "zsh", "--install").status == 0
        assert settings.read_text() == after


@pytest.mark.parametrize("shell", ["/bin/tcsh", ""])
def test_another_shell_has_none(
    monkeypatch: pytest.MonkeyPatch, shell: str, sitegen: Callable[..., Done]
) -> None:
    monkeypatch.setenv("SHELL", shell)
    done = sitegen("completion")
    assert done.status == 2
    assert "name one: sitegen completion bash, zsh or fish" in done.stderr


def test_a_folder_that_cannot_be_written_to_is_named(
    home: Path, sitegen: Callable[..., Done]
) -> None:
    (home / ".local").write_text("a file")
    done = sitegen("completion", "bash", "--install")
    assert done.status == 1
    assert f"{home / PLACES['bash']}" in done.stderr
    assert "cannot be written" in done.stderr
