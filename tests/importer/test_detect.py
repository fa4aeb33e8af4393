"""What an input is, by its content."""

import pytest

from sitegen.importer.detect import decode, decode_html, decode_text, detect, recode
from sitegen.importer.model import Kind


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "", "empty"),
        (b" \n", "a.txt", "empty"),
        (b"PK\x03\x04", "", "zip"),
        (b"\x1f\x8b", "", "gzip"),
        (b"%PDF-1.7", "a.txt", "binary"),
        (b"\0\0\0\x18ftypmp42", "", "binary"),
        (b"\0" * 100, "", "binary"),
        (b"<rss><channel/></rss>", "a.html", "feed"),
        (b"<?xml version='1.0'?><!-- c --><feed/>", "", "feed"),
        (b"<?xml version='1.0'?><a:entry><a:title>T</a:title></a:entry>", "", "feed"),
        ("<rss/>".encode("utf-16"), "", "feed"),
        (b"Warning: x in y.php\n<?xml version='1.0'?><rss></rss>", "", "feed"),
        (b"<rss xmlns:wp='http://wordpress.org/export/1.2/'/>", "", "wxr"),
        (b"<opml/>", "", "opml"),
        (b"<nitf/>", "", "newsml"),
        (b"<?xml version='1.0'?><other/>", "", "xml"),
        (b"<item>a list of things", "", "text"),
        (b"<!doctype html><p>x", "a.txt", "html"),
        (b"plain text", "a.html", "text"),
        (b"plain <b", "a.html", "html"),
        (b"x <p>a</p> <p>b</p> <p>c</p> <div>d</div> <div>e</div>", "", "html"),
        (b"---\ntitle: x\n---\n", "", "markdown"),
        (b"---\nA line.\n", "", "text"),
        (b"Title: c\nDate: d\n\nx", "a.md", "markdown"),
        (b"<!-- .. title: c\n.. slug: d -->", "a.md", "markdown"),
        (b'{"version":"https://jsonfeed.org/version/1.1"}', "", "json-feed"),
        (b'{"uri":"a","versioncreated":"b","headline":"c"}', "", "ninjs"),
        (b'{"a":1}', "a.json", "json"),
        (b'{"a":1}', "", "text"),
        (b"From a@b Mon\nFrom: x\n", "", "mbox"),
        (b"From: a\nTo: b\nSubject: c\n\nx", "", "mail"),
        (b"Subject: c\n\nx", "a.eml", "mail"),
        (b"From: a\nTo: b\nas it is said\n\nx", "", "text"),
        (b"A heron waited.", "", "text"),
    ],
)
def test_kinds(data: bytes, name: str, kind: Kind) -> None:
    assert detect(data, name) == kind


@pytest.mark.parametrize(
    ("data", "page", "text", "charset"),
    [
        ("Fähre".encode(), False, "Fähre", "utf-8"),
        ("\ufeffFähre".encode(), False, "Fähre", "utf-8"),
        ("Fähre".encode("utf-16"), False, "Fähre", "utf-16"),
        (b"<meta charset=latin1>F\xe4hre", True, "<meta charset=latin1>Fähre", "windows-1252"),
        (b"<meta charset=utf-7>+AGE-", True, "<meta charset=utf-7>+AGE-", "utf-8"),
        (b"a\0b", False, "ab", "utf-8"),
    ],
)
def test_charsets(data: bytes, page: bool, text: str, charset: str) -> None:
    assert (decode_html if page else decode_text)(data) == (text, charset)


def test_a_text_that_is_cut_off_within_a_character_is_still_utf8() -> None:
    assert decode(("Fähre nach Nørsund " * 3).encode() + b"\xc3").charset == "utf-8"


def test_a_charset_beside_the_data_counts_unless_the_data_say_otherwise() -> None:
    assert recode(b"F\xe4hre", "latin1").decode() == "Fähre"
    assert recode("Fähre".encode(), "latin1").decode() == "Fähre"
    assert recode(b"F\xe4hre", "unknown-7") == b"F\xe4hre"
    assert recode(b"F\xe4hre", "") == b"F\xe4hre"
