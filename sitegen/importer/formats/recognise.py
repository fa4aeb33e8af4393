"""Which reader of this package an input is for, where its content says more than `detect` looks
for."""

from __future__ import annotations

import re
import zipfile

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
_TABLES = (".csv", ".tsv", ".tab")


def is_named_table(name: str) -> bool:
    """Whether a file is called a table."""
    return name.lower().endswith(_TABLES)


def refined(kind: Kind, head: bytes, name: str) -> Kind:
    """``kind``, or the kind that the beginning of the input says more exactly."""
    start = head[: 64 * 1024]
    for given, real, sign in _SIGNS:
        if kind in given and sign.match(start):
            return real
    if kind in ("text", "html") and is_named_table(name) and is_table(decode_text(start)[0]):
        return "table"
    if kind == "text" and is_wire(start):
        return "wire"
    if kind == "text" and is_list_of_urls(head):
        return "urls"
    if kind == "json" and is_json_list(start):
        return "json-list"
    if kind == "text" and name.lower().endswith((".rst", ".rest")):
        return "markdown"
    if kind in ("mail", "text", "html") and name.lower().endswith((".mht", ".mhtml")):
        return "mhtml"
    return kind


def kind_of_zip(archive: zipfile.ZipFile) -> Kind:
    """What a zip archive is: a WACZ file (it has a list of its parts, and WARC files), a Word
    document, an OpenDocument text, an EPUB file, or an archive of files."""
    names = set(archive.namelist())
    if "datapackage.json" in names and any(
        name.startswith("archive/") and ".warc" in name for name in names
    ):
        return "wacz"
    if "word/document.xml" in names:
        return "docx"
    said = mimetype(archive)
    if said == "application/epub+zip" or "META-INF/container.xml" in names:
        return "epub"
    is_odt = said.startswith("application/vnd.oasis.opendocument.text")
    return "odt" if is_odt and "content.xml" in names else "zip"
