"""Images in other sizes and formats: the same bytes for the same file and wishes.

Pure. The sizes of one image follow each other, and have most of the work in common: so a `Resizer`
keeps the image that it has decoded last, and the size that it has made of it last. What it makes
does not depend on them.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import Any

from sitegen.images.credits import as_exif, as_iptc, as_xmp, read_credits
from sitegen.images.metadata import opened
from sitegen.model.output import ResizeJob

_CLEAR = ("RGBA", "LA", "PA", "La", "RGBa")  # modes with transparent parts
AVIF_LESS = 15  # AVIF looks like the others at a quality that is so much lower
# A JPEG can be decoded at a half, a quarter or an eighth of its size in a fraction of the time.
# As long as it is larger than the result by this factor, WebP's own loss is fifty times as large.
_SPARE = 1.3
_SCALES = (8, 4, 2)


def resize(data: bytes, wish: ResizeJob) -> bytes:
    """``data`` at the size, format and quality of ``wish``, upright, in sRGB, with its credits and
    nothing else of its metadata."""
    return Resizer().make(wish, lambda: data)


class Resizer:
    """Makes sizes of images, quickest if those of one image follow each other."""

    def __init__(self) -> None:
        self._digest = ""
        self._original: _Original | None = None

    def make(self, wish: ResizeJob, read: Callable[[], bytes]) -> bytes:
        """As `resize`; ``read`` gives the bytes of the image."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if self._original is None or self._digest != wish.digest:
                self._original = None  # so that two large images are not in memory at a time
                self._digest, self._original = wish.digest, _Original(read())
            return self._original.made(wish)


class _Original:
    """An image with what is decoded and resized of it."""

    def __init__(self, data: bytes) -> None:
        image = opened(data)
        self.data, self.credits = data, read_credits(image)
        self.profile = image.info.get("icc_profile")
        self.palette = image.mode in ("P", "1")
        self.scalable = image.format in ("JPEG", "MPO")
        self.longer = max(image.size)
        self._scale, self._decoded = 0, None
        self._size, self._resized = (0, 0), None

    def made(self, wish: ResizeJob) -> bytes:
        texts = {"exif": as_exif(self.credits), "xmp": as_xmp(self.credits)}
        image = self.resized(wish.width, wish.height)
        return _encoded(image, wish, self.palette, texts, as_iptc(self.credits))

    def resized(self, width: int, height: int) -> Any:
        """The image upright and in sRGB."""
        from PIL import Image

        if self._size != (width, height):
            image = self.decoded(self.scale(max(width, height)))
            image = image.resize((width, height), Image.Resampling.LANCZOS)
            self._size, self._resized = (width, height), _in_srgb(image, self.profile)
        return self._resized

    def scale(self, longer: int) -> int:
        """The largest factor by which the image may be smaller when it is decoded."""
        spare = self.longer / longer if self.scalable else 1.0
        return next((scale for scale in _SCALES if spare / scale >= _SPARE), 1)

    def decoded(self, scale: int) -> Any:
        from PIL import ImageOps

        if self._scale != scale:
            self._scale, self._decoded = 0, None
            image = opened(self.data)
            if scale > 1:
                image.draft("RGB", (image.width // scale, image.height // scale))
            self._scale, self._decoded = scale, _plain(ImageOps.exif_transpose(image))
        return self._decoded


def _plain(image: Any) -> Any:
    """``image`` in a mode that can be made smaller: palettes, 16 bits and the like are
    resolved."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode in _CLEAR:
        return image.convert("RGBA")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _in_srgb(image: Any, profile: bytes | None) -> Any:
    if profile and image.mode in ("RGB", "CMYK", "RGBA"):
        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode == "CMYK" or "sRGB" not in ImageCms.getProfileDescription(source):
                mode = "RGB" if image.mode == "CMYK" else image.mode
                image = ImageCms.profileToProfile(
                    image, source, ImageCms.createProfile("sRGB"), outputMode=mode
                )
        except (ImageCms.PyCMSError, ValueError, OSError):
            pass  # a broken profile: the colours are taken as they are
    return image.convert("RGB") if image.mode == "CMYK" else image


def _encoded(
    image: Any, wish: ResizeJob, palette: bool, texts: dict[str, bytes], iptc: bytes
) -> bytes:
    texts = {key: value for key, value in texts.items() if value}
    out = io.BytesIO()
    match wish.format:
        case "jpeg":
            image = _on_white(image)
            image.info = {"extra": iptc}
            image.save(
                out,
                "JPEG",
                quality=wish.quality,
                optimize=True,
                progressive=True,
                extra=iptc,
                **texts,
            )
        case "webp":
            image.save(out, "WEBP", quality=wish.quality, method=4, **texts)
        case "avif":
            quality = max(1, wish.quality - AVIF_LESS)
            image.save(out, "AVIF", quality=quality, speed=7, max_threads=1, **texts)
        case _:
            _as_png(image, palette, texts, out)
    return out.getvalue()


def _on_white(image: Any) -> Any:
    """``image`` without transparency, which JPEG does not have."""
    from PIL import Image

    if image.mode in ("RGB", "L"):
        return image
    if image.mode != "RGBA":
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(ground, image).convert("RGB")


def _as_png(image: Any, palette: bool, texts: dict[str, bytes], out: io.BytesIO) -> None:
    from PIL import Image, PngImagePlugin

    if palette:
        image = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    info = PngImagePlugin.PngInfo()
    if xmp := texts.pop("xmp", b""):
        info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    image.save(out, "PNG", compress_level=6, pnginfo=info, **texts)
