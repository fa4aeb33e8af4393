"""Pages in web archives: WARC, WACZ, MHTML and Safari's .webarchive, each with its URL and images.

WARC: ISO 28500 (https://iipc.github.io/warc-specifications/), read by warcio. WACZ: a zip of WARC
files with a list of pages (https://specs.webrecorder.net/wacz/). MHTML: RFC 2557.
"""

from __future__ import annotations

import json
import plistlib
import re
import zipfile
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from typing import Any

from sitegen.base.text import digest
from sitegen.importer.detect import recode
from sitegen.importer.fields.values import read_moment
from sitegen.importer.html.embedded import SCHEME
from sitegen.importer.limits import others_left_out
from sitegen.importer.model import Note, Skipped
from sitegen.importer.unread import gunzip
from sitegen.model.base import Struct

MAX_PAGES = 20_000
MAX_IMAGES = 256 * 1024 * 1024  # bytes of images that are kept for the pages of one archive
MAX_LINE = 16 * 1024 * 1024  # in a WARC file
MAX_RECORD = 32 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
_PAGE = re.compile(r"text/html|application/xhtml\+xml", re.I)
_IMAGE = re.compile(r"image/", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.I)


class ArchivedPage(Struct, frozen=True):
    """One page of an archive: its bytes in UTF-8 where its charset was given, when it was captured
    (ISO 8601, or empty), and the images that came along, by URL."""

    url: str
    data: bytes
    captured: str = ""
    images: dict[str, bytes] = {}


class Captures(Struct, frozen=True):
    """The pages of an archive, what of it is not read, and what there is to report."""

    pages: tuple[ArchivedPage, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Note, ...] = ()


def read_mhtml(data: bytes) -> Captures:
    """The page of an MHTML file, as Chrome, Edge and Internet Explorer save it."""
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n "), policy=policy.default)
    assert isinstance(message, EmailMessage)
    pages: list[tuple[str, bytes]] = []
    images: dict[str, bytes] = {}
    beside: dict[str, str] = {}  # what the page calls an image that has no URL of the web
    for part in message.walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        place = str(part.get("Content-Location", "")).strip()
        kind = part.get_content_type()
        if _PAGE.match(kind):
            pages.append((place, recode(content, part.get_content_charset() or "")))
        elif _IMAGE.match(kind):
            url = place if _web(place) else f"{SCHEME}{digest(content)[:12]}"
            images[url] = content
            mark = str(part.get("Content-ID", "")).strip("<> ")
            beside |= dict.fromkeys(_names_of(place, mark), url)
    if not pages:
        return Captures()
    place, page = pages[0]
    page = _with_urls(page, {name: url for name, url in beside.items() if name != url})
    url = str(message.get("Snapshot-Content-Location", "")).strip() or place
    saved = read_moment(str(message.get("Date", "")), "UTC")
    frames = tuple(Skipped(where or "a frame", "a frame within the page") for where, _ in pages[1:])
    return Captures((ArchivedPage(_web(url), page, saved, _bounded(images)),), frames)


def _names_of(place: str, mark: str) -> Iterator[str]:
    """What a page may call an image: its id, its place, and of a file its path from the page's
    folder on."""
    if mark:
        yield f"cid:{mark}"
    if not place or _web(place):
        return
    yield place
    parts = place.replace("\\", "/").split("/")
    for count in (2, 1):
        if len(parts) > count:
            yield "/".join(parts[-count:])


def _with_urls(page: bytes, names: dict[str, str]) -> bytes:
    """``page`` with URLs in the place of the names of images."""
    for name, url in names.items():
        for quote in (b'"', b"'"):
            for before in (b"", b"./"):
                old = quote + before + name.encode() + quote
                page = page.replace(old, quote + url.encode() + quote)
    return page


def read_webarchive(data: bytes) -> Captures:
    """The page of a .webarchive, a property list. Raises ValueError for one that is damaged."""
    try:
        values = plistlib.loads(data)
    except Exception as error:  # damaged property lists raise anything
        raise ValueError("the property list is damaged") from error
    main = values.get("WebMainResource", {}) if isinstance(values, dict) else {}
    page = main.get("WebResourceData")
    if not isinstance(page, bytes):
        return Captures()
    page = recode(page, str(main.get("WebResourceTextEncodingName", "")))
    images = {
        str(one.get("WebResourceURL", "")): one["WebResourceData"]
        for one in values.get("WebSubresources", ())
        if isinstance(one.get("WebResourceData"), bytes)
        and _IMAGE.match(str(one.get("WebResourceMIMEType", "")))
    }
    url = _web(str(main.get("WebResourceURL", "")))
    return Captures((ArchivedPage(url, page, images=_bounded(images)),))


