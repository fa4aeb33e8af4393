"""The manifest names our files, and says where it cannot be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.engine.manifest import (
    manifest_mark,
    manifest_path,
    mark_of,
    read_manifest,
    write_manifest,
)


def test_names_come_back(tmp_path: Path) -> None:
    names = {"index.html", "a b/ü.html", "feed.xml"}
    write_manifest(tmp_path / "output", names)
    manifest = read_manifest(tmp_path / "output")
    assert (manifest.names, manifest.fault) == (names, "")
    assert manifest_path(tmp_path / "output") == tmp_path / ".output.sitegen-files"


def test_the_mark_is_that_of_the_names(tmp_path: Path) -> None:
    assert manifest_mark(tmp_path / "output") == ""
    write_manifest(tmp_path / "output", {"index.html", "feed.xml"})
    mark = manifest_mark(tmp_path / "output")
    assert mark == mark_of({"feed.xml", "index.html"}) != mark_of({"feed.xml"})


@pytest.mark.parametrize(
    ("data", "names", "fault"),
    [
        (None, set(), "is missing"),
        (b"", set(), "is empty"),
        (b"a\nb\n", {"a", "b"}, ""),
        (b"a\nb", {"a"}, "is damaged"),
        (b"b\na\n", {"a", "b"}, "is damaged"),
        (b"../x\na\n", {"a"}, "is damaged"),
        (b"/etc/passwd\n", set(), "is damaged"),
        (b"a\n\xff\n", {"a"}, "is damaged"),
    ],
)
def test_what_is_not_as_it_was_written_is_a_fault(
    tmp_path: Path, data: bytes | None, names: set[str], fault: str
) -> None:
    if data is not None:
        manifest_path(tmp_path / "o").write_bytes(data)
    manifest = read_manifest(tmp_path / "o")
    assert (set(manifest.names), manifest.fault) == (names, fault)
