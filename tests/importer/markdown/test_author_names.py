"""The names behind the keys of authors."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.importer.archives import InputFolder
from sitegen.importer.markdown.author_names import hidden_names, name_behind, names_of_authors

KNOWN = {"ann": "Ann Ames", "bo-beck": "Bo Beck"}


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("ann", "Ann Ames"),
        ("Ann", "Ann Ames"),
        ("Bo Beck", "Bo Beck"),
        ("content/authors/ann.md", "Ann Ames"),
        ("authors/bo-beck.json", "Bo Beck"),
        ("zed", ""),
        ("", ""),
    ],
)
def test_the_name_that_a_key_means(key: str, name: str) -> None:
    assert name_behind(key, KNOWN) == name


def test_the_files_that_say_who_authors_are(tmp_path: Path) -> None:
    texts = {
        "_data/authors.yml": "ann: {name: Ann Ames, username: aa}\n",
        "_authors/bo.md": "---\nname: Bo Beck\n---\n",
        "authors/dated.md": "---\nname: A name\ndate: 2026-11-26\n---\n",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    found = names_of_authors(InputFolder(tmp_path))
    assert found.by_key == {"ann": "Ann Ames", "aa": "Ann Ames", "bo": "Bo Beck"}
    assert found.files == {"_data/authors.yml", "_authors/bo.md"}


def test_the_hidden_file_of_a_blog(tmp_path: Path) -> None:
    (tmp_path / ".authors.yml").write_text("authors:\n  ann:\n    name: Ann Ames\n", "utf-8")
    tree = InputFolder(tmp_path)
    assert tree.names() == []
    assert hidden_names(tree, ".") == {"ann": "Ann Ames"}
    assert tree.hidden == set()
