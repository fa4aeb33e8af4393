"""Who made an image and who holds its rights: read from EXIF, IPTC and XMP, and written into what
is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from html import escape
from typing import Any

from sitegen.model.base import Struct

_ARTIST, _COPYRIGHT, _WINDOWS_AUTHOR = 0x013B, 0x8298, 0x9C9D  # EXIF 2.3
_BYLINE, _CREDIT, _SOURCE, _NOTICE = 80, 110, 115, 116  # IIM 4.2, record 2
_XMP_NAMES = {
    "creator": "creator",
    "Credit": "credit",
    "attributionName": "credit",
    "rights": "copyright",
    "WebStatement": "license",
    "AltTextAccessibility": "alt",
}
_XMP_LIMIT = 2_000_000
_SCANNED = 8_000_000  # bytes of a file in which a packet is looked for
_RESERVED = re.compile(r"\s*(?:©|\(c\)|copyright\b)", re.I)
_TEXT_LIMIT = 300


class Credits(Struct, frozen=True):
    """``license`` is the URL of a page that states the rights (XMP calls it web statement)."""

    creator: str = ""
    credit: str = ""
    copyright: str = ""
    license: str = ""


def read_credits(image: Any) -> Credits:
    """What an opened image says of its maker: XMP before IPTC before EXIF, as the standards
    ask."""
    texts = read_texts(image)
    license = texts["license"]
    return Credits(
        texts["creator"],
        texts["credit"],
        texts["copyright"],
        license if license.startswith(("https://", "http://")) else "",
    )


def read_texts(image: Any) -> dict[str, str]:
    """All that an opened image says in words: ``creator``, ``credit``, ``copyright``,
    ``license``, ``alt``; each may be empty."""
    exif = _quietly(
        _exif, image
    )  # first: a PNG may hold its texts behind its pixels, and this reads up to there
    sources = [_quietly(_xmp, image), _quietly(_iptc, image), exif]

    def first(key: str) -> str:
        return next(
            (v for source in sources if (v := " ".join(source.get(key, "").split())[:_TEXT_LIMIT])),
            "",
        )

    return {key: first(key) for key in ("creator", "credit", "copyright", "license", "alt")}


def _quietly(read: Callable[[Any], dict[str, str]], image: Any) -> dict[str, str]:
    try:
        return read(image)
    except Exception:  # noqa: BLE001
        return {}


def _exif(image: Any) -> dict[str, str]:
    values = image.getexif()
    windows = values.get(_WINDOWS_AUTHOR)
    author = (
        windows.decode("utf-16-le", "ignore").rstrip("\0") if isinstance(windows, bytes) else ""
    )
    info = image.info  # PNG keeps texts of its own
    creator = (
        _text_of(values.get(_ARTIST))
        or author
        or _text_of(info.get("Author"))
        or _text_of(info.get("Artist"))
    )
    comment = _text_of(info.get("comment"))  # the only text that a GIF has of itself
    copyright = _text_of(values.get(_COPYRIGHT)) or _text_of(info.get("Copyright"))
    return {
        "creator": creator,
        "copyright": copyright or (comment if _RESERVED.match(comment) else ""),
    }


def _iptc(image: Any) -> dict[str, str]:
    """The by-line, credit (else source) and copyright notice of an opened image.

    Raises what Pillow raises for broken data.
    """
    from PIL import IptcImagePlugin

    values: Any = IptcImagePlugin.getiptcinfo(image) or _records(_raw_profile(image.info))

    def said(number: int) -> str:
        value = values.get((2, number))
        return ", ".join(
            t
            for part in (value if isinstance(value, list) else [value])[:10]
            if (t := _text_of(part))
        )

    return {
        "creator": said(_BYLINE),
        "credit": said(_CREDIT) or said(_SOURCE),
        "copyright": said(_NOTICE),
    }


def _raw_profile(info: dict[Any, Any]) -> bytes:
    """The IPTC block that ImageMagick keeps as hexadecimal text in a PNG; nothing where there is
    none."""
    text = info.get("Raw profile type iptc") or info.get("Raw profile type 8bim") or ""
    digits = "".join(str(text).split()[2:])  # behind the profile's name and its length
    return bytes.fromhex(digits) if len(digits) < _XMP_LIMIT else b""


def _records(block: bytes) -> dict[tuple[int, int], list[bytes]]:
    """The datasets of an IPTC block (IIM 4.2, section 1.6) by record and number; extended ones are
    left out."""
    out: dict[tuple[int, int], list[bytes]] = {}
    at = block.find(b"\x1c")
    while at >= 0 and at + 5 <= len(block) and block[at] == 0x1C:
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        if size & 0x8000:
            break
        out.setdefault((block[at + 1], block[at + 2]), []).append(block[at + 5 : at + 5 + size])
        at += 5 + size
    return out


def _packet(image: Any) -> bytes:
    """The XMP packet of a file of which Pillow does not give it, such as a GIF: packets may be
    looked for (XMP part 3)."""
    file = image.fp
    if file is None:
        return b""
    at = file.tell()
    file.seek(0)
    head = file.read(_SCANNED)
    file.seek(at)
    start = head.find(b"<x:xmpmeta")
    end = head.find(b"</x:xmpmeta>", start)
    return head[start : end + len(b"</x:xmpmeta>")] if 0 <= start < end else b""


def _xmp(image: Any) -> dict[str, str]:
    raw = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or _packet(image)
    data = (raw.encode() if isinstance(raw, str) else bytes(raw)).strip(b"\0 \n")
    if not data or not _is_harmless(data):
        return {}
    from xml.etree import ElementTree as ET

    return texts_of_xml(ET.fromstring(data))


def _is_harmless(data: bytes) -> bool:
    """Whether XML is short and defines no entities, which could grow without bounds."""
    return len(data) <= _XMP_LIMIT and b"<!DOCTYPE" not in data and b"<!ENTITY" not in data


def texts_of_xml(root: Any) -> dict[str, str]:
    """What an element of XMP, or a drawing (SVG) with such metadata, says of its maker, by the keys
    of `read_texts`."""
    out: dict[str, str] = {}
    for element in root.iter():
        name = _local(str(element.tag))
        if name in _XMP_NAMES:
            texts = _items(element)
            joined = ", ".join(texts) if name == "creator" else "".join(texts[:1])
            out.setdefault(_XMP_NAMES[name], joined)
        elif name == "Description":
            for key, value in element.attrib.items():
                if _local(key) in _XMP_NAMES:
                    out.setdefault(_XMP_NAMES[_local(key)], value)
    return out


def _items(element: Any) -> list[str]:
    """The texts of the items in an element, else its own text."""
    items = [e for e in element.iter() if _local(str(e.tag)) == "li"] or [element]
    texts = (" ".join(item.itertext()).strip() for item in items[:10])
    return list(filter(None, texts))


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]


def _text_of(value: Any) -> str:
    """A value of EXIF or IPTC as text, whatever it was encoded in; empty where it is none."""
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(
        UnicodeEncodeError, UnicodeDecodeError
    ):  # Pillow reads EXIF as latin-1, cameras write UTF-8
        value = value.encode("latin-1").decode("utf-8")
    return str(value).replace("\0", " ").strip()


# Written ---------------------------------------------------------------------------------------


def as_exif(credits: Credits) -> bytes:
    """The maker and the copyright as EXIF has them; nothing where both are unknown."""
    from PIL import Image

    exif = Image.Exif()
    for tag, value in ((_ARTIST, credits.creator), (_COPYRIGHT, credits.copyright)):
        if value:
            exif[tag] = value.encode()
    return exif.tobytes() if len(exif) else b""


def as_iptc(credits: Credits) -> bytes:
    """The JPEG segment (APP13) with IPTC's by-line, credit and copyright notice; nothing where all
    are unknown."""
    fields = ((_BYLINE, credits.creator), (_CREDIT, credits.credit), (_NOTICE, credits.copyright))
    records = b"".join(
        b"\x1c\x02" + bytes([n]) + len(t.encode()).to_bytes(2, "big") + t.encode()
        for n, t in fields
        if t
    )
    if not records:
        return b""
    records = b"\x1c\x01\x5a\x00\x03\x1b%G" + records  # the texts are UTF-8
    block = (
        b"Photoshop 3.0\0"
        + b"8BIM\x04\x04\0\0"
        + len(records).to_bytes(4, "big")
        + records
        + b"\0" * (len(records) % 2)
    )
    return b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block


def as_xmp(credits: Credits) -> bytes:
    """An XMP packet with all that is known; nothing where nothing is."""
    said = {
        key: escape(str(getattr(credits, key)), quote=False) for key in Credits.__struct_fields__
    }
    parts = [
        (
            f"<dc:creator><rdf:Seq><rdf:li>{said['creator']}</rdf:li></rdf:Seq></dc:creator>"
            if said["creator"]
            else ""
        ),
        f"<photoshop:Credit>{said['credit']}</photoshop:Credit>" if said["credit"] else "",
        (
            "<dc:rights><rdf:Alt><rdf:li"
            f' xml:lang="x-default">{said["copyright"]}</rdf:li></rdf:Alt></dc:rights>'
            if said["copyright"]
            else ""
        ),
        (
            f"<xmpRights:WebStatement>{said['license']}</xmpRights:WebStatement>"
            if said["license"]
            else ""
        ),
    ]
    if not any(parts):
        return b""
    names = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    )
    inner = f'<rdf:Description rdf:about="" {names}>{"".join(parts)}</rdf:Description>'
    rdf = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{inner}</rdf:RDF>'
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'
    begin = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    return f'{begin}{packet}<?xpacket end="r"?>'.encode()
