"""What a build says of its clock and of a site without articles."""

from __future__ import annotations

import msgspec
import pytest

from sitegen.base.dates import moment
from sitegen.config.schema import Config, SourceConfig
from sitegen.engine.notes import clock_notes, empty_site, private_feeds
from sitegen.engine.options import BuildOptions
from tests.conftest import NOW, Digest
from tests.engine.in_process import prepared


@pytest.mark.parametrize(
    ("now", "careful", "level"),
    [
        (NOW, True, ""),
        ("2026-11-24T11:30:00+00:00", True, ""),
        ("2026-11-24T11:30:00-05:00", False, ""),
        ("2026-11-24T10:59:00+00:00", False, "note"),
        ("2026-11-24T12:00:00+03:00", False, "note"),
        ("2020-01-01T00:00:00Z", True, "error"),
    ],
)
def test_a_clock_before_the_last_build_is_reported(
    digest: Digest, now: str, careful: bool, level: str
) -> None:
    state = msgspec.structs.replace(prepared(digest.root).state, now=moment(NOW))
    options = BuildOptions(str(digest.root), now, careful=careful)
    notes = clock_notes(state, options)
    assert [note.level for note in notes] == ([level] if level else [])
    assert all("2026-11-24T12:00:00+00:00" in note.message for note in notes)
    assert all(("--yes" in note.help) is careful for note in notes)
    assert clock_notes(None, options) == []


@pytest.mark.parametrize(("careful", "count"), [(True, 1), (False, 0)])
def test_a_careful_build_refuses_an_empty_site(careful: bool, count: int) -> None:
    config = Config(title="T", base_url="https://t.example", timezone="UTC")
    options = BuildOptions("/", NOW, careful=careful)
    problems = empty_site(0, config, options)
    assert [problem.level for problem in problems] == ["error"] * count


def test_a_private_feed_is_reported_without_its_key() -> None:
    source = SourceConfig("Post", feed="https://post.example/rss?token=0123456789abcdef")
    sources = {"post": source, "open": SourceConfig("Open", feed="https://open.example/rss")}
    config = Config(title="T", base_url="https://t.example", timezone="UTC", sources=sources)
    (note,) = private_feeds(config)
    assert (note.code, note.level) == ("private-feed", "note")
    assert "token" not in note.message + note.help
