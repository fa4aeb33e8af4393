"""Footnotes behind the text, in the order in which they are referred to."""

from __future__ import annotations

import re

import pytest

from sitegen.content.footnotes import collected, is_meant


def ref(name: str) -> str:
    return f'<sup class="footnote-reference"><a href="#{name}">1</a></sup>'


def note(name: str, text: str) -> str:
    label = '<sup class="footnote-definition-label">1</sup>'
    return f'<div class="footnote-definition" id="{name}">{label}<p>{text}</p></div>'


def shown(html: str) -> list[tuple[str, str]]:
    """Number and text of each note that is behind the text."""
    end = html.partition('<div class="footnotes">')[2]
    return re.findall(r'href="#from-[^"]*">(\d+)</a></sup>\s*<div><p>([^<]*)', end)


def test_notes_are_in_the_order_of_reference() -> None:
    html = f"<p>A{ref('b')}</p>{note('a', 'First')}<p>B{ref('a')}</p>{note('b', 'Second')}"
    notes = collected(html)
    assert shown(notes.html) == [("1", "Second"), ("2", "First")]
    assert (notes.unused, notes.repeated, notes.undefined) == ((), (), ())


def test_only_the_first_reference_is_led_back_to() -> None:
    html = collected(f"<p>A{ref('a')}B{ref('a')}</p>{note('a', 'N')}").html
    assert html.count('id="from-a"') == 1
    assert html.count('href="#note-a">1</a>') == 2


def test_a_note_within_a_note_comes_last() -> None:
    html = f"<p>A{ref('a')}B{ref('b')}</p>" + note("a", "A") + note("b", "B") + note("c", "C")
    html = html.replace("<p>A</p>", f"<p>A{ref('c')}</p>")
    assert [text for _, text in shown(collected(html).html)] == ["A", "B", "C"]


def test_notes_that_are_not_shown_are_named() -> None:
    html = f"<p>A{ref('a')} [^x] <code>[^y]</code></p>" + note("a", "1") + note("A", "2")
    notes = collected(html + note("b", "3"))
    assert notes.unused == ("b",)
    assert notes.repeated == ("A",)
    assert notes.undefined == ("x",)


def test_a_reference_to_nothing_stays() -> None:
    html = f"<p>A{ref('missing')}</p>"
    assert ref("missing") in collected(html).html


def test_an_element_that_is_not_closed_leaves_the_text_as_it_is() -> None:
    html = f"<p>A{ref('a')}</p>" + note("a", "N").removesuffix("</div>")
    assert "<p>N</p>" in collected(html).html


@pytest.mark.parametrize(
    ("items", "unused", "listed"),
    [
        ('<li id="fn:a">A</li><li id="fn:b">B</li>', ("b",), True),
        ('<li id="fn:b">B</li>', ("b",), False),
    ],
)
def test_a_list_of_notes_keeps_those_that_are_referred_to(
    items: str, unused: tuple[str, ...], listed: bool
) -> None:
    html = f'<p><a href="#fn:a">1</a></p><div class="footnote"><hr><ol>{items}</ol></div>'
    notes = collected(html)
    assert notes.unused == unused
    assert ('<div class="footnote">' in notes.html) is listed


def test_a_text_without_notes_stays() -> None:
    assert collected("<p>A</p>") == ("<p>A</p>", (), (), ())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("See[^a].", True),
        (r"The signs \[^a] are shown.", False),
        (r"A backslash \\[^a]", True),
        (r"\[^a] and[^a]", True),
        ("the name is written otherwise", True),
    ],
)
def test_an_escaped_bracket_refers_to_no_note(source: str, expected: bool) -> None:
    assert is_meant(source, "a") is expected
