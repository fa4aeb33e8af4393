"""Which reader of this package an input is for, where its content says more than `detect` looks
for."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable

from sitegen.importer.detect import decode_text
from sitegen.importer.formats.json_lists import is_json_list
from sitegen.importer.formats.reading_lists import is_list_of_urls
from sitegen.importer.formats.tables import is_table
from sitegen.importer.formats.wire import is_wire
from sitegen.importer.model import Kind
from sitegen.importer.unread import mimetype

_BIBTEX = re.compile(
    rb"(?i)(?:\s*%[^\n]*\n|\s)*@(?:comment|preamble|string\s*[{(][^\n]*=|\w{3,20}\s*\{[^\n]*,)"
)
# kind that `detect` gives, kind that it is, by what is in the beginning
_SIGNS: tuple[tuple[tuple[Kind, ...], Kind, re.Pattern[bytes]], ...] = (
    (("text", "html", "mail", "binary"), "warc", re.compile(rb"\s*WARC/[01]\.\d")),
    (
        ("json", "html", "text"),
        "har",
        re.compile(
            rb'(?s)\s*(?:\xef\xbb\xbf)?\{\s*"log"\s*:\s*\{.{0,2000}"(?:creator|entries|pages)"\s*:'
        ),
    ),
    (("binary", "xml"), "webarchive", re.compile(rb"(?s)(?:bplist00|<\?xml).*WebMainResource")),
    (
        ("mail", "text", "html"),
        "mhtml",
        re.compile(
            rb"(?is)(?=[\s\S]{0,4000}multipart/related)"
            rb"(?=[\s\S]{0,4000}(?:^|\n)(?:Snapshot-Content-Location:|From: <?Saved by ))"
        ),
    ),
    (("html", "text"), "bookmarks", re.compile(rb"(?i)\s*<!DOCTYPE NETSCAPE-Bookmark-file")),
    (("text", "markdown", "binary"), "rtf", re.compile(rb"\{\\rtf\d")),
    (
        ("html", "text"),
        "bookmarks",
        re.compile(rb"(?is)(?=.{0,2000}<title>(?:Pocket Export|Instapaper: Export)</title>)"),
    ),
    (
        ("xml", "html", "text"),
        "pinboard",
        re.compile(rb"(?s)\s*(?:<\?xml[^>]{0,200}\?>\s*)?<posts\b[^>]*>\s*<post\s[^>]*\bhref="),
    ),
    (
        ("xml", "html"),
        "fodt",
        re.compile(
            rb"(?s).{0,2000}<office:document\s[^>]*\bapplication/vnd\.oasis\.opendocument\.text\b"
        ),
    ),
    (("binary",), "pdf", re.compile(rb"%PDF-\d")),
    (("text", "markdown"), "bibtex", _BIBTEX),
    (
        ("text", "markdown", "mail", "html"),
        "movable-type",
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s{0,9}(?:[A-Z][A-Z ]{2,30}:[^\n]{0,2000}\n){1,40}"
            rb"-----[ \t]*\r?\n(?:EXTENDED )?(?:BODY|EXCERPT):"
        ),
    ),
    (("text", "markdown"), "ris", re.compile(rb"(?:\xef\xbb\xbf)?\s*TY  - [A-Z]+\s*\n")),
    (("json",), "outbox", re.compile(rb'(?s)\s*\{(?=.*"OrderedCollection).*"orderedItems"\s*:')),
    (
        ("json",),
        "tumblr",
        re.compile(rb'(?s)\s*\{(?=.*"posts"\s*:\s*\[).*"(?:blog_name|reblog_key)"\s*:'),
    ),
    (("json",), "ghost", re.compile(rb'(?s)\s*\{.{0,200}"(?:db|meta)"\s*:.*"posts"\s*:')),
    (("json",), "wallabag", re.compile(rb'(?s)\s*\[\s*\{.*"is_archived"\s*:')),
    (
        ("json",),
        "csl",
        re.compile(rb'(?s)\s*\[\s*\{(?=.*"title"\s*:).*"(?:container-title|issued)"\s*:'),
    ),
)
START = 64 * 1024  # bytes by which a kind is known
_TABLES = (".csv", ".tsv", ".tab")


def is_named_table(name: str) -> bool:
    """Whether a file is called a table."""
    return name.lower().endswith(_TABLES)


def _is_table(head: bytes, name: str) -> bool:
    return is_named_table(name) and is_table(decode_text(head[:START])[0])


def _is_wire(head: bytes, _: str) -> bool:
    return is_wire(head[:START])


def _is_list_of_urls(head: bytes, _: str) -> bool:
    return is_list_of_urls(head)


def _is_json_list(head: bytes, _: str) -> bool:
    return is_json_list(head[:START])


def _is_restructured(_: bytes, name: str) -> bool:
    return name.lower().endswith((".rst", ".rest"))


def _is_named_mhtml(_: bytes, name: str) -> bool:
    return name.lower().endswith((".mht", ".mhtml"))


# What no pattern shows: kinds, the kind that is among them, how its beginning or its name says so.
_TESTS: tuple[tuple[tuple[Kind, ...], Kind, Callable[[bytes, str], bool]], ...] = (
    (("text", "html"), "table", _is_table),
    (("text",), "wire", _is_wire),
    (("text",), "urls", _is_list_of_urls),
    (("json",), "json-list", _is_json_list),
    (("text",), "markdown", _is_restructured),
    (("mail", "text", "html"), "mhtml", _is_named_mhtml),
)


def refined(kind: Kind, head: bytes, name: str) -> Kind:
    """``kind``, or the kind that the beginning of the input says more exactly."""
    return _by_pattern(kind, head[:START]) or _by_test(kind, head, name) or kind


def _by_pattern(kind: Kind, start: bytes) -> Kind | None:
    for given, real, sign in _SIGNS:
        if kind in given and sign.match(start):
            return real
    return None


def _by_test(kind: Kind, head: bytes, name: str) -> Kind | None:
    for given, real, is_that in _TESTS:
        if kind in given and is_that(head, name):
            return real
    return None


def kind_of_zip(archive: zipfile.ZipFile) -> Kind:
    """What a zip archive is: a WACZ file (it has a list of its parts, and WARC files), a Word
    document, an OpenDocument text, an EPUB file, or an archive of files."""
    names = frozenset(archive.namelist())
    has_warc = any(map(_is_warc, names))
    if has_warc and "datapackage.json" in names:
        return "wacz"
    if "word/document.xml" in names:
        return "docx"
    said = mimetype(archive)
    if said == "application/epub+zip" or "META-INF/container.xml" in names:
        return "epub"
    is_odt = said.startswith("application/vnd.oasis.opendocument.text")
    return "odt" if is_odt and "content.xml" in names else "zip"


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and ".warc" in name
