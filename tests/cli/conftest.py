"""A small site, and the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sitegen.cli.main import run

SITE = "title: T\nbase_url: https://salm.press/\ntimezone: Europe/Lisbon\n"


class Done(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture
def sitegen(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """`sitegen ARGUMENTS` in this process, with the messages of errors."""

    def call(*arguments: str) -> Done:
        status = run(list(arguments))
        return Done(status, *capsys.readouterr())

    return call


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with three articles, which is the current folder."""
    (tmp_path / "site.yaml").write_text(SITE)
    folder = tmp_path / "content/city"
    folder.mkdir(parents=True)
    for name, day, lang in (("pier", 3, "en"), ("cais", 5, "pt-BR"), ("quai", 9, "fr")):
        head = f"title: {name.title()}\ndate: 2026-11-0{day}\nauthors: [Ann Ames]\nlang: {lang}"
        (folder / f"{name}.md").write_text(f"---\n{head}\n---\n\nText.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def add_settings(site: Path, text: str) -> None:
    """Append ``text`` to site.yaml."""
    with open(site / "site.yaml", "a", encoding="utf-8") as file:
        file.write(text)
