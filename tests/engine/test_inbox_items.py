"""Items that are read in several processes are those that one reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.inbox import CACHE, WORTH_WRITING, read_inbox
from sitegen.engine.inbox_items import inbox_items
from sitegen.engine.workers import INLINE
from tests.desk.samples import config_of, put


@pytest.mark.slow
def test_many_files_are_read_by_several_processes(tmp_path: Path) -> None:
    text = put(tmp_path, 1).read_text()
    for number in range(INLINE):
        (tmp_path / f"content/_inbox/{number}.md").write_text(text.replace("1111", f"{number:04}"))
    found = inbox_items(tmp_path, config_of())
    assert len(found) == INLINE + 1
    (tmp_path / CACHE).unlink()
    assert read_inbox(tmp_path, config_of()) == found


def test_what_a_program_keeps_is_not_read_again(tmp_path: Path) -> None:
    for number in (1, 2):
        put(tmp_path, number)
    known = {item.path: item for item in inbox_items(tmp_path, config_of())}
    before = (tmp_path / CACHE).read_bytes()
    path = put(tmp_path, 1, "Another headline")
    put(tmp_path, 3)
    (tmp_path / "content/_inbox/2026-11-23-item-2.md").unlink()
    again = inbox_items(tmp_path, config_of(), known)
    assert [i.document.title for i in again if i.document] == ["Another headline", "Item 3"]
    assert path.name in again[0].path
    assert (tmp_path / CACHE).read_bytes() == before
    assert WORTH_WRITING > 2
