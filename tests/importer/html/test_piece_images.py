"""Images and embedded things of pieces of HTML, as feeds, mails and exports hold them: found in
whatever way they are written, each with its caption and credit."""

from __future__ import annotations

from time import process_time

import pytest

from sitegen.importer.html.fragment import Fragment, finish, read_fragment
from sitegen.importer.html.piece_images import SHOWN, take_embeds, take_images
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.model import Imported

BASE = "https://quay.example/a/"
AT = "https://quay.example/i"
SPACER = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
CAPTION = "A quay. Photo: Ole Lund"
SAID = ("A quay.", "Ole Lund")
FILM = "https://www.youtube.com/watch?v=abcdefghijk"


def piece(html: str) -> Fragment:
    return read_fragment(f"<p>What is above.</p>{html}<p>What is below.</p>", BASE)


ONE = {
    "plain": f"<img src='{AT}/l.jpg'>",
    "relative": "<img src='../i/l.jpg'>",
    "picture": (
        f"<picture><source srcset='{AT}/s.jpg 400w, {AT}/l.jpg 1200w'><img src='{AT}/m.jpg'>"
        "</picture>"
    ),
    "picture without src": f"<picture><source srcset='{AT}/l.jpg 2x'><img alt=''></picture>",
    "picture without img": f"<picture><source srcset='{AT}/l.jpg 2x'></picture>",
    "srcset by width": f"<img srcset='{AT}/s.jpg 300w, {AT}/l.jpg 1200w' src='{AT}/s.jpg'>",
    "srcset by density": f"<img srcset='{AT}/s.jpg 1x,{AT}/l.jpg 2x'>",
    "srcset with data": f"<img srcset='{SPACER} 1w, {AT}/l.jpg 1200w'>",
    "data-src": f"<img src='{SPACER}' data-src='{AT}/l.jpg'>",
    "data-lazy-src": f"<img src='placeholder.gif' data-lazy-src='{AT}/l.jpg'>",
    "data-original": f"<img data-original='{AT}/l.jpg'>",
    "data-srcset": f"<img src='/blank.gif' data-srcset='{AT}/l.jpg 1200w,{AT}/s.jpg 200w'>",
    "data-lazy-srcset": f"<img src='{SPACER}' data-lazy-srcset='{AT}/l.jpg 1200w'>",
    "noscript": f"<img class=lazy><noscript><img src='{AT}/l.jpg'></noscript>",
    "noscript as text": f"<noscript>&lt;img src='{AT}/l.jpg'&gt;</noscript>",
    "noscript as well": f"<img src='{AT}/l.jpg'><noscript><img src='{AT}/l.jpg'></noscript>",
    "amp": f"<amp-img src='{AT}/l.jpg' width=300 height=200 layout=responsive></amp-img>",
    "amp with noscript": (
        f"<amp-img src='{AT}/l.jpg' width=9 height=6><noscript><img src='{AT}/l.jpg'></noscript>"
        "</amp-img>"
    ),
    "linked": f"<a href='{AT}/big.jpg'><img src='{AT}/l.jpg'></a>",
    "linked to a page": f"<a href='https://quay.example/p/'><img src='{AT}/l.jpg'></a>",
    "in a box": f"<div class=wp-block-image><img src='{AT}/l.jpg'></div>",
    "beside a counter": f"<img src='{AT}/l.jpg'><img src='{AT}/c.gif' width=1 height=1>",
}


@pytest.mark.parametrize("way", ONE)
def test_an_image_is_found_in_its_place(way: str) -> None:
    found = piece(ONE[way])
    assert [image.src for image in found.images] == [f"{AT}/l.jpg"]
    assert [f"({AT}/l.jpg" in block for block in found.blocks] == [False, True, False]


def test_a_comma_within_a_url_of_a_srcset() -> None:
    html = f"<img srcset='{AT}/w_300,h_2/l.jpg 300w, {AT}/w_1200,h_2/l.jpg 1200w'>"
    assert [image.src for image in piece(html).images] == [f"{AT}/w_1200,h_2/l.jpg"]


