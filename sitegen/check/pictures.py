"""Who made a picture, by what stands in its file: EXIF, IPTC, XMP."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

_ARTIST, _COPYRIGHT = 0x013B, 0x8298  # EXIF 2.3
_IPTC = ((2, 80), (2, 110), (2, 116))  # by-line, credit, copyright notice (IIM 4.2)
_XMP = re.compile(
    r"<(dc:creator|dc:rights|photoshop:Credit|cc:attributionName|dc:publisher)\b[^>]*>(.*?)</\1>"
    r'|\b(?:photoshop:Credit|cc:attributionName|dc:creator|dc:rights)="([^"]+)"',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
PILLOW_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
MAX_SVG = 1024 * 1024


def read_credit(path: Path) -> str:
    """The creator, credit or copyright that the file at ``path`` holds, or an empty string. Only headers are read."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".svg":
            with path.open("rb") as file:
                return _xmp(file.read(MAX_SVG).decode("utf-8", "replace"))
        return _by_pillow(path) if suffix in PILLOW_SUFFIXES else ""
    except Exception:  # noqa: BLE001 Pillow raises anything for a broken file; that one has no credit
        return ""


def _by_pillow(path: Path) -> str:
    from PIL import Image, IptcImagePlugin

    with Image.open(path) as image:
        exif = image.getexif()
        iptc: Any = IptcImagePlugin.getiptcinfo(image) or {}
        texts = [exif.get(_ARTIST), exif.get(_COPYRIGHT), *(iptc.get(key) for key in _IPTC)]
        texts += [image.info.get(key) for key in ("Author", "Copyright", "Artist")]
        xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or ""
    for value in texts:
        if text := _clean(value[0] if isinstance(value, list) and value else value):
            return text
    return _xmp(xmp.decode("utf-8", "replace") if isinstance(xmp, bytes) else str(xmp))


def _xmp(text: str) -> str:
    for match in _XMP.finditer(text):
        if found := _clean(html.unescape(_TAG.sub(" ", match[2] or match[3] or ""))):
            return found
    return ""


def _clean(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return " ".join(value.replace("\0", " ").split()) if isinstance(value, str) else ""
