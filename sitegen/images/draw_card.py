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
from collections.abc import Iterable, Iterator, Sequence
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
_ADLER = 65_521  # what its sums are taken modulo
_STEP = 8  # rows: the edges of what is compressed, so that few pieces of a background are asked for
_NEAR = 40  # rows without letters that cost less than starting to compress again
MAX_LETTERS = 256  # that a pen remembers, some 5 KB each
_FONTS = Path(__file__).parent / "fonts"


def draw(card: ShareCardJob) -> bytes:
    """``card`` as PNG, 1200 by 630: a band with the site's name, the headline, and below who wrote
    it, when and where."""
    foot = _lines(card)
    base = HEIGHT - 44 * len(foot) - 56
    lines = [*_headline(card, base - BAND), *_foot(foot, base + 38)]
    return _png(_stream(card.site, lines), _palette(card.look))


@lru_cache(maxsize=4)
def _background(site: str) -> Any:
    """What all cards of a site begin with: the band with its name, and paper."""
    from PIL import Image

    canvas = Image.new("P", (_FILTER + WIDTH, HEIGHT), 0)
    canvas.paste(_PAPER, (_FILTER, BAND, _FILTER + WIDTH, HEIGHT))
    pen, text = _shrunk(site, "sans", range(42, 27, -2), (0, _ON_BAND))
    pen.line(text, BAND // 2 + 15).draw(canvas, 0)
    return canvas


def _headline(card: ShareCardJob, room: int) -> Iterator[_Lettered]:
    """The lines of the headline."""
    size, lines = _fitted(card.headline, card.look.typeface, room - 56)
    pen = _pen(card.look.typeface, size, (_PAPER, _INK))
    y = BAND + 44 + size
    for line in lines:
        yield pen.line(line, y)
        y += round(size * LEADING)


def _foot(lines: Iterable[tuple[str, str]], y: int) -> Iterator[_Lettered]:
    """The lines below the headline, from the base line ``y``."""
    for text, face in lines:
        pen, shown = _shrunk(text, face, range(32, 25, -2), (_PAPER, _SOFT))
        yield pen.line(shown, y)
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


class _Lettered(NamedTuple):
    """A line of text on the base line ``y``: its letters, each with its distance from the left
    edge."""

    y: int
    letters: list[tuple[int, _Letter]]
    rows: range  # of the card, that it takes

    def draw(self, canvas: Any, first: int) -> None:
        """Draw it on ``canvas``, which begins with the row ``first`` of the card."""
        paste, y = canvas.im.paste, self.y - first
        for x, (shades, mask, left, top, right, bottom) in self.letters:
            paste(shades, (x + left, y + top, x + right, y + bottom), mask)


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
        try:
            return sum([widths[sign] for sign in text])
        except KeyError:
            for sign in set(text) - widths.keys():
                widths[sign] = round(self._font.getlength(sign))
            return self.width(text)

    def line(self, text: str, y: int) -> _Lettered:
        """``text`` from the left margin on the base line ``y``."""
        x, letters = _FILTER + MARGIN, []
        self.width(text)
        for sign in text:
            if letter := self._letter(sign):
                letters.append((x, letter))
            x += self._widths[sign]
        top = min([y, *[y + letter.top for _, letter in letters]])
        bottom = max([y, *[y + letter.bottom for _, letter in letters]])
        return _Lettered(y, letters, range(max(top, 0), min(bottom, HEIGHT)))

    def _letter(self, sign: str) -> _Letter | None:
        """``sign``, drawn once; None where it is blank."""
        try:
            return self._letters[sign]
        except KeyError:
            if len(self._letters) >= MAX_LETTERS:
                self._letters.clear()
            drawn = self._letters[sign] = self._drawn(sign)
            return drawn

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


class _Squeezed(NamedTuple):
    """Rows of a card: compressed, and with how many bytes they have and their Adler-32 sum
    (RFC 1950)."""

    squeezed: bytes
    length: int
    sum: int


def _stream(site: str, lines: Sequence[_Lettered]) -> bytes:
    """The rows of a card with ``lines`` as PNG has them (RFC 1950); all others are those of the
    background of ``site``."""
    pieces, end = [], 0
    for part in _parts(line.rows for line in lines):
        pieces.append(_background_rows(site, end, part.start))
        canvas = _background(site).crop((0, part.start, _FILTER + WIDTH, part.stop))
        for line in lines:
            if line.rows.start in part:
                line.draw(canvas, part.start)
        pieces.append(_rows(canvas))
        end = part.stop
    pieces.append(_background_rows(site, end, HEIGHT))
    total = 1  # the sum of nothing
    for piece in pieces:
        total = _sum(total, piece)
    end_block = b"\x03\x00"  # an empty one
    squeezed = [piece.squeezed for piece in pieces]
    return b"".join([b"\x78\x01", *squeezed, end_block, struct.pack(">I", total)])


def _sum(before: int, rows: _Squeezed) -> int:
    """The Adler-32 sum of what has the sum ``before``, and of ``rows`` after it."""
    low, high = (before & 0xFFFF) - 1, before >> 16
    first = (low + (rows.sum & 0xFFFF)) % _ADLER
    second = (high + (rows.sum >> 16) + rows.length * low) % _ADLER
    return second << 16 | first


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
def _background_rows(site: str, start: int, stop: int) -> _Squeezed:
    """Rows of the background of ``site``: a few hundred bytes."""
    return _rows(_background(site).crop((0, start, _FILTER + WIDTH, stop)))


def _rows(canvas: Any) -> _Squeezed:
    """All rows of ``canvas``."""
    rows = canvas.tobytes("raw", "P;4") if canvas.height else b""
    return _Squeezed(_squeezed(rows), len(rows), zlib.adler32(rows))


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
    room, words = WIDTH - 2 * MARGIN, text.split(" ")
    for size in SIZES:
        pen, most = _pen(face, size, (_PAPER, _INK)), int(height // (size * LEADING))
        widths = [pen.width(word) for word in words]
        if max(widths) <= room:
            lines = _filled(widths, pen.width(" "), room)
            if len(lines) <= most:
                best = _balanced(widths, pen.width(" "), room, lines)
                return size, [" ".join(words[start:stop]) for start, stop in best]
    pieces = [piece for line in _wrapped(text, pen, room) for piece in _broken(line, pen, room)]
    if len(pieces) <= most:
        return size, pieces
    rest = " ".join(pieces[most - 1 :])
    return size, [*pieces[: most - 1], _cut(rest, pen, room)]


def _wrapped(text: str, pen: _Pen, room: int) -> list[str]:
    """``text`` in lines of whole words; a word longer than ``room`` has a line of its own."""
    words = text.split(" ")
    lines = _filled([pen.width(word) for word in words], pen.width(" "), room)
    return [" ".join(words[start:stop]) for start, stop in lines]


def _filled(widths: Sequence[int], blank: int, room: int) -> list[tuple[int, int]]:
    """The first word of each line, and that after its last, for words of these ``widths``."""
    lines, first, length = [], 0, widths[0]
    for number, width in enumerate(widths[1:], 1):
        length += blank + width
        if length > room:
            lines.append((first, number))
            first, length = number, width
    return [*lines, (first, len(widths))]


def _balanced(
    widths: Sequence[int], blank: int, room: int, lines: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """As many lines, but of more even length: those of the narrowest column that needs no further
    line."""
    best, low, high, widest = lines, room // 2, room, max(widths)
    while high - low > 16:
        middle = (low + high) // 2
        tried = _filled(widths, blank, middle) if widest <= middle else []
        if tried and len(tried) <= len(lines):
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
