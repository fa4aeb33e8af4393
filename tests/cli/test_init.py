"""A new site: what `init` writes and asks, and what happens to it with the first import."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from sitegen.scaffold.site import STARTS, InitAnswers, init, remove_welcome
from tests.conftest import fork_server

NOW = "2026-11-24T12:00:00+00:00"
CLIPPING = """\
Quay Nine gets its cranes back

By Ann Ames
Nov. 3, 2026

The two cranes that had stood in Salm since the spring came back to Quay Nine on Tuesday.

The port authority says that ships will be unloaded there again from the first week of May.
"""


def answers(collects: str = "letters") -> InitAnswers:
    return InitAnswers("The Salm Letter", "https://salm.example/", "Europe/Lisbon", "en", collects)


def sitegen(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return fork_server().run(list(arguments), cwd)


@pytest.mark.parametrize("collects", STARTS)
def test_each_kind_of_site_fits_its_schema_and_builds_without_a_word(
    tmp_path: Path, collects: str
) -> None:
    init(tmp_path, answers(collects), NOW)
    settings = yaml.safe_load((tmp_path / "site.yaml").read_text())
    assert settings["description"]
    assert len(settings["sections"]) >= 3
    assert settings["share"]["since"].isoformat() == "2026-11-24"
    schema, text = str(tmp_path / ".site.schema.json"), str(tmp_path / "site.yaml")
    assert CliRunner().invoke(check_jsonschema, ["--schemafile", schema, text]).exit_code == 0
    built = sitegen("build", "--strict", "--now", NOW, cwd=tmp_path)
    assert (built.returncode, built.stderr) == (0, "")


def test_the_schema_finds_what_the_reader_refuses(tmp_path: Path) -> None:
    init(tmp_path, answers(), NOW)
    path = tmp_path / "site.yaml"
    path.write_text(path.read_text() + "paginaton: 5\n")
    command = ["--schemafile", str(tmp_path / ".site.schema.json"), str(path)]
    assert CliRunner().invoke(check_jsonschema, command).exit_code == 1


def test_the_welcome_article_goes_with_the_first_import(tmp_path: Path) -> None:
    init(tmp_path, answers(), NOW)
    (tmp_path / "a.txt").write_text(CLIPPING)
    [welcome] = (tmp_path / "content").rglob("*ready.md")
    assert "removed" not in sitegen("import", "-n", "a.txt", cwd=tmp_path).stdout
    assert welcome.exists()
    done = sitegen("import", "a.txt", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "removed content/news/2026-11-24-this-digest-is-ready.md" in done.stdout
    assert not welcome.exists()


def test_a_welcome_article_that_was_edited_stays(tmp_path: Path) -> None:
    from sitegen.config.load import load_config

    init(tmp_path, answers(), NOW)
    config = load_config((tmp_path / "site.yaml").read_text())
    [welcome] = (tmp_path / "content").rglob("*ready.md")
    welcome.write_text(welcome.read_text() + "\nMy own line.\n")
    assert remove_welcome(tmp_path, config) == []
    assert welcome.exists()


def test_old_articles_get_no_share_card(tmp_path: Path) -> None:
    init(tmp_path, answers("archive"), NOW)
    for day, name in (("2026-11-23", "old"), ("2026-11-24", "new")):
        head = f"title: {name}\ndate: {day}T10:00:00+00:00\nauthors: [Ann Ames]"
        (tmp_path / f"content/news/{name}.md").write_text(f"---\n{head}\n---\n\nText.\n")
    assert sitegen("build", "--now", NOW, cwd=tmp_path).returncode == 0
    cards = {path.name.split(".")[0] for path in (tmp_path / "output").rglob("*.png")}
    assert "new" in cards
    assert "old" not in cards


def on_a_terminal(folder: Path, keys: str, *arguments: str) -> str:
    """What `sitegen init ARGUMENTS` shows on a terminal on which ``keys`` are typed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-m", "sitegen", "init", "d", *arguments])
    shown, end = b"", time.monotonic() + 60
    for line in keys.splitlines(keepends=True):
        os.write(terminal, line.encode())
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                data = os.read(terminal, 4096)
            except OSError:  # the other side has closed it
                break
            if not data:
                break
            shown += data
    os.waitpid(pid, 0)
    return shown.decode()


def test_a_terminal_is_asked_and_defaults_hold(tmp_path: Path) -> None:
    keys = "Salm Weekly\nhttps://salm.example/\n\nEurope/Lisbon\narchive\n"
    shown = on_a_terminal(tmp_path, keys)
    settings = yaml.safe_load((tmp_path / "d/site.yaml").read_text())
    assert settings["title"] == "Salm Weekly", shown
    assert settings["base_url"] == "https://salm.example/"
    assert settings["language"] == "en"
    assert settings["timezone"] == "Europe/Lisbon"
    assert "features" in settings["sections"]


def test_yes_asks_nothing(tmp_path: Path) -> None:
    shown = on_a_terminal(tmp_path, "", "--yes", "--timezone", "Asia/Tokyo")
    assert "Title" not in shown
    assert yaml.safe_load((tmp_path / "d/site.yaml").read_text())["timezone"] == "Asia/Tokyo"
