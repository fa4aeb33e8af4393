"""Pictures: sizes and formats, credits, what is broken or not published, and that a second build
makes none."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from sitegen.images.credits import Credits, as_iptc, as_xmp, read_credits
from tests.conftest import SITE, Digest

CREDITS = Credits(
    "Ruta Lind", "Salm Pictures & Sons", "© 2026 Ruta Lind", "https://salm.example/rights"
)


def photo(
    width: int = 900,
    height: int = 600,
    kind: str = "JPEG",
    credits: Credits = CREDITS,
    orientation: int = 1,
) -> bytes:
    """A picture of two colours with credits and a place."""
    picture = Image.new("RGB", (width, height), "#205080")
    picture.paste("#e0b040", (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    for tag, text in ((0x013B, credits.creator), (0x8298, credits.copyright)):
        exif[tag] = text.encode()
    if orientation != 1:  # Pillow writes EXIF of an AVIF anew for this one, and loses letters
        exif[0x0112] = orientation
    exif[0x010F] = "Camera of a person"
    out = io.BytesIO()
    extra = {"extra": as_iptc(credits)} if kind == "JPEG" else {}
    picture.save(out, kind, exif=exif.tobytes(), **extra)
    return out.getvalue()


def pictures(digest: Digest) -> dict[str, bytes]:
    return {
        name.rpartition("/")[2]: data
        for name, data in digest.tree().items()
        if name.startswith("assets/pictures/")
    }


def shown(
    digest: Digest,
    body: str = "![A crane](crane.jpg)",
    more: str = "image: {src: lead.jpg, alt: A lead}",
) -> str:
    digest.write("content/world/crane.jpg", photo(credits=Credits()))
    digest.write("content/world/lead.jpg", photo(2000, 1000))
    digest.article("a", body=body, more=more)
    digest.build()
    return digest.page("world/2026/11/01/a/index.html")


def test_every_size_is_there_in_both_formats_and_the_lead_comes_first(digest: Digest) -> None:
    page = shown(digest)
    lead, crane = re.findall("<picture>.*?</picture>", page)
    assert (
        'fetchpriority="high"' in lead
        and "lazy" not in lead
        and 'width="1440" height="720"' in lead
        and 'alt="A lead"' in lead
    )
    assert (
        'loading="lazy"' in crane
        and "fetchpriority" not in crane
        and 'width="900" height="600"' in crane
        and 'alt="A crane"' in crane
    )
    addresses = re.findall(r"/assets/pictures/[^ \"]+", lead + crane)
    assert {Path(a).suffix for a in addresses} == {".webp", ".jpg"}
    assert {a.rsplit("-", 1)[1] for a in addresses if "lead" in a} == {
        f"{w}.webp" for w in (360, 720, 1080, 1440)
    } | {"1440.jpg"}
    for address in addresses:
        width = int(re.search(r"-(\d+)\.", address)[1])  # type: ignore[index]
        with Image.open(digest.root / "output" / address[1:]) as picture:
            assert picture.width == width and picture.format == (
                "WEBP" if address.endswith("webp") else "JPEG"
            )
    assert not (digest.root / "output/world/lead.jpg").exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_credits_are_kept_and_nothing_else(digest: Digest, kind: str) -> None:
    (digest.root / "site.yaml").write_text(
        SITE + "images: {formats: [avif, webp], widths: [200]}\n"
    )
    digest.write(f"content/world/p.{kind.lower()}", photo(kind=kind))
    digest.article("a", body=f"![p](p.{kind.lower()})")
    digest.build()
    made = pictures(digest)
    assert len({name.rsplit(".")[-1] for name in made}) == (3 if kind in ("JPEG", "PNG") else 2)
    for data in made.values():
        with Image.open(io.BytesIO(data)) as picture:
            reported = read_credits(picture)
            assert (reported.creator, reported.copyright) == (CREDITS.creator, CREDITS.copyright)
            assert reported.credit == (CREDITS.credit if kind == "JPEG" else "")
            assert 0x010F not in picture.getexif()


def test_what_is_written_as_xmp_is_read_again(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "x.webp", xmp=as_xmp(CREDITS))
    with Image.open(tmp_path / "x.webp") as picture:
        assert read_credits(picture) == CREDITS


def test_the_picture_says_who_made_it_unless_the_article_does(digest: Digest) -> None:
    """Each name once: the photographer is in the copyright notice, next to the agency."""
    page = shown(digest)
    assert "Salm Pictures &amp; Sons · © 2026 Ruta Lind" in page
    page = shown(digest, more="image: {src: lead.jpg, creator: Ann Ames}")
    assert "Ann Ames" in page and "Salm Pictures" not in page


def test_an_upright_photograph_stays_upright(digest: Digest) -> None:
    digest.write("content/world/p.jpg", photo(900, 600, orientation=6))
    digest.article("a", body="![p](p.jpg)")
    digest.build()
    assert 'width="600" height="900"' in digest.page("world/2026/11/01/a/index.html")


def test_a_broken_picture_and_a_bomb_are_named_and_published_as_they_are(digest: Digest) -> None:
    bomb = io.BytesIO()
    Image.new("1", (9_000, 8_000)).save(bomb, "PNG")
    digest.write("content/world/torn.jpg", photo()[:2000])
    digest.write("content/world/bomb.png", bomb.getvalue())
    digest.article("a", body="![t](torn.jpg) ![b](bomb.png)")
    reported = digest.build().stderr
    assert (
        "content/world/torn.jpg" in reported
        and "is broken" in reported
        and "content/world/a.md shows it" in reported
    )
    assert "content/world/bomb.png" in reported and "9000 by 8000 pixels" in reported
    assert digest.tree()["world/torn.jpg"] == photo()[:2000] and not pictures(digest)
    digest.build("--strict", expect=1)


def test_pictures_of_hidden_articles_stay_in(digest: Digest) -> None:
    digest.write("content/world/secret.jpg", photo())
    for name, more in (
        ("b", "status: draft"),
        ("c", "status: withdrawn"),
        ("d", "rights: {show: link}"),
        ("e", "rights: {show: excerpt}"),
    ):
        digest.article(name, body="![x](secret.jpg)", more=more)
    digest.build()
    assert not [name for name in digest.tree() if "secret" in name]


def test_a_second_build_makes_nothing_and_the_cache_changes_only_speed(digest: Digest) -> None:
    shown(digest)
    before = digest.tree()
    assert " 0 files written" in digest.build().stderr + digest.build().stdout
    for folder in (".sitegen-cache", "output"):
        os.rename(digest.root / folder, digest.root / f"old-{folder}")
    digest.build("--jobs", "1")
    assert digest.tree() == before


def test_a_changed_picture_has_other_addresses_and_the_old_files_go(digest: Digest) -> None:
    shown(digest)
    before = set(pictures(digest))
    digest.write("content/world/crane.jpg", photo(910, 600))
    digest.build()
    after = set(pictures(digest))
    assert {n for n in before - after if "crane" in n} and not [
        n for n in after - before if "lead" in n
    ]
    assert not {n for n in before & after if "crane" in n}


def test_feeds_and_structured_data_show_a_file_that_is_there(
    digest: Digest, make_digest: Callable[[str], Digest]
) -> None:
    site = make_digest("below")
    (site.root / "site.yaml").write_text(SITE.replace("t.example/", "t.example/deep/"))
    page = shown(site)
    for text in (page, site.page("feed.xml") if (site.root / "output/feed.xml").exists() else page):
        for address in re.findall(r"https://t\.example/deep/(assets/pictures/[^\"<&\\ ]+)", text):
            assert (site.root / "output" / address).is_file()
    assert 'srcset="/deep/assets/pictures/' in page and "/deep/deep/" not in page


def test_originals_can_be_published_and_sizes_left_out(digest: Digest) -> None:
    (digest.root / "site.yaml").write_text(SITE + "images: {originals: true}\n")
    shown(digest)
    assert "world/lead.jpg" in digest.tree() and pictures(digest)
    (digest.root / "site.yaml").write_text(SITE + "images: {widths: []}\n")
    assert 'src="/world/lead.jpg"' in shown(digest) and not pictures(digest)


@pytest.mark.parametrize("text", ["{formats: [gif]}", "{quality: 0}", "{widths: [2]}"])
def test_settings_are_checked(digest: Digest, text: str) -> None:
    (digest.root / "site.yaml").write_text(SITE + f"images: {text}\n")
    assert "`images" in digest.build(expect=2).stderr
