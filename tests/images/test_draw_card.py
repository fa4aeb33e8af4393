"""The layout of share cards: lines, sizes, and text that has no room."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from typing import Any

import msgspec
import pytest
from PIL import Image

from sitegen.images.draw_card import SIZES, _broken, _cut, _fitted, _pen, _wrapped, draw
from sitegen.images.share_cards import look
from sitegen.model.output import ShareCardJob

COLOURS = (5, 15)
FONT = _pen("sans", 40, COLOURS)


@pytest.mark.parametrize(
    "text", ["Tide", "Ferry line drops its oldest ship", "word " * 60, "x" * 400]
)
def test_a_headline_fits_or_ends_with_an_ellipsis(text: str) -> None:
    size, lines = _fitted(text.strip(), "serif", 300)
    assert size in SIZES
    font = _pen("serif", size, COLOURS)
    assert all(font.width(line) <= 1056 for line in lines)
    joined = " ".join(lines)
    assert joined == text.strip() or joined.endswith("…")


def test_short_headlines_are_large() -> None:
    assert _fitted("Tide", "serif", 300) == (SIZES[0], ["Tide"])


def test_words_are_not_split_unless_one_is_too_long() -> None:
    lines = _wrapped("one two three four", FONT, FONT.width("one two"))
    assert lines == ["one two", "three", "four"]
    assert "".join(_broken("x" * 50, FONT, 200)) == "x" * 50


def test_a_cut_ends_with_a_word() -> None:
    cut = _cut("a line of several words", FONT, int(FONT.width("a line of seve…")) + 1)
    assert cut in ("a line of…", "a line of seve…")
    assert FONT.width(cut) <= FONT.width("a line of seve…") + 1


def card(headline: str, **more: Any) -> ShareCardJob:
    options = more.pop("options", {})
    return ShareCardJob("a.png", "a.md", "The Harbour Letter", headline, look(options), **more)


CARDS = (
    card("Quay nine closes", authors=("Ann Ames", "Zoë Ångström"), date="2026-11-24"),
    card("Ο νέος μόλος", options={"scheme": "dark", "accent": "#25a"}, language="el"),
    card("Паром вернулся", options={"paper": "white", "headlines": "sans"}, source="Вестник"),
    card("Fjord, affinity & “VAT”: " + "many words " * 30, text="Once a week."),
)


def test_a_card_has_the_same_bytes_whatever_was_drawn_before() -> None:
    """Letters are remembered, so a card must not depend on those of other cards."""
    code = (
        "import sys, msgspec; from sitegen.images.draw_card import draw; from sitegen.model.output"
        " import ShareCardJob; card = msgspec.msgpack.decode(sys.stdin.buffer.read(),"
        " type=ShareCardJob); sys.stdout.buffer.write(draw(card))"
    )
    together = [draw(one) for one in CARDS]
    assert [draw(one) for one in reversed(CARDS)] == together[::-1]
    alone = subprocess.run(
        [sys.executable, "-c", code],
        input=msgspec.msgpack.encode(CARDS[1]),
        capture_output=True,
        check=True,
    )
    assert alone.stdout == together[1]


@pytest.mark.parametrize("one", CARDS, ids=lambda one: one.headline[:12])
def test_a_card_is_a_small_png_of_four_bits(one: ShareCardJob) -> None:
    data = draw(one)
    assert data[24:26] == b"\x04\x03"  # bits a pixel, palette
    assert len(data) < 40_000
    with Image.open(io.BytesIO(data)) as image:
        image.verify()
    with Image.open(io.BytesIO(data)) as image:
        assert (image.size, image.mode) == ((1200, 630), "P")
    assert len(rows_of(data)) == 630 * 601


def rows_of(png: bytes) -> bytes:
    at = png.index(b"IDAT")
    size = int.from_bytes(png[at - 4 : at], "big")
    return zlib.decompress(png[at + 4 : at + 4 + size])


@pytest.mark.parametrize(
    "one", (*CARDS, card(""), card("ǺỂ ẞ" * 20)), ids=lambda one: one.headline[:12]
)
def test_rows_without_letters_are_those_of_the_background(
    one: ShareCardJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.images import draw_card

    rows = rows_of(draw(one))
    monkeypatch.setattr(draw_card, "_parts", lambda _: [range(630)])
    assert rows_of(draw(one)) == rows


@pytest.mark.parametrize("one", CARDS, ids=lambda one: one.headline[:12])
def test_a_card_has_the_exact_colours_of_its_theme(one: ShareCardJob) -> None:
    with Image.open(io.BytesIO(draw(one))) as image:
        found = {f"#{bytes(c).hex()}" for _, c in image.convert("RGB").getcolors(64)}
    look = one.look
    assert {look.band, look.on_band, look.paper, look.ink} <= found
    assert len(found) <= 16
    if one.date or one.source or one.text:
        assert look.soft in found


def test_letters_are_where_a_font_has_them() -> None:
    """A line of pasted letters is the line that Pillow draws, but for overlaps and kerning."""
    from PIL import ImageChops, ImageDraw, ImageFont

    from sitegen.images import draw_card

    pen = draw_card._pen("sans", 60, (0, 15))
    canvas = Image.new("P", (1200, 100))
    pen.line("Hamburg 1492", 70).draw(canvas, 0)
    font = ImageFont.truetype(
        str(draw_card._FONTS / "NotoSans-Bold.ttf"), 60, layout_engine=ImageFont.Layout.BASIC
    )
    drawn = Image.new("L", (1200, 100))
    ImageDraw.Draw(drawn).text(
        (draw_card._FILTER + draw_card.MARGIN, 70), "Hamburg 1492", 255, font, "ls"
    )
    pasted = Image.frombytes("L", canvas.size, canvas.tobytes()).point(
        [17 * v for v in range(16)] * 16
    )
    _, most = ImageChops.difference(pasted, drawn).getextrema()
    assert most <= 9  # half of a shade


def test_a_pen_remembers_a_bounded_number_of_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.images import draw_card

    expected = [draw(one) for one in CARDS]
    monkeypatch.setattr(draw_card, "MAX_LETTERS", 5)
    draw_card._pen.cache_clear()
    assert [draw(one) for one in CARDS] == expected
    pen = draw_card._pen("text", 32, (5, 12))
    assert 0 < len(pen._letters) <= 5
    draw_card._pen.cache_clear()
