"""Only articles whose files have changed are read; those that are gone are forgotten."""

from __future__ import annotations

import os

import pytest

from sitegen.engine.articles import find_changes, read_changes, read_documents
from sitegen.engine.inputs import find_inputs
from tests.conftest import Digest
from tests.engine.in_process import loaded

OLD = (1_700_000_000, 1_700_000_000)


def names(digest: Digest, **options: object) -> tuple[set, set, list]:
    """The articles that one process reads, those that are gone, and the titles it knows."""
    with loaded(digest.root, **options) as context:
        inputs = find_inputs(context)
        changes = find_changes(context, inputs.sources)
        read_changes(context, changes)
        documents = list(context.store.documents())
    fresh = {found.path.rpartition("/")[2] for found in changes.fresh}
    gone = {path.rpartition("/")[2] for path in changes.gone}
    return fresh, gone, [document.title for document in documents]


def test_changes(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.engine.parse_articles.TICK_NS", -(10**10))  # files are at rest
    for name in "ab":
        os.utime(digest.article(name), OLD)
    assert names(digest) == ({"a.md", "b.md"}, set(), ["a", "b"])
    assert names(digest) == (set(), set(), ["a", "b"])
    os.utime(digest.article("b", title="New"), (1_700_000_001, 1_700_000_001))
    assert names(digest) == ({"b.md"}, set(), ["a", "New"])
    (digest.root / "content/world/a.md").unlink()
    assert names(digest) == (set(), {"a.md"}, ["New"])
    assert names(digest, verify=True) == ({"b.md"}, set(), ["New"])


def test_every_article_that_can_be_read(digest: Digest) -> None:
    digest.article("a", more="status: draft\n")
    digest.write("content/world/b.md", "no front matter")
    config, documents, problems = read_documents(digest.root)
    assert config.title == "T"
    assert [document.title for document in documents] == ["a"]
    assert {problem.path for problem in problems} == {"content/world/b.md"}
