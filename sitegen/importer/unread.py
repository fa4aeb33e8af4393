"""Kinds of files that nothing here reads, by their content and name: what each is called, and what
a person can do instead."""

from __future__ import annotations

import re
import zipfile
import zlib

from sitegen.base.diagnostics import fail
from sitegen.model.base import Struct

_GZIP = b"\x1f\x8b"
_PIECE = 64 * 1024  # bytes that are unpacked at a time
_SAVE = "save it as HTML or plain text, and import that"
_COPY = "copy its text into a .txt file, and import that"
_UNPACK = "unpack it, and import the folder"


class Unread(Struct, frozen=True):
    """What a file is, with its article (`a PDF file`), and what to do with it."""

    what: str
    help: str = ""

    @property
    def reason(self) -> str:
        """Why it gives no article, as a sentence about the file."""
        return f"is {self.what}, which is not read" + (f": {self.help}" if self.help else "")


_SOUND, _FILM, _SOUND_OR_FILM = (
    Unread("a sound file"),
    Unread("a film file"),
    Unread("a sound or film file"),
)
_FONT, _PROGRAM = Unread("a font"), Unread("a program")
_OFFICE = Unread("a file of old Microsoft Office (Word, Excel or PowerPoint)", _SAVE)
_OUTLOOK = Unread("an Outlook mailbox", "export it as mbox")
_IMAGE = Unread("an image", "it is taken over where an article shows it")
_OF_RIFF = {b"WEBP": _IMAGE, b"WAVE": _SOUND}
_IMAGES_OF_FTYP = (b"avif", b"avis", b"heic", b"heix", b"mif1")
_MAGIC: tuple[tuple[bytes, Unread], ...] = (
    (b"%PDF", Unread("a PDF file", _COPY)),
    (b"{\\rtf", Unread("an RTF file (rich text)", _SAVE)),
    (b"%!PS", Unread("a PostScript file", _COPY)),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"BM", _IMAGE),
    (b"\0\0\1\0", _IMAGE),
    (b"8BPS", _IMAGE),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND_OR_FILM),
    (b"fLaC", _SOUND),
    (b"\xff\xfb", _SOUND),
    (b"\x1a\x45\xdf\xa3", _FILM),
    (b"BZh", Unread("a bzip2 archive", _UNPACK)),
    (b"7z\xbc\xaf", Unread("a 7z archive", _UNPACK)),
    (b"Rar!", Unread("a RAR archive", _UNPACK)),
    (b"\xfd7zXZ", Unread("an xz archive", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Unread("a Zstandard archive", _UNPACK)),
    (b"\x7fELF", _PROGRAM),
    (b"MZ", _PROGRAM),
    (b"SQLite format 3", Unread("an SQLite database")),
    (b"\xd0\xcf\x11\xe0", _OFFICE),
    (b"wOF", _FONT),
    (b"\0\1\0\0", _FONT),
    (b"OTTO", _FONT),
    (b"!BDN", _OUTLOOK),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", Unread("a OneNote section", _COPY)),
)
_KINDLE = Unread("a Kindle book", "convert it to EPUB, and import that")
_SUBTITLES = Unread("a file of subtitles", _COPY)
_TEXTS: tuple[tuple[re.Pattern[bytes], Unread], ...] = (
    (re.compile(rb"WEBVTT\b"), _SUBTITLES),
    (re.compile(rb"1\r?\n\d\d:\d\d:\d\d,\d{3} --> "), _SUBTITLES),
    (re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<svg\b", re.S), _IMAGE),
    (re.compile(rb"BEGIN:VCARD", re.I), Unread("an address book (vCard)")),
    (re.compile(rb"BEGIN:VCALENDAR", re.I), Unread("a calendar (iCalendar)")),
    (
        re.compile(rb"\s*(?:%[^\n]*\n\s*)*\\documentclass"),
        Unread("a LaTeX document", "convert it to Markdown or HTML first"),
    ),
)
_SUFFIXES: dict[str, Unread] = {
    **dict.fromkeys("jpg jpeg png gif webp avif svg ico bmp tif tiff heic psd".split(), _IMAGE),
    **dict.fromkeys("mp3 ogg oga wav flac m4a aac opus".split(), _SOUND),
    **dict.fromkeys("mp4 m4v webm mov avi mkv ogv".split(), _FILM),
    **dict.fromkeys(
        "css scss sass less js mjs cjs ts map".split(), Unread("a style sheet or script")
    ),
    **dict.fromkeys("woff woff2 ttf otf eot".split(), _FONT),
    **dict.fromkeys("yml yaml toml ini cfg conf lock".split(), Unread("a file of settings")),
    **dict.fromkeys("py rb php sh go java c h rs".split(), _PROGRAM),
}
_CONVERT = "convert it to Markdown first"
# Notations of texts by the suffixes of their files.
FOREIGN = {
    ".rst": Unread("reStructuredText", _CONVERT),
    ".org": Unread("Org mode", _CONVERT),
    ".adoc": Unread("AsciiDoc", _CONVERT),
    ".asciidoc": Unread("AsciiDoc", _CONVERT),
    ".ipynb": Unread("a notebook", _CONVERT),
    ".textile": Unread("Textile", _CONVERT),
    ".pug": Unread("Pug", _CONVERT),
    ".haml": Unread("Haml", _CONVERT),
    ".mdx": Unread("MDX", _CONVERT),
}
# Those that are taken for plain text, and what shows that a file is one: many are named after a
# host (`example.org`).
_SHOWN_BY = {
    ".org": re.compile(rb"\s*(?:#\+\w+:|\*+ )"),
    ".adoc": re.compile(rb"(?s).{0,2000}?^={1,5} \S", re.M),
    ".asciidoc": re.compile(rb"(?s).{0,2000}?^={1,5} \S", re.M),
    ".textile": re.compile(rb"(?s).{0,2000}?^h[1-6]\. \S", re.M),
    ".mdx": re.compile(rb"(?s).{0,20000}?(?:^(?:import|export) |<[A-Z]\w*[ />])", re.M),
}
_CONTAINERS: tuple[tuple[str, Unread], ...] = (
    ("word/", Unread("a Word document", _SAVE)),
    ("xl/", Unread("an Excel workbook", "save the texts as plain text")),
    ("ppt/", Unread("a PowerPoint presentation", _COPY)),
    ("Index/Document.iwa", Unread("a document of Pages, Numbers or Keynote", _SAVE)),
    ("META-INF/MANIFEST.MF", Unread("a Java archive")),
    ("AndroidManifest.xml", Unread("an Android package")),
)
_MIMETYPES: tuple[tuple[str, Unread], ...] = (
    ("application/epub+zip", Unread("an EPUB book without a package")),
    ("application/vnd.oasis.opendocument.text", Unread("an OpenDocument text (.odt)", _SAVE)),
    (
        "application/vnd.oasis.opendocument",
        Unread("an OpenDocument file (a table, a presentation or a drawing)", _SAVE),
    ),
)
_OF_A_MAIL_SERVER = re.compile(
    r"dovecot[\w.-]*|maildirsize|maildirfolder|courierimap\w*|subscriptions"
)
UNKNOWN = Unread("a file of an unknown kind")


def passed_over(name: str) -> Unread | None:
    """What a file in a folder is, if its name alone says that it is not an article."""
    if _OF_A_MAIL_SERVER.fullmatch(name.rpartition("/")[2]):
        return Unread("a file of a mail server")
    return (
        _SUFFIXES.get(name.rpartition(".")[2].lower()) if "." in name.rpartition("/")[2] else None
    )


def unread(data: bytes, name: str = "") -> Unread | None:
    """What ``data``, the beginning of a file, is, if it is of a kind that is not read; a zip
    archive is not looked into."""
    text = data.removeprefix(b"\xef\xbb\xbf")
    return _by_place(data) or _by_magic(data) or _by_beginning(text) or _by_suffix(text, data, name)


def _by_place(data: bytes) -> Unread | None:
    """What says its kind behind its first bytes."""
    if data[257:262] == b"ustar":
        return Unread("a tar archive", _UNPACK)
    if data[60:68] == b"BOOKMOBI":
        return _KINDLE
    if data[:4] == b"RIFF":
        return _OF_RIFF.get(data[8:12], _FILM)
    if data[4:8] == b"ftyp":
        return _IMAGE if data[8:12] in _IMAGES_OF_FTYP else _SOUND_OR_FILM
    return None


def _by_magic(data: bytes) -> Unread | None:
    """What says its kind in its first bytes."""
    kinds = (kind for magic, kind in _MAGIC if data.startswith(magic) and _is_binary(magic, data))
    return next(kinds, None)


def _by_beginning(text: bytes) -> Unread | None:
    """What begins as texts of its kind do."""
    return next((kind for pattern, kind in _TEXTS if pattern.match(text)), None)


def _by_suffix(text: bytes, data: bytes, name: str) -> Unread | None:
    """What its name says, and its text confirms."""
    suffix = f".{name.lower().rpartition('.')[2]}"
    if suffix in _SHOWN_BY and _SHOWN_BY[suffix].match(text):
        return FOREIGN[suffix]
    is_table = suffix in (".csv", ".tsv") and b"\0" not in data[:4096]
    return _table(text) if is_table else None


def _table(data: bytes) -> Unread:
    """A table without columns of known names, and what they are called."""
    first = data[:2000].split(b"\n", 1)[0].decode("utf-8", "replace").strip()[:200]
    return Unread(
        "a table (CSV)",
        "it has no column of headlines and one of texts or URLs by a name that is known: name"
        f" them, as in --map title=COLUMN --map text=COLUMN; its columns are `{first}`",
    )


def _is_binary(magic: bytes, data: bytes) -> bool:
    """Whether a short mark is more than the first letters of a text."""
    return len(magic) > 3 or b"\0" in data[:4096] or magic[0] > 0x7F


def mimetype(archive: zipfile.ZipFile) -> str:
    """What a zip archive says that it is, as OpenDocument and EPUB do; else an empty string."""
    if "mimetype" not in archive.NameToInfo:
        return ""
    try:
        return archive.open("mimetype").read(200).decode("ascii", "replace").strip()
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        OSError,
        RuntimeError,
        EOFError,
        zlib.error,
    ):
        return ""


