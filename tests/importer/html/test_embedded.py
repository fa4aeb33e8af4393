"""Images that HTML holds itself, as `data:` URLs."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from sitegen.config.load import load_config
from sitegen.importer.html import embedded
from sitegen.importer.html.embedded import (
    MIN_PREVIEW,
    MIN_SIDE,
    PREVIEW,
    SCHEME,
    decoded,
    lift_images,
    longer_side,
)
from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.run import import_all

SITE = "title: Slipway Notes\nbase_url: https://slipway.example\ntimezone: UTC\n"
PROSE = (
    "<p>The slipway below the old chandlery was swept on Sunday, and forty people came to watch"
    " the tide come up over it for the first time in nine years.</p>"
)


def raster(width: int, height: int, kind: str = "PNG", shade: int = 60) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 90, 120)).save(out, kind)
    return out.getvalue()


def as_url(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def drawing(attributes: str, inside: str = '<path d="M0 0h9"/>') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


SKETCH = drawing('width="300"')
LARGE, SMALL, SPACER = raster(320, 200), raster(40, 27), raster(1, 1)


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("data:image/png;base64,aGVyb24=", b"heron"),
        ("data:image/png;base64,aGVyb24", b""),  # its end is lost
        ("data:image/png;charset=x;base64,aGVy%0Ab24%3D", b"heron"),
        ("data:image/svg+xml,%3Csvg%3E", b"<svg>"),
        ("data:image/svg+xml;utf8,<svg x=&quot;1&quot;>", b'<svg x="1">'),
        ("data:image/png;base64", b""),
    ],
)
def test_what_a_url_holds(url: str, data: bytes) -> None:
    assert decoded(url) == data


@pytest.mark.parametrize(
    ("data", "side"),
    [
        (LARGE, 320),
        (SPACER, 1),
        (raster(90, 240, "JPEG"), 240),
        (b"", 0),
        (b"not an image", MIN_SIDE),
        (drawing('width="640" height="480"'), 640),
        (drawing("width='24px' height='24px'"), 24),
        (drawing('viewBox="0 0 768.5 432"'), 768),
        (drawing('width="640" height="480"', '<rect fill-opacity="0"/>'), 0),
        (drawing(""), MIN_PREVIEW),
    ],
)
def test_the_longer_side_of_an_image(data: bytes, side: int) -> None:
    assert longer_side(data) == side


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f'<img src="{as_url(LARGE)}">', f'<img src="{SCHEME}'),
        (f"<img alt='a' src = '{as_url(LARGE)}'>", f'src = "{SCHEME}'),
        (f"<img src={as_url(LARGE)}>", f'<img src="{SCHEME}'),
        (f'<IMG SRC="{as_url(raster(300, 200, "JPEG"), "jpeg")}">', f'<IMG SRC="{SCHEME}'),
        (f"<img src='data:image/svg+xml,{quote(SKETCH)}'>", f'src="{SCHEME}'),
        (f'<img src="{as_url(SMALL)}">', f'<img src="{PREVIEW}">'),
        (f'<img src="{as_url(SPACER)}">', '<img src="data:,">'),
        (f'<pre>&lt;img src="{as_url(LARGE)}"></pre>', f'<pre>&lt;img src="{as_url(LARGE)}">'),
        (f'<a href="{as_url(LARGE)}">x</a>', f'<a href="{as_url(LARGE)}">x</a>'),
    ],
)
def test_an_image_within_the_html_gets_a_short_url(written: str, read: str) -> None:
    lifted = lift_images(written)
    assert read in lifted.html
    assert len(lifted.images) == lifted.html.count(SCHEME)


def test_an_image_in_the_style_sheet_of_singlefile_is_found() -> None:
    page = (
        f'<style>:root{{--sf-img-4: url("{as_url(LARGE)}")}}</style><img src="'
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><rect/></svg>"
        '" style="background-image:var(--sf-img-4)!important">'
    )
    assert list(lift_images(page).images.values()) == [LARGE]


def test_images_beyond_the_bound_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "MAX_EMBEDDED", 2)
    page = "".join(f'<img src="{as_url(raster(200, 100, shade=n))}">' for n in range(5))
    lifted = lift_images(page)
    assert len(lifted.images) == 2
    assert lifted.notes == ("3 images within the HTML left out: only 2 are read",)


def test_a_fragment_carries_its_images() -> None:
    piece = read_fragment(f'<p>Before.</p><p><img src="{as_url(LARGE)}" alt="The ramp"></p>')
    assert list(piece.attached.values()) == [LARGE]
    assert piece.blocks[1].startswith("![The ramp](cid:embedded-")


# Whole imports --------------------------------------------------------------------------------


def brought(tmp_path: Path, name: str, text: str) -> tuple[ImportReport, str, list[Path]]:
    """Import one input; return the report, the article's file and the images next to it."""
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (tmp_path / name).write_text(text)
    config = load_config(SITE, "site.yaml")
    report = import_all(root, config, [str(tmp_path / name)], ImportOptions())
    files = [p for p in sorted((root / "content").rglob("*")) if p.is_file()]
    article = next(p for p in files if p.suffix == ".md").read_text()
    return report, article, [p for p in files if p.suffix != ".md"]


