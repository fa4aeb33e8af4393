"""HTTP archives of browsers."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from sitegen.importer.formats.har import read_har

PAGE = "<html><body><h1>Der Turm fällt</h1><img src='/turm.png'></body></html>"
PIXEL = b"\x89PNG" + b"x" * 20


def answer(url: str, kind: str, said: str, status: int = 200, encoding: str = "") -> dict[str, Any]:
    content = {"mimeType": kind, "text": said} | ({"encoding": encoding} if encoding else {})
    return {
        "startedDateTime": "2026-11-27T10:00:00Z",
        "request": {"method": "GET", "url": url},
        "response": {"status": status, "content": content},
    }


def har(*entries: Any) -> bytes:
    return json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


def test_pages_have_their_url_and_images() -> None:
    pixel = base64.b64encode(PIXEL).decode()
    found = read_har(
        har(
            answer("https://a.example/one", "text/html; charset=utf-8", PAGE),
            answer("https://a.example/turm.png", "image/png", pixel, encoding="base64"),
            answer("https://a.example/a.css", "text/css", "p {}"),
        )
    )
    [page] = found.pages
    assert (page.url, page.captured) == ("https://a.example/one", "2026-11-27T10:00:00Z")
    assert "fällt" in page.data.decode()
    assert page.images == {"https://a.example/turm.png": PIXEL}
    assert "1 answer not read" in found.notes[0].message


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (answer("https://a.example/1", "text/html", "gone", 404), "an answer with status 404"),
        (answer("https://a.example/1", "text/html", ""), "the archive has no text of it"),
        (answer("https://a.example/one", "text/html", PAGE), "a second capture"),
    ],
)
def test_what_is_not_read_is_named(entry: dict[str, Any], reason: str) -> None:
    found = read_har(har(answer("https://a.example/one", "text/html", PAGE), entry))
    assert [page.url for page in found.pages] == ["https://a.example/one"]
    assert found.skipped[0].reason.startswith(reason)
