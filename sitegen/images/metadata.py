"""What an image's file is: its format and size, whether it is complete, and what it says of its
maker."""

from __future__ import annotations

import io
import warnings
from typing import Any

from sitegen.base.text import digest
from sitegen.images.credits import Credits, read_credits
from sitegen.model.base import Struct

MAX_BYTES = 64 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_SIDE = 30_000
BOUND = f"the limit is {MAX_PIXELS // 1_000_000} million"
FORMATS = {
    "JPEG": "jpeg",
    "MPO": "jpeg",
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
}  # Pillow's names and ours
OPENED = tuple(name for name in FORMATS if name != "MPO")  # which opens as JPEG
SUFFIX = {"jpeg": ".jpg", "png": ".png", "gif": ".gif", "webp": ".webp", "avif": ".avif"}
SUFFIXES = (*SUFFIX.values(), ".jpeg")
_ORIENTATION = 0x0112
_SAMPLE = 64  # side that a JPEG is read at to see whether it is complete


class ImageFacts(Struct, frozen=True):
    """``wrong`` says why an image cannot be used; ``moving`` images are shown as they are."""

    digest: str
    format: str = ""
    width: int = 0
    height: int = 0
    moving: bool = False
    credits: Credits = Credits()
    wrong: str = ""


def read_facts(data: bytes) -> ImageFacts:
    """What ``data`` is.

    It is decoded once, within bounds, as a torn image shows only then.
    """
    mark = digest(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data, mark)
    except Exception as error:  # noqa: BLE001
        return ImageFacts(mark, wrong=why_unreadable(error))


def why_unreadable(error: Exception) -> str:
    """In words for a person, why Pillow cannot read an image."""
    known = {
        "UnidentifiedImageError": "cannot be read as an image",
        "DecompressionBombError": f"has too many pixels; {BOUND}",
    }
    return known.get(type(error).__name__, f"is broken: {error}")[:200]


def _read(data: bytes, mark: str) -> ImageFacts:
    image = opened(data)
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        return ImageFacts(mark, wrong=f"has {width} by {height} pixels; {BOUND}")
    kind, moving = (
        FORMATS[str(image.format)],
        bool(getattr(image, "is_animated", False)) and image.format != "MPO",
    )
    credits = read_credits(image)
    if image.getexif().get(_ORIENTATION, 1) in (5, 6, 7, 8):
        width, height = height, width
    if kind == "jpeg":
        image.draft("RGB", (_SAMPLE, _SAMPLE))
    image.load()
    return ImageFacts(mark, kind, width, height, moving, credits)


def opened(data: bytes) -> Any:
    """The image in ``data``, of one of the known formats; its pixels are not read yet."""
    from PIL import Image

    return Image.open(io.BytesIO(data), formats=OPENED)
