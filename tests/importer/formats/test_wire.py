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
        (b"bdt0123 4 pl 312  dpa 0456\n\nTiere/\n", True),  # the controls are taken off
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


def message(header: str, text: str, trailer: str) -> Imported:
    [one] = read_wire(f"\x01{header}\r\n\x02\r\n{text}\x03\r\n{trailer}\r\n\x04\r\n".encode()).found
    assert isinstance(one, Imported)
    return one


FERRY = (
    "The ferry waited an hour on Monday for a heron that stood on\r\nthe ramp and was not to be"
    " disturbed by anybody.\r\n   The harbour master made coffee for all aboard, and asked\r\nthem"
    " to be quiet.\r\n"
)


# The header, text and trailer of a message.
AFP = (
    "FRA0123 4 I 0312 FRA /AFP-XY12",
    "Ferry-heron-Salm \r\nFerry waits for a heron (PRESENTATION)\r\nPar Ann Ames \r\n\r\n"
    f"SALM, 26 nov 2026 (AFP) - {FERRY}\r\nabc/def/ghi\r\n",
    "AFP 261230 GMT NOV 26",
)
REUTERS = (
    "RTR0123 3 WNA 312 SALM-FERRY/",
    "FERRY-SALM (UPDATE 1):UPDATE 1-Ferry waits for a heron\r\n    By Ann Ames\r\n"
    f"    SALM, Nov 26 (Reuters) - {FERRY} ((ann@agency.example; +44 20 0000;))\r\n",
    "261230 GMT Nov 26",
)
APA = (
    "APA0123 5 CI 0312 26.Nov 26",
    "Tiere/Salm\r\nFähre wartet =\r\n\r\nUtl.: Eine Stunde auf einen Reiher =\r\n\r\n"
    f"{TEXT}   (Schluss) abc/def\r\n",
    "261230 Mär 26",
)


@pytest.mark.parametrize(
    ("parts", "title", "date", "of_desk"),
    [
        (AFP, "Ferry waits for a heron", "2026-11-26T12:30:00+00:00", "abc/def"),
        (REUTERS, "Ferry waits for a heron", "2026-11-26T12:30:00+00:00", "agency.example"),
        (APA, "Fähre wartet", "2026-03-26T12:30:00+00:00", "Schluss"),
    ],
    ids=["AFP", "Reuters", "APA"],
)
def test_what_agencies_write(
    parts: tuple[str, str, str], title: str, date: str, of_desk: str
) -> None:
    one = message(*parts)
    assert (one.title, one.date) == (title, date)
    assert of_desk not in one.body


def test_afp() -> None:
    """A slug with hyphens, a genre in capitals, a dateline without an indent, initials below."""
    one = message(*AFP)
    assert [p.name for p in one.authors] == ["Ann Ames"]
    assert [p[-9:] for p in one.body.strip().split("\n\n")] == [" anybody.", "be quiet."]


def test_apa_has_a_line_below_its_headline() -> None:
    assert message(*APA).dek == "Eine Stunde auf einen Reiher"


def test_messages_without_controls() -> None:
    one = DPA.format(TEXT)
    plain = "".join(c for c in one if c not in "\x01\x02\x03\x04")
    found = list(read_wire((plain * 2).encode()).found)
    assert [f.title for f in found if isinstance(f, Imported)] == ["Fähre wartet auf Reiher"] * 2
    assert all(isinstance(f, Imported) and f.date.startswith("2026-11-26") for f in found)