def container(archive: zipfile.ZipFile) -> Unread | None:
    """What a zip archive is the form of: a document of an office program; None for one that only
    holds files."""
    kind = mimetype(archive)
    by_mimetype = (found for start, found in _MIMETYPES if kind.startswith(start))
    return next(by_mimetype, None) or _by_names(archive.namelist()[:10_000])


def _by_names(names: list[str]) -> Unread | None:
    """What an archive is by the names in it."""
    by_start = (found for start, found in _CONTAINERS if any(n.startswith(start) for n in names))
    return next(by_start, None)


def is_packed_warc(head: bytes) -> bool:
    """Whether a gzip file that begins with ``head`` holds a WARC file (ISO 28500)."""
    try:
        return zlib.decompressobj(31).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False


def gunzip(data: bytes, limit: int, shown: str) -> tuple[bytes, bool]:
    """(the bytes in a gzip file, whether it is complete).

    A file may have several members (RFC 1952, 2.2), whose bytes follow one another. Raises
    SitegenError where they are more than ``limit``, or damaged.
    """
    parts: list[bytes] = []
    size, complete, position = 0, False, 0
    while data.startswith(_GZIP, position):
        reader = zlib.decompressobj(31)
        complete = False
        while not reader.eof and position < len(data):
            # Piece by piece: `unused_data` is a copy of all that follows a member.
            piece = data[position : position + _PIECE]
            try:
                part = reader.decompress(piece, limit - size + 1)
            except zlib.error:
                if parts:
                    return b"".join(parts), False
                raise fail("import", "is a damaged gzip file", shown) from None
            parts.append(part)
            size += len(part)
            if size > limit:
                raise fail(
                    "too-large",
                    f"unpacks to more than {limit // 1048576} MiB",
                    shown,
                    help="unpack it, and import what is in it",
                )
            position += len(piece) - len(reader.unused_data)
        complete = reader.eof
    return b"".join(parts), complete
