"""What the desk remembers is what the files say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.desk.snapshot import Reader
from tests.conftest import SITE
from tests.desk.samples import put

NOW = "2026-11-24T12:00:00+01:00"


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "site.yaml").write_text(SITE + "editions: {kind: weekly}\n")
    put(tmp_path, 1)
    put(tmp_path, 2, folder="news")
    return Reader(tmp_path, lambda: NOW)


def test_what_has_not_changed_is_read_once(reader: Reader) -> None:
    assert reader.site() is reader.site()
    assert reader.inbox() is reader.inbox()
    assert reader.settings().local == "2026-11-24T12:00"


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda root: put(root, 3), lambda r: len(r.inbox().items) == 2),
        (lambda root: put(root, 1, "Other"), lambda r: r.inbox().items[0].title == "Other"),
        (lambda root: put(root, 3, folder="news"), lambda r: len(r.site().documents) == 2),
        (lambda root: put(root, 1, folder="news"), lambda r: not r.inbox().items),
        (
            lambda root: (root / "content/_dropped.txt").write_text(f"{'1' * 16} 2026-11-24\n"),
            lambda r: not r.inbox().items,
        ),
        (
            lambda root: (root / "site.yaml").write_text(SITE + "content: texts\n"),
            lambda r: r.site().documents == () and not r.inbox().items,
        ),
    ],
)
def test_a_change_is_seen(
    reader: Reader, change: Callable[[Path], object], seen: Callable[[Reader], bool]
) -> None:
    assert not seen(reader)
    change(reader.root)
    assert seen(reader)


def test_a_closed_edition_is_seen(reader: Reader) -> None:
    assert reader.settings().closed_keys == set()
    folder = reader.root / "content/editions"
    folder.mkdir()
    (folder / "2026-w48.yaml").write_text("number: 1\npublished: 2026-11-24\narticles: []\n")
    assert reader.settings().closed_keys == {"2026-w48"}
    assert reader.site().settings.closed_keys == {"2026-w48"}
