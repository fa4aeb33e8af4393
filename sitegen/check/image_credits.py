"""The creator of an image, as its file says; drawings (SVG) hold it as text."""

from __future__ import annotations

import html
import re
from pathlib import Path

from sitegen.images.credits import read_credits
from sitegen.images.metadata import SUFFIXES

_XMP = re.compile(
    r"<(dc:creator|dc:rights|photoshop:Credit|cc:attributionName|dc:publisher)\b[^>]*>(.*?)</\1>"
    r'|\b(?:photoshop:Credit|cc:attributionName|dc:creator|dc:rights)="([^"]+)"',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
MAX_SVG = 1024 * 1024


def read_credit(path: Path) -> str:
    """The creator, credit or copyright that the file at ``path`` holds, or an empty string.

    Only headers are read.
    """
    suffix = path.suffix.lower()
    try:
        if suffix == ".svg":
            with path.open("rb") as file:
                return _xmp(file.read(MAX_SVG).decode("utf-8", "replace"))
        return _by_pillow(path) if suffix in SUFFIXES else ""
    except Exception:  # noqa: BLE001
        return ""


def _by_pillow(path: Path) -> str:
    from PIL import Image

    with Image.open(path) as image:
        credits = read_credits(image)
    return credits.creator or credits.credit or credits.copyright


def _xmp(text: str) -> str:
    for match in _XMP.finditer(text):
        if found := " ".join(
            html.unescape(_TAG.sub(" ", match[2] or match[3] or "")).replace("\0", " ").split()
        ):
            return found
    return ""
