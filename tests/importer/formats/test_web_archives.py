"""Web archives: each page with its URL, its charset and the images that it shows."""

from __future__ import annotations

import gzip
import io
import plistlib
import zipfile

import pytest

from sitegen.importer.formats.web_archives import (
    read_mhtml,
    read_wacz,
    read_warc,
    read_webarchive,
)
from tests.importer.samples import opened

PIXEL = b"\x89PNG\r\n\x1a\n" + b"x" * 20
PAGE = "<html><body><h1>Der Turm fällt</h1><img src='/turm.png'></body></html>"


def record(kind: str, url: str, content_type: str, body: bytes, status: str = "200 OK") -> bytes:
    """One WARC record of an answer, or of a resource without an answer's head."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode()
    block = head + body if kind == "response" else body
    of_block = "application/http; msgtype=response" if kind == "response" else content_type
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Date: 2026-11-27T16:51:31Z\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url))}>\r\n"
            f"Content-Type: {of_block}\r\nContent-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


RECORDS = [
    record(
        "response", "https://a.example/one", "text/html; charset=iso-8859-1", PAGE.encode("latin-1")
    ),
    record("response", "https://a.example/turm.png", "image/png", PIXEL),
    record("response", "https://a.example/style.css", "text/css", b"p {}"),
    record("response", "https://a.example/gone", "text/html", b"gone", "404 Not Found"),
    record("resource", "https://a.example/two", "text/html; charset=utf-8", PAGE.encode()),
    record("response", "https://a.example/one", "text/html; charset=utf-8", PAGE.encode()),
]
WARC = b"".join(RECORDS)
URLS = ["https://a.example/one", "https://a.example/two"]


def test_each_page_of_a_warc_is_read_once_in_utf_8_with_its_images() -> None:
    found = read_warc(WARC)
    assert [page.url for page in found.pages] == URLS
    assert all("fällt" in page.data.decode() for page in found.pages)
    assert found.pages[0].images == {"https://a.example/turm.png": PIXEL}
    assert found.pages[0].captured == "2026-11-27T16:51:31Z"
    assert {one.reason for one in found.skipped} == {
        "an answer with status 404",
        "a second capture of the page",
    }


def test_compressed_record_by_record() -> None:
    assert [p.url for p in read_warc(b"".join(map(gzip.compress, RECORDS))).pages] == URLS


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_warc_that_breaks_off_keeps_the_pages_before(share: float) -> None:
    found = read_warc(WARC[: int(len(WARC) * share)])
    assert [page.url for page in found.pages] == URLS[: len(found.pages)]
    assert found.pages


def test_what_is_no_warc_is_refused() -> None:
    with pytest.raises(ValueError, match="WARC"):
        read_warc(b"nothing of the kind")


def wacz(pages: list[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", gzip.compress(WARC))
        lines = ['{"format": "json-pages-1.0"}', *(f'{{"url": "{url}"}}' for url in pages), "{oops"]
        archive.writestr("pages/pages.jsonl", "\n".join(lines))
    return out.getvalue()


def test_a_wacz_gives_the_pages_of_its_list_and_reports_those_it_lacks() -> None:
    found = read_wacz(opened(wacz(["https://a.example/two", "https://a.example/three"])))
    assert [page.url for page in found.pages] == ["https://a.example/two"]
    assert ["three" in note.message for note in found.notes] == [True]


def test_a_damaged_wacz_is_refused() -> None:
    data = wacz(["https://a.example/two"])
    gone = data.replace(b"WARC/1", b"WARC/9").replace(b"PK\x03\x04", b"PK\x03\x05")
    with pytest.raises(ValueError, match="damaged"):
        read_wacz(opened(gone))


MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/one\r\n"
    b"Subject: x\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
    b"--B\r\nContent-Type: text/html; charset=windows-1252\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/one\r\n\r\n"
    b"<h1>Der Turm f=E4llt</h1>\r\n"
    b"--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
    b"Content-ID: <i@x>\r\nContent-Location: https://a.example/turm.png\r\n\r\niVBORw==\r\n"
    b"--B\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/f\r\n\r\n<p>ad</p>\r\n"
    b"--B--\r\n"
)


def test_mhtml() -> None:
    found = read_mhtml(MHTML)
    [page] = found.pages
    assert page.url == "https://a.example/one"
    assert "fällt" in page.data.decode()
    assert set(page.images) == {"https://a.example/turm.png"}
    assert [one.reason for one in found.skipped] == ["a frame within the page"]


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_webarchive(form: plistlib.PlistFormat) -> None:
    main = {
        "WebResourceData": PAGE.encode("utf-16"),
        "WebResourceURL": "https://a.example/one",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "utf-16",
    }
    image = {
        "WebResourceData": PIXEL,
        "WebResourceURL": "https://a.example/turm.png",
        "WebResourceMIMEType": "image/png",
    }
    values = {"WebMainResource": main, "WebSubresources": [image, {"WebResourceURL": "x"}]}
    [page] = read_webarchive(plistlib.dumps(values, fmt=form)).pages
    assert page.url == "https://a.example/one"
    assert page.images == {"https://a.example/turm.png": PIXEL}


def test_a_property_list_of_something_else_has_no_page() -> None:
    assert read_webarchive(plistlib.dumps({"a": 1})).pages == ()
    with pytest.raises(ValueError, match="damaged"):
        read_webarchive(b"bplist00" + b"\xff" * 40)
