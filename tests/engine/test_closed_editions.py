"""The records of closed editions in the cache."""

from __future__ import annotations

import pytest

from sitegen.engine import closed_editions as module
from sitegen.engine.closed_editions import closed_editions
from sitegen.engine.inputs import find_inputs
from tests.conftest import SITE, Digest
from tests.engine.in_process import loaded

RECORD = "number: {}\npublished: 2026-11-20\narticles: [content/world/a.md]\n"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many files each reading of the records has read."""
    counts: list[int] = []
    read_manifests = module.read_manifests

    def counted(root, files, config):
        counts.append(len(files))
        return read_manifests(root, files, config)

    monkeypatch.setattr(module, "read_manifests", counted)
    return counts


def number(site: Digest, **options: bool) -> int:
    with loaded(site.root, **options) as context:
        (edition,), problems = closed_editions(context, find_inputs(context).closed)
    assert problems == []
    return edition.number


@pytest.fixture
def site(digest: Digest) -> Digest:
    digest.write("site.yaml", SITE + "editions: {kind: weekly}\n")
    digest.write("content/editions/2026-w47.yaml", RECORD.format(7))
    return digest


def test_they_are_read_again_where_one_changes(site: Digest, reads: list[int]) -> None:
    assert number(site) == number(site) == 7
    assert reads == [1]
    site.write("content/editions/2026-w47.yaml", RECORD.format(8))
    assert number(site) == 8
    assert reads == [1, 1]


def test_they_are_always_read_by_a_build_that_verifies(site: Digest, reads: list[int]) -> None:
    assert number(site) == number(site, verify=True) == 7
    assert reads == [1, 1]
