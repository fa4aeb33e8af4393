"""No name, title or address steers the terminal of who runs a command, and JSON stays JSON."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitegen.base.diagnostics import problem
from sitegen.base.text import printable
from sitegen.cli.terminal import counted_levels
from tests.conftest import NOW, SITE, Digest

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
HEAD = "---\ntitle: {}\ndate: 2026-11-01\nauthors: [Ann Ames]\n---\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Übersicht – 概要 – سلام\u200f", "Übersicht – 概要 – سلام\u200f"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("\x9b2J", r"\x9b2J"),
        ("a\rb", r"a\x0db"),
        ("line\n\tline", "line\n\tline"),
        ("exe\u202egnp", r"exe\u202egnp"),
        ("caf\udce9", r"caf\xe9"),
        ("\ud800", r"\ud800"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
    ],
)
def test_what_steers_a_terminal_is_escaped_and_what_people_write_is_not(
    text: str, shown: str
) -> None:
    assert printable(text) == shown
    assert not STEERING.search(printable(text))


def test_a_line_break_in_a_name_makes_no_line_of_its_own() -> None:
    assert printable("a\nerror: b", keep="") == r"a\x0aerror: b"


@pytest.fixture
def hostile(digest: Digest) -> Digest:
    digest.write("content/world/e\x1b]0;owned\x07.md", "no front matter")
    digest.write(
        "content/world/c\x9b31m.md", HEAD.format('"T\\e[31m \\u202e"') + "[a](b\x9b.html)\n"
    )
    digest.write("content/world/n\nl\u202e.md", HEAD.format("Two"))
    digest.write("in/a\x1b[2J.txt", "x")
    digest.write("static/s\x1b.txt", "x")
    return digest


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--now", NOW],
        ["list", "--now", NOW],
        ["list", "--csv"],
        ["check"],
        ["explain", "\x1b[31m"],
        ["explain", "news"],
        ["import", "in", "--now", NOW],
        ["import", "\x1b.txt"],
        ["config", "\x1b"],
        ["list", "--since", "\x1b[3m"],
        ["\x1b[31m"],
        ["theme", "check", "\x9bm"],
        ["build", "--json", "--now", NOW],
        ["list", "--json"],
        ["check", "--json"],
        ["import", "in", "--json", "--now", NOW],
        ["explain", "--keep-going", "\u202ex"],
        ["edition", "close", "\x1b"],
    ],
)
def test_commands_escape_what_they_show(hostile: Digest, arguments: list[str]) -> None:
    done = hostile.run(*arguments, expect=None)
    assert not STEERING.search(done.stdout + done.stderr)
    assert "internal" not in done.stderr
    if "--json" in arguments:
        json.loads(done.stdout)


def test_json_gives_names_back_as_they_are(hostile: Digest) -> None:
    rows = json.loads(hostile.run("list", "--json", expect=None).stdout)
    assert "content/world/c\x9b31m.md" in [row["path"] for row in rows]


def test_every_word_of_a_command_goes_through_one_function() -> None:
    folder = Path(__file__).parent.parent.parent / "sitegen" / "cli"
    direct = {
        p.name: p.read_text("utf-8").count("click.echo(")
        for p in folder.glob("*.py")
        if p.name != "reference.py"
    }
    assert {name: count for name, count in direct.items() if count} == {"terminal.py": 5}


def test_a_terminal_that_lacks_a_letter_shows_its_number(digest: Digest) -> None:
    digest.article("a", "Zażółć")
    command = [sys.executable, "-m", "sitegen", "list", "--site", str(digest.root)]
    env = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, capture_output=True, encoding="latin-1", env=env, check=True)
    assert r"Za\u017c" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "content/world/caf\udce9.md",
        "content/caf\udce9/a.md",
        "content/authors/\udce9.md",
        "static/\udcff.txt",
        "theme/templates/\udce9.html",
        "theme/assets/\udce9.css",
        "content/world/p\udce9.jpg",
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [["build", "--now", NOW], ["check", "--now", NOW], ["list", "--now", NOW], ["check", "--json"]],
)
def test_a_name_that_is_not_utf_8_is_reported(
    digest: Digest, name: str, arguments: list[str]
) -> None:
    digest.article("a")
    digest.write(name, HEAD.format("C"))
    done = digest.run(*arguments, expect=None)
    said = done.stdout + done.stderr
    assert "internal" not in said
    if arguments[0] != "list" or (name.endswith(".md") and "authors" not in name):
        assert re.search(r"\\{1,2}x(e9|ff)", said)
        assert "file-name" in said


@pytest.mark.parametrize(
    "name",
    [
        "theme/templates/article.html",
        "theme/assets/custom.css",
        "theme/assets/icon.svg",
        "theme/locales/en.po",
        "themes/own/theme.yaml",
        "site.yaml",
        "plugins/mine.py",
        "content/authors/a.md",
    ],
)
def test_a_file_that_is_not_utf_8_is_named(digest: Digest, name: str) -> None:
    digest.article("a")
    theme = "theme: own\n" if name.startswith("themes") else ""
    plugins = "plugins: [mine]\n" if name.startswith("plugins") else ""
    digest.write("site.yaml", SITE + theme + plugins)
    digest.write(
        name, (SITE if name == "site.yaml" else "").encode() + "# Grün\n".encode("latin-1")
    )
    done = digest.build(expect=None)
    assert done.returncode in (1, 2)
    assert "internal" not in done.stderr
    assert name.removeprefix("themes/own/").removeprefix("theme/") in done.stderr
    assert "UTF-8" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--tag", "\udce9"],
        ["explain", "\udce9"],
        ["new", "caf\udce9"],
        ["import", "in"],
        ["import", "--url", "https://\udce9/", "in"],
        ["build", "--output", "o\udce9", "--now", NOW],
        ["clean", "-n", "--output", "o\udce9"],
        ["theme", "check", "\udce9"],
        ["config", "\udce9"],
        ["check", "\udce9"],
        ["build", "--base-url", "https://\udce9.example/"],
    ],
)
def test_arguments_that_are_not_utf_8_are_read_or_refused(
    digest: Digest, arguments: list[str]
) -> None:
    digest.write(
        "in/caf\udce9.md",
        HEAD.format("A")
        + "The clock above the bakery will keep running fast, the council decided.\n",
    )
    done = digest.run(*arguments, expect=None)
    assert "internal" not in done.stdout + done.stderr
    assert not STEERING.search(done.stdout + done.stderr)


def test_a_site_in_a_folder_whose_name_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "caf\udce9"
    folder.mkdir()
    done = Digest(folder).build(expect=2)
    assert r"caf\xe9" in done.stderr
    assert "not UTF-8" in done.stderr


def problems(*levels: str) -> list[Any]:
    return [problem("theme", "x", level=level) for level in levels]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        ((), "no problems"),
        (("error",), "1 error"),
        (("warning", "error", "warning"), "1 error, 2 warnings"),
        (("note",), "1 note"),
    ],
)
def test_problems_are_counted_by_level(levels: tuple[str, ...], text: str) -> None:
    assert counted_levels(problems(*levels)) == text
