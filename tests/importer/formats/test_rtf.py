"""RTF files as HTML."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.rtf import MAX_GROUPS, rtf_to_html

HEAD = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Cyr;}{\f2\fcharset238 CE;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 Title;}}{\info{\title No text}}"
)


def html(body: str, head: str = HEAD) -> str:
    return rtf_to_html((head + body + "}").encode("latin-1")).html


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("one\r\n two\\par three", "<p>one two</p><p>three</p>"),
        (r"a {\b bold} \i both\i0  b", "<p>a <strong>bold</strong> <em>both</em> b</p>"),
        ("the first\\\nthe next", "<p>the first</p><p>the next</p>"),
        (r"\pard\s1 Head\par\pard text", "<h1>Head</h1><p>text</p>"),
        (r"\pard\s2 Head\par\pard\outlinelevel2 Under\par", "<h1>Head</h1><h3>Under</h3>"),
        (r"a & b < c \{x\}", "<p>a &amp; b &lt; c {x}</p>"),
        (r"a\~b\_c\-d \emdash  \ldblquote x\rdblquote", "<p>a\xa0b\u2011cd — “x”</p>"),
        (r"{\listtext\bullet\tab}one\par two", "<ul><li>one</li></ul><p>two</p>"),
        (r"a\line b", "<p>a<br>b</p>"),
    ],
)
def test_paragraphs(body: str, shown: str) -> None:
    assert html(body) == shown


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"T\'fcr", "Tür"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2} {\f2 \'e8e\'9atina}", "Привет čeština"),
        (r"{\uc0 \u8212 x} \u8212?x \u233\'e9x {\uc2\u233 abx}", "—x —x éx éx"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u9999999?", "\u967f"),
    ],
)
def test_letters(body: str, text: str) -> None:
    assert html(body) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("head", "data", "text"),
    [
        (r"{\rtf1\mac ", r"Stra\'a7e", "Straße"),
        (r"{\rtf1\ansi\ansicpg1251 ", r"\'cf\'ee\'f0\'f2", "Порт"),
        (r"{\rtf1\ansi\ansicpg10007 ", r"\'8f\'ee\'f0\'f2", "Порт"),
        (r"{\rtf1\ansi\ansicpg99999 ", r"T\'fcr", "Tür"),
        (r"{\rtf1\ansi\ansicpg932 ", r"\'8d\'60", "港"),
    ],
)
def test_code_pages(head: str, data: str, text: str) -> None:
    assert html(data, head) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "hidden",
    [
        r"{\v hidden}",
        r"{\deleted gone}",
        r"{\*\annotation a comment}",
        r"{\header Page 2\par}",
        r"{\*\unknown words}",
        r"{\pict\wmetafile8 0102}",
        r"{\*\bkmkstart a}",
        r"{\shp{\*\shpinst{\sp{\sn name}{\sv Box}}}}",
    ],
)
def test_what_is_not_printed_is_left_out(hidden: str) -> None:
    assert html(rf"one{hidden} two") == "<p>one two</p>"


def test_links_keep_their_text() -> None:
    link = r'{\field{\*\fldinst HYPERLINK "https://a.example/x"}{\fldrslt the page}}'
    page = r"{\field{\*\fldinst PAGE}{\fldrslt 2}}"
    assert html(f"see {link}, p. {page}") == (
        '<p>see <a href="https://a.example/x">the page</a>, p. 2</p>'
    )


def test_notes_are_below_the_text_and_boxes_before_their_paragraph() -> None:
    body = r"one{\footnote a note} two{\shp{\*\shpinst{\shptxt In a box\par}}}\par"
    assert html(body) == "<p>In a box</p><p>one[1] two</p><ol><li>a note</li></ol>"


def test_tables() -> None:
    row = r"\trowd\intbl {0}\cell {1}\cell\row "
    cells = row.format("a", r"b\par c") + row.format("d", "e")
    assert html(rf"x\par {cells}\pard y\par") == (
        "<p>x</p><table><tr><td><p>a</p></td><td><p>b</p><p>c</p></td></tr>"
        "<tr><td><p>d</p></td><td><p>e</p></td></tr></table><p>y</p>"
    )
    assert html(r"\trowd\intbl lost\cell ") == "<p>lost</p>"


def test_images() -> None:
    found = rtf_to_html(rb"{\rtf1 a{\pict\pngblip\picw1 8950 4e47}{\pict\wmetafile8 00}}")
    assert found.images == {"image-1": b"\x89PNG"} and found.unread_images == 1
    assert found.html == '<p>a<img src="image-1" alt=""></p>'


@pytest.mark.parametrize("data", [b"", b"{\\x", b"text", b"{\\rtf1 " + b"{" * (MAX_GROUPS + 1)])
def test_what_is_no_rtf_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        rtf_to_html(data)


@pytest.mark.parametrize(
    "data",
    [rb"{\rtf1 a", rb"{\rtf1 a}}}} b", rb"{\rtf1 a\bin99999 b}", rb"{\rtf1 a\'f", rb"{\rtf1 a\u"],
)
def test_what_is_cut_off_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert rtf_to_html(data).html.startswith("<p>a")
