"""One size of an image: the same bytes each time, upright, with its credits and no other data."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sitegen.images.credits import Credits, as_exif, read_credits
from sitegen.images.resize import resize
from sitegen.model.output import ResizeJob


def job(format: str, width: int = 40, height: int = 20) -> ResizeJob:
    return ResizeJob("x", "x", "x", "d", format, width, height, 80)


def image(mode: str = "RGB", kind: str = "PNG", **values: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (80, 40)).save(out, kind, **values)
    return out.getvalue()


@pytest.mark.parametrize("format", ["jpeg", "png", "webp", "avif"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_mode_in_every_format(mode: str, format: str) -> None:
    made = resize(image(mode), job(format))
    assert made == resize(image(mode), job(format))
    with Image.open(io.BytesIO(made)) as small:
        assert (small.format, small.size) == (format.upper(), (40, 20))


def test_only_the_credits_are_kept_of_the_metadata() -> None:
    exif = Image.Exif()
    exif.load(as_exif(Credits("Ruta Lind")))
    exif[0x010F] = "A camera"
    made = resize(image(kind="JPEG", exif=exif), job("jpeg"))
    with Image.open(io.BytesIO(made)) as small:
        assert read_credits(small).creator == "Ruta Lind"
        assert 0x010F not in small.getexif()


def test_a_broken_colour_profile_is_ignored() -> None:
    made = resize(image(icc_profile=b"not a profile"), job("jpeg"))
    with Image.open(io.BytesIO(made)) as small:
        assert small.size == (40, 20)
