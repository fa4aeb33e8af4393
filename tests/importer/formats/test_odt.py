"""OpenDocument text as HTML."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.odt import odt_to_html
from sitegen.importer.formats.safe_xml import read_xml

NAMES = "office text style table draw fo xlink".split()
SPACES = " ".join(f'xmlns:{name}="urn:{name}"' for name in NAMES)
STYLES = (
    '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="I"><style:text-properties fo:font-style="italic"/></style:style>'
    '<text:list-style style:name="N"><text:list-level-style-number/></text:list-style>'
)


def html(body: str) -> str:
    tree = read_xml(
        f"<office:x {SPACES}>{STYLES}<office:text>{body}</office:text></office:x>".encode()
    ).root
    return odt_to_html(tree)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('<text:h text:outline-level="1">A</text:h>', "<h1>A</h1>"),
        ("<text:p>a<text:s/>b<text:line-break/>c</text:p>", "<p>a b<br>c</p>"),
        (
            '<text:p>a <text:span text:style-name="B">b</text:span></text:p>',
            "<p>a <strong>b</strong></p>",
        ),
        ('<text:p text:style-name="I">a</text:p>', "<p><em>a</em></p>"),
        (
            '<text:p><text:a xlink:href="https://a.example/">a</text:a></text:p>',
            '<p><a href="https://a.example/">a</a></p>',
        ),
        (
            '<text:p><draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p>',
            '<p><img src="Pictures/a.png" alt=""></p>',
        ),
        (
            '<text:list text:style-name="N"><text:list-item><text:p>a</text:p></text:list-item>'
            "</text:list>",
            "<ol><li><p>a</p></li></ol>",
        ),
        ("<text:section><text:p>a</text:p></text:section>", "<p>a</p>"),
        (
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>a</text:p>",
            "<p>a</p>",
        ),
        (
            "<text:p>a<office:annotation><text:p>no</text:p></office:annotation></text:p>",
            "<p>a</p>",
        ),
        ("<text:p>a &lt; b</text:p>", "<p>a &lt; b</p>"),
        ("", ""),
    ],
)
def test_blocks(body: str, shown: str) -> None:
    assert html(body) == shown


def test_notes_are_below_the_text() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note"
        "</text:p></text:note-body></text:note>"
    )
    assert html(f"<text:p>one{note} two</text:p>") == "<p>one[1] two</p><ol><li>a note</li></ol>"


def test_a_box_is_behind_its_paragraph() -> None:
    box = "<draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame>"
    assert html(f"<text:p>one{box} two</text:p>") == "<p>one two</p><p>In a box</p>"


def test_boxes_in_boxes_are_read_once() -> None:
    body = "end"
    for _ in range(12):
        body = f"<text:p>x<draw:text-box>{body}</draw:text-box></text:p>"
    assert html(body).count("<p>x</p>") == 12


def test_tables() -> None:
    cell = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    assert html(table) == "<table><tr><td><p>a</p></td></tr></table>"
