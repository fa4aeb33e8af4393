"""HTML of feeds and mails as Markdown blocks."""

from __future__ import annotations

import pytest

from sitegen.importer.html.figures import figure_credits
from sitegen.importer.html.fragment import MAX_HTML, read_fragment
from sitegen.model.article import Image

BASE = "https://post.example/news/"


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>One.</p><p>Two.</p>", ("One.", "Two.")),
        ("One.\n\nTwo.", ("One.", "Two.")),
        ("<h2>Title</h2>Text", ("## Title", "Text")),
        ("<p>a <b>b</b> <i>c</i></p>", ("a **b** *c*",)),
        ('<p><a href="a.html">x</a></p>', ("[x](https://post.example/news/a.html)",)),
        ("<p>2 < 3 &amp; 4 > 1</p>", ("2 < 3 & 4 > 1",)),
        ("<p>it&#146;s &nbsp; AT&T</p>", ("it’s AT&T",)),
        ("<p>a<!-- b --></p>", ("a",)),
        ("<p>a</p><!-- never closed", ("a", "&lt;!-- never closed")),
        ("<p>a</p><title>b", ("a", "b")),
        ("<script>x</script><p>a</p>", ("a",)),
        ("", ()),
    ],
)
def test_blocks(html: str, blocks: tuple[str, ...]) -> None:
    found = read_fragment(html, BASE)
    assert found.blocks == blocks
    assert found.doubts == ()


def test_images_are_named_with_their_captions() -> None:
    html = '<figure><img src="a.jpg" alt="Fog"><figcaption>At dusk</figcaption></figure>'
    found = read_fragment(html, BASE)
    (image,) = found.images
    assert (image.src, image.alt) == ("https://post.example/news/a.jpg", "Fog")
    assert "At dusk" in image.caption


def test_images_that_only_count_readers_are_left_out() -> None:
    assert read_fragment('<p>a</p><img src="x.gif" width="1" height="1">', BASE).images == ()


def test_images_that_are_never_shown_are_left_out() -> None:
    hidden = '<p>a</p><img src="x.jpg" style="display:none">'
    late = '<p>a</p><img data-src="x.jpg" style="display: none">'
    assert read_fragment(hidden, BASE).images == ()
    assert [image.src for image in read_fragment(late, BASE).images] == [f"{BASE}x.jpg"]


def test_what_is_cut_off_is_a_doubt() -> None:
    found = read_fragment("<p>" + "word " * (MAX_HTML // 5 + 10) + "</p>")
    assert "is cut off" in found.doubts[0]


def test_names_in_credits_of_images() -> None:
    people = figure_credits((Image("a.jpg", creator="Ruta Lind"), Image("b.jpg")))
    assert [p.name for p in people] == ["Ruta Lind"]
