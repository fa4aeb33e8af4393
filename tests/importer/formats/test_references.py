"""References: RIS and CSL JSON."""

from __future__ import annotations

import json

from sitegen.importer.formats.references import read_csl, read_ris
from sitegen.importer.model import Imported

RIS = """\
TY  - NEWS
TI  - The clock stays fast
AU  - Marsh, Edda
A1  - Piet Vance
T2  - Gazette
DA  - 2026/11/26/
SP  - B17
EP  - B18
UR  - https://gazette.example/clock
KW  - clocks
AB  - First line
and second line.
LA  - en
ER  -

TY  - NEWS
TI  - Only a year
PY  - 1998
"""


def articles(found: object) -> list[Imported]:
    return [one for one in found if isinstance(one, Imported)]  # type: ignore[attr-defined]


def test_ris() -> None:
    batch = read_ris(RIS.encode())
    first, second = articles(batch.found)
    assert [p.name for p in first.authors] == ["Edda Marsh", "Piet Vance"]
    assert (first.date, first.source.name) == ("2026-11-26", "Gazette")
    assert first.source.url == "https://gazette.example/clock"
    assert first.extra["page"] == "B17–B18"
    assert first.body.strip() == "First line and second line."
    assert (second.title, second.date) == ("Only a year", "")
    assert "no end" in batch.notes[0].message


def test_lines_outside_of_records_are_reported() -> None:
    batch = read_ris(b"hello\nTY  - NEWS\nTI  - A\nER  - \n")
    assert [note.line for note in batch.notes] == [1]


def test_csl() -> None:
    item = {
        "title": "Die Seilbahn",
        "container-title": "Bote",
        "author": [
            {"family": "Loo", "given": "Griet", "non-dropping-particle": "van der"},
            {"literal": "Redaktion"},
        ],
        "issued": {"date-parts": [["2026", 11, 5]]},
        "URL": "https://bote.example/bahn",
        "abstract": "<p>Sie fährt.</p>",
    }
    [one] = articles(read_csl(json.dumps([item, {"type": "x"}]).encode()).found)
    assert [p.name for p in one.authors] == ["Griet van der Loo", "Redaktion"]
    assert one.date == "2026-11-05"
    assert one.body.strip() == "Sie fährt."
