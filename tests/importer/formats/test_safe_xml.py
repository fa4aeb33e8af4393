"""XML from strangers."""

from __future__ import annotations

import io

import pytest

from sitegen.importer.formats.safe_xml import (
    child,
    children,
    each,
    local,
    read_xml,
    sound_stream,
    space,
    text_in,
    value,
)

GOOD = b'<a xmlns:x="https://x.example/"><b>one</b><x:b>two</x:b><c>th<i>re</i>e</c></a>'


def test_children_by_their_local_names() -> None:
    root = read_xml(GOOD).root
    assert [local(e) for e in root] == ["b", "b", "c"]
    assert [space(e) for e in root] == ["", "https://x.example/", ""]
    assert child(root, "c", "b").tag == "c"
    assert child(root, "z") is None
    assert len(children(root, "b")) == 2
    assert (value(root, "c"), value(root, "z")) == ("three", "")
    assert text_in(root) == "onetwothree"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY x "yyyyyyyy"><!ENTITY z "&x;&x;&x;">]><a>&z;</a>',
        b'<!DOCTYPE a SYSTEM "https://other.example/a.dtd"><a>b</a>',
    ],
)
def test_no_entity_is_resolved_and_nothing_is_fetched(data: bytes) -> None:
    root = read_xml(data).root
    assert root is not None
    assert "root:" not in text_in(root)
    assert "yyyy" not in text_in(root)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<a>it&#146;s</a>", "it’s"),
        (b"<a>it&#x92;s</a>", "it’s"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9</a>'.encode("latin-1"), "é"),
        (b"\n\n<?xml version='1.0'?><a>b</a>", "b"),
        (b"junk <rss>b</rss>", "b"),
    ],
)
def test_what_is_meant_is_read(data: bytes, text: str) -> None:
    assert text_in(read_xml(data).root) == text


def test_a_repair_is_a_note_and_a_cut_is_named() -> None:
    found = read_xml(b"<a>\n<b>x & y</b>\n<b>z")
    assert [text_in(e) for e in found.root] == ["x & y", "z"]
    assert found.cut == ("a", "b")
    assert {note.line for note in found.notes} >= {2}
    assert any("is not closed" in note.message for note in found.notes)


def test_what_is_not_xml_has_no_root() -> None:
    assert read_xml(b"nothing").root is None


def test_a_long_document_is_read_in_parts() -> None:
    data = b"<a>" + b"<b>x</b>" * 1000 + b"</a>"
    stream = sound_stream(lambda: io.BytesIO(data))
    assert stream.notes == ()
    with stream.open() as source:
        assert sum(text_in(e) == "x" for e in each(source, "b")) == 1000
    broken = sound_stream(lambda: io.BytesIO(data.replace(b"</b></a>", b"</b>")))
    assert broken.cut == ("a",)
    with broken.open() as source:
        assert sum(1 for _ in each(source, "b")) == 1000
