"""Footnotes of a page."""

from __future__ import annotations

import pytest

from sitegen.importer.html.page_notes import MOST, keep_notes
from sitegen.importer.html.read import read_html
from sitegen.importer.html.tree import parse_tree

TEXTS = (
    "The bell of the harbour has not rung for a week, and nobody has complained of it so far.",
    "The keeper of the tower wants to wait until the spring, when the rope is dry again.",
    "In the meantime a recording is played at noon, which the fishermen call thin and late.",
    "Two engineers looked at the beam on Tuesday and found that it had sunk by four centimetres.",
)
NOTE = "Bought in 1974 in the town of Hamm."


MANY = '<p>a<sup><a href="#n{0}">{0}</a></sup></p><p id="n{0}">Note {0}</p>'


def page(reference: str, below: str, behind: str = "") -> bytes:
    first, *others = TEXTS
    texts = "".join(f"<p>{text}</p>" for text in others)
    return (
        "<html lang=en><title>The bell is silent</title><body><main><article><h1>The bell is silent"
        f"</h1><p>{first}{reference}</p>{texts}{below}</article></main>{behind}</body></html>"
    ).encode()


REFERENCE = '<sup id="r1"><a href="#fn1">1</a></sup>'
LIST = f'<ol class="footnotes"><li id="fn1"><p>{NOTE} <a href="#r1">↩</a></p></li></ol>'


@pytest.mark.parametrize(
    ("reference", "below", "behind"),
    [
        (
            '<sup id="r1"><a href="#fn1">1</a></sup>',
            f'<section role="doc-endnotes">{LIST}</section>',
            "",
        ),
        (
            '<sup id="r1"><a href="#fn1">1</a></sup>',
            "",
            f'<div class="notes"><h2>Notes</h2>{LIST}</div>',
        ),
        ('<a href="#fn1" role="doc-noteref">[1]</a>', LIST, ""),
        ('[<a class="footnote" href="#fn1">1</a>]', LIST, ""),
    ],
)
def test_a_note_stands_behind_the_text(reference: str, below: str, behind: str) -> None:
    blocks = read_html(page(reference, below, behind)).body.strip().split("\n\n")
    assert [blocks[0], blocks[-1]] == [f"{TEXTS[0]}[1]", f"[1] {NOTE}"]
    assert len(blocks) == len(TEXTS) + 1


@pytest.mark.parametrize(
    "html",
    [
        '<p>See <a href="#part">below</a>.</p><p id="part">The part.</p>',  # no sign of a note
        '<p>It<sup><a href="#x">1</a></sup> is.</p>',  # nothing is there
        '<p id="x">It<sup><a href="#x">1</a></sup> is.</p>',
        '<p>It<sup><a href="#">1</a></sup> is.</p>',
        "".join(
            f'<p>a<sup><a href="#n{n}">{n}</a></sup></p><p id="n{n}">Note {n}</p>'
            for n in range(MOST + 1)
        ),
    ],
)
def test_links_that_lead_to_no_note(html: str) -> None:
    tree = parse_tree(f"<div>{html}</div>")
    before = "".join(tree.itertext())
    keep_notes(tree)
    assert "".join(tree.itertext()) == before
