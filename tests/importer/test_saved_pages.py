"""Pages as browsers and programs save them: one article each, with its image, credit, URL and the
moment of saving, in whatever encoding."""

from __future__ import annotations

import base64
import gzip
import io
import plistlib
import quopri
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from sitegen.config.load import load_config
from sitegen.importer.model import ImportOptions
from sitegen.importer.run import import_all

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
URL = "https://post.example/2026/bell"
IMAGE_URL = "https://post.example/2026/bell.jpg"
SAVED = "2026-11-26T20:00:00+00:00"
TEXT = (
    "The bell of the harbour has not rung for a week, and the council says that nobody has"
    " complained so far.",
    "A keeper who has rung it for forty years said on Monday that she rather liked the silence of"
    " the mornings, über alles.",
    "Forty people signed a letter all the same, and most of them live too far away to have heard"
    " it at any time.",
)


def image() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "JPEG")
    return out.getvalue()


PICTURE = image()


def page(src: str = IMAGE_URL, charset: str = "utf-8", comment: str = "") -> str:
    return (
        f"<!DOCTYPE html>{comment}<html lang=en><head><meta charset={charset}><title>The bell is"
        ' silent</title><meta property="og:site_name" content="Salm Post"><meta name=author'
        ' content="Edda Marsh"><meta property="article:published_time"'
        f' content="2026-11-25T18:15:00+00:00"></head><body><article><h1>The bell is silent</h1><p>'
        f'{TEXT[0]}</p><figure><img src="{src}" alt=bell><figcaption>The bell. Photo: Ole Lund'
        f"</figcaption></figure><p>{TEXT[1]}</p><p>{TEXT[2]}</p></article></body></html>"
    )


ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "quoted-printable": quopri.encodestring,
    "base64": base64.encodebytes,
    "8bit": bytes,
}


def mhtml(
    html: str,
    encoding: str = "quoted-printable",
    *,
    sender: str = "<Saved by Blink>",
    named: str = f"Content-Location: {IMAGE_URL}",
    place: str = URL,
    charset: str = "utf-8",
) -> bytes:
    """An MHTML file of a page and its image."""
    snapshot = f"Snapshot-Content-Location: {URL}\n" if "Blink" in sender else ""
    head = (
        f"From: {sender}\n{snapshot}Subject: The bell\nDate: Thu, 26 Nov 2026 20:00:00 -0000\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="b"'
        f"\n\n--b\nContent-Type: text/html; charset={charset}\nContent-Location: {place}\n"
        f"Content-Transfer-Encoding: {encoding}\n\n"
    )
    second = f"\n--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n{named}\n\n"
    text = ENCODERS[encoding](html.encode(charset))
    parts = [head.encode(), text, second.encode(), base64.encodebytes(PICTURE), b"\n--b--\n"]
    return b"".join(parts)


def record(body: bytes, kind: str, url: str, headers: str = "") -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date:"
        f" 2026-11-26T20:00:00Z\r\nWARC-Record-ID: <urn:uuid:{len(url)}>\r\nContent-Type:"
        f" application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 300] for at in range(0, len(body), 300)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


REVISIT = (
    f"WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2026-11-27T20:00:00Z"
    "\r\nWARC-Record-ID: <urn:uuid:9>\r\nWARC-Profile: http://netpreserve.org/warc/1.0/revisit/"
    "identical-payload-digest\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
).encode()


def warc(body: bytes, headers: str = "", more: bytes = b"") -> bytes:
    return record(body, "text/html", URL, headers) + record(PICTURE, "image/jpeg", IMAGE_URL) + more


def webarchive(fmt: plistlib.PlistFormat, charset: str = "UTF-8") -> bytes:
    main = {
        "WebResourceURL": URL,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": charset,
        "WebResourceData": page("bell.jpg", charset).encode(charset),
    }
    sub = {
        "WebResourceURL": IMAGE_URL,
        "WebResourceMIMEType": "image/jpeg",
        "WebResourceData": PICTURE,
    }
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": [sub]}, fmt=fmt)


HTML = page("bell.jpg").encode()
OLD = '"Saved by Windows Internet Explorer 8"'
FILES = {
    "chrome.mhtml": mhtml(page()),
    "edge.mht": mhtml(page(), "base64"),
    "eight bits.mhtml": mhtml(page(), "8bit"),
    "carriage returns.mhtml": mhtml(page()).replace(b"\n", b"\r\n"),
    "byte order mark.mhtml": b"\xef\xbb\xbf" + mhtml(page()),
    "opera.mht": mhtml(page("cid:1@x"), named="Content-ID: <1@x>", sender="<Saved by Opera 12>"),
    "explorer.mht": mhtml(page("bell.jpg", "iso-8859-1"), sender=OLD, charset="iso-8859-1"),
    "relative.mhtml": mhtml(page("bell.jpg")),
    "files of windows.mht": mhtml(
        page("bell_files/image001.jpg"),
        sender='"Saved by Microsoft Word"',
        named="Content-Location: file:///C:/1/bell_files/image001.jpg",
        place="file:///C:/1/bell.htm",
    ),
    "plain.warc": warc(HTML),
    "chunked.warc": warc(chunked(HTML), "Transfer-Encoding: chunked\r\n"),
    "packed body.warc": warc(gzip.compress(HTML, mtime=0), "Content-Encoding: gzip\r\n"),
    "deflated body.warc": warc(zlib.compress(HTML), "Content-Encoding: deflate\r\n"),
    "both.warc": warc(
        chunked(gzip.compress(HTML, mtime=0)),
        "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
    ),
    "revisited.warc": warc(HTML, more=REVISIT),
    "packed.warc.gz": gzip.compress(warc(HTML), mtime=0),
    "binary.webarchive": webarchive(plistlib.FMT_BINARY),
    "xml.webarchive": webarchive(plistlib.FMT_XML),
    "latin.webarchive": webarchive(plistlib.FMT_BINARY, "iso-8859-1"),
    "singlefile.html": page(
        "data:image/jpeg;base64," + base64.b64encode(PICTURE).decode(),
        comment=f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Thu Nov 26 2026"
        " 21:00:00 GMT+0100 (CET)\n-->",
    ).encode(),
}
NO_MOMENT = (".webarchive",)  # formats that do not say when a page was saved
NO_URL = ("files of windows.mht",)


@pytest.mark.parametrize("name", FILES)
def test_a_saved_page_is_an_article_with_its_image(tmp_path: Path, name: str) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    path = tmp_path / name
    path.write_bytes(FILES[name])
    config = load_config(SITE, "site.yaml")
    report = import_all(tmp_path / "site", config, [str(path)], ImportOptions())
    [item] = [item for item in report.items if item.outcome != "skipped"]
    assert (item.outcome, item.status) == ("created", ""), item.reason
    assert (item.title, item.fields["authors"]) == ("The bell is silent", "Edda Marsh")
    assert item.fields["date"] == "2026-11-25T18:15:00+00:00"
    assert item.fields.get("url", "") == ("" if name in NO_URL else URL)
    text = (tmp_path / "site" / item.path).read_text("utf-8")
    assert all(paragraph in text for paragraph in TEXT)
    assert "name: Ole Lund" in text
    assert len(list((tmp_path / "site/content").rglob("*.jpg"))) == 1
    saved = [line.split(": ")[1] for line in text.split("\n") if line.startswith("  saved_at: ")]
    moments = [SAVED, "2026-11-26T21:00:00+01:00", "2026-11-26T20:00:00Z"]
    assert not saved if name.endswith(NO_MOMENT) else saved[0].strip('"') in moments
