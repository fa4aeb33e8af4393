"""What an input is, by its content; a file's name is a hint only where content does not say."""

from __future__ import annotations

import codecs
import re

from sitegen.importer.charsets import guess, switched, wide
from sitegen.importer.model import Kind
from sitegen.importer.prolog import MAX_JUNK, Prolog, prolog
from sitegen.model.base import Struct

_LOOK = 4096
_CONTROLS = re.compile(b"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_LOOK_FOR_ROOT = 256 * 1024  # a comment of this length may precede the root
_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"BZh",
    b"7z\xbc\xaf",
    b"ID3",
    b"OggS",
    b"\x7fELF",
    b"MZ",
    b"Rar!",
    b"SQLite format 3",
    b"\xd0\xcf\x11\xe0",
    b"\x00\x00\x00 ftyp",
    b"wOF2",
    b"\xfd7zXZ",
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|meta|title|script|table"
    rb"|span|a)\b",
    re.I,
)
_ROOTS: dict[str, Kind] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "entry": "feed",
    "item": "feed",
    "opml": "opml",
    "newsitem": "newsml",
    "newsmessage": "newsml",
    "packageitem": "newsml",
    "nitf": "newsml",
}
_FIELD_OF_ITEM = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:title|link|description|guid|pubDate|summary|content)[\s>/]", re.I
)
# What programs and servers put before a document by mistake.
_COMPLAINT = re.compile(
    r"(?:<br ?/?>\s*)?(?:<b>)?(?:PHP )?(?:Warning|Notice|Deprecated|Fatal error|Parse error|Strict"
    r" Standards)(?:</b>)?:|HTTP/[\d.]+ \d{3}"
)
_WXR = re.compile(r"wordpress\.org/export/|<wp:wxr_version")
_ID_OF_NINJS = re.compile(rb'"(?:uri|guid)"\s*:')
_END_OF_HEAD = re.compile(rb"\n\}\s*\n")  # of one in JSON
_FENCES = (b"---\n", b"---\r\n", b"+++\n", b"+++\r\n")
_PAGES = (".html", ".htm", ".xhtml")
_FIELD_OF_MAIL = re.compile(rb"[A-Za-z][\w-]{0,60}: ")
_MBOX = re.compile(rb"From [^\r\n]{1,300}\r?\n(?:[A-Za-z][\w-]{0,60}:|>From )")
_HEAD = re.compile(
    rb"(?:<!--\s*|)\.\. [a-z_]{3,20}: |(?:[A-Z][A-Za-z_-]{2,20}: [^\r\n]{0,500}\r?\n(?:["
    rb" \t]+[^\r\n]+\r?\n)*){2}"
)
_HEADER = re.compile(
    rb"([A-Za-z][A-Za-z0-9-]{0,60}) ?:[^\r\n]{0,4000}\r?\n(?:[ \t][^\r\n]{0,4000}\r?\n){0,100}"
)
_OF_MAIL = frozenset(
    b"from to subject date cc received return-path delivered-to message-id mime-version"
    b" content-type".split()
)
_NINJS = re.compile(
    rb'"(?:version_?created|representationtype|body_?(?:html|xhtml|text)|bodies|headlines?|pubstatus)"\s*:',
    re.I,
)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I
)
_XML_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers do (WHATWG Encoding): these labels all mean windows-1252 and its siblings.
_LABELS = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "tis-620": "cp874",
}
_UNSAFE = frozenset(
    [
        "utf-7",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "mbcs",
        "oem",
        "unicode-escape",
        "raw-unicode-escape",
    ]
)


_OF_UTF8 = ("", "utf-8", "utf8")


def detect(data: bytes, name: str = "") -> Kind:
    """What ``data`` is.

    Text that shows no sign of markup is ``text``, whatever its name ends with.
    """
    head = data[:_LOOK]
    packed = _packed(head, len(data))
    if packed:
        return packed
    encoding = _encoding_by_shape(data)
    if encoding not in ("", "utf-8"):
        head = data[: _LOOK * 4].decode(encoding, "ignore").encode()
    elif _is_binary(data[:65536]):
        return "binary"
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    lower = name.lower()
    return _root(data, encoding) or _markup(text, lower) or _structured(text, data, lower) or "text"


def _packed(head: bytes, size: int) -> Kind | None:
    """The kind of what is not a text by its first bytes: nothing, an archive, an image …"""
    if not head.strip():
        return "empty"
    is_empty_zip = head.startswith(b"PK\x05\x06") and size < 100
    if is_empty_zip or head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    is_binary = head.startswith(_MAGIC) or head[4:8] == b"ftyp"
    return "binary" if is_binary else None


