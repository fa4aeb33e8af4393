"""Settings of other generators are read, and never run."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.importer.archives import InputFolder
from sitegen.importer.markdown.settings import assignments, settings_of, text_of


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
