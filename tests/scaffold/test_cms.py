"""The editor in the browser: its settings agree with what sitegen reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.base.diagnostics import SitegenError
from sitegen.config.schema import LanguageConfig, SectionConfig, TaxonomyConfig
from sitegen.content.article import parse
from sitegen.content.frontmatter import KEYS
from sitegen.scaffold.cms import UNKNOWN, cms_settings, init_cms, repository
from tests.samples import config

SETTINGS = config(
    sections={"world": SectionConfig("World"), "öl": SectionConfig()},
    taxonomies={"places": TaxonomyConfig(title="Places"), "tags": TaxonomyConfig()},
    languages={"de": LanguageConfig()},
)
GITHUB = {"name": "github", "repo": "harbour/digest"}


def collections() -> dict[str, dict[str, Any]]:
    made = cms_settings(SETTINGS, GITHUB)
    return {one["name"]: one for one in made["collections"]}


def test_a_collection_for_each_section_and_for_pages() -> None:
    found = {name: (one["label"], one["folder"]) for name, one in collections().items()}
    assert found == {
        "world": ("World", "content/world"),
        "öl": ("öl", "content/öl"),
        "pages": ("Pages", "content/pages"),
    }


@pytest.mark.parametrize("name", ["world", "pages"])
def test_the_editor_knows_every_key_once(name: str) -> None:
    names = [field["name"] for field in collections()[name]["fields"]]
    assert len(names) == len(set(names))
    assert set(KEYS) <= set(names) <= {*KEYS, "body", "places"}


def test_what_the_editor_writes_is_read_without_a_word() -> None:
    values = {
        "string": "Text",
        "text": "Text",
        "datetime": "2026-11-24T10:00:00+01:00",
        "list": ["Ann Ames"],
        "hidden": None,
    }
    head: dict[str, Any] = {}
    for field in collections()["world"]["fields"]:
        value = values.get(field["widget"])
        if field["widget"] == "select":
            value = field["options"][-1]
        if field["widget"] == "object":
            urls = {"src": "x.jpg", "url": "https://a.example/x"}
            value = {part["name"]: urls.get(part["name"], "Words") for part in field["fields"]}
        if value and field["name"] not in ("body", "status"):
            head[field["name"]] = value
    text = f"---\n{yaml.safe_dump(head)}---\n\nWords.\n"
    result = parse(text.encode(), "content/world/a.md", SETTINGS)
    assert not [one.message for one in result.diagnostics if one.code != "image"]
    assert result.document and result.document.authors[0].name == "Ann Ames"
    assert result.document.terms == {"places": ("Ann Ames",)}


@pytest.mark.parametrize(
    ("url", "name", "repo"),
    [
        ("https://github.com/harbour/digest.git", "github", "harbour/digest"),
        ("git@github.com:harbour/digest.git", "github", "harbour/digest"),
        ("ssh://git@gitlab.com/press/harbour/digest", "gitlab", "press/harbour/digest"),
        ("https://someone@codeberg.org/harbour/digest/", "gitea", "harbour/digest"),
        ("https://git.example/harbour/digest.git", "github", UNKNOWN),
        ("https://github.com.evil.example/a/b", "github", UNKNOWN),
    ],
)
def test_the_repository_is_that_of_git(tmp_path: Path, url: str, name: str, repo: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text(f'[remote "origin"]\n\turl = {url}\n\tfetch = +x\n')
    assert repository(tmp_path).items() >= {"name": name, "repo": repo}.items()


def test_existing_files_stay_and_a_site_is_needed(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match=r"no site\.yaml"):
        init_cms(tmp_path)
    (tmp_path / "site.yaml").write_text(
        "title: T\nbase_url: https://t.example/\ntimezone: UTC\nsections: {world: {title: World}}\n"
    )
    (tmp_path / "static/admin").mkdir(parents=True)
    (tmp_path / "static/admin/index.html").write_text("mine")
    written, known = init_cms(tmp_path)
    assert [Path(path).name for path in written] == ["config.yml"]
    assert not known
    assert (tmp_path / "static/admin/index.html").read_text() == "mine"
    made = yaml.safe_load((tmp_path / "static/admin/config.yml").read_text())
    assert made["backend"]["repo"] == UNKNOWN
    assert init_cms(tmp_path) == ([], False)
