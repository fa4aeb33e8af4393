"""An article is read again where its file or the settings differ, or the file may change unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.discover import Found
from sitegen.engine.articles import find_changes, fresh_articles, read_changes
from sitegen.engine.cache import Reading
from sitegen.engine.inputs import find_inputs
from sitegen.engine.parse_articles import has_settled
from tests.conftest import SITE, Digest
from tests.engine.in_process import loaded

FOUND = Found("a.md", 1, 2, 3)


@pytest.mark.parametrize(
    ("known", "fresh"),
    [
        ((1, 2, 3, 1, "s"), False),
        (None, True),
        ((9, 2, 3, 1, "s"), True),
        ((1, 9, 3, 1, "s"), True),
        ((1, 2, 9, 1, "s"), True),
        ((1, 2, 3, 0, "s"), True),
        ((1, 2, 3, 1, "t"), True),
    ],
)
def test_fresh_articles(known: Reading | None, fresh: bool) -> None:
    readings = {"a.md": known} if known else {}
    assert fresh_articles([FOUND], "s", readings) == [FOUND] * fresh


SECOND = 10**9


@pytest.mark.parametrize(
    ("modified", "changed", "settled"),
    [
        (0, 0, True),
        (99 * SECOND, 0, False),
        (0, 100 * SECOND, False),
        (97 * SECOND, 99 * SECOND, True),
    ],
)
def test_a_file_that_has_just_been_written_may_change_unseen(
    modified: int, changed: int, settled: bool
) -> None:
    assert has_settled(Found("a", 1, modified, changed), 100 * SECOND) is settled


@pytest.mark.parametrize(
    ("plugin", "title", "message"),
    [
        ("lambda d, h: (d, h + '<p>x')", "a", ""),
        ("lambda d, h: h", None, "gave back no document"),
        ("lambda d, h: 1 / 0", None, "plugin"),
    ],
)
def test_a_plugin_changes_articles_as_they_are_read(
    digest: Digest, plugin: str, title: str | None, message: str
) -> None:
    digest.write("site.yaml", SITE + "plugins: [own]\n")
    digest.write("plugins/own.py", f"transform_document = {plugin}\n")
    path = digest.article("a").relative_to(digest.root).as_posix()
    with loaded(digest.root) as context:
        changes = find_changes(context, find_inputs(context).sources)
        read_changes(context, changes)
        parsed = context.store.record(path)
        with context.store.texts({path}) as texts:
            html = texts(path)
    assert parsed
    assert (parsed.document.title if parsed.document else None) == title
    assert html.endswith("<p>x") is (title is not None)
    assert [p.code for p in parsed.diagnostics] == ["plugin"] * bool(message)
    assert all(message in p.message for p in parsed.diagnostics)


def test_an_article_that_cannot_be_read_is_a_problem(digest: Digest) -> None:
    path = digest.article("a")
    with loaded(digest.root) as context:
        changes = find_changes(context, find_inputs(context).sources)
        Path(path).unlink()
        read_changes(context, changes)
        (problem,) = context.store.problems()
        assert not list(context.store.outlines())
    assert problem.path == path.relative_to(digest.root).as_posix()
