"""Sound, film and tables in a text."""

from __future__ import annotations

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.embedded_files import suffix_of
from sitegen.content.markdown import to_html
from sitegen.content.removals import Removal


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            '![Talk](talk.mp3 "On Monday | Ruta")',
            '<figure class="media"><a href="talk.mp3">Talk</a><figcaption>On Monday'
            ' <span class="credit">Ruta</span></figcaption></figure>',
        ),
        ("![](a/film.MP4)", '<figure class="media"><a href="a/film.MP4">film.MP4</a></figure>'),
        ("![A & b](t.csv#bar)", '<figure class="data"><a href="t.csv#bar">A &amp; b</a></figure>'),
        ("See ![talk](talk.ogg).", '<p>See <a href="talk.ogg">talk</a>.</p>'),
        ("![x](a.jpg?x=.mp3)", 'src="a.jpg?x=.mp3"'),
    ],
)
def test_other_files_than_images_are_links_in_figures(engine: str, text: str, made: str) -> None:
    html, removals = to_html(text, MarkdownConfig(engine=engine))
    assert made in html
    assert removals == ()


def test_a_chart_that_does_not_exist_is_reported() -> None:
    _, removals = to_html("![x](t.csv#pie)\n\n![x](t.csv#line)", MarkdownConfig())
    assert removals == (Removal("chart", "t.csv#pie"),)


@pytest.mark.parametrize(
    "text",
    [
        "![x](https://a.example/t.mp3)",
        '<figure class="media"><a href="https://a.example/t.mp3">x</a></figure>',
        '<audio src="https://a.example/t.mp3"></audio>',
    ],
)
def test_no_player_is_made_of_a_file_of_another_host(text: str) -> None:
    html, _ = to_html(text, MarkdownConfig(), "https://t.example/")
    assert "class=" not in html
    assert "<audio" not in html


@pytest.mark.parametrize(
    ("url", "suffix"),
    [
        ("/a/b.MP3", ".mp3"),
        ("b.csv#bar", ".csv"),
        ("b.csv?x=1.mp4", ".csv"),
        ("/a.b/c", ""),
        ("http://[x", ""),
    ],
)
def test_the_kind_of_a_file_is_that_of_its_suffix(url: str, suffix: str) -> None:
    assert suffix_of(url) == suffix
