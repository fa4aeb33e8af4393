"""Runs, paragraphs and tables of RTF."""

from __future__ import annotations

from sitegen.importer.formats.rtf_layout import Layout, Style, inline


def test_neighbours_of_one_style_are_one() -> None:
    bold = Style(bold=True)
    assert inline([("a", bold), ("b", bold), (" c", Style())]) == "<strong>ab</strong> c"
    assert inline([(" ", bold)]) == " "
    assert inline([]) == ""


def test_a_link_is_escaped() -> None:
    assert inline([("x", Style(link='a"b'))]) == '<a href="a&quot;b">x</a>'


def test_a_table_ends_with_the_paragraph_behind_it() -> None:
    layout = Layout()
    for text in ("a", "b"):
        layout.add(text, Style())
        layout.end_cell()
    layout.end_row()
    layout.paragraph.is_in_table = False
    layout.add("after", Style())
    layout.end_paragraph()
    assert layout.blocks == [
        "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>",
        "<p>after</p>",
    ]
