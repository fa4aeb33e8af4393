"""Twice the input costs about twice the work, whatever its form.

Work is the number of calls, of Python and of libraries: it is the same on any machine, however
busy. What libraries do within a call is bounded by `test_hostile_formats`.
"""

from __future__ import annotations

import cProfile
import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.importer.model import ImportOptions
from sitegen.importer.run import import_all
from tests.importer.generate.articles import Article, make_articles
from tests.importer.test_generated import KINDS, SITE, Kind

SMALL = 4  # articles of a file, or times that the text of one has its paragraphs
MOST = 2.3  # times the work of half the input; what all inputs cost is in both


def articles_of(kind: Kind, size: int) -> Sequence[Article]:
    """``size`` articles where a file may hold several, else one of that length."""
    if kind.most > 1:
        return make_articles(1, size, "en")
    [one] = make_articles(1, 1, "en")
    numbered = (f"{p} So it was, {n} times." for n in range(size) for p in one.paragraphs)
    return [dataclasses.replace(one, paragraphs=tuple(numbered))]


def work(root: Path, kind: Kind, size: int) -> int:
    """The calls that an import of a file makes."""
    path = root / f"in{kind.suffix}"
    path.write_bytes(kind.make(articles_of(kind, size)))
    config = load_config(SITE, "site.yaml")
    profile = cProfile.Profile()
    profile.enable()
    import_all(root, config, [str(path)], ImportOptions(dry_run=True))
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("name", KINDS)
def test_twice_the_input_is_twice_the_work(tmp_path: Path, name: str) -> None:
    (tmp_path / "content").mkdir()
    kind = KINDS[name]
    work(tmp_path, kind, 1)  # what is loaded once
    half, whole = work(tmp_path, kind, SMALL), work(tmp_path, kind, 2 * SMALL)
    assert whole <= MOST * half, f"{whole / half:.2f} times the calls"
