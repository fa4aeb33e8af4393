"""The signature of a site's files changes with all but the articles."""

from __future__ import annotations

import pytest

from sitegen.engine.inputs import BuildInputs, find_inputs
from tests.conftest import SITE, Digest
from tests.engine.in_process import loaded


def inputs(digest: Digest, **options: object) -> BuildInputs:
    with loaded(digest.root, **options) as context:
        return find_inputs(context)


def test_files_by_kind(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "editions: {kind: weekly}\n")
    digest.article("a")
    digest.write("content/world/p.png", "p")
    digest.write("static/s.txt", "s")
    digest.write("content/editions/2026-w46.yaml", "number: 1\npublished: 2026-11-20\n")
    found = inputs(digest)
    assert [f.path for f in found.sources.articles] == ["content/world/a.md"]
    assert "content/world/p.png" in [f.path for f in found.sources.media]
    assert [f.path for f in found.static] == ["static/s.txt"]
    assert [f.path for f in found.closed] == ["content/editions/2026-w46.yaml"]


@pytest.mark.parametrize(
    ("name", "text", "changes"),
    [
        ("content/world/a.md", "---\ntitle: Other\ndate: 2026-11-01\n---\nOther", False),
        ("content/world/new.md", "", False),
        ("content/world/p.png", "pp", True),
        ("static/s.txt", "s", True),
        ("theme/templates/x.html", "x", True),
        ("theme/assets/x.css", "p{}", True),
        ("site.yaml", SITE + "description: D\n", True),
        ("content/authors/ann.md", "---\nname: Ann Ames\n---\nBio.", True),
        ("archetypes/x.md", "x", False),
    ],
)
def test_the_signature(digest: Digest, name: str, text: str, changes: bool) -> None:
    digest.article("a")
    before = inputs(digest).signature
    digest.write(name, text)
    assert (inputs(digest).signature != before) is changes
    assert inputs(digest, drafts=True).signature != inputs(digest).signature
