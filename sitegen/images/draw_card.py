"""Share cards to PNG: the same bytes for the same card, whatever fonts a machine has.

Pure. Text is laid out by Pillow's basic engine with sitegen's own fonts, so that it does not matter
whether raqm is there. Each region has one colour of paper and one of ink: sixteen shades between
these are all that a smooth edge needs, which keeps a card at some 12 KB.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Any

from sitegen.base.l10n import format_date
from sitegen.images.share_cards import FONTS, HEIGHT, WIDTH, drawable
from sitegen.model.output import ShareCardJob

MARGIN = 72
BAND = 112  # height of the band with the site's name
SIZES = range(80, 43, -4)  # of the headline: the largest that fits
LEADING = 1.18
SHADES = 16
_FONTS = Path(__file__).parent / "fonts"


def draw(card: ShareCardJob) -> bytes:
    """``card`` as PNG, 1200 by 630: a band with the site's name, the headline, and below who wrote
    it, when and where."""
    from PIL import Image

    regions = (_band(card), _headline(card), _foot(card))
    picture = Image.new("P", (WIDTH, HEIGHT))
    palette: list[int] = []
    for number, (layer, top, paper, ink) in enumerate(regions):
        picture.paste(
            layer.point([number * SHADES + value * SHADES // 256 for value in range(256)]), (0, top)
        )
        palette += _shades(paper, ink)
    picture.putpalette(palette)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _band(card: ShareCardJob) -> tuple[Any, int, str, str]:
    layer, pen = _layer(BAND)
    font, text = _shrunk(card.site, "sans", range(42, 27, -2))
    pen.text((MARGIN, BAND // 2 + 15), text, 255, font, "ls")
    return layer, 0, card.look.band, card.look.on_band


def _headline(card: ShareCardJob) -> tuple[Any, int, str, str]:
    lower = _foot_height(card)
    room = HEIGHT - BAND - lower
    layer, pen = _layer(room)
    size, lines = _fitted(card.headline, card.look.typeface, room - 56)
    y = 44 + size
    for line in lines:
        pen.text((MARGIN, y), line, 255, _font(card.look.typeface, size), "ls")
        y += round(size * LEADING)
    return layer, BAND, card.look.paper, card.look.ink


def _lines(card: ShareCardJob) -> list[tuple[str, str]]:
    """The lines below the headline, each with its typeface; what cannot be drawn is left out."""
    day = drawable(format_date(card.date, "long", card.language)) if card.date else ""
    people = ", ".join(p for name in card.authors if (p := drawable(name)))
    facts = " · ".join(part for part in (day, drawable(card.source)) if part)
    return [
        (text, face)
        for text, face in ((people, "sans"), (facts, "text"), (drawable(card.text), "text"))
        if text
    ]


def _foot_height(card: ShareCardJob) -> int:
    return 44 * len(_lines(card)) + 56


def _foot(card: ShareCardJob) -> tuple[Any, int, str, str]:
    height = _foot_height(card)
    layer, pen = _layer(height)
    y = 28
    for text, face in _lines(card):
        font, shown = _shrunk(text, face, range(32, 25, -2))
        pen.text((MARGIN, y + 10), shown, 255, font, "ls")
        y += 44
    return layer, HEIGHT - height, card.look.paper, card.look.soft


def _layer(height: int) -> tuple[Any, Any]:
    from PIL import Image, ImageDraw

    layer = Image.new("L", (WIDTH, height))
    return layer, ImageDraw.Draw(layer)


@lru_cache(maxsize=64)
def _font(face: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(_FONTS / FONTS[face]), size, layout_engine=ImageFont.Layout.BASIC)


def _shades(paper: str, ink: str) -> list[int]:
    """The palette from one colour to another."""
    a, b = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (paper, ink))
    return [
        round(x + (y - x) * step / (SHADES - 1))
        for step in range(SHADES)
        for x, y in zip(a, b, strict=True)
    ]


def _shrunk(text: str, face: str, sizes: range) -> tuple[Any, str]:
    """``text`` as one line in the largest of ``sizes`` that holds it, with an ellipsis where none
    does."""
    room = WIDTH - 2 * MARGIN
    for size in sizes:
        if _font(face, size).getlength(text) <= room:
            return _font(face, size), text
    return _font(face, sizes[-1]), _cut(text, _font(face, sizes[-1]), room)


def _cut(text: str, font: Any, room: int) -> str:
    """As much of ``text`` as there is room for with an ellipsis, ending with a word where one ends
    near."""
    kept = text[
        : bisect_right(
            range(1, len(text) + 1), room, key=lambda n: font.getlength(text[:n].rstrip() + "…")
        )
    ]
    word = kept.rpartition(" ")[0] if len(kept) < len(text) and text[len(kept)] != " " else kept
    return (word if len(word) > len(kept) * 2 // 3 else kept).rstrip(" ,;:–—-") + "…"


def _fitted(text: str, face: str, height: int) -> tuple[int, list[str]]:
    """The largest size at which ``text`` fits, and its lines; at the smallest it ends in an
    ellipsis."""
    room = WIDTH - 2 * MARGIN
    for size in SIZES:
        font, most = _font(face, size), int(height // (size * LEADING))
        lines = _wrapped(text, font, room)
        if len(lines) <= most and all(font.getlength(line) <= room for line in lines):
            return size, _balanced(text, font, room, lines)
    lines = [piece for line in lines for piece in _broken(line, font, room)]
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), font, room)]
    return size, lines


def _wrapped(text: str, font: Any, room: float) -> list[str]:
    """``text`` in lines of whole words; a word longer than ``room`` has a line of its own."""
    blank, lines, length = font.getlength(" "), [""], 0.0
    for word in text.split(" "):
        width = font.getlength(word)
        if lines[-1] and length + blank + width > room:
            lines.append(word)
            length = width
        else:
            length += (blank if lines[-1] else 0) + width
            lines[-1] = f"{lines[-1]} {word}".lstrip(" ")
    return lines


def _balanced(text: str, font: Any, room: int, lines: list[str]) -> list[str]:
    """As many lines, but of more even length: those of the narrowest column that needs no further
    line."""
    best, low, high = lines, room // 2, room
    while high - low > 16:
        middle = (low + high) // 2
        tried = _wrapped(text, font, middle)
        if len(tried) <= len(lines) and all(font.getlength(line) <= middle for line in tried):
            best, high = tried, middle
        else:
            low = middle
    return best


def _broken(line: str, font: Any, room: int) -> list[str]:
    """A line that is one word too long for its column, in pieces."""
    out = [""]
    for letter in line:
        if out[-1] and font.getlength(out[-1] + letter) > room:
            out.append("")
        out[-1] += letter
    return out
