"""The creator of an image, as its file says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from sitegen.check.image_credits import read_credit


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("<svg/>", ""),
        ("<svg><dc:creator>Ruta <b>Lind</b></dc:creator></svg>", "Ruta Lind"),
        ("<svg><dc:creator> </dc:creator><dc:rights>The Post</dc:rights></svg>", "The Post"),
        ('<svg photoshop:Credit="A &amp; B"/>', "A & B"),
    ],
)
def test_drawings(tmp_path: Path, text: str, credit: str) -> None:
    path = tmp_path / "a.svg"
    path.write_text(text)
    assert read_credit(path) == credit


def test_photographs(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Ruta Lind"
    path = tmp_path / "a.jpg"
    Image.new("RGB", (2, 2)).save(path, exif=exif)
    assert read_credit(path) == "Ruta Lind"


@pytest.mark.parametrize("name", ["broken.jpg", "note.txt", "missing.png"])
def test_files_that_say_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"not an image")
    (tmp_path / "note.txt").write_text("By Ruta Lind")
    assert read_credit(tmp_path / name) == ""