def page(body: str) -> str:
    return (
        "<!doctype html><html lang=en><!--\n Page saved with SingleFile \n"
        " url: https://tide.example/ramp \n--><head><title>The ramp is open</title>"
        '<meta property="article:published_time" content="2026-11-20T08:00:00Z">'
        '<meta name="author" content="Ida Holm"></head>'
        f"<body><article><h1>The ramp is open</h1>{body}</article></body></html>"
    )


def test_the_images_of_a_page_in_one_file_are_taken_over(tmp_path: Path) -> None:
    second = raster(400, 300, "JPEG", 200)
    body = (
        f'<figure><img src="{as_url(LARGE)}"><figcaption>The ramp. Photo: Bo Lind</figcaption>'
        f'</figure>{PROSE * 3}<p><img alt="At noon" src="{as_url(second, "jpeg")}"></p>{PROSE * 2}'
    )
    report, article, images = brought(tmp_path, "ramp.html", page(body))
    assert {p.read_bytes() for p in images} == {LARGE, second}
    head, text = article.split("\n---\n")
    lead, inner = (next(p.name for p in images if p.read_bytes() == d) for d in (LARGE, second))
    assert f'src: "{lead}"' in head and "credit: Bo Lind" in head
    assert f"![At noon]({inner})" in text
    assert "cid:" not in article and "data:" not in article
    assert report.diagnostics == ()


def test_a_damaged_image_is_reported(tmp_path: Path) -> None:
    broken = "data:image/png;base64," + base64.b64encode(b"\x89PNG not quite").decode()
    report, article, images = brought(
        tmp_path, "ramp.html", page(f"{PROSE * 3}<p><img src='{broken}'></p>{PROSE * 2}")
    )
    assert images == [] and "cid:" not in article
    assert any("an image within the HTML" in d.message for d in report.diagnostics)


def test_a_preview_is_reported(tmp_path: Path) -> None:
    body = f'{PROSE * 3}<p><img src="{as_url(SMALL)}"></p>{PROSE * 2}'
    report, _, images = brought(tmp_path, "ramp.html", page(body))
    assert images == []
    assert any("1 image left out, of which" in d.message for d in report.diagnostics)


def test_a_preview_is_not_taken_where_the_image_has_a_url(tmp_path: Path) -> None:
    image = f'<img src="{as_url(SMALL)}" data-src="https://tide.example/i/noon.jpg">'
    _, article, images = brought(
        tmp_path, "ramp.html", page(f"{PROSE * 3}<p>{image}</p>{PROSE * 2}")
    )
    assert images == [] and "https://tide.example/i/noon.jpg" in article


def test_the_images_of_a_feed_are_taken_over(tmp_path: Path) -> None:
    content = f'<p><img src="{as_url(LARGE)}" alt="The ramp"></p>{PROSE * 2}'
    feed = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tide</title>'
        "<id>tag:tide.example,2026:f</id><entry><title>The ramp is open</title>"
        "<id>tag:tide.example,2026:1</id><updated>2026-11-20T08:00:00Z</updated>"
        f'<author><name>Ida Holm</name></author><content type="html"><![CDATA[{content}]]>'
        "</content></entry></feed>"
    )
    _, article, images = brought(tmp_path, "feed.xml", feed)
    assert [p.read_bytes() for p in images] == [LARGE]
    assert f'src: "{images[0].name}"' in article and "cid:" not in article
