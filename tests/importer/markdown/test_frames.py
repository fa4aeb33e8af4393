"""What a Markdown text embeds from elsewhere, and the text without what may not be in a page."""

from __future__ import annotations

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.importer.markdown.frames import frames_in, harmless


@pytest.mark.parametrize(
    ("body", "gone"),
    [
        ("A <script>alert(1)</script> B", "alert"),
        ('<p onclick="x()">A</p>', "onclick"),
        ("[A](javascript:x)", "javascript:"),
    ],
)
def test_what_runs_is_removed(body: str, gone: str) -> None:
    found = harmless(body, MarkdownConfig())
    assert gone not in found
    assert "A" in found


def test_a_frame_becomes_a_link() -> None:
    body = 'A\n\n<iframe src="//v.example/1"></iframe>\n\nB'
    assert "<https://v.example/1>" in harmless(body, MarkdownConfig())


FRAMES = {
    "frame": ("<iframe src='https://a.example/v'></iframe>", "https://a.example/v"),
    "without scheme": ('<iframe width="9" src="//a.example/v"></iframe>', "https://a.example/v"),
    "formats": (
        "<video controls>\n<source src='https://a.example/v.mp4'>\nNone.\n</video>",
        "https://a.example/v.mp4",
    ),
    "object": (
        "<object><param name=movie value=https://a.example/v.swf></object>",
        "https://a.example/v.swf",
    ),
    "never closed": ("<embed src=https://a.example/v.swf>", "https://a.example/v.swf"),
}


@pytest.mark.parametrize("way", FRAMES)
def test_a_frame_becomes_a_link_to_what_it_shows(way: str) -> None:
    html, url = FRAMES[way]
    body = f"Above.\n\n{html}\n\nBelow.\n"
    assert frames_in(body) == (url,)
    assert harmless(body, MarkdownConfig()).split() == ["Above.", f"<{url}>", "Below."]


def test_a_frame_that_shows_nothing_is_none() -> None:
    body = "Above.\n\n<iframe src='javascript:x'></iframe>\n\n<script><embed src=//a.b></script>"
    assert frames_in(body) == ()
