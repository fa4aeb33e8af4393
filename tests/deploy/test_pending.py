"""Notifications that are still due."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.deploy.pending import read_pending, write_pending


def test_what_is_written_is_read_and_nothing_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "live.pending.json"
    write_pending(file, {"ping": ("b", "a", "b"), "purge": ()})
    assert read_pending(file) == {"ping": ("a", "b")}
    write_pending(file, {"ping": ()})
    assert not file.exists()
    write_pending(file, {})


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b'{"ping": 1}'])
def test_a_damaged_note_is_empty(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "note.json"
    file.write_bytes(data)
    assert read_pending(file) == {}
