"""Messages of agencies: what header, desk, trailer and text say."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.wire import is_wire, read_wire
from sitegen.importer.model import Imported

TEXT = (
    "   Salm (dpa) - Die Fähre wartete am Montag eine Stunde auf einen Reiher, der\r\n"
    "auf der Rampe stand und sich von niemandem stören ließ.\r\n"
    "   Der Hafenmeister sprach von höherer Gewalt und kochte inzwischen Kaffee\r\n"
    "für alle, die an Bord geblieben waren.\r\n"
)
DPA = (
    "\x01dpa0123 4 vm 312 dpa 0456\r\n\x02\r\nTiere/Verkehr/\r\nFähre wartet auf Reiher =\r\n"
    "Von Ann Ames, dpa =\r\n\r\n{}dpa aa yy n1\r\n\x03\r\n261230 Nov 26\r\n\x04\r\n"
)
AP = (
    "\x16\x16\x01w0456 r i BC-Ferry 11-26 0312\r\n\x02BC-Ferry-Heron, 1st Ld,0312<\r\n"
    "^Ferry waits for a heron<\r\n^By ANN AMES=\r\n^Associated Press=\r\n"
    "   SALM (AP) _ The ferry waited an hour on Monday for a heron that stood on the ramp.<\r\n"
    "   The harbour master spoke of an act of nature, and made coffee for all aboard.<\r\n"
    "\x03AP-NY-11-26-26 1230EST<\r\n\x04"
)


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (DPA.encode(), True),
        (AP.encode(), True),
        (b"\r\n\x16\x01abc\x02text", True),
        (b"plain text", False),
        (b"\x01 no start of text", False),
        (b"text \x01 a \x02", False),
    ],
)
def test_what_is_a_message(data: bytes, known: bool) -> None:
    assert is_wire(data) is known


def test_iptc_7901() -> None:
    [one] = read_wire(DPA.format(TEXT).encode(), "Europe/Berlin").found
    assert isinstance(one, Imported)
    assert one.title == "Fähre wartet auf Reiher"
    assert [p.name for p in one.authors] == ["Ann Ames"]
    assert one.date == "2026-11-26T12:30:00+00:00"
    assert (one.source.name, one.tags, one.lang) == ("dpa", ("Tiere", "Verkehr"), "de")
    assert len(one.body.strip().split("\n\n")) == 2
    assert "yy n1" not in one.body
    assert one.share > 0.9


def test_anpa_1312() -> None:
    [one] = read_wire(AP.encode()).found
    assert isinstance(one, Imported)
    assert one.title == "Ferry waits for a heron"
    assert (one.source.name, one.date) == ("AP", "2026-11-26T12:30:00-05:00")
    assert [p.name.lower() for p in one.authors] == ["ann ames"]
    assert one.body.startswith("SALM (AP)") and "<" not in one.body


def test_several_messages_and_what_is_outside_of_them() -> None:
    data = DPA.format(TEXT) * 3 + "a few words that belong to no message at all"
    batch = read_wire(data.encode())
    assert len(list(batch.found)) == 3
    assert [note.message for note in batch.notes] == ["10 words outside of messages left out"]


def test_a_message_without_an_end_is_reported_with_its_line() -> None:
    data = DPA.format(TEXT) + DPA.format(TEXT).split("\x03")[0]
    batch = read_wire(data.encode())
    assert len(list(batch.found)) == 2
    assert [(n.line, n.message) for n in batch.notes] == [
        (15, "the message has no end: it may be cut off")
    ]
