"""Icons for tabs, phones and the web manifest, made from one image."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from sitegen.content.discover import Found
from sitegen.images.icons import SIZES, TOUCH, draw_icon, icon_jobs
from sitegen.model.output import IconJob
from tests.samples import config


def _image(kind: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    colour = (200, 30, 30, 128) if mode == "RGBA" else (200, 30, 30) if mode == "RGB" else 90
    Image.new(mode, size, colour).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("icon", "media", "static", "source"),
    [
        ("/i.png", [], ["static/i.png"], "static/i.png"),
        ("/brand/i.png", ["content/brand/i.png"], [], "content/brand/i.png"),
        ("/i.png", ["content/i.png"], ["static/i.png"], "static/i.png"),
        ("/ü.png", [], ["static/ü.png"], "static/ü.png"),
    ],
)
def test_one_image_makes_all_icons(
    icon: str, media: list[str], static: list[str], source: str
) -> None:
    files = [Found(path, 1, 1) for path in media], [Found(path, 1, 1) for path in static]
    jobs, problems = icon_jobs(config(icon=icon), *files)
    assert problems == []
    assert {job.output: job.size for job in jobs} == SIZES
    assert {job.source for job in jobs} == {source}


def test_an_icon_of_ones_own_is_not_made() -> None:
    static = [Found("static/i.png", 1, 1), Found("static/favicon.ico", 1, 1)]
    jobs, _ = icon_jobs(config(icon="/i.png"), [], static)
    assert "favicon.ico" not in {job.output for job in jobs}


def test_a_missing_image_is_an_error_and_no_icon_is_wanted_without_one() -> None:
    _, problems = icon_jobs(config(icon="/i.png"), [], [])
    assert [(p.code, p.level) for p in problems] == [("icon", "error")]
    assert icon_jobs(config(), [], []) == ((), [])


def test_another_file_of_the_same_name_makes_the_icons_again() -> None:
    both = [icon_jobs(config(icon="/i.png"), [], [Found("static/i.png", 1, n)])[0] for n in (1, 2)]
    assert both[0][0].mark != both[1][0].mark


@pytest.mark.parametrize("output", SIZES)
@pytest.mark.parametrize(
    ("kind", "size", "mode"),
    [
        ("PNG", (512, 512), "RGBA"),
        ("PNG", (20, 10), "L"),
        ("JPEG", (300, 500), "RGB"),
        ("WEBP", (900, 100), "RGBA"),
        ("GIF", (64, 64), "RGB"),
    ],
)
def test_an_icon_is_square_and_holds_the_whole_image(
    output: str, kind: str, size: tuple[int, int], mode: str
) -> None:
    wish = IconJob(output, "static/i", "site.yaml", "", SIZES[output])
    data = draw_icon(_image(kind, size, mode), wish)
    assert data == draw_icon(_image(kind, size, mode), wish)
    made = Image.open(io.BytesIO(data))
    assert made.size == (SIZES[output],) * 2
    assert made.format == ("ICO" if output.endswith(".ico") else "PNG")
    if output == TOUCH:
        assert made.mode == "RGB"
        red, green, _ = made.getpixel((90, 90))  # type: ignore[misc]
        assert red >= green
