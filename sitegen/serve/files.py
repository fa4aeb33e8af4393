"""From a URL path to a file of the preview and its bytes: only this module opens what a request
names."""

from __future__ import annotations

import mimetypes
import os
import re
import stat
import sys
from collections import OrderedDict
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import quote, unquote, urlsplit

from sitegen.base.text import digest
from sitegen.model.base import Struct

V = TypeVar("V")
PREFIX = "/_sitegen/"  # URL paths of the server itself
KEPT_PAGES, KEPT_SHAPES = 64, 2000
MAX_KEPT = 1 << 20  # bytes of the largest page that is kept in memory
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".txt": "text/plain",
    ".xml": "application/xml",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".webmanifest": "application/manifest+json",
}
_TAG = re.compile(
    rb"<(?:link|img|script|source|video|audio|iframe|object|embed)\b[^>]*>", re.IGNORECASE
)
_URL = re.compile(rb"""\s(?:href|src|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_SRCSET = re.compile(rb"""\ssrcset\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_STYLE = re.compile(rb"""\srel\s*=\s*["']?[^"'>]*\bstylesheet\b""", re.IGNORECASE)


class Shape(Struct, frozen=True):
    """What a page is apart from the names of its style sheets, and which files it shows."""

    mark: str  # a digest of the page without the URLs of its style sheets
    sheets: tuple[str, ...]
    uses: tuple[str, ...]  # URLs of images, scripts and style sheets, as written


class ServedPage(Struct, frozen=True):
    """One page as it is on disk, with the digest of its bytes."""

    data: bytes
    version: str


class Lru(Generic[V]):
    """A mapping of bounded size that forgets what was used least recently."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.items: OrderedDict[str, V] = OrderedDict()

    def get(self, key: str) -> V | None:
        if key in self.items:
            self.items.move_to_end(key)
        return self.items.get(key)

    def put(self, key: str, value: V) -> None:
        self.items[key] = value
        self.items.move_to_end(key)
        if len(self.items) > self.size:
            self.items.popitem(last=False)


def locate(folder: Path, path: str) -> Path | None:
    """The file or folder that the decoded ``path`` (``/a/b/``) names below ``folder``.

    None if it does not exist, or could lead elsewhere: dots, backslashes, links.
    """
    trailing = path.endswith("/")
    parts = path.removesuffix("/").split("/")[1:]
    if not path.startswith("/") or not all(map(_is_name, parts)):
        return None
    real = os.path.realpath(folder)
    target = os.path.join(real, *parts)
    try:
        info = os.lstat(target)
        if os.path.realpath(target) != target:
            return None
    except (OSError, ValueError):  # a name that is too long, or that no file can have
        return None
    if stat.S_ISDIR(info.st_mode) or (stat.S_ISREG(info.st_mode) and not trailing):
        return Path(target)
    return None


def _is_name(part: str) -> bool:
    """Whether a part of a path names a file, and leads nowhere else."""
    return part not in ("", ".", "..") and "\\" not in part and "\0" not in part


def page_file(folder: Path, base: str, path: str) -> Path:
    """The page that a browser sees at ``path`` of a site below ``base``; the 404 page if it
    has none."""
    target = locate(folder, path.removeprefix(base)) if path.startswith(base + "/") else None
    if target and target.is_dir():
        target = target / "index.html"
    return target if target and target.is_file() else folder / "404.html"


def url_path(path: str) -> str:
    """A decoded path as a URL path."""
    return quote(path, safe="/~!$&'()*+,;=:@-._")


def content_type(name: str) -> str:
    """The type of a file by its name, with the charset of text."""
    suffix = os.path.splitext(name)[1].lower()
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in (
        "application/xml",
        "application/json",
        "image/svg+xml",
    )
    return f"{kind}; charset=utf-8" if text else kind


def shape(data: bytes) -> Shape:
    """The parts by which two versions of a page are compared."""
    sheets: list[bytes] = []
    uses: set[str] = set()
    for tag in _TAG.findall(data):
        is_link = tag[:5].lower() == b"<link"
        if is_link and not _STYLE.search(tag):
            continue
        urls = [one or other for one, other in _URL.findall(tag)]
        uses.update(map(_plain, (*urls, *_sized(tag))))
        if is_link:
            sheets += urls
    bare = data
    for sheet in filter(None, sheets):
        bare = bare.replace(sheet, b"\0")
    return Shape(digest(bare), tuple(map(_plain, sheets)), tuple(sorted(uses)))


def _sized(tag: bytes) -> Iterator[bytes]:
    """The files that the `srcset` of a tag names, each with a width."""
    for one, other in _SRCSET.findall(tag):
        for part in (one or other).split(b","):
            yield from part.split()[:1]


def _plain(raw: bytes) -> str:
    return sys.intern(
        unescape(raw.decode("utf-8", "replace"))
    )  # most pages of a site show the same files


def outputs_shown(found: Shape, base: str, page: str) -> dict[str, str]:
    """The files that a page shows, each by its path below output/, with its URL as written."""
    out = {}
    for written in found.uses:
        try:
            parts = urlsplit(written)
        except ValueError:
            continue
        if parts.scheme or parts.netloc:
            continue
        path = unquote(parts.path)
        if not path.startswith("/"):
            path = os.path.normpath(page.rpartition("/")[0] + "/" + path)
        if path.startswith(base + "/"):
            out[path.removeprefix(base).lstrip("/")] = written
    return out


class Pages:
    """Pages of the preview as they are on disk, recently requested ones from memory."""

    def __init__(self) -> None:
        self._pages: Lru[tuple[tuple[int, int, int], ServedPage]] = Lru(KEPT_PAGES)
        self._shapes: Lru[Shape] = Lru(KEPT_SHAPES)

    def read(self, path: Path) -> ServedPage | None:
        """The page in ``path``, or None where it cannot be read."""
        try:
            with open(path, "rb", buffering=0) as file:
                info = os.fstat(file.fileno())
                mark = (info.st_size, info.st_mtime_ns, info.st_ino)
                kept = self._pages.get(str(path))
                if kept and kept[0] == mark:
                    return kept[1]
                data = file.readall()
        except OSError:
            return None
        page = ServedPage(data, digest(data)[:20])
        if len(data) <= MAX_KEPT:
            self._pages.put(str(path), (mark, page))
        if self._shapes.get(page.version) is None:
            self._shapes.put(page.version, shape(data))
        return page

    def shape(self, version: str) -> Shape | None:
        """The shape of a page that was served as ``version``, if it is remembered."""
        return self._shapes.get(version)
