"""An e-book's XHTML and images: what readers accept, whatever an article holds."""

from __future__ import annotations

import io
import re
from zoneinfo import ZoneInfo

import pytest
from lxml import etree
from PIL import Image

from sitegen.render.epub import CONFORMS, WIDEST, File, Phrases, _accessibility, fitted, xhtml


class Frame:
    """The part of a site that the functions ask for."""

    base_url = "https://t.example"
    title, author = "The <Digest>", ""


class Tools:
    """What the functions ask of the renderer."""

    zone = ZoneInfo("UTC")
    base_path = ""
    frame = Frame()

    def absurl(self, path: str) -> str:
        """``path`` below the site."""
        return f"https://t.example{path}"


def png(width: int, height: int = 4) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("", ""),
        ("<p>a<br>b</p>", "<p>a<br/>b</p>"),
        ('<a href="/x">x</a>', '<a href="https://t.example/x">x</a>'),
        ("<li>loose</li>", "<div>loose</div>"),
        ("<ul>text<li>x</li></ul>", "<ul><li>text</li><li>x</li></ul>"),
        ("<dl><dd>only</dd></dl>", "<div><div>only</div></div>"),
        ('<p id="a">x</p><p id="a">y</p>', '<p id="a">x</p><p>y</p>'),
        ('<a href="#gone">x</a>', "<a>x</a>"),
        ('<a href="javascript:x()">x</a>', "<a>x</a>"),
        ("<details>no summary</details>", "<div>no summary</div>"),
        ('<time datetime="yesterday">x</time>', "<time>x</time>"),
    ],
)
def test_xhtml(html: str, made: str) -> None:
    assert xhtml(html, {}, Tools()) == made
    etree.fromstring(f"<div>{made}</div>")


def test_own_images_are_in_the_book_and_others_are_links() -> None:
    files = {"/a.png": File("pictures/a.png", "image/png", b"")}
    inside = xhtml('<img src="/a.png" alt="A">', files, Tools())
    assert dict(re.findall(r'(\w+)="([^"]*)"', inside)) == {"src": "pictures/a.png", "alt": "A"}
    outside = xhtml('<img src="https://o.example/b.png" alt="B">', files, Tools())
    assert outside == '<a href="https://o.example/b.png">[B]</a>'


def test_images_are_kept_scaled_down_or_left_out() -> None:
    small = png(20)
    assert fitted(small) == (small, "png", "image/png")
    made = fitted(png(WIDEST + 400, 8))
    assert made
    with Image.open(io.BytesIO(made[0])) as image:
        assert image.width == WIDEST
    assert fitted(b"no image") is None
    assert fitted(small[:40]) is None


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        (b"<p>No image</p>", ["textual", CONFORMS], ["visual", "alternativeText"]),
        (b'<img src="a" alt="Fog"/>', ["visual", "alternativeText", CONFORMS], ["textual,visual"]),
        (b'<img src="a" alt=""/>', ["visual", "textual,visual"], ["alternativeText", CONFORMS]),
    ],
)
def test_only_a_book_whose_images_are_described_claims_to_conform(
    text: bytes, said: list[str], unsaid: list[str]
) -> None:
    page = Phrases(File("a.xhtml", "application/xhtml+xml", text), "A", 0)
    values = re.findall(r"<meta[^>]*>([^<]*)</meta>", _accessibility([page], Tools(), str))  # type: ignore[arg-type]
    assert set(said) <= set(values)
    assert not set(unsaid) & set(values)
    assert ("The &lt;Digest&gt;" in values) is (CONFORMS in said)