CAPTIONED = {
    "figure": f"<figure><img src='{AT}/l.jpg'><figcaption>{CAPTION}</figcaption></figure>",
    "linked": (
        f"<figure><a href='{AT}/b.jpg'><img src='{AT}/l.jpg'></a><figcaption>{CAPTION}"
        "</figcaption></figure>"
    ),
    "noscript": (
        f"<figure><img src='{SPACER}'><noscript><img src='{AT}/l.jpg'></noscript><figcaption>"
        f"{CAPTION}</figcaption></figure>"
    ),
    "lazy": (
        f"<figure><img src='{SPACER}' data-src='{AT}/l.jpg'><figcaption>{CAPTION}</figcaption>"
        "</figure>"
    ),
    "amp": (
        f"<figure><amp-img src='{AT}/l.jpg' width=9 height=6></amp-img><figcaption>{CAPTION}"
        "</figcaption></figure>"
    ),
    "picture": (
        f"<figure><picture><source srcset='{AT}/l.jpg 2x'><img></picture><figcaption>{CAPTION}"
        "</figcaption></figure>"
    ),
    "credit of its own": (
        f"<figure><img src='{AT}/l.jpg'><figcaption>A quay.</figcaption><span class=credit>Ole Lund"
        "</span></figure>"
    ),
    "credit before": (
        f"<figure><img src='{AT}/l.jpg'><div class=copyright>Ole Lund</div><figcaption>A quay."
        "</figcaption></figure>"
    ),
    "wordpress": (
        f"<div class=wp-caption><img src='{AT}/l.jpg'><p class=wp-caption-text>{CAPTION}</p></div>"
    ),
    "gallery of old wordpress": (
        f"<dl class=gallery-item><dt><img src='{AT}/l.jpg'></dt><dd class='wp-caption-text"
        f" gallery-caption'>{CAPTION}</dd></dl>"
    ),
    "list": f"<ul><li><img src='{AT}/l.jpg'><p class=caption>{CAPTION}</p></li></ul>",
    "slanted": f"<p><img src='{AT}/l.jpg'><br><em>{CAPTION}</em></p>",
    "small": f"<p><img src='{AT}/l.jpg'><small>{CAPTION}</small></p>",
    "paragraph below": f"<p><img src='{AT}/l.jpg'></p><p class=image-caption>{CAPTION}</p>",
    "blogger": (
        "<table class=tr-caption-container><tbody><tr><td>"
        f"<a href='{AT}/b.jpg'><img src='{AT}/l.jpg'></a></td></tr><tr><td class='tr-caption"
        f" caption'>{CAPTION}</td></tr></tbody></table>"
    ),
}


@pytest.mark.parametrize("way", CAPTIONED)
def test_an_image_keeps_its_caption_and_credit(way: str) -> None:
    found = piece(CAPTIONED[way])
    assert [(i.src, i.caption, i.credit) for i in found.images] == [(f"{AT}/l.jpg", *SAID)]
    assert "Lund" in "".join(b for b in found.blocks if b.startswith("!["))
    assert "Lund" not in "".join(b for b in found.blocks if not b.startswith("!["))


GALLERIES = {
    "figures": "<figure class=gallery>{}</figure>",
    "list": "<ul class=gallery>{}</ul>",
    "boxes": "<div class=gallery>{}</div>",
}
PARTS = {
    "figures": "<figure><img src='{src}'><figcaption>{said}</figcaption></figure>",
    "list": "<li><img src='{src}'><p class=caption>{said}</p></li>",
    "boxes": "<div><img src='{src}'><div class='wp-caption-text'>{said}</div></div>",
}


@pytest.mark.parametrize("way", GALLERIES)
def test_each_image_of_a_gallery_keeps_its_own(way: str) -> None:
    names = ("One. Photo: Ann Ames", "Two. Photo: Bo Berg", "Three. Photo: Ole Lund")
    parts = [PARTS[way].format(src=f"{AT}/{n}.jpg", said=said) for n, said in enumerate(names)]
    found = piece(GALLERIES[way].format("".join(parts)))
    assert [f"{image.caption} Photo: {image.credit}" for image in found.images] == list(names)
    assert [block.startswith("![") for block in found.blocks] == [False, True, True, True, False]


def test_a_paragraph_beside_an_image_is_text() -> None:
    found = piece(f"<div><img src='{AT}/l.jpg'><p>The quay was closed on Monday.</p></div>")
    assert found.images[0].caption == ""
    assert "The quay was closed on Monday." in found.blocks


