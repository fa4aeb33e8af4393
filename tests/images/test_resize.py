"""One size of an image: the same bytes each time, upright, with its credits and no other data."""

from __future__ import annotations

import io
import random
from functools import cache

import msgspec
import pytest
from PIL import Image, ImageChops, ImageStat

from sitegen.images.credits import Credits, as_exif, as_iptc, as_xmp, read_credits
from sitegen.images.resize import Resizer, _Original, resize
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


CREDITS = Credits("Ruta Lind", "Harbour Wire", "© Harbour Wire", "https://wire.example/terms")


def photograph(mode: str, kind: str, size: tuple[int, int], **values: object) -> bytes:
    """An image with gradients and edges."""
    grey = Image.linear_gradient("L").resize(size)
    other = Image.radial_gradient("L").resize(size)
    picture = Image.merge("RGB", (grey, other, ImageChops.difference(grey, other))).convert(mode)
    out = io.BytesIO()
    picture.save(out, kind, **values)
    return out.getvalue()


def sideways() -> Image.Exif:
    exif = Image.Exif()
    exif.load(as_exif(CREDITS))
    exif[0x0112] = 6
    return exif


ORIGINALS = {
    "photo": photograph("RGB", "JPEG", (800, 450), xmp=as_xmp(CREDITS)),
    "sideways": photograph("RGB", "JPEG", (600, 400), exif=sideways().tobytes()),
    "press": photograph("CMYK", "JPEG", (500, 350), extra=as_iptc(CREDITS)),
    "grey": photograph("L", "JPEG", (450, 450)),
    "drawing": photograph("P", "PNG", (350, 150)),
    "clear": photograph("RGBA", "WEBP", (250, 200)),
    "gif": photograph("P", "GIF", (200, 150)),
}


def wishes() -> list[tuple[str, ResizeJob]]:
    made = []
    for name, data in ORIGINALS.items():
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size[::-1] if name == "sideways" else picture.size
        for kind in ("jpeg", "png", "webp"):
            for part in (1, 2, 3, 8):
                small = job(kind, width // part, height // part)
                made.append((name, msgspec.structs.replace(small, digest=name)))
    return made


@cache
def made_alone(name: str, wish: ResizeJob) -> bytes:
    return resize(ORIGINALS[name], wish)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_made_before_changes_no_byte(seed: int) -> None:
    """Decoded images and sizes are kept for the next size, in whatever order they are made."""
    mixed = wishes()
    random.Random(seed).shuffle(mixed)
    resizer = Resizer()
    for name, wish in mixed:
        data = ORIGINALS[name]
        assert resizer.make(wish, lambda data=data: data) == made_alone(name, wish), (name, wish)


@pytest.mark.parametrize("name", ["photo", "sideways", "press"])
@pytest.mark.parametrize("kind", ["jpeg", "webp", "png"])
def test_every_size_has_the_credits_and_is_upright(name: str, kind: str) -> None:
    resizer = Resizer()
    width, height = (200, 300) if name == "sideways" else (300, 200)
    for part in (1, 2):
        wish = job(kind, width // part, height // part)
        made = resizer.make(wish, lambda: ORIGINALS[name])
        with Image.open(io.BytesIO(made)) as small:
            assert small.size == (width // part, height // part)
            assert read_credits(small).creator == "Ruta Lind"
            assert small.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize(
    ("size", "longer", "scale"),
    [
        ((4000, 3000), 1440, 2),
        ((4000, 3000), 720, 4),
        ((4000, 3000), 360, 8),
        ((3000, 4000), 360, 8),
        ((1600, 900), 1440, 1),
        ((1870, 900), 1440, 1),
        ((160, 90), 160, 1),
    ],
)
def test_a_jpeg_is_decoded_larger_than_its_size_will_be(
    size: tuple[int, int], longer: int, scale: int
) -> None:
    assert _Original(image(kind="JPEG")).scale(10_000) == 1
    original = _Original(photograph("L", "JPEG", size))
    assert original.scale(longer) == scale
    assert max(original.decoded(scale).size) == max(size) // scale


def test_a_png_is_decoded_as_it_is() -> None:
    assert _Original(photograph("L", "PNG", (4000, 300))).scale(20) == 1


@pytest.mark.parametrize("width", [640, 400, 90])
def test_decoding_less_is_not_seen(width: int) -> None:
    """The difference to an image that was decoded in full is far below the loss of WebP."""
    data = photograph("RGB", "JPEG", (1600, 900), quality=92)
    height = width * 900 // 1600
    made = _Original(data).resized(width, height)
    with Image.open(io.BytesIO(data)) as picture:
        full = picture.resize((width, height), Image.Resampling.LANCZOS)
    error = ImageStat.Stat(ImageChops.difference(made, full)).rms
    assert max(error) < 1.5


def test_a_broken_image_spoils_no_other() -> None:
    resizer = Resizer()
    good, bad = job("webp"), msgspec.structs.replace(job("webp"), digest="bad")
    torn = ORIGINALS["photo"][:3000]
    expected = resize(ORIGINALS["photo"], good)
    for _ in range(2):
        with pytest.raises(OSError):
            resizer.make(bad, lambda: torn)
        assert resizer.make(good, lambda: ORIGINALS["photo"]) == expected