def _encoding_by_shape(data: bytes) -> str:
    """The encoding that a mark or the place of zeros shows, or an empty string."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    return marked or _wide(data) or wide(data)


def _markup(text: bytes, name: str) -> Kind | None:
    """The kind of what begins as a page or XML, or is called one and has a tag."""
    if not text.startswith(b"<"):
        is_page = name.endswith(_PAGES) and b"<" in text
        return "html" if is_page else None
    if _is_note(text, name, (".md", ".markdown", ".rst")):
        return "markdown"
    if _HTML.search(text):
        return "html"
    return "xml" if text.startswith(b"<?xml") else "text"


def _is_note(text: bytes, name: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a file is called Markdown by one of ``suffixes``, and begins with a head."""
    return name.endswith(suffixes) and _HEAD.match(text) is not None


def _structured(text: bytes, data: bytes, name: str) -> Kind | None:
    """The kind of a text with front matter, of JSON, of mail, and of a page without its
    beginning."""
    if _front_matter(text):
        return "markdown"
    if kind := _json_kind(text, data, name):
        return kind
    if _MBOX.match(text):
        return "mbox"
    if _is_mail(text) or _is_mail_by_name(text, name):
        return "mail"
    if _is_note(text, name, (".md", ".markdown", ".mkd")):
        return "markdown"
    return "html" if _has_tags(text) else None


def _is_mail_by_name(text: bytes, name: str) -> bool:
    """Whether a file is called a mail, and begins with a field."""
    return name.endswith(".eml") and _FIELD_OF_MAIL.match(text) is not None


def _has_tags(text: bytes) -> bool:
    """Whether a text has several tags that only HTML has."""
    return len(_HTML.findall(text)) >= 5 and b"</" in text


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text: they have zeros, but for a few strays in what is text
    otherwise."""
    zeros = data.count(0)
    return zeros > 3 + len(data) // 2000 or (
        zeros > 0 and len(_CONTROLS.findall(data)) > 2 * zeros + 3
    )


def _root(data: bytes, encoding: str) -> Kind | None:
    """The kind that the root element of an XML document names, whatever comments and complaints are
    before it."""
    head = data[:_LOOK_FOR_ROOT]
    if b"<" not in head[:MAX_JUNK] and not encoding:
        return None
    text = head.decode(encoding or "utf-8", "replace")
    begin = prolog(text)
    if begin is None or not _begins_feed(begin, text, len(head) == len(data)):
        return None
    is_wxr = begin.kind == "rss" and _WXR.search(text)
    return "wxr" if is_wxr else _ROOTS.get(begin.kind)


def _begins_feed(begin: Prolog, text: str, complete: bool) -> bool:
    """Whether a root element is one that is known: not what a page before it says, nor an item
    without fields."""
    if begin.kind not in _ROOTS or (begin.junk and not _is_junk(begin, text, complete)):
        return False
    is_piece = begin.kind in ("entry", "item", "channel")
    return not is_piece or bool(_FIELD_OF_ITEM.search(text, begin.start))


def _is_junk(begin: Prolog, text: str, complete: bool) -> bool:
    """Whether the text before a document is not an article that quotes it: it is a complaint of a
    program, or short with nothing behind the document."""
    if _COMPLAINT.match(begin.junk):
        return True
    if (
        begin.junk.startswith(("---", "+++", "{"))
        or _is_mail(begin.junk.encode())
        or _MBOX.match(begin.junk.encode())
    ):
        return False
    return len(begin.junk) < 1000 and (not complete or text.rstrip("\0 \t\r\n").endswith(">"))


def _is_mail(text: bytes) -> bool:
    """Whether a text begins with the header of a mail (RFC 5322): fields and nothing else, three of
    them those of mails."""
    known, at = set(), 0
    while match := _HEADER.match(text, at):
        known |= {match[1].lower()} & _OF_MAIL
        at = match.end()
    ended = at >= len(text) - 1 or text[at : at + 1] in (b"\n", b"\r")
    return len(known) >= 3 and (ended or at > 2000)


def _wide(data: bytes) -> str:
    """The encoding of XML in UTF-16 without a mark, or an empty string.

    Source: https://www.w3.org/TR/xml/#sec-guessing
    """
    return (
        {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(data[:2], "") if data[2:4] != b"\0\0" else ""
    )


def _json_kind(text: bytes, data: bytes, name: str) -> Kind | None:
    """The kind of a JSON document by its keys; front matter in JSON ends before the file does."""
    if not text.startswith((b"{", b"[")):
        return None
    if b"jsonfeed.org/version" in text:
        return "json-feed"
    if _is_ninjs(data):
        return "ninjs"
    if name.endswith((".json", ".jsonl", ".ndjson")):
        return "json"
    is_head = name.endswith((".md", ".markdown")) and _END_OF_HEAD.search(data[:100_000])
    return "markdown" if is_head else None


def _is_ninjs(data: bytes) -> bool:
    """Whether the beginning and the end of a JSON document have the keys of ninjs."""
    part = data if len(data) <= 200_000 else data[:200_000] + data[-20_000:]
    return bool(_NINJS.search(part) and _ID_OF_NINJS.search(part))


def _front_matter(text: bytes) -> bool:
    """Whether a text begins with front matter: a fence, and a key below it."""
    if not text.startswith(_FENCES):
        return False
    return bool(re.search(rb"^\s*[\"']?[\w-]{2,30}[\"']?\s*[:=]", text[4:600], re.M))


class Decoded(Struct, frozen=True):
    """A text, the charset that it was read by, and whether that was guessed, surely or not."""

    text: str
    charset: str
    guessed: bool = False
    sure: bool = True


def decode(data: bytes, *, page: bool = False) -> Decoded:
    """Bytes of any charset as text: byte order mark, then UTF-8 where the bytes are valid, then
    what a ``page`` declares, then a guess by the letters. Never raises.

    Bytes that form valid UTF-8 with letters outside ASCII are UTF-8 whatever a page claims: a
    wrong `charset` is far more common than such bytes by chance.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace").lstrip("\ufeff"), encoding)
    if encoding := _wide(data):
        return Decoded(data.decode(encoding, "replace"), encoding)
    if encoding := wide(data) or switched(data):
        return Decoded(data.decode(encoding, "replace"), encoding, guessed=True)
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    if (text := _utf8(data)) is not None:
        return Decoded(text, "utf-8")
    if page and (encoding := _declared(data)):
        return Decoded(data.decode(encoding, "replace"), encoding)
    if (text := _damaged_utf8(data)) is not None:
        return Decoded(text, "utf-8")
    found = guess(data)
    return Decoded(data.decode(found.charset, "replace"), found.charset, True, found.sure)


