"""Share cards: what link previews show of pages without a picture, what a card may say, and what an
edit makes again."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, ImageFont

from sitegen.images.draw_card import _cut, draw
from sitegen.images.share_cards import FONTS, LETTERS
from tests.conftest import NOW, SITE, Digest
from tests.images.test_images import photo

ALL = SITE + "share: {cards: all}\n"
A = "world/2026/11/01/a/index.html"


def on(digest: Digest, more: str = "") -> Digest:
    digest.write("site.yaml", ALL + more)
    return digest


def previews(digest: Digest, page: str) -> dict[str, str]:
    metas = etree.HTML(digest.page(page)).xpath("//meta[@content]")
    return {
        name: m.get("content")
        for m in metas
        if re.match("og:image|twitter:", name := m.get("property") or m.get("name") or "")
    }


def cards(digest: Digest) -> dict[str, bytes]:
    return {
        n.removeprefix("assets/share/"): d
        for n, d in digest.tree().items()
        if n.startswith("assets/share/")
    }


def name_of(digest: Digest, page: str) -> str:
    return previews(digest, page)["og:image"].removeprefix("https://t.example/assets/share/")


def test_an_article_without_a_picture_is_shared_with_a_card(digest: Digest) -> None:
    on(digest).article("a", "Ferry line drops its oldest ship")
    digest.build()
    reported = previews(digest, A)
    name = reported.pop("og:image").removeprefix("https://t.example/assets/share/")
    alt = "Ferry line drops its oldest ship – T"
    facts = {"og:image:type": "image/png", "og:image:width": "1200", "og:image:height": "630"}
    assert reported == {
        **facts,
        "og:image:alt": alt,
        "twitter:image:alt": alt,
        "twitter:card": "summary_large_image",
    }
    picture = Image.open(io.BytesIO(cards(digest)[name])).convert("RGB")
    assert picture.size == (1200, 630) and len(cards(digest)[name]) < 40_000
    assert picture.getpixel((5, 5)) == (0x9B, 0x1B, 0x1E), "the theme's accent"
    assert picture.getpixel((5, 600)) == (0xFB, 0xF9, 0xF4), "the theme's paper"
    assert len({color for _, color in picture.crop((72, 130, 1128, 400)).getcolors()}) > 4, (
        "letters with smooth edges"
    )
    data = json.loads(re.findall("<script[^>]*ld.json.>(.*?)</script>", digest.page(A))[0])
    assert data["image"]["url"] == f"https://t.example/assets/share/{name}", (
        "search engines show the card, too"
    )
    assert "assets/share" not in digest.page("feed.xml")


def test_a_picture_of_its_own_goes_before_and_a_drawing_cannot_be_shared(digest: Digest) -> None:
    on(digest).write("content/world/p.jpg", photo())
    digest.write("content/world/p.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    digest.article("a", more="image: {src: p.jpg, alt: A crane}")
    digest.article("b", more="image: p.svg")
    digest.build()
    reported = previews(digest, A)
    assert (
        "/assets/pictures/p." in reported["og:image"]
        and reported["og:image:type"] == "image/jpeg"
        and reported["og:image:alt"] == "A crane"
    )
    assert name_of(digest, A.replace("/a/", "/b/")) in cards(digest)


def test_front_page_sections_and_editions_have_one_and_lists_the_sites(digest: Digest) -> None:
    on(digest, "editions: {kind: monthly}\nsections: {world: {title: World}}\n").article(
        "a", more="tags: [tides]"
    )
    digest.build()
    own = name_of(digest, "index.html")
    assert own.startswith("site.") and name_of(digest, "tag/tides/index.html") == own == name_of(
        digest, "404.html"
    )
    there = [
        own,
        name_of(digest, "world/index.html"),
        name_of(digest, "edition/2026-11/index.html"),
        name_of(digest, A),
    ]
    assert len(set(there)) == 4 and set(there) == set(cards(digest))


def test_without_the_setting_there_is_none_and_one_card_can_do_for_all(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    assert not cards(digest) and previews(digest, A) == {"twitter:card": "summary"}
    digest.write("site.yaml", SITE + "share: {cards: site}\n")
    digest.build()
    assert set(cards(digest)) == {name_of(digest, A)} == {name_of(digest, "index.html")}
    digest.write("site.yaml", SITE + "share: {image: /all.jpg}\n")
    digest.write("static/all.jpg", photo())
    digest.build()
    assert (
        not cards(digest)
        and previews(digest, "index.html")["og:image"] == "https://t.example/all.jpg"
    )
    assert previews(digest, A)["twitter:card"] == "summary_large_image"


WRONG = [
    ("{cards: some}", "`share.cards`"),
    ("{image: all.jpg}", "`share.image`"),
    ("{card: all}", "card"),
]


@pytest.mark.parametrize(("settings", "said"), WRONG)
def test_settings_are_checked(digest: Digest, settings: str, said: str) -> None:
    digest.write("site.yaml", SITE + f"share: {settings}\n")
    assert said in digest.build(expect=2).stderr


@pytest.mark.parametrize(
    "title", ["港の夜", "ميناء في الليل", "Late 🚢 arrival", "a\u0303\u0489b", "हिन्दी"]
)
def test_a_headline_in_other_letters_gets_the_sites_picture_and_never_boxes(
    digest: Digest, title: str
) -> None:
    on(digest).article("a", title)
    digest.build()
    assert name_of(digest, A).startswith("site.")


def test_a_site_whose_title_cannot_be_drawn_has_cards_without_it_and_none_of_its_own(
    digest: Digest,
) -> None:
    digest.write("site.yaml", ALL.replace("title: T", "title: 港"))
    digest.article("a", "Harbour")
    digest.article("b", "夜")
    digest.build()
    assert (
        previews(digest, "index.html")
        == previews(digest, A.replace("/a/", "/b/"))
        == {"twitter:card": "summary"}
    )
    assert name_of(digest, A) in cards(digest)


@pytest.mark.parametrize(
    "title", ["W" * 400, "Word " * 120, "i", "« Le tram de nuit »", "Наводнение", "Φως"]
)
def test_any_length_keeps_within_its_margins(digest: Digest, title: str) -> None:
    on(digest).article("a", title)
    digest.build()
    picture = Image.open(io.BytesIO(cards(digest)[name_of(digest, A)])).convert("RGB")
    paper = picture.getpixel((5, 600))
    for box in (
        (0, 112, 60, 630),
        (1150, 112, 1200, 630),
        (0, 600, 1200, 630),
        (0, 112, 1200, 130),
    ):
        assert picture.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), paper)]
    assert picture.crop((60, 130, 1150, 470)).getcolors()[1:], "there is something to read"


def test_the_fonts_hold_every_letter_that_a_card_may_show() -> None:
    for file in FONTS.values():
        font = ImageFont.truetype(
            str(Path(draw.__code__.co_filename).parent / "fonts" / file),
            40,
            layout_engine=ImageFont.Layout.BASIC,
        )
        missing = bytes(font.getmask("\uffff"))
        assert any(missing)
        letters = [
            chr(c)
            for start, stop in LETTERS
            for c in range(start, stop + 1)
            if unicodedata.category(chr(c)) != "Cf"
        ]
        assert [hex(ord(c)) for c in letters if bytes(font.getmask(c)) == missing] == []


def test_a_card_shows_no_more_than_lists_do(digest: Digest) -> None:
    on(digest).article(
        "a",
        "The same title",
        more="rights: {show: link}\nsummary: Secret words\ndek: More secret words",
    )
    digest.article(
        "b", "The same title", more="summary: Other words\ndek: Other still", body="Another text."
    )
    digest.article("gone", "The withdrawn title", more="status: withdrawn")
    digest.article("draft", "A draft", more="status: draft")
    digest.build()
    names = cards(digest)
    assert names[name_of(digest, A)] == names[name_of(digest, A.replace("/a/", "/b/"))], (
        "only title, people, date and source count"
    )
    assert name_of(digest, A.replace("/a/", "/gone/")).startswith("site.")
    assert not [n for n in names if "draft" in n or "gone" in n]


def test_a_title_edit_makes_one_card_and_a_body_edit_none(
    digest: Digest, make_digest: Callable[[str], Digest]
) -> None:
    for site in (on(digest), cold := on(make_digest("cold"))):
        for name in "abcdef":
            site.article(name, f"Title {name}")
    digest.build()
    before = cards(digest)
    assert " 0 files written" in digest.build().stdout
    digest.article("a", "Title a", body="Another text.")
    digest.build()
    assert cards(digest) == before
    for site in (digest, cold):
        site.article("a", "Another title")
    digest.build()
    after = cards(digest)
    assert len(after.keys() - before.keys()) == 1 and len(before.keys() - after.keys()) == 1
    cold.build("--jobs", "1")
    assert digest.tree() == cold.tree()
    os.rename(digest.root / ".sitegen-cache", digest.root / "old")
    digest.build()
    assert digest.tree() == cold.tree()


def test_a_new_colour_makes_all_of_them_again(digest: Digest) -> None:
    on(digest).article("a")
    digest.build()
    before = cards(digest)
    on(digest, 'theme_options: {accent: "#fc0", scheme: dark, headlines: sans}\n')
    digest.build()
    assert not before.keys() & cards(digest).keys()
    picture = Image.open(io.BytesIO(cards(digest)[name_of(digest, A)])).convert("RGB")
    assert (picture.getpixel((5, 5)), picture.getpixel((5, 600))) == (
        (0xFF, 0xCC, 0),
        (0x15, 0x14, 0x12),
    )


def test_dates_are_in_the_sites_language(digest: Digest) -> None:
    drawn = {}
    for language in ("en", "de", "ja"):
        on(digest, f"language: {language}\n").article("a", "Title")
        digest.build()
        drawn[language] = cards(digest)[name_of(digest, A)]
    assert len(set(drawn.values())) == 3


def test_bytes_do_not_depend_on_raqm_or_the_place(digest: Digest) -> None:
    """The layout engine that Pillow prefers by itself is another where libraqm is there: it must
    not be asked."""
    on(digest).article("a", "AVATAR Toffee WAVE")
    digest.build()
    script = (
        "from PIL import ImageFont as f; f.core.HAVE_RAQM = False; from sitegen.cli.main import"
        " main; main()"
    )
    command = [
        sys.executable,
        "-c",
        script,
        "build",
        "--now",
        NOW,
        "-s",
        str(digest.root),
        "-j",
        "1",
    ]
    before = digest.tree()
    os.rename(digest.root / ".sitegen-cache", digest.root / "old")
    os.rename(digest.root / "output", digest.root / "before")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert digest.tree() == before


def test_explain_says_what_a_card_is(digest: Digest) -> None:
    on(digest).article("a")
    digest.build()
    done = digest.run("explain", f"assets/share/{name_of(digest, A)}", "--now", NOW)
    assert (
        "content/world/a.md" in done.stdout
        and "link previews" in done.stdout
        and "would not be rebuilt" in done.stdout
    )


class Ruler:
    """A font in which every letter is 10 wide; counts the letters it has measured."""

    def __init__(self) -> None:
        self.measured = 0

    def width(self, text: str) -> float:
        self.measured += len(text)
        return 10.0 * len(text)


def test_cutting_a_text_of_twice_the_length_takes_about_twice_the_work() -> None:
    work = []
    for length in (2_000, 4_000):
        ruler = Ruler()
        assert _cut("word " * (length // 5), ruler, 300) == "word word word word word word…"
        work.append(ruler.measured)
    assert work[1] < 3 * work[0]
