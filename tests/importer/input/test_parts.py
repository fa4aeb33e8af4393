"""Parts of a large archive hold, together and in order, what it holds as one."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import pytest

from sitegen.importer.input.parts import LastArchive
from sitegen.importer.input.sources import PART, divided
from sitegen.importer.input.unit import Unit
from tests.importer.formats.test_web_archives import PAGE, RECORDS, record

MAILS = b"".join(
    b"From ann@salm.example Tue Nov 24 12:00:00 2026\nSubject: Report %d\n\nText.\n\n" % number
    for number in range(5)
)
PAGES = [
    record("response", f"https://a.example/{n}", "text/html; charset=utf-8", PAGE.encode())
    for n in range(7)
]


def parts_of(path: Path, kind: str, total: int) -> list[Unit]:
    whole = Unit("shown", "origin", kind, str(path))  # type: ignore[arg-type]
    return [msgspec.structs.replace(whole, part=(number, total)) for number in range(total)]


@pytest.mark.parametrize("total", [1, 2, 3, 9])
@pytest.mark.parametrize("packed", [False, True])
def test_each_page_of_a_web_archive_is_in_one_part(
    packed: bool, total: int, tmp_path: Path
) -> None:
    records = [*PAGES, *RECORDS]
    data = b"".join(map(gzip.compress, records)) if packed else b"".join(records)
    (tmp_path / "a.warc").write_bytes(data)
    archive = LastArchive()
    read = [archive.part(unit) for unit in parts_of(tmp_path / "a.warc", "warc", total)]
    units = [unit for inside, _ in read for unit in inside]
    pages = [unit for unit in units if unit.kind == "html"]
    assert [unit.url.rpartition("/")[2] for unit in pages] == [*"0123456", "one", "two"]
    assert [unit.shown for unit in pages] == [f"shown#{n}" for n in range(1, 10)]
    assert sum(unit.found is not None for unit in units) == 2  # what is skipped is reported once


def test_each_mail_is_in_one_part(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_bytes(MAILS)
    units = [
        unit
        for part in parts_of(tmp_path / "a.mbox", "mbox", 2)
        for unit in LastArchive().part(part)[0]
    ]
    assert [unit.shown for unit in units] == [f"shown#{n}" for n in range(1, 6)]
    assert b"Report 4" in units[4].data


def test_a_damaged_archive_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"nothing of the kind")
    read = [LastArchive().part(unit) for unit in parts_of(tmp_path / "a.warc", "warc", 3)]
    (unit,) = [unit for inside, _ in read for unit in inside]
    assert "cannot be read" in unit.reason


def test_an_archive_that_no_library_foresees_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes) -> None:
        raise AttributeError("'NoneType' object has no attribute 'get_header'")

    monkeypatch.setattr("sitegen.importer.formats.web_archives.read_warc", broken)
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0")
    (unit,), _ = LastArchive().part(parts_of(tmp_path / "a.warc", "warc", 1)[0])
    assert "is damaged" in unit.reason and "NoneType" not in unit.reason


def test_an_archive_that_is_gone_is_reported(tmp_path: Path) -> None:
    (unit,), problems = LastArchive().part(parts_of(tmp_path / "a.warc", "warc", 1)[0])
    assert unit.reason and problems


@pytest.mark.parametrize(
    ("kind", "head", "size", "expected"),
    [
        ("warc", b"WARC/1.0\r\n", PART + 1, "warc"),
        ("warc", b"WARC/1.0\r\n", PART, None),
        ("gzip", gzip.compress(b"WARC/1.1\r\n", mtime=0), PART + 1, "warc"),
        ("gzip", gzip.compress(b"some text", mtime=0), PART + 1, None),
        ("gzip", b"\x1f\x8bdamaged", PART + 1, None),
        ("mbox", b"From a", PART + 1, "mbox"),
        ("mbox", b"From a", 1 << 40, None),  # read mail by mail
        ("text", b"text", PART + 1, None),
    ],
)
def test_what_is_read_in_parts(kind: str, head: bytes, size: int, expected: str | None) -> None:
    assert divided(kind, head, size) == expected  # type: ignore[arg-type]