def decode_text(data: bytes) -> tuple[str, str]:
    """(text, encoding) of bytes of any charset, as `decode` reads them."""
    found = decode(data)
    return found.text, found.charset


def decode_html(data: bytes) -> tuple[str, str]:
    """(text, encoding) of a page or of XML, as `decode` reads them."""
    found = decode(data, page=True)
    return found.text, found.charset


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _damaged_utf8(data: bytes) -> str | None:
    """A text cut off in the middle of a character, or with a few bad bytes, is still UTF-8: only
    there do bytes beyond ASCII form whole characters again and again."""
    read = data.decode("utf-8", "replace")
    bad = read.count("\ufffd")
    beyond = [c for c in read[: 1 << 20] if c > "\x7f"]
    good = len(beyond) - beyond.count("\ufffd")
    is_cut = bad == 1 and read.endswith("\ufffd")
    return read if good and (is_cut or bad * 20 <= good) else None


def _declared(data: bytes) -> str:
    """The charset that a page names, where it is one of texts; empty for UTF-8, which its bytes are
    not."""
    match = _XML_CHARSET.search(data[:1024]) or _META_CHARSET.search(data[:8192])
    named = match[1].decode("ascii").lower() if match else ""
    label = _LABELS.get(named, named)
    return label if label not in _OF_UTF8 and _is_charset_of_texts(label) else ""


def _is_charset_of_texts(label: str) -> bool:
    """Whether a label names a charset that texts may safely be read in."""
    try:
        return label not in _UNSAFE and codecs.lookup(label)._is_text_encoding
    except (LookupError, ValueError):
        return False


def recode(data: bytes, charset: str) -> bytes:
    """``data`` as UTF-8, by the ``charset`` that came with it, unless it starts with a BOM or is
    valid UTF-8 already."""
    if not charset or data.startswith(tuple(mark for mark, _ in _BOMS)):
        return data
    try:
        data.decode("utf-8")
        if not re.search(rb"\x1b[$(]", data[:200_000]):  # ISO-2022-JP is plain ASCII to the eye
            return data
    except UnicodeDecodeError:
        pass
    label = _LABELS.get(charset.lower(), charset.lower())
    if not _is_charset_of_texts(label):
        return data
    try:
        return data.decode(label, "replace").encode("utf-8", "replace")
    except ValueError:
        return data
