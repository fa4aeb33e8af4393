"""Images that are a paragraph of their own are figures and galleries."""

from __future__ import annotations

import re
import time

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.figures import caption, with_figures
from sitegen.content.markdown import to_html


def html(text: str, engine: str = "commonmark") -> str:
    return to_html(text, MarkdownConfig(engine=engine)).html


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ('![Fog](fog.jpg "Fog on Monday.")', "Fog on Monday."),
        ('One.\n\n![Fog](fog.jpg "Fog.")\n\nTwo.', "Fog."),
        ("![Fog](fog.jpg 'A \"B\" & c')", 'A "B" &amp; c'),
        ('![](fog.jpg "霧の朝。")', "霧の朝。"),
        ('[![Fog](fog.jpg "Fog.")](https://a.example/)', "Fog."),
        ('![Fog](fog.jpg "Fog. | Ruta Lind")', 'Fog. <span class="credit">Ruta Lind</span>'),
        ('![Fog](fog.jpg "A | B | Ruta Lind")', 'A | B <span class="credit">Ruta Lind</span>'),
        ('![Fog](fog.jpg " | Ruta Lind")', '<span class="credit">Ruta Lind</span>'),
        ('- x\n\n    ![Fog](fog.jpg "Fog.")', "Fog."),
    ],
)
def test_a_title_is_a_caption(engine: str, text: str, caption: str) -> None:
    made = html(text, engine)
    assert f"<figcaption>{caption}</figcaption></figure>" in made
    assert "title=" not in made
    assert not re.search(r"<p>\s*<figure", made)


@pytest.mark.parametrize(
    "text", ["![Fog](fog.jpg)", 'In ![Fog](fog.jpg "Fog.") the fog.', '![Fog](fog.jpg "Fog.") x']
)
def test_other_images_stay_as_they_are(text: str) -> None:
    assert "<figure" not in html(text)


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    "text",
    [
        '![a](a.jpg)\n![b](b.jpg "B")',
        '![a](a.jpg) ![b](b.jpg "B")',
        '![a](a.jpg)\n\n![b](b.jpg "B")',
        '![a](a.jpg)  \n[![b](b.jpg "B")](https://a.example/)',
    ],
)
def test_images_in_a_row_are_a_gallery(engine: str, text: str) -> None:
    made = html(f"One.\n\n{text}\n\nTwo.", engine)
    assert made.count('<div class="gallery">') == 1
    assert made.count("<figure>") == 2
    assert made.count("<figcaption>B</figcaption>") == 1
    assert "<p>One.</p>" in made and "<p>Two.</p>" in made


def test_a_text_between_images_ends_a_gallery() -> None:
    assert "gallery" not in html("![a](a.jpg)\n\nx\n\n![b](b.jpg)")


def test_captions_are_text() -> None:
    made = html('![a](a.jpg "<script>x</script> | <b onclick=x>y</b>")')
    assert "<script" not in made and "<b" not in made


@pytest.mark.parametrize("text", ["![x](a.jpg)", "![x](a.jpg)\n\n", '![x](a.jpg "t")x'])
def test_many_images_cost_little(text: str) -> None:
    start = time.process_time()
    html(text * 20_000)
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("title", "caption"),
    [
        ("", ""),
        ("At dusk", "At dusk"),
        ("At dusk | Ruta", 'At dusk <span class="credit">Ruta</span>'),
        (" | Ruta", '<span class="credit">Ruta</span>'),
        ("a | b | c", 'a | b <span class="credit">c</span>'),
    ],
)
def test_a_title_is_caption_and_credit(title: str, caption: str) -> None:
    made = with_figures(f'<p><img src="a.jpg" title="{title}"></p>')
    expected = f"<figcaption>{caption}</figcaption>" if caption else ""
    assert made == f'<figure><img src="a.jpg">{expected}</figure>'


def test_an_image_without_a_title_stays_in_its_paragraph() -> None:
    assert with_figures('<p><img src="a.jpg"></p>') == '<p><img src="a.jpg"></p>'


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("", ""),
        ("A", "<figcaption>A</figcaption>"),
        ("A | ", "<figcaption>A</figcaption>"),
        ("A|B", "<figcaption>A|B</figcaption>"),
    ],
)
def test_a_caption_without_words_is_none(title: str, made: str) -> None:
    assert caption(title) == made
