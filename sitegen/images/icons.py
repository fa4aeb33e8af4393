"""Icons of a site for tabs, phones and the web manifest, made from one image (`icon:` in
site.yaml). Pure."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable

import msgspec

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.text import digest
from sitegen.config.schema import Config
from sitegen.content.discover import Found
from sitegen.images.metadata import opened
from sitegen.model.output import IconJob

TOUCH = "apple-touch-icon.png"  # where phones look for it without being asked to
LARGE = "icon-512.png"
SIZES = {TOUCH: 180, "icon-192.png": 192, LARGE: 512, "favicon.ico": 48}
_TAB_SIZES = (16, 32, 48)  # in a favicon.ico
_PAPER = "#ffffff"  # of a touch icon: phones show what is transparent as black


def icon_jobs(
    config: Config, media: Iterable[Found], static: Iterable[Found]
) -> tuple[tuple[IconJob, ...], list[Diagnostic]]:
    """The icons to make of the site's image, and an error where the file does not exist.

    An icon of the same name in static/ takes precedence.
    """
    if not config.icon:
        return (), []
    name = unicodedata.normalize("NFC", config.icon)
    beside = {found.path.removeprefix("static"): found for found in static}
    inside = {found.path.removeprefix(config.content): found for found in media}
    found = beside.get(name) or inside.get(name)
    if not found:
        hint = f"save it as static{name}, or correct the path"
        return (), [problem("icon", f"the image `{name}` does not exist", "site.yaml", help=hint)]
    mark = digest(msgspec.msgpack.encode(found))
    return tuple(
        IconJob(output, found.path, "site.yaml", mark, size)
        for output, size in SIZES.items()
        if f"/{output}" not in beside
    ), []


def draw_icon(data: bytes, wish: IconJob) -> bytes:
    """The image ``data`` as the icon ``wish``: a square with the whole image in its middle."""
    from PIL import Image, ImageOps

    image = ImageOps.exif_transpose(opened(data)).convert("RGBA")
    image = ImageOps.contain(image, (wish.size, wish.size), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (wish.size, wish.size), (0, 0, 0, 0))
    square.paste(image, ((wish.size - image.width) // 2, (wish.size - image.height) // 2))
    out = io.BytesIO()
    if wish.output.endswith(".ico"):
        square.save(out, "ICO", sizes=[(side, side) for side in _TAB_SIZES])
        return out.getvalue()
    if wish.output == TOUCH:
        paper = Image.new("RGBA", square.size, _PAPER)
        square = Image.alpha_composite(paper, square).convert("RGB")
    square.save(out, "PNG", optimize=True)
    return out.getvalue()
