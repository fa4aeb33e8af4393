"""Settings of other generators are read, and never run."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.importer.archives import InputFolder
from sitegen.importer.markdown.settings import (
    assignments,
    head_of,
    python_settings_of,
    settings_of,
    text_of,
)


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("a.toml", "title = 'Salm'", {"title": "Salm"}),
        ("a.yml", "title: Salm", {"title": "Salm"}),
        ("a.json", '{"title": "Salm"}', {"title": "Salm"}),
        ("a.json", "[1]", {}),
        ("a.toml", "title", {}),
        ("a.yml", "a: [", {}),
        ("missing.yml", None, {}),
    ],
)
def test_settings(tmp_path: Path, name: str, text: str | None, values: dict[str, str]) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    tree = InputFolder(tmp_path)
    assert settings_of(tree, name) == values
    assert text_of(tree, name) == (text or "")


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("TITLE = 'Salm'  # the name", {"TITLE": "Salm"}),
        ("POSTS = (\n  ('a', 'b'),\n)\n", {"POSTS": (("a", "b"),)}),
        ("HOME = open('/x').read()", {}),
        ("title = 'Salm'", {}),
    ],
)
def test_values_of_python_files(source: str, values: dict[str, object]) -> None:
    assert assignments(source) == values


@pytest.mark.parametrize(
    ("name", "text"),
    [("_config.yml", "a: ["), ("hugo.toml", "title ="), ("hugo.json", "{"), ("b.yml", "- a")],
)
def test_settings_that_cannot_be_read_are_noted(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    tree = InputFolder(tmp_path)
    assert settings_of(tree, name) == {}
    (note,) = tree.notes
    assert note.startswith(f"`{name}` cannot be read, and no setting of it is used: ")


def test_settings_that_are_computed_are_noted(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("AUTHOR = name()\nOTHER = name()\nTITLE = 'Salm'\n")
    tree = InputFolder(tmp_path)
    assert python_settings_of(tree, "conf.py", ["AUTHOR", "TITLE"]) == {"TITLE": "Salm"}
    assert tree.notes == ["`conf.py` computes `AUTHOR`, which is not read: nothing of it is run"]


def test_the_head_of_a_text_whose_lines_end_as_on_windows(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"---\r\ntitle: Salm\r\n---\r\nText.\r\n")
    head = head_of(InputFolder(tmp_path), "a.md")
    assert (head.values, head.body) == ({"title": "Salm"}, "Text.\n")
