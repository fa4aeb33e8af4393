"""HTTP archives, as the network tools of browsers save them (HAR 1.2,
http://www.softwareishard.com/blog/har-12-spec/)."""

from __future__ import annotations

import binascii
import re
from typing import Any

from sitegen.base.text import counted
from sitegen.importer.formats.jsonfeed import listed, text
from sitegen.importer.formats.web_archives import ArchivedPage, Captures, with_images
from sitegen.importer.limits import objects_of
from sitegen.importer.model import Note, Skipped
from sitegen.importer.safe_json import load_json

_PAGE = re.compile(r"(?:text/html|application/xhtml\+xml)\b", re.I)
_IMAGE = re.compile(r"image/", re.I)


def read_har(data: bytes) -> Captures:
    """The pages that were answered with success, each with the images that it shows; what else was
    answered is counted. Raises ValueError for a file that is no HAR."""
    value = load_json(data)
    log = value.get("log") if isinstance(value, dict) else None
    entries, notes = objects_of(listed(log, "entries"), "item")
    pages: dict[str, ArchivedPage] = {}
    images: dict[str, bytes] = {}
    skipped: list[Skipped] = []
    others = 0
    for entry in entries:
        url, kind, body = _answer(entry)
        status = text(entry.get("response"), "status")
        if _IMAGE.match(kind) and body:
            images[url] = body
        elif not _PAGE.match(kind):
            others += 1
        elif reason := _refusal(url, status, body, pages):
            skipped.append(Skipped(url, reason))
        else:
            pages[url] = ArchivedPage(url, body, text(entry, "startedDateTime"))
    if others:
        what = f"{counted(others, 'answer')} not read: styles, scripts and the like"
        notes = (*notes, Note(what, level="note"))
    shown = tuple(with_images(page, images) for page in pages.values())
    return Captures(shown, tuple(skipped), notes)


def _refusal(url: str, status: str, body: bytes, pages: dict[str, ArchivedPage]) -> str:
    """Why an answer with a page is not read, or an empty string."""
    if status != "200":
        return f"an answer with status {status}"
    if not body:
        return "the archive has no text of it: save it again with the content"
    return "a second capture of the page" if url in pages else ""


def _answer(entry: dict[str, Any]) -> tuple[str, str, bytes]:
    """(URL, type and bytes of an answer); text of a HAR is decoded already."""
    response = entry.get("response")
    content = response.get("content") if isinstance(response, dict) else None
    said = text(content, "text")
    body = said.encode("utf-8", "replace")
    if text(content, "encoding") == "base64":
        try:
            body = binascii.a2b_base64(said)
        except binascii.Error:
            body = b""
    return text(entry.get("request"), "url"), text(content, "mimeType"), body
