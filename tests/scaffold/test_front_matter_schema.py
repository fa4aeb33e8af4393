"""The schema and the reader of front matter agree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sitegen.base.diagnostics import SitegenError
from sitegen.config.load import load_config
from sitegen.content.article import parse
from sitegen.content.authors import with_people
from sitegen.content.closed_editions import read_manifest
from sitegen.content.frontmatter import KEYS, SYNONYMS, decode, split
from sitegen.scaffold.front_matter_schema import (
    authors_schema,
    editions_schema,
    front_matter_schema,
)
from tests.conftest import SITE

ROOT = Path(__file__).parent.parent.parent
CASES = ROOT.parent / "shared/cases"
CONFIG = load_config(SITE)
VALID = Draft202012Validator(json.loads(front_matter_schema()))
# What only the reader can know: dates and URLs that do not exist, what another key or the name of
# the file says, and a comment within a value.
BEYOND = re.compile(
    r"impossible date|is missing|neither `authors`|unsafe|leaves|holds|not a language|ends before"
    r"|repeats|key or password|another host|entries|is `"
)


def complaints(text: str, path: str = "content/world/2026-11-01-a.md") -> list[str]:
    """What the reader says of the shape of the front matter of ``text``."""
    parsed = parse(text.encode(), path, CONFIG)
    codes = ("front-matter", "rights")
    return [d.message for d in parsed.diagnostics if d.code in codes]


def values(text: str) -> Any:
    return split(decode(text.encode(), "a.md"), "a.md")[0]


@pytest.mark.parametrize(
    ("line", "valid"),
    [
        ("dek: 1.10", True),
        ("dek: [a]", False),
        ("dek: {a: b}", False),
        ("date: 2026-11-24T07:30:00+00:00", True),
        ("lastmod: 2026-11-24", True),
        ("authors: Ann Lee", True),
        ("authors: [Ann Lee, {name: Bo, role: photo, org: Salm, url: 'https://b.example/'}]", True),
        ("authors: {name: Bo}", True),
        ("authors: [{role: photo}]", False),
        ("authors: [{name: Bo, mail: x}]", False),
        ("Byline: Ann Lee", True),
        ("tags: [a, b]", True),
        ("tags: a, b", True),
        ("tags: {a: b}", False),
        ("tags: [{a: b}]", False),
        ("keywords: [a]", True),
        ("status: Draft", True),
        ("status: hidden", False),
        ("on_expiry: excerpt", True),
        ("onExpiry: excerpt", True),
        ("on-expiry: gone", False),
        ("image: a.jpg", True),
        ("image: {src: a.jpg, alt: A}", True),
        ("image: {source: a.jpg}", False),
        ("cover: a.jpg", True),
        ("source: Salm Post", True),
        ("source: {name: Salm Post, link: x}", False),
        ("rights: excerpt", True),
        ("rights: exerpt", False),
        ("rights: CC BY 4.0", True),
        ("rights: {show: link, words: 80}", True),
        ("rights: {show: lnk}", False),
        ("rights: {words: 0}", False),
        ("rights: {shown: link}", False),
        ("license: mit", True),
        ("corrections: {date: 2026-11-24, text: A}", True),
        ("corrections: [{date: 2026-11-24}]", False),
        ("lead: true", True),
        ("lead: yes", False),
        ("weight: 3", True),
        ("weight: heavy", False),
        ("toc: true", True),
        ("toc: 3", False),
        ("extra: {a: [1, {b: 2}]}", True),
        ("draft: false", True),
        ("publishDate: 2026-11-24", True),
        ("PUBLISH-AT: 2026-11-24", True),
        ("subtitel: A", False),
        ("params: {a: 1}", True),
    ],
)
def test_each_value_is_judged_alike(line: str, valid: bool) -> None:
    head = "" if line.lower().startswith(("authors", "byline", "source")) else "authors: [A]\n"
    text = f"---\ntitle: T\n{head}{line}\n---\nText.\n"
    assert (complaints(text) == []) is valid, complaints(text)
    assert VALID.is_valid(values(text)) is valid


@pytest.mark.parametrize("head", ["", "dek: A", "titel: A"])
def test_a_title_is_required(head: str) -> None:
    assert not VALID.is_valid(yaml.safe_load(head or "{}"))
    for spelt in ("title", "Title", "headline"):
        assert VALID.is_valid({spelt: "A"})


def test_every_key_is_in_the_schema_and_it_is_the_same_each_time() -> None:
    schema = json.loads(front_matter_schema())
    assert set(KEYS) | set(SYNONYMS) <= set(schema["properties"])
    assert front_matter_schema() == front_matter_schema()
    for made in (front_matter_schema(), authors_schema(), editions_schema()):
        Draft202012Validator.check_schema(json.loads(made))


def corpus() -> Iterator[tuple[str, str]]:
    """All articles of the examples and of the cases, with a name for messages."""
    for path in sorted((ROOT / "examples").glob("*/content/**/*.md")):
        if "authors" not in path.parts:
            yield str(path), path.read_text("utf-8")
    for path in sorted(CASES.rglob("*.yaml")) if CASES.is_dir() else ():
        case = yaml.safe_load(path.read_text("utf-8"))
        for name, text in (case.get("files") or {}).items():
            if re.match(r"content/(?!authors/).*\.md$", name) and isinstance(text, str):
                yield f"{path.name} {name}", text


def test_the_schema_and_the_reader_agree_over_the_corpus() -> None:
    seen = 0
    for name, text in corpus():
        try:
            read = values(text)
        except SitegenError:
            continue
        seen += 1
        said = [one for one in complaints(text) if not BEYOND.search(one)]
        wrong = [error.message for error in VALID.iter_errors(read)]
        beyond = [one for one in complaints(text) if BEYOND.search(one)]
        assert bool(said) == bool(wrong) or (beyond and not said), (name, said, wrong)
    assert seen > 3


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("name: Ann Lee", True),
        ("name: Ann Lee\naliases: [A. Lee]\nurl: https://a.example/\nlinks: []", True),
        ("name: 3", False),
        ("aliases: [A]", False),
        ("name: Ann Lee\nmail: x", False),
        ("name: Ann Lee\naliases: A", False),
    ],
)
def test_authors_files_are_judged_alike(tmp_path: Path, text: str, valid: bool) -> None:
    path = tmp_path / "content/authors/ann.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"---\n{text}\n---\n")
    schema = Draft202012Validator(json.loads(authors_schema()))
    assert schema.is_valid(yaml.safe_load(text)) is valid
    if valid:
        assert "ann" in with_people(tmp_path, CONFIG).authors
        return
    with pytest.raises(SitegenError):
        with_people(tmp_path, CONFIG)


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("number: 1\npublished: '2026-11-24'\narticles: [a, 3]\ntitle: T\nlead: a", True),
        ("number: 1\npublished: '2026-11-24'", False),
        ("number: 0\npublished: '2026-11-24'\narticles: []", False),
        ("number: true\npublished: '2026-11-24'\narticles: []", False),
        ("number: 1\npublished: '2026-11-24'\narticles: a", False),
        ("number: 1\narticles: []", False),
        ("intro: Hello\narticles: [a, {article: b, comment: {text: c, by: d}}]", True),
        ("intro: {txt: a}", False),
        ("intr: a", False),
        ("articles: [{comment: a}]", False),
    ],
)
def test_closed_editions_are_judged_alike(text: str, valid: bool) -> None:
    schema = Draft202012Validator(json.loads(editions_schema()))
    assert schema.is_valid(yaml.safe_load(text)) is valid
    try:
        read_manifest(text.encode(), "content/editions/2026-11-24.yaml", CONFIG)
        assert valid
    except SitegenError:
        assert not valid
