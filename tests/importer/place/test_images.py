"""Images of an imported article: where they are found, and what becomes of each."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow

from sitegen.importer.archives import InputFolder
from sitegen.importer.markdown.generators import Blog
from sitegen.importer.model import Imported
from sitegen.importer.place.images import (
    MAX_BYTES,
    ImageRefused,
    finder,
    read_picture,
    take_pictures,
)
from sitegen.model.article import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


def jpeg(artist: str = "", colour: str = "teal") -> bytes:
    out, exif = io.BytesIO(), Pillow.Exif()
    if artist:
        exif[0x013B] = artist
    Pillow.new("RGB", (8, 6), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def taken(found: Imported, **images: bytes) -> Any:
    """What is taken along of ``images``; `_` in a name is `.`."""
    files = {name.replace("_", "."): data for name, data in images.items()}
    return take_pictures(found, "ferry", files.get)


def test_an_image_says_who_made_it() -> None:
    found = read_picture(jpeg("Ruta Lind"))
    assert (found.suffix, found.width, found.height, found.creator) == (".jpg", 8, 6, "Ruta Lind")
    assert read_picture(SVG).suffix == ".svg"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"nothing", "cannot be read as an image"),
        (b"x" * (MAX_BYTES + 1), "is too large"),
        (SVG.replace(b"<path", b"<script>x</script><path"), "does more than draw"),
        (b"<svg", "cannot be read"),
    ],
)
def test_what_is_not_taken_over(data: bytes, reason: str) -> None:
    with pytest.raises(ImageRefused, match=reason):
        read_picture(data)


def test_a_lead_image_is_put_next_to_the_article() -> None:
    found = taken(Imported(title="T", image=Image("a.jpg", alt="Fog")), a_jpg=jpeg("Ruta Lind"))
    image = found.article.image
    assert (image.src, image.alt, image.creator) == ("ferry-a.jpg", "Fog", "Ruta Lind")
    assert image.credit == "Ruta Lind"
    assert found.files.keys() == {"ferry-a.jpg"}


def test_a_missing_lead_image_is_reported_and_another_one_takes_its_place() -> None:
    images = (Image("a.jpg"), Image("b.jpg"))
    found = taken(Imported(title="T", image=images[0], images=images), b_jpg=jpeg())
    assert found.article.image.src == "ferry-b.jpg"
    assert found.missing == ("image `a.jpg` is missing",)


def test_a_remote_image_that_is_not_fetched_stays_the_lead() -> None:
    found = taken(Imported(title="T", image=Image("https://post.example/a.jpg")))
    assert found.article.image.src == "https://post.example/a.jpg"
    assert (found.files, found.missing) == ({}, ())


def test_an_image_of_the_text_has_its_caption_below() -> None:
    body = 'One.\n\n![Fog](a.jpg "Dusk · Salm")\n\nTwo.\n'
    found = taken(Imported(title="T", body=body), a_jpg=jpeg())
    assert found.article.body == "One.\n\n![Fog](ferry-a.jpg)\n\n*Dusk · Salm*\n\nTwo.\n"


def test_a_remote_image_of_the_text_is_left_at_its_source() -> None:
    body = 'One.\n\n![Fog](https://post.example/a.jpg "Dusk · Salm")\n\nTwo.\n'
    found = taken(Imported(title="T", body=body))
    assert found.article.body == "One.\n\nTwo.\n"
    assert found.article.left_at_source == (
        Image("https://post.example/a.jpg", alt="Fog", caption="Dusk", credit="Salm"),
    )


def test_the_lead_image_is_not_in_the_text_again() -> None:
    found = taken(
        Imported(title="T", image=Image("a.jpg"), body="One.\n\n![](a.jpg)\n"), a_jpg=jpeg()
    )
    assert found.article.body == "One.\n"


def test_a_text_of_ones_own_site_keeps_its_markdown() -> None:
    body = 'See ![a](a.jpg) and <img src="b.jpg"> and ![c](https://post.example/c.jpg).\n'
    found = taken(Imported(title="T", body=body, own=True), a_jpg=jpeg(), b_jpg=jpeg("x"))
    assert found.article.body == (
        'See ![a](ferry-a.jpg) and <img src="ferry-b.jpg"> and ![c](https://post.example/c.jpg).\n'
    )


def test_two_images_of_one_name_are_two_files() -> None:
    found = take_pictures(
        Imported(title="T", body="![](x/a.jpg)\n\n![](y/a.jpg)\n", own=True),
        "ferry",
        {"x/a.jpg": jpeg(), "y/a.jpg": jpeg(colour="red")}.get,
    )
    assert len(found.files) == 2
    assert "ferry-a.jpg" in found.files


def look(root: Path, src: str, name: str = "world/ferry.md", **values: Any) -> bytes | None:
    fetch = values.pop("fetch", None)
    found = Imported(title="T", **values)
    return finder(InputFolder(root), name, Blog("hugo"), found, fetch, set())(src)


@pytest.mark.parametrize(
    ("place", "src"),
    [
        ("world/a.jpg", "a.jpg"),
        ("world/ferry/a.jpg", "a.jpg"),
        ("static/img/a.jpg", "/img/a.jpg"),
        ("a.jpg", "../a.jpg"),
        ("world/a b.jpg", "a%20b.jpg?x=1"),
    ],
)
def test_where_an_image_of_a_folder_is(tmp_path: Path, place: str, src: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    assert look(tmp_path, src) == b"x"


def test_an_image_may_be_attached_or_fetched(tmp_path: Path) -> None:
    assert look(tmp_path, "cid:1", attached={"cid:1": b"x"}) == b"x"
    assert look(tmp_path, "https://post.example/a.jpg") is None
    assert look(tmp_path, "https://post.example/a.jpg", fetch=lambda _: b"y") == b"y"
    with pytest.raises(ImageRefused, match="cannot be fetched"):
        look(tmp_path, "https://post.example/a.jpg", fetch=lambda _: None)


@pytest.mark.parametrize("src", ["../../secret.jpg", "missing.jpg"])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, src: str) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (tmp_path / "in").mkdir()
    assert look(tmp_path / "in", src, "world/ferry.md") is None


def test_what_a_missing_lead_image_says_is_kept() -> None:
    lead = Image("a.jpg", caption="Fog", credit="Ruta Lind")
    found = taken(Imported(title="T", body="Text.\n", image=lead, own=True))
    assert found.article.image is None
    assert found.article.left_at_source == (lead,)
    assert [person.name for person in found.article.credits] == ["Ruta Lind"]
    assert found.missing == ("image `a.jpg` is missing",)


def test_pictures_beside_a_text_are_shown_behind_it_or_kept_at_their_source() -> None:
    beside = tuple(Image(f"https://a.example/{n}.jpg", caption=f"Fog {n}") for n in range(3))
    found = Imported(title="T", body="Text.\n", image=beside[0], left_at_source=beside)
    bare = take_pictures(found, "ferry", {}.get).article
    assert (bare.body, bare.left_at_source) == ("Text.\n", beside[1:])
    files = {beside[1].src: jpeg("Ruta Lind", "red")}
    shown = take_pictures(found, "ferry", files.get).article
    assert shown.body == "Text.\n\n![](ferry-1.jpg)\n\n*Fog 1*\n"
    assert shown.left_at_source == beside[2:]