EMBEDDED = {
    "frame": (
        f"<iframe src='{FILM.replace('watch?v=', 'embed/')}' title='The launch'></iframe>",
        FILM,
    ),
    "lazy frame": (
        "<iframe src='about:blank' data-src='https://player.vimeo.com/video/12345'></iframe>",
        "https://vimeo.com/12345",
    ),
    "video": (f"<video src='{AT}/v.mp4' poster='{AT}/p.jpg'></video>", f"{AT}/v.mp4"),
    "video in formats": (
        f"<video controls><source src='{AT}/v.mp4'><source src='{AT}/v.webm'>None.</video>",
        f"{AT}/v.mp4",
    ),
    "audio": (f"<audio controls src='{AT}/a.mp3'></audio>", f"{AT}/a.mp3"),
    "object": (f"<object data='{AT}/v.swf'><embed src='{AT}/v.swf'></object>", f"{AT}/v.swf"),
    "old object": (
        f"<object><param name=movie value='{AT}/v.swf'></object>",
        f"{AT}/v.swf",
    ),
    "amp film": ("<amp-youtube data-videoid=abcdefghijk width=9 height=6></amp-youtube>", FILM),
    "amp post": (
        "<amp-twitter data-tweetid=1234567890 width=9 height=6></amp-twitter>",
        "https://twitter.com/i/status/1234567890",
    ),
    "amp map": (f"<amp-iframe src='{AT}/map' width=9 height=6></amp-iframe>", f"{AT}/map"),
    "light film": ("<lite-youtube videoid=abcdefghijk></lite-youtube>", FILM),
    "post": (
        "<div class=instagram-media data-instgrm-permalink='https://gram.example/p/x/'></div>",
        "https://gram.example/p/x/",
    ),
}


@pytest.mark.parametrize("way", EMBEDDED)
def test_what_is_embedded_becomes_a_link(way: str) -> None:
    html, url = EMBEDDED[way]
    found = piece(html)
    assert found.links == (url,)
    assert [f"]({url})" in block for block in found.blocks] == [False, True, False]


def test_the_caption_of_a_film_names_its_link() -> None:
    html = f"<figure><video src='{AT}/v.mp4'></video><figcaption>The launch</figcaption></figure>"
    assert piece(html).blocks[1] == f"[The launch]({AT}/v.mp4)"


def test_embedded_things_are_kept_for_themes_and_reported() -> None:
    html = f"<p>{'A long text. ' * 20}</p>{EMBEDDED['frame'][0]}"
    found = finish(Imported(title="A", html=html, base=BASE))
    assert found.extra == {"embedded": [FILM]}
    assert any(FILM in note for note in found.notes)


@pytest.mark.parametrize(
    "html",
    [
        "<iframe src='https://www.googletagmanager.com/ns.html' width=0 height=0></iframe>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<iframe src='data:text/html,x'></iframe>",
        "<object></object>",
        f"<iframe src='{AT}/x' style='display: none'></iframe>",
    ],
)
def test_what_only_counts_readers_is_none(html: str) -> None:
    assert piece(html).links == ()
    assert piece(html).blocks == ("What is above.", "What is below.")


def test_the_tree_has_an_element_for_each_image_and_a_paragraph_for_each_player() -> None:
    tree = parse_tree(f"<div>{ONE['plain']}{EMBEDDED['audio'][0]}</div>")
    assert take_embeds(tree, BASE) == [f"{AT}/a.mp3"]
    assert [image.src for image in take_images(tree, BASE)] == [f"{AT}/l.jpg"]
    assert [element.tag for element in tree.iter(SHOWN, "audio", "p")] == [SHOWN, "p"]


MANY = {
    "captions": "<p class=caption>x y z</p>" * 5_000,
    "noscript": f"<noscript><img src='{AT}/l.jpg'></noscript>" * 3_000,
    "one figure": "<figure>" + "<img src=a.jpg><figcaption>x</figcaption>" * 2_000 + "</figure>",
    "players": f"<iframe src='{AT}/c'></iframe>" * 3_000,
}


@pytest.mark.parametrize("kind", MANY)
def test_the_time_grows_with_the_length_and_no_faster(kind: str) -> None:
    start = process_time()
    read_fragment(MANY[kind], BASE)
    assert process_time() - start < 4