def read_warc(data: bytes, wanted: Iterable[str] = ()) -> Captures:
    """The pages of a WARC file that answered with success; with ``wanted`` only those URLs.

    Every image of the file is given to every page, which takes the ones it shows. Raises ValueError
    for a file that is no WARC from its beginning, or that has a line without an end.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    only = frozenset(wanted)
    records = unpacked(data)
    _refuse_endless_line(records)
    pages: dict[str, ArchivedPage] = {}
    images: dict[str, bytes] = {}
    skipped: list[Skipped] = []
    notes: list[Note] = []
    read = 0
    try:
        for record in ArchiveIterator(BytesIO(records), arc2warc=True):
            read += 1
            _keep(record, pages, images, skipped)
            if len(pages) >= MAX_PAGES:
                notes.append(others_left_out(MAX_PAGES, "pages"))
                break
    except (ArchiveLoadFailed, EOFError, OSError) as error:
        if not read:
            raise ValueError("the records of the WARC file cannot be read") from error
        what = f"ends in the middle of a record: {len(pages)} pages before it were read"
        notes.append(Note(what, help="fetch or export it again"))
    if not read:
        raise ValueError("the records of the WARC file cannot be read")
    found = tuple(page for url, page in pages.items() if not only or url in only)
    kept = _bounded(images)
    return Captures(tuple(with_images(page, kept) for page in found), tuple(skipped), tuple(notes))


def _refuse_endless_line(data: bytes) -> None:
    """Raise ValueError for data with megabytes of one line: the reader of records joins a line
    piece by piece, in time that grows with the square of its length."""
    for at in range(0, len(data) - MAX_LINE, MAX_LINE):
        if data.find(b"\n", at, at + MAX_LINE) < 0:
            raise ValueError(f"the WARC file has a line of more than {MAX_LINE >> 20} MiB")


def read_wacz(archive: zipfile.ZipFile) -> Captures:
    """The pages that the list of a WACZ file names, from its WARC files.

    Raises ValueError for an archive that is damaged.
    """
    try:
        listed = set(_listed(archive))
        parts = [
            read_warc(_member(archive, name), listed)
            for name in sorted(archive.namelist())
            if re.fullmatch(r"archive/[^/]+\.warc(?:\.gz)?", name)
        ]
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise ValueError("the WACZ file is damaged") from error
    pages = {page.url: page for part in parts for page in part.pages}
    notes = tuple(
        Note(f"lists {url}, which is in none of its WARC files")
        for url in sorted(listed - set(pages))
    )
    skipped = tuple(one for part in parts for one in part.skipped)
    return Captures(tuple(pages.values()), skipped, (*(n for p in parts for n in p.notes), *notes))


def unpacked(data: bytes) -> bytes:
    """The bytes in a gzip file, whether it was compressed record by record or as one."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    return gunzip(data, MAX_UNPACKED, "the WARC file")[0]


def _keep(
    record: Any,
    pages: dict[str, ArchivedPage],
    images: dict[str, bytes],
    skipped: list[Skipped],
) -> None:
    """Put one record to the pages or images, or to what is skipped."""
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if record.rec_type not in ("response", "resource") or not url.startswith("http"):
        return
    answer = record.http_headers
    status = answer.get_statuscode() if answer is not None else "200"
    kind = str(
        answer.get_header("Content-Type")
        if answer is not None
        else record.rec_headers.get_header("Content-Type")
    )
    if _IMAGE.match(kind) and status == "200":
        images[url] = record.content_stream().read(MAX_RECORD)
    elif not _PAGE.match(kind):
        return
    elif status != "200":
        skipped.append(Skipped(url, f"an answer with status {status}"))
    elif url in pages:
        skipped.append(Skipped(url, "a second capture of the page"))
    else:
        charset = _CHARSET.search(kind)
        page = recode(record.content_stream().read(MAX_RECORD), charset[1] if charset else "")
        captured = str(record.rec_headers.get_header("WARC-Date") or "")
        pages[url] = ArchivedPage(url, page, captured)


def _listed(archive: zipfile.ZipFile) -> Iterator[str]:
    """The URLs in the list of pages, a JSON object a line."""
    if "pages/pages.jsonl" not in archive.namelist():
        return
    for line in _member(archive, "pages/pages.jsonl").splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            continue
        if isinstance(value, dict) and isinstance(value.get("url"), str):
            yield value["url"]


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one file of the archive, up to the bound for an archive."""
    with archive.open(name) as file:
        return file.read(MAX_IMAGES * 2)


def with_images(page: ArchivedPage, images: dict[str, bytes]) -> ArchivedPage:
    """``page`` with those of ``images`` whose names occur in it."""
    shown = {
        url: data for url, data in images.items() if url.rpartition("/")[2].encode() in page.data
    }
    return ArchivedPage(page.url, page.data, page.captured, shown)


def _bounded(images: dict[str, bytes]) -> dict[str, bytes]:
    """``images`` up to `MAX_IMAGES` bytes."""
    kept, size = {}, 0
    for url, data in images.items():
        size += len(data)
        if size > MAX_IMAGES:
            break
        kept[url] = data
    return kept


def _web(url: str) -> str:
    """``url`` if it is one of the web, else an empty string."""
    return url if url.startswith(("http://", "https://")) else ""
