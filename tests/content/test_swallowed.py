"""What CommonMark leaves out without a word is named."""

from __future__ import annotations

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown import to_html
from sitegen.content.swallowed import swallowed

TABLE = "| a | b |\n|---|---|\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (TABLE + "| 1 | 2 | lost |\n", ["lost"]),
        (TABLE + "| 1 | 2 | lost | too |\n| 3 | 4 |\n", ["lost | too"]),
        ("a | b\n:-|-:\n1 | 2 | lost\n", ["lost"]),
        ("> " + TABLE.replace("\n|", "\n> |") + "> | 1 | 2 | lost |\n", ["lost"]),
        (TABLE + "| 1 | 2 |\n", []),
        (TABLE + "| 1 | 2 |  |\n", []),  # nothing is in it
        (TABLE + "| 1 | 2 \\| 3 |\n", []),
        (TABLE + "\nWords | and | more\n", []),  # behind the table
        (f"{TABLE}\n```\n{TABLE}| 1 | 2 | shown |\n```\n", []),
    ],
)
def test_cells_beside_a_table(text: str, what: list[str]) -> None:
    assert _removals(text, "cells") == what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[Editor]: the-word\n", ["Editor"]),
        ('Text.\n\n[Note]: https://x.press/ "and more"\n', ["Note"]),
        ("See [the  Note].\n\n[the note]: https://x.press/\n", []),
        ("See [it][n].\n\n[N]: https://x.press/\n", []),
        ("Text\n[Editor]: the-word\n", []),  # within a paragraph it is shown
        ("\\[Editor]: the-word\n", []),
        ("[//]: # (a remark)\n", []),
        ("[remark]: <> (hidden on purpose)\n", []),
        ("[^1]: a note\n", []),  # reported as a footnote
        ("```\n[Editor]: the-word\n```\n", []),
    ],
)
def test_definitions_that_no_link_refers_to(text: str, what: list[str]) -> None:
    assert _removals(text, "definition") == what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("![Fog](fog at dawn.jpg)", ["fog at dawn.jpg"]),
        ("![](Größe & Maß.png)", ["Größe & Maß.png"]),
        ("![Fog](<fog at dawn.jpg>)", []),
        ("![Fog](fog.jpg)", []),
        ("`![Fog](fog at dawn.jpg)`", []),
    ],
)
def test_images_whose_names_hold_blanks(text: str, what: list[str]) -> None:
    assert _removals(text, "blanks") == what


def _removals(text: str, kind: str) -> list[str]:
    made = to_html(text, MarkdownConfig())
    found = swallowed(text, made.html)
    assert all(removal in made.removals for removal in found)
    return [removal.what for removal in found if removal.kind == kind]
