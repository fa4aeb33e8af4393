"""One size of an image in one format: the same bytes for the same file and wishes.

Pure.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from sitegen.images.credits import as_exif, as_iptc, as_xmp, read_credits
from sitegen.images.metadata import opened
from sitegen.model.output import ResizeJob

AVIF_LESS = 15  # AVIF looks like the others at a quality that is so much lower


def resize(data: bytes, wish: ResizeJob) -> bytes:
    """``data`` at the size, format and quality of ``wish``, upright, in sRGB, with its credits and
    nothing else of its metadata."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = opened(data)
        credits, profile, palette = (
            read_credits(picture),
            picture.info.get("icc_profile"),
            picture.mode in ("P", "1"),
        )
        if picture.format in ("JPEG", "MPO"):
            longer = 2 * max(wish.width, wish.height)
            picture.draft("RGB", (longer, longer))
        picture = _plain(ImageOps.exif_transpose(picture))
        picture = picture.resize((wish.width, wish.height), Image.Resampling.LANCZOS)
        picture = _in_srgb(picture, profile)
        return _encoded(
            picture,
            wish,
            palette,
            {"exif": as_exif(credits), "xmp": as_xmp(credits)},
            as_iptc(credits),
        )


def _plain(picture: Any) -> Any:
    """``picture`` in a mode that can be made smaller: palettes, 16 bits and the like are
    resolved."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture.convert("RGBA") if "transparency" in picture.info else picture
    clear = picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info
    return picture.convert("RGBA" if clear else "RGB")


def _in_srgb(picture: Any, profile: bytes | None) -> Any:
    if profile and picture.mode in ("RGB", "CMYK", "RGBA"):
        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if picture.mode == "CMYK" or "sRGB" not in ImageCms.getProfileDescription(source):
                mode = "RGB" if picture.mode == "CMYK" else picture.mode
                picture = ImageCms.profileToProfile(
                    picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
                )
        except (ImageCms.PyCMSError, ValueError, OSError):
            pass  # a broken profile: the colours are taken as they are
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _encoded(
    picture: Any, wish: ResizeJob, palette: bool, texts: dict[str, bytes], iptc: bytes
) -> bytes:
    texts = {key: value for key, value in texts.items() if value}
    out = io.BytesIO()
    match wish.format:
        case "jpeg":
            picture = picture if picture.mode in ("RGB", "L") else picture.convert("RGB")
            picture.info = {"extra": iptc}
            picture.save(
                out,
                "JPEG",
                quality=wish.quality,
                optimize=True,
                progressive=True,
                extra=iptc,
                **texts,
            )
        case "webp":
            picture.save(out, "WEBP", quality=wish.quality, method=4, **texts)
        case "avif":
            quality = max(1, wish.quality - AVIF_LESS)
            picture.save(out, "AVIF", quality=quality, speed=7, max_threads=1, **texts)
        case _:
            _as_png(picture, palette, texts, out)
    return out.getvalue()


def _as_png(picture: Any, palette: bool, texts: dict[str, bytes], out: io.BytesIO) -> None:
    from PIL import Image, PngImagePlugin

    if palette:
        picture = picture.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    info = PngImagePlugin.PngInfo()
    if xmp := texts.pop("xmp", b""):
        info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    picture.save(out, "PNG", compress_level=8, pnginfo=info, **texts)
