"""Share cards to PNG: the same bytes for the same card, whatever fonts a machine has.

Pure. Text is laid out letter by letter with sitegen's own fonts, so that it does not matter whether
raqm is there. Each letter is drawn once for each size and then pasted: most of a card's time would
go into drawing it again. Sixteen colours, two pixels to a byte, hold the band, the paper and the
smooth edges of all letters; half the bytes are compressed in half the time.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sitegen.base.l10n import format_date
from sitegen.images.share_cards import FONTS, HEIGHT, WIDTH, drawable
from sitegen.model.output import CardStyle, ShareCardJob

MARGIN = 72
BAND = 112  # height of the band with the site's name
SIZES = range(80, 43, -4)  # of the headline: the largest that fits
LEADING = 1.18
# The palette: shades of the band, then those from paper to ink. The small print is not as dark as
# ink: its own colour replaces the shade that it is nearest to in every theme.
_ON_BAND, _PAPER, _INK, _SOFT = 4, 5, 15, 12
_FILTER = 2  # pixels in front of each row: its first byte in a PNG names its filter, 0 for none
MAX_LETTERS = 256  # that a pen remembers, some 5 KB each
_FONTS = Path(__file__).parent / "fonts"


def draw(card: ShareCardJob) -> bytes:
    """``card`` as PNG, 1200 by 630: a band with the site's name, the headline, and below who wrote
    it, when and where."""
    canvas = _background(card.site).copy()
    lines = _lines(card)
    foot = HEIGHT - 44 * len(lines) - 56
    _draw_headline(canvas, card, foot - BAND)
    y = foot + 38
    for text, face in lines:
        pen, shown = _shrunk(text, face, range(32, 25, -2), (_PAPER, _SOFT))
        pen.write(canvas, y, shown)
        y += 44
    return _png(canvas, _palette(card.look))


@lru_cache(maxsize=4)
def _background(site: str) -> Any:
    """What all cards of a site begin with: the band with its name, and paper."""
    from PIL import Image

    canvas = Image.new("P", (_FILTER + WIDTH, HEIGHT), 0)
    canvas.paste(_PAPER, (_FILTER, BAND, _FILTER + WIDTH, HEIGHT))
    pen, text = _shrunk(site, "sans", range(42, 27, -2), (0, _ON_BAND))
    pen.write(canvas, BAND // 2 + 15, text)
    return canvas


def _draw_headline(canvas: Any, card: ShareCardJob, room: int) -> None:
    size, lines = _fitted(card.headline, card.look.typeface, room - 56)
    pen = _pen(card.look.typeface, size, (_PAPER, _INK))
    y = BAND + 44 + size
    for line in lines:
        pen.write(canvas, y, line)
        y += round(size * LEADING)


def _lines(card: ShareCardJob) -> list[tuple[str, str]]:
    """The lines below the headline, each with its typeface; what cannot be drawn is left out."""
    day = drawable(format_date(card.date, "long", card.language)) if card.date else ""
    lines = [
        (", ".join(filter(None, map(drawable, card.authors))), "sans"),
        (" · ".join(filter(None, (day, drawable(card.source)))), "text"),
        (drawable(card.text), "text"),
    ]
    return [(text, face) for text, face in lines if text]


# Letters --------------------------------------------------------------------------------------
class _Letter(NamedTuple):
    """A letter in the shades of the palette; only the pixels in ``mask`` differ from the paper."""

    shades: Any
    mask: Any
    left: int  # from the pen
    top: int  # from the base line


class _Pen:
    """A typeface in one size and two colours of the palette; it remembers its letters."""

    def __init__(self, face: str, size: int, colours: tuple[int, int]) -> None:
        from PIL import ImageFont

        layout = ImageFont.Layout.BASIC
        self._font = ImageFont.truetype(str(_FONTS / FONTS[face]), size, layout_engine=layout)
        self._colours = colours
        self._letters: dict[str, _Letter | None] = {}
        self._widths: dict[str, int] = {}

    def width(self, text: str) -> int:
        """The pixels that ``text`` takes in a line."""
        widths = self._widths
        for letter in set(text) - widths.keys():
            widths[letter] = round(self._font.getlength(letter))
        return sum([widths[letter] for letter in text])

    def write(self, canvas: Any, y: int, text: str) -> None:
        """Draw ``text`` from the left margin on the base line ``y``."""
        x = _FILTER + MARGIN
        self.width(text)
        for sign in text:
            if sign not in self._letters:
                if len(self._letters) >= MAX_LETTERS:
                    self._letters.clear()
                self._letters[sign] = self._drawn(sign)
            if letter := self._letters[sign]:
                canvas.paste(letter.shades, (x + letter.left, y + letter.top), letter.mask)
            x += self._widths[sign]

    def _drawn(self, sign: str) -> _Letter | None:
        """``sign``, unless it is blank."""
        from PIL import Image, ImageDraw

        left, top, right, bottom = map(int, self._font.getbbox(sign, anchor="ls"))
        if right <= left or bottom <= top:
            return None
        grey = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(grey).text((-left, -top), sign, 255, self._font, "ls")
        paper, ink = self._colours
        shades = grey.point([paper + round(v * (ink - paper) / 255) for v in range(256)], "P")
        return _Letter(
            shades, shades.point([255 * (v != paper) for v in range(256)], "1"), left, top
        )


@lru_cache(maxsize=64)
def _pen(face: str, size: int, colours: tuple[int, int]) -> _Pen:
    return _Pen(face, size, colours)


# PNG ------------------------------------------------------------------------------------------
@lru_cache(maxsize=16)
def _palette(look: CardStyle) -> bytes:
    """Sixteen colours as PNG has them."""
    band = [_mixed(look.band, look.on_band, step / _ON_BAND) for step in range(_ON_BAND + 1)]
    steps = _INK - _PAPER
    paper = [_mixed(look.paper, look.ink, step / steps) for step in range(steps + 1)]
    paper[_SOFT - _PAPER] = _mixed(look.soft, look.soft, 0)
    return b"".join(band + paper)


def _mixed(a: str, b: str, share: float) -> bytes:
    """The colour between ``a`` and ``b`` (`#rrggbb`) that has ``share`` of ``b``."""
    pairs = zip(bytes.fromhex(a[1:]), bytes.fromhex(b[1:]), strict=True)
    return bytes(round(x + (y - x) * share) for x, y in pairs)


def _png(canvas: Any, palette: bytes) -> bytes:
    """``canvas`` as a PNG file with four bits a pixel (RFC 2083)."""
    rows = canvas.tobytes("raw", "P;4")
    squeeze = zlib.compressobj(strategy=zlib.Z_RLE)  # as small as level 1, in less time
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)
    chunks = [
        (b"IHDR", header),
        (b"PLTE", palette),
        (b"IDAT", squeeze.compress(rows) + squeeze.flush()),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in [*chunks, (b"IEND", b"")])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


# Lines ----------------------------------------------------------------------------------------
def _shrunk(text: str, face: str, sizes: range, colours: tuple[int, int]) -> tuple[_Pen, str]:
    """``text`` as one line in the largest of ``sizes`` that holds it, with an ellipsis where none
    does."""
    room = WIDTH - 2 * MARGIN
    for size in sizes:
        pen = _pen(face, size, colours)
        if pen.width(text) <= room:
            break
    else:
        text = _cut(text, pen, room)
    return pen, text


def _cut(text: str, pen: _Pen, room: int) -> str:
    """As much of ``text`` as there is room for with an ellipsis, ending with a word where one ends
    near."""
    kept = text[
        : bisect_right(
            range(1, len(text) + 1), room, key=lambda n: pen.width(text[:n].rstrip() + "…")
        )
    ]
    word = kept.rpartition(" ")[0] if len(kept) < len(text) and text[len(kept)] != " " else kept
    return (word if len(word) > len(kept) * 2 // 3 else kept).rstrip(" ,;:–—-") + "…"


def _fitted(text: str, face: str, height: int) -> tuple[int, list[str]]:
    """The largest size at which ``text`` fits, and its lines; at the smallest it ends in an
    ellipsis."""
    room = WIDTH - 2 * MARGIN
    for size in SIZES:
        pen, most = _pen(face, size, (_PAPER, _INK)), int(height // (size * LEADING))
        lines = _wrapped(text, pen, room)
        if len(lines) <= most and max(map(pen.width, lines), default=0) <= room:
            return size, _balanced(text, pen, room, lines)
    pieces = [piece for line in lines for piece in _broken(line, pen, room)]
    if len(pieces) <= most:
        return size, pieces
    rest = " ".join(pieces[most - 1 :])
    return size, [*pieces[: most - 1], _cut(rest, pen, room)]


def _wrapped(text: str, pen: _Pen, room: float) -> list[str]:
    """``text`` in lines of whole words; a word longer than ``room`` has a line of its own."""
    blank, lines, length = pen.width(" "), [""], 0
    for word in text.split(" "):
        width = pen.width(word)
        if lines[-1] and length + blank + width > room:
            lines.append(word)
            length = width
        else:
            length += (blank if lines[-1] else 0) + width
            lines[-1] = f"{lines[-1]} {word}".lstrip(" ")
    return lines


def _balanced(text: str, pen: _Pen, room: int, lines: list[str]) -> list[str]:
    """As many lines, but of more even length: those of the narrowest column that needs no further
    line."""
    best, low, high = lines, room // 2, room
    while high - low > 16:
        middle = (low + high) // 2
        tried = _wrapped(text, pen, middle)
        if len(tried) <= len(lines) and all(pen.width(line) <= middle for line in tried):
            best, high = tried, middle
        else:
            low = middle
    return best


def _broken(line: str, pen: _Pen, room: int) -> list[str]:
    """A line that is one word too long for its column, in pieces."""
    out = [""]
    for letter in line:
        if out[-1] and pen.width(out[-1] + letter) > room:
            out.append("")
        out[-1] += letter
    return out
