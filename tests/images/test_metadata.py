"""What an image's file is."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from sitegen.images import metadata
from sitegen.images.metadata import FORMATS, SUFFIX, opened, read_facts, why_unreadable


def saved(kind: str, width: int = 8, height: int = 6, **values: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind, **values)
    return out.getvalue()


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("teal", "red")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_format_and_size(kind: str) -> None:
    facts = read_facts(saved(kind))
    assert (facts.format, facts.width, facts.height) == (FORMATS[kind], 8, 6)
    assert (facts.moving, facts.wrong) == (False, "")
    assert facts.format in SUFFIX


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_moving_images(kind: str) -> None:
    assert read_facts(animated(kind)).moving is True


@pytest.mark.parametrize(("orientation", "size"), [(1, (8, 6)), (3, (8, 6)), (6, (6, 8))])
def test_the_size_is_that_of_the_image_as_it_is_shown(
    orientation: int, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    facts = read_facts(saved("JPEG", exif=exif))
    assert (facts.width, facts.height) == size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_image_that_is_cut_off_cannot_be_used(kind: str) -> None:
    data = saved(kind, 300, 200)
    assert read_facts(data[: len(data) * 2 // 3]).wrong


@pytest.mark.parametrize("data", [b"", b"nothing", b"<svg/>", saved("BMP")])
def test_what_is_not_an_image_of_a_known_format(data: bytes) -> None:
    facts = read_facts(data)
    assert facts.wrong == "cannot be read as an image"
    assert facts.digest == read_facts(data).digest


@pytest.mark.parametrize(("name", "bound"), [("MAX_PIXELS", 47), ("MAX_SIDE", 7)])
def test_large_images_are_refused(monkeypatch: pytest.MonkeyPatch, name: str, bound: int) -> None:
    monkeypatch.setattr(metadata, name, bound)
    assert "has 8 by 6 pixels" in read_facts(saved("PNG")).wrong


def test_reasons_are_in_plain_words() -> None:
    error = Image.DecompressionBombError("Image size exceeds limit")
    assert why_unreadable(error) == "has too many pixels; the limit is 60 million"
    assert why_unreadable(OSError("truncated")) == "is broken: truncated"


def test_pixels_are_not_read_to_open_an_image() -> None:
    assert opened(saved("PNG")).size == (8, 6)
