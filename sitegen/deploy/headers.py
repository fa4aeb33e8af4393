"""Content types, Cache-Control and which files are worth compressing."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

FINGERPRINT = re.compile(r"\.[0-9a-f]{8,}\.[a-z0-9.]+$")
FOREVER = "public, max-age=31536000, immutable"
FEED = "public, max-age=300"
PAGE = "public, max-age=0, must-revalidate"
OTHER = "public, max-age=3600"
_TEXTS = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "xml": "application/xml",
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "opml": "text/x-opml",
    "xsl": "application/xslt+xml",
    "ics": "text/calendar",
}
_OTHERS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "wasm": "application/wasm",
    "zip": "application/zip",
}
_FEEDS = {
    "feed.xml": "application/atom+xml",
    "atom.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
}


def content_type(path: str) -> str:
    """The media type of a file by its name, with the charset of texts."""
    name = path.rsplit("/", 1)[-1].lower()
    suffix = name.rsplit(".", 1)[-1] if "." in name else ""
    if name == "feed.json":
        return "application/feed+json; charset=utf-8"
    if text := _FEEDS.get(name) or _TEXTS.get(suffix):
        return f"{text}; charset=utf-8"
    if not suffix or name in ("_headers", "_redirects"):
        return (
            "text/plain; charset=utf-8"
            if name in ("_headers", "_redirects", "cname", "humans", "")
            else "application/octet-stream"
        )
    return _OTHERS.get(suffix, "application/octet-stream")


def is_text(path: str) -> bool:
    """Whether a file shrinks when it is compressed."""
    return path.rsplit(".", 1)[-1].lower() in _TEXTS


def is_fingerprinted(path: str) -> bool:
    """Whether a file's name changes with its bytes."""
    return bool(FINGERPRINT.search(path))


def is_feed(path: str) -> bool:
    """Whether a file is a feed."""
    return path.rsplit("/", 1)[-1].lower() in (*_FEEDS, "feed.json")


def cache_control(path: str, patterns: dict[str, str]) -> str:
    """The Cache-Control of a file: the first pattern that matches its path, else by its kind."""
    for pattern, value in patterns.items():
        if fnmatchcase(path, pattern.lstrip("/")):
            return value
    if is_fingerprinted(path):
        return FOREVER
    if path.endswith(".html") or path.startswith(
        "search/index/"
    ):  # of the index what carries no fingerprint must fit the rest of it
        return PAGE
    return FEED if path.endswith((".xml", ".json", ".txt", ".opml")) else OTHER


_SEARCH = "search/index/index.json"  # names the other files of the search index
_LAST = ("robots.txt", "_headers", "_redirects")


def group(path: str, articles: frozenset[str]) -> int:
    """When a file is sent: 0 assets and images, 1 articles, 2 lists and other pages, 3 feeds and
    search, 4 the front page."""
    if path == "index.html":
        return 4
    if path.endswith(".html"):
        return 1 if path in articles else 2
    return 3 if _is_index(path) or is_feed(path) else 0


def _is_index(path: str) -> bool:
    """Whether a file names URLs of the site: a sitemap, an OPML file, a part of the search."""
    name = path.rsplit("/", 1)[-1]
    return path == _SEARCH or name in _LAST or name.startswith("sitemap") or name.endswith(".opml")
