"""Share cards to PNG: the same bytes for the same card, whatever fonts a machine has.

Pure. Text is laid out letter by letter with sitegen's own fonts, so that it does not matter whether
raqm is there. Each letter is drawn once for each size and then pasted: most of a card's time would
go into drawing it again. Sixteen colours, two pixels to a byte, hold the band, the paper and the
smooth edges of all letters; half the bytes are compressed in half the time. Rows without letters,
three quarters of a card, are those of its background, which are compressed once.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
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
_ROW = (_FILTER + WIDTH) // 2  # bytes of a row
_STEP = 8  # rows: the edges of what is compressed, so that few pieces of a background are asked for
_NEAR = 40  # rows without letters that cost less than starting to compress again
MAX_LETTERS = 256  # that a pen remembers, some 5 KB each
_FONTS = Path(__file__).parent / "fonts"


def draw(card: ShareCardJob) -> bytes:
    """``card`` as PNG, 1200 by 630: a band with the site's name, the headline, and below who wrote
    it, when and where."""
    canvas = _background(card.site).copy()
    lines = _lines(card)
    foot = HEIGHT - 44 * len(lines) - 56
    lettered = [
        *_draw_headline(canvas, card, foot - BAND),
        *_draw_foot(canvas, lines, foot + 38),
    ]
    return _png(_stream(canvas, card.site, lettered), _palette(card.look))


@lru_cache(maxsize=4)
def _background(site: str) -> Any:
    """What all cards of a site begin with: the band with its name, and paper."""
    from PIL import Image

    canvas = Image.new("P", (_FILTER + WIDTH, HEIGHT), 0)
    canvas.paste(_PAPER, (_FILTER, BAND, _FILTER + WIDTH, HEIGHT))
    pen, text = _shrunk(site, "sans", range(42, 27, -2), (0, _ON_BAND))
    pen.write(canvas, BAND // 2 + 15, text)
    return canvas


def _draw_headline(canvas: Any, card: ShareCardJob, room: int) -> Iterator[range]:
    """Draw the headline; the rows of each of its lines."""
    size, lines = _fitted(card.headline, card.look.typeface, room - 56)
    pen = _pen(card.look.typeface, size, (_PAPER, _INK))
    y = BAND + 44 + size
    for line in lines:
        yield pen.write(canvas, y, line)
        y += round(size * LEADING)


def _draw_foot(canvas: Any, lines: Iterable[tuple[str, str]], y: int) -> Iterator[range]:
    """Draw what is below the headline, from the base line ``y``; the rows of each line."""
    for text, face in lines:
        pen, shown = _shrunk(text, face, range(32, 25, -2), (_PAPER, _SOFT))
        yield pen.write(canvas, y, shown)
        y += 44


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
    """A letter in the shades of the palette; only the pixels in ``mask`` differ from the paper.

    Both are images as Pillow has them in C: for something as small as a letter, `Image.paste`
    takes longer to check its arguments than to copy the pixels.
    """

    shades: Any
    mask: Any
    left: int  # from the pen
    top: int  # from the base line
    right: int
    bottom: int


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

    def write(self, canvas: Any, y: int, text: str) -> range:
        """Draw ``text`` from the left margin on the base line ``y``; the rows that it takes."""
        x, paste = _FILTER + MARGIN, canvas.im.paste
        first, end = y, y
        self.width(text)
        for sign in text:
            if sign not in self._letters:
                if len(self._letters) >= MAX_LETTERS:
                    self._letters.clear()
                self._letters[sign] = self._drawn(sign)
            if letter := self._letters[sign]:
                shades, mask, left, top, right, bottom = letter
                paste(shades, (x + left, y + top, x + right, y + bottom), mask)
                first, end = min(first, y + top), max(end, y + bottom)
            x += self._widths[sign]
        return range(max(first, 0), min(end, HEIGHT))

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
        mask = shades.point([255 * (v != paper) for v in range(256)], "1")
        return _Letter(shades.im, mask.im, left, top, right, bottom)


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


def _stream(canvas: Any, site: str, lettered: Iterable[range]) -> bytes:
    """The rows of ``canvas`` as PNG has them (RFC 1950), of which only those that are ``lettered``
    differ from the background of ``site``."""
    rows = canvas.tobytes("raw", "P;4")
    pieces, end = [b"\x78\x01"], 0
    for part in _parts(lettered):
        pieces.append(_squeezed_background(site, end, part.start))
        pieces.append(_squeezed(rows[part.start * _ROW : part.stop * _ROW]))
        end = part.stop
    pieces.append(_squeezed_background(site, end, HEIGHT))
    pieces.append(b"\x03\x00" + struct.pack(">I", zlib.adler32(rows)))  # an empty last block
    return b"".join(pieces)


def _parts(lettered: Iterable[range]) -> list[range]:
    """The rows that hold ``lettered`` in order, in few parts."""
    parts: list[range] = []
    for rows in lettered:
        start, stop = rows.start // _STEP * _STEP, min(-(-rows.stop // _STEP) * _STEP, HEIGHT)
        if parts and start - parts[-1].stop < _NEAR:
            parts[-1] = range(min(parts[-1].start, start), max(parts[-1].stop, stop))
        else:
            parts.append(range(start, stop))
    return parts


@lru_cache(maxsize=256)
def _squeezed_background(site: str, start: int, stop: int) -> bytes:
    """Rows of the background of ``site``, compressed: a few hundred bytes."""
    return _squeezed(_background(site).tobytes("raw", "P;4")[start * _ROW : stop * _ROW])


def _squeezed(rows: bytes) -> bytes:
    """``rows`` compressed without a head or an end: such pieces may follow each other in any order
    (RFC 1951)."""
    squeeze = zlib.compressobj(wbits=-15, strategy=zlib.Z_RLE)  # as small as level 1, in less time
    return squeeze.compress(rows) + squeeze.flush(zlib.Z_FULL_FLUSH)


def _png(stream: bytes, palette: bytes) -> bytes:
    """A PNG file with four bits a pixel (RFC 2083)."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", stream), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


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
