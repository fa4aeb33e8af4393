"""Values that generators give to all texts of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitegen.importer.archives import InputFolder
from sitegen.importer.markdown.generators import recognise
from sitegen.importer.markdown.given import Given, is_eleventy_data, values_for

JEKYLL = """\
defaults:
- {scope: {path: "", type: posts}, values: {author: Bo Beck, layout: post, title: no}}
- {scope: {path: yard, type: posts}, values: {author: Ann Ames}}
- {scope: {path: "about"}, values: {lang: da}}
- nothing
"""
HUGO = "baseURL = 'https://a.example/'\n[cascade]\nauthor = 'Bo Beck'\n"
SECTION = "---\ntitle: Yard\ncascade: {authors: [Ann Ames], params: {license: CC0}}\n---\n"
TARGETS = """\
baseURL: https://a.example/
cascade:
- {_target: {path: /yard/**}, params: {author: Ann Ames}}
- {_target: {path: /**, kind: section}, author: Nobody}
"""
ELEVENTY = {
    "eleventy.config.js": "",
    "posts/posts.json": '{"author": "Bo Beck", "lang": "da", "permalink": "/x/"}',
    "posts/posts.11tydata.json": '{"author": "Ann Ames"}',
}


@pytest.mark.parametrize(
    ("files", "name", "values"),
    [
        ({"_config.yml": JEKYLL}, "_posts/a.md", {"author": "Bo Beck"}),
        ({"_config.yml": JEKYLL}, "yard/_posts/a.md", {"author": "Ann Ames"}),
        ({"_config.yml": JEKYLL}, "about/a.md", {"lang": "da"}),
        ({"_config.yml": JEKYLL}, "a.md", {}),
        ({"hugo.toml": HUGO, "content/a.md": ""}, "content/a.md", {"author": "Bo Beck"}),
        (
            {"hugo.toml": HUGO, "content/yard/_index.md": SECTION},
            "content/yard/a.md",
            {"author": "Bo Beck", "authors": ["Ann Ames"], "license": "CC0"},
        ),
        ({"hugo.yaml": TARGETS, "content/a.md": ""}, "content/a.md", {}),
        (
            {"hugo.yaml": TARGETS, "content/a.md": ""},
            "content/yard/a.md",
            {"author": "Ann Ames"},
        ),
        (ELEVENTY, "posts/deep/a.md", {"author": "Ann Ames", "lang": "da"}),
        (ELEVENTY, "pages/a.md", {}),
        (
            ELEVENTY | {"posts/clock.11tydata.json": '{"title": "The clock", "lang": "en"}'},
            "posts/clock.md",
            {"author": "Ann Ames", "lang": "en", "title": "The clock"},
        ),
        (
            {"pelicanconf.py": "DEFAULT_METADATA = {'author': 'Bo Beck', 'mood': 'x'}"},
            "content/a.md",
            {"author": "Bo Beck"},
        ),
    ],
)
def test_what_a_text_is_given(
    tmp_path: Path, files: dict[str, str], name: str, values: dict[str, Any]
) -> None:
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    assert values_for(recognise(InputFolder(tmp_path)).given, name, {}) == values


def test_what_a_text_writes_is_stronger_in_any_spelling() -> None:
    given = [Given("*", {"author": "Bo Beck", "tags": ["a"]})]
    written = {"Authors": ["Ann Ames"]}
    assert values_for(given, "a.md", written) == {"Authors": ["Ann Ames"], "tags": ["a"]}


@pytest.mark.parametrize(
    ("name", "is_data"),
    [
        ("posts/posts.json", True),
        ("a/posts/posts.11tydata.json", True),
        ("posts/other.json", False),
        ("posts.json", False),
    ],
)
def test_data_files_of_eleventy(name: str, is_data: bool) -> None:
    assert is_eleventy_data(name) == is_data
