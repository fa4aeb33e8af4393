"""What an image says of its maker: read as the standards ask, and written again."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sitegen.images.credits import Credits, as_exif, as_iptc, as_xmp, read_credits
from sitegen.images.metadata import read_facts

ALL = Credits("Ruta Lind", "Salm Pictures", "© 2026 Ruta Lind", "https://salm.example/rights")


def saved(kind: str, **values: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, kind, **values)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (saved("JPEG", xmp=as_xmp(ALL)), ALL),
        (saved("WEBP", xmp=as_xmp(ALL)), ALL),
        (saved("JPEG", extra=as_iptc(ALL)), Credits(ALL.creator, ALL.credit, ALL.copyright)),
        (saved("JPEG", exif=as_exif(ALL)), Credits(ALL.creator, "", ALL.copyright)),
        (saved("JPEG"), Credits()),
        (saved("JPEG", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><broken"), Credits()),
    ],
)
def test_credits_are_read_from_each_standard(data: bytes, read: Credits) -> None:
    with Image.open(io.BytesIO(data)) as image:
        assert read_credits(image) == read


def test_xmp_takes_precedence_over_exif() -> None:
    data = saved("JPEG", xmp=as_xmp(Credits("Ann Ames")), exif=as_exif(ALL))
    with Image.open(io.BytesIO(data)) as image:
        assert read_credits(image) == Credits("Ann Ames", "", ALL.copyright)


def test_nothing_is_written_where_nothing_is_known() -> None:
    assert (as_exif(Credits()), as_iptc(Credits()), as_xmp(Credits())) == (b"", b"", b"")


def test_facts_of_a_file() -> None:
    facts = read_facts(saved("PNG"))
    assert (facts.format, facts.width, facts.height, facts.wrong) == ("png", 8, 6, "")
    assert read_facts(b"GIF of text").wrong == "cannot be read as an image"
    assert read_facts(saved("JPEG")[:200]).wrong
