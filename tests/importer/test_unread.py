"""Files that nothing here reads: each is named by its kind, none is published as rubbish, none is
passed over in silence."""

from __future__ import annotations

import gzip
import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.cli.import_ import summary
from sitegen.config.load import load_config
from sitegen.importer.model import ImportedItem, ImportOptions, ImportReport
from sitegen.importer.run import import_all
from sitegen.importer.unread import container, gunzip, passed_over, unread
from tests.importer.samples import opened

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
TEXT = (
    "The keel of the new pilot boat was laid on Sunday, and forty people came to watch it being"
    " laid."
)
NOTE = f"---\ntitle: Keel\ndate: 2026-11-15\nauthors: [Kim Lund]\n---\n{TEXT}\n"
FEED = (
    "<rss"
    f" version='2.0'><channel><title>F</title><item><title>Keel</title><description>{TEXT}</description></item></channel></rss>"  # noqa: E501
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "site.yaml").write_text(SITE)
    return site


def packed(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


KINDS = {
    "a.ps": (b"%!PS-Adobe-3.0\n", "a PostScript file"),
    "c.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Microsoft Office"),
    "d.docx": (packed(word__document_xml="<w/>", docProps__x="y"), "a Word document"),
    "e.odt": (
        packed(mimetype="application/vnd.oasis.opendocument.text", content_xml="<x/>"),
        "an OpenDocument text",
    ),
    "g.xlsx": (packed(xl__workbook_xml="<w/>", a__b="y"), "an Excel workbook"),
    "i.csv": (
        b"date,title,author\n2026-11-15,Keel,Kim Lund\n2026-11-16,Rudder,Max Nord\n",
        "a table (CSV)",
    ),
    "j.vcf": (b"BEGIN:VCARD\nFN:Kim Lund\nEND:VCARD\n", "an address book"),
    "k.ics": (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar"),
    "l.tar": (b"keel.md" + b"\0" * 250 + b"ustar\x0000" + b"\0" * 300, "a tar archive"),
    "m.7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 60, "a 7z archive"),
    "n.rar": (b"Rar!\x1a\x07\x00" + b"\0" * 60, "a RAR archive"),
    "o.xz": (b"\xfd7zXZ\x00" + b"\0" * 60, "an xz archive"),
    "p.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 60, "an image"),
    "q.m4b": (b"\0\0\0\x18ftypM4A " + b"\0" * 60, "a sound or film file"),
    "r.tex": (
        b"% a comment\n\\documentclass{article}\n\\begin{document}Keel\\end{document}\n",
        "a LaTeX document",
    ),
    "s.dat": (bytes(range(256)) * 4, "a file of an unknown kind"),
}


def bring(root: Path, files: dict[str, bytes], *names: str) -> ImportReport:
    folder = root.parent / "in"
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return import_all(
        root,
        load_config(SITE, "site.yaml"),
        [str(folder / n) for n in names] or [str(folder)],
        ImportOptions(),
    )


@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_is_named_is_quarantined_with_its_kind(root: Path, name: str) -> None:
    report = bring(root, {name: KINDS[name][0]}, name)
    assert [i.outcome for i in report.items] == ["quarantined"]
    assert KINDS[name][1] in report.items[0].reason
    assert [p.parent.name for p in (root / "content").rglob("*.md")] == ["_quarantine"]


def test_in_a_folder_each_is_skipped_with_its_name_and_kind(root: Path) -> None:
    others = {"keel.md": NOTE.encode(), "x/style.css": b"a{}", "x/p.jpg": b"\xff\xd8\xff"}
    report = bring(root, {n: d for n, (d, _) in KINDS.items()} | others)
    skipped = {i.title: i.reason for i in report.items if i.outcome == "skipped"}
    known = set(KINDS) - {"s.dat"}
    assert set(skipped) == known | {"x/style.css", "x/p.jpg"}
    assert all(KINDS[n][1] in skipped[n] for n in known)
    assert [i.outcome for i in report.items if i.title not in skipped] == ["created", "quarantined"]


def test_in_a_zip_archive_as_well(root: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("a.ps", "d.docx", "i.csv"):
            archive.writestr(f"box/{name}", KINDS[name][0])
        archive.writestr("box/keel.md", NOTE)
        archive.writestr("box/inner.zip", packed(a__b="x"))
    report = bring(root, {"box.zip": out.getvalue()}, "box.zip")
    assert sorted(i.title for i in report.items if i.outcome == "skipped") == [
        "a.ps",
        "d.docx",
        "i.csv",
    ]
    assert [i.reason for i in report.items if i.outcome == "failed"] == [
        "is an archive within another one, which is not read"
    ]


def test_a_compressed_feed_is_read_and_one_that_is_cut_off_is_reported(root: Path) -> None:
    report = bring(root, {"feed.xml.gz": gzip.compress(FEED.encode())}, "feed.xml.gz")
    assert [i.title for i in report.items] == ["Keel"]
    report = bring(root, {"cut.xml.gz": gzip.compress(FEED.encode())[:-12]}, "cut.xml.gz")
    assert any("ends in the middle of the gzip file" in d.message for d in report.diagnostics)
    report = bring(root, {"bad.gz": b"\x1f\x8bnothing"}, "bad.gz")
    assert [(i.outcome, i.reason) for i in report.items] == [("failed", "is a damaged gzip file")]
    report = bring(root, {"bomb.gz": gzip.compress(gzip.compress(b"\0" * 10_000_000))}, "bomb.gz")
    assert report.items[0].outcome == "failed"


@pytest.mark.parametrize(
    ("items", "line"),
    [
        ([], "nothing to import"),
        ([("created", "", ())], "1 imported: 1 published"),
        (
            [
                ("created", "", ()),
                ("updated", "draft", ("no date",)),
                ("created", "draft", ("no date", "no author")),
                ("failed", "", ()),
            ],
            "3 imported (1 updated): 1 published, 2 drafts (no date: 2, no author: 1), 1 failed",
        ),
        (
            [
                ("created", "scheduled", ()),
                ("created", "withheld", ()),
                ("kept", "", ()),
                ("skipped", "", ()),
            ],
            "2 imported: 1 scheduled, 1 withheld, 1 kept, 1 skipped",
        ),
        ([("quarantined", "", ()), ("unchanged", "", ())], "1 unchanged, 1 quarantined"),
    ],
)
def test_the_sum_counts_every_input_once(
    items: list[tuple[str, str, tuple[str, ...]]], line: str
) -> None:
    made = tuple(
        ImportedItem("x", outcome, status=status, lacking=lacking)
        for outcome, status, lacking in items
    )  # type: ignore[arg-type]
    assert summary(ImportReport(made, ())) == line


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"\x89PNG\r\n", "", "an image"),
        (b"RIFF0000WEBP", "", "an image"),
        (b"RIFF0000WAVE", "", "a sound file"),
        (b"\0\0\0\0ftypavif", "", "an image"),
        (b"MZ\0\0", "", "a program"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nx", "", "a file of subtitles"),
        (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nx", "", "a file of subtitles"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', "", "an image"),
        (b"0" * 60 + b"BOOKMOBI", "", "a Kindle book"),
        (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "", "a OneNote section"),
        (b"BEGIN:VCARD", "", "an address book (vCard)"),
        (b"\xef\xbb\xbf% x\n\\documentclass{a}", "", "a LaTeX document"),
        (b"a,b\n1,2", "x.CSV", "a table (CSV)"),
        (b"0" * 257 + b"ustar", "", "a tar archive"),
        (b"#+TITLE: A\n\nText", "a.org", "Org mode"),
        (b'---\ntitle: A\n---\nimport X from "x"\n', "a.mdx", "MDX"),
        (b"---\ntitle: A\n---\nText.\n\n<Note kind=1>b</Note>\n", "a.mdx", "MDX"),
        (b"---\ntitle: A\n---\nText, imported.\n", "a.mdx", ""),
        (b"A heron waited at example.org.", "www.example.org", ""),
        (b":toc:\n\n= A\n\nText", "a.adoc", "AsciiDoc"),
        (b"h1. A\n\nText", "a.textile", "Textile"),
        (b"MZ is how a text may begin", "", ""),
        (b"BMW opens a quay", "", ""),
        (b"A heron waited.", "a.txt", ""),
    ],
)
def test_kinds_that_are_not_read(data: bytes, name: str, what: str) -> None:
    found = unread(data, name)
    assert (found.what if found else "") == what


@pytest.mark.parametrize(
    ("name", "skipped"),
    [
        ("a.css", True),
        ("b/photo.JPG", True),
        ("dovecot.index", True),
        ("README", False),
        ("a.txt", False),
        ("a.css/b", False),
    ],
)
def test_names_that_say_enough(name: str, skipped: bool) -> None:
    assert bool(passed_over(name)) is skipped


def test_what_a_zip_archive_is_the_form_of() -> None:
    word = container(opened(packed(**{"word/document.xml": "x"})))
    book = container(opened(packed(mimetype="application/epub+zip")))
    assert word is not None and word.what == "a Word document"
    assert book is not None and book.what == "an EPUB book without a package"
    assert container(opened(packed(**{"a.txt": "x"}))) is None


def test_gzip_files_are_bounded_and_may_be_cut_off() -> None:
    data = gzip.compress(b"one") + gzip.compress(b"two")
    assert gunzip(data, 100, "a.gz") == (b"onetwo", True)
    assert gunzip(data[:-10], 100, "a.gz")[1] is False

    for bad, message in (
        (gzip.compress(b"x" * 1000), "unpacks to more"),
        (b"\x1f\x8b" + b"x" * 50, "damaged"),
    ):
        with pytest.raises(SitegenError, match=message):
            gunzip(bad, 100, "a.gz")


def test_many_members_of_a_gzip_file_cost_what_their_bytes_cost() -> None:
    """Web archives pack each record alone."""
    member = gzip.compress(os.urandom(2_000))
    costs = []
    for members in (2_000, 8_000):
        began = time.process_time()
        assert len(gunzip(member * members, 1 << 30, "a.gz")[0]) == 2_000 * members
        costs.append(time.process_time() - began)
    assert costs[1] < 12 * costs[0]
