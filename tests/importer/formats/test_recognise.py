"""What the beginning of an input says of its kind."""

from __future__ import annotations

import io
import zipfile

import pytest

from sitegen.importer.formats.recognise import is_named_table, kind_of_zip, refined
from sitegen.importer.model import Kind


@pytest.mark.parametrize(
    ("kind", "head", "name", "refined_kind"),
    [
        ("text", b"WARC/1.0\r\n", "a", "warc"),
        ("html", b"<!DOCTYPE NETSCAPE-Bookmark-file-1>", "a.html", "bookmarks"),
        ("text", b"{\\rtf1 a}", "a", "rtf"),
        ("text", b"TY  - JOUR\n", "a", "ris"),
        ("json", b'{"db": [{"data": {"posts": []}}]}', "a", "ghost"),
        ("mail", b"AUTHOR: A\r\nTITLE: B\r\n-----\r\nBODY:\r\nx\r\n", "a", "movable-type"),
        ("text", b"TITLE: B\nSTATUS: Draft\n-----\nEXTENDED BODY:\nx\n", "a", "movable-type"),
        ("text", b"TITLE: B\n\n-----\nBODY:\nx\n", "a", "text"),
        ("json", b'[{"is_archived": 0}]', "a", "wallabag"),
        ("json", b'[{"title": "T", "issued": {}}]', "a", "csl"),
        ("json", b'[{"title": "T"}]', "a", "json"),
        ("text", b"title,url\nFerry,https://a.example/\n", "a.csv", "table"),
        ("html", b"Title;URL;Text\r\nFerry;x;<p>a</p><p>b</p>", "a.CSV", "table"),
        ("html", b"<p>title,url</p>\n<p>a</p>", "a.csv", "html"),
        ("text", b"title,date\nFerry,2026-11-02\n", "a.txt", "text"),
        ("text", b"Title\n=====\n", "a.rst", "markdown"),
        ("text", b"a", "a.mhtml", "mhtml"),
    ],
)
def test_a_kind_is_refined(kind: Kind, head: bytes, name: str, refined_kind: Kind) -> None:
    assert refined(kind, head, name) == refined_kind


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["a.md", "b.md"], "zip"),
        (["word/document.xml"], "docx"),
        (["datapackage.json", "archive/data.warc.gz"], "wacz"),
        (["datapackage.json"], "zip"),
        (["content.xml"], "zip"),
    ],
)
def test_what_a_zip_archive_is(names: list[str], kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(), "w") as archive:
        for name in names:
            archive.writestr(name, "x")
        assert kind_of_zip(archive) == kind


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("application/vnd.oasis.opendocument.text", "odt"),
        ("application/epub+zip", "epub"),
        ("text/plain", "zip"),
    ],
)
def test_an_archive_may_name_its_kind(kind: str, found: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", "x")
    with zipfile.ZipFile(out) as archive:
        assert kind_of_zip(archive) == found


def test_names_of_tables() -> None:
    assert is_named_table("A.TSV")
    assert not is_named_table("a.txt")
