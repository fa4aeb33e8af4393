"""Images within HTML: the `data:` URLs (RFC 2397) that SingleFile, mail programs and editors write
in the place of an image's own URL."""

from __future__ import annotations

import binascii
import html
import io
import re
import warnings
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from sitegen.base.text import digest
from sitegen.images.metadata import OPENED
from sitegen.model.base import Struct

SCHEME = "cid:embedded-"
PREVIEW = "data:,preview"  # in the place of an image that is too small to be worth showing
MIN_SIDE = 100  # pixels of the longer side; previews and icons have fewer
MIN_PREVIEW = 8  # pixels below which it is a spacer or counts visitors
MAX_EMBEDDED = 500  # images of one text that are looked at
_TAG = re.compile(r"<(?:img|amp-img|source|image)[\s/]", re.I)
_TAG_REACH = 5_000  # characters from the beginning of a tag to its `src`
_DATA = re.compile("data:image/")
_BEFORE_DATA = re.compile(r"""(?<=[\s"'/])src\s{0,9}=\s{0,9}["']?\s{0,9}\Z""", re.I)
_LONGEST_BEFORE = 32
_SRC = re.compile(
    r"""(src\s{0,9}=\s{0,9})"""
    r"""(?:"\s{0,9}(data:image/[^"]*+)"|'\s{0,9}(data:image/[^']*+)'|(data:image/[^\s"'>]++))""",
    re.I,
)
# SingleFile keeps an image that a page shows twice in its style sheet.
_SHARED = re.compile(r"""--(sf-img-\d{1,6})\s?:\s?url\(["']?(data:image/[^"')]*+)["']?\)""")
_USES_SHARED = re.compile(r"var\(--(sf-img-\d{1,6})\)")
_DRAWS = re.compile(rb"<(?:path|circle|ellipse|line|polygon|polyline|text|use)[\s/>]", re.I)
_DRAWING_SIDE = re.compile(rb"""\s(?:width|height)=["']?(\d{1,5})(?:\.\d+)?(?:px)?["'\s/>]""", re.I)
_VIEW_BOX = re.compile(
    rb"""\sviewBox=["']?[\d.-]{1,9}[\s,]+[\d.-]{1,9}[\s,]+(\d{1,5})\S{0,9}[\s,]+(\d{1,5})""", re.I
)


class EmbeddedImages(Struct, frozen=True):
    """HTML with a short URL in the place of each image that it holds, and the images by that URL.

    ``notes`` says how many images are left out.
    """

    html: str
    images: dict[str, bytes] = {}
    notes: tuple[str, ...] = ()


def lift_images(text: str) -> EmbeddedImages:
    """Take the images out of HTML.

    An image that is too small to be one of the article gets the URL PREVIEW, and one that shows
    nothing is left as it is.
    """
    if "data:image/" not in text:
        return EmbeddedImages(text)
    shared = dict(_SHARED.findall(text))
    images: dict[str, bytes] = {}
    seen = 0

    def lifted(match: re.Match[str]) -> str:
        nonlocal seen
        start = match.string.rfind("<", max(0, match.start() - _TAG_REACH), match.start())
        if start < 0 or not _TAG.match(match.string, start):
            return match[0]
        seen += 1
        if seen > MAX_EMBEDDED:
            return f'{match[1]}"data:,"'
        around = match.string[start : match.start()] + match.string[match.end() :][:3_000]
        named = _USES_SHARED.search(around.partition(">")[0]) if shared else None
        data = decoded(shared.get(named[1], "") if named else match[2] or match[3] or match[4])
        side = longer_side(data)
        if side < MIN_PREVIEW:
            return f'{match[1]}"data:,"'
        if side < MIN_SIDE:
            return f'{match[1]}"{PREVIEW}"'
        url = SCHEME + digest(data)[:12]
        images[url] = data
        return f'{match[1]}"{url}"'

    out = _replaced(text, lifted)
    if seen <= MAX_EMBEDDED:
        return EmbeddedImages(out, images)
    note = f"{seen - MAX_EMBEDDED} images within the HTML left out: only {MAX_EMBEDDED} are read"
    return EmbeddedImages(out, images, (note,))


def _replaced(text: str, replacement: Callable[[re.Match[str]], str]) -> str:
    """``text`` with something else in the place of each `src` that holds an image."""
    pieces: list[str] = []
    done = 0
    for data in _DATA.finditer(text):
        start = data.start()
        before = _BEFORE_DATA.search(text, max(done, start - _LONGEST_BEFORE), start)
        match = _SRC.match(text, before.start()) if before else None
        if match:
            pieces += (text[done : match.start()], replacement(match))
            done = match.end()
    return "".join([*pieces, text[done:]])


def decoded(url: str) -> bytes:
    """What a `data:` URL holds; nothing where it is damaged."""
    head, comma, written = html.unescape(url).partition(",")
    if not comma:
        return b""
    data = unquote_to_bytes(written)
    if not head.rstrip().lower().endswith(";base64"):
        return data
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        return b""


def longer_side(data: bytes) -> int:
    """The longer side of an image in pixels; 0 for what shows nothing."""
    if b"<svg" in data[:4096]:
        return _side_of_drawing(data)
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return max(Image.open(io.BytesIO(data), formats=OPENED).size)
    except Exception:  # noqa: BLE001
        # It is reported where it is taken over, unless it is a spacer.
        return _side_of_gif(data) or (MIN_SIDE if data else 0)


def _side_of_gif(data: bytes) -> int:
    """The longer side of a GIF by its header, 0 for anything else: spacers are often cut off."""
    is_gif = data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10
    return max(int.from_bytes(data[at : at + 2], "little") for at in (6, 8)) if is_gif else 0


def _side_of_drawing(data: bytes) -> int:
    """The longer side of a drawing (SVG), 0 for one that only holds the place of an image."""
    if not _DRAWS.search(data):
        return 0
    head = data[: data.find(b">", data.find(b"<svg")) + 1]
    box = _VIEW_BOX.search(head)
    sides = _DRAWING_SIDE.findall(head) or (box.groups() if box else ())
    return max((int(side) for side in sides), default=MIN_PREVIEW)


__all__ = ["MIN_SIDE", "PREVIEW", "SCHEME", "EmbeddedImages", "lift_images"]
