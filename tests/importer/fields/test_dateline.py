"""The place at the beginning of a text."""

import pytest

from sitegen.importer.fields.dateline import dateline, without_dateline


@pytest.mark.parametrize(
    ("text", "lang", "place", "rest"),
    [
        ("PORT SALM (Reuters) - The ferry", "", "PORT SALM", "The ferry"),
        ("PORT SALM, Nov. 24 — The ferry", "", "PORT SALM", "The ferry"),
        ("BERLIN taz | Die Fähre", "de", "BERLIN", "Die Fähre"),
        ("Bonn (dpa) - Die Fähre", "de", "Bonn", "Die Fähre"),
        ("Berlin. Die Fähre wartet", "de", "Berlin", "Die Fähre wartet"),
        ("Berlin. Die Fähre wartet", "en", "", "Berlin. Die Fähre wartet"),
        ("LIVE — The ferry", "", "", "LIVE — The ferry"),
        ("The ferry waited.", "", "", "The ferry waited."),
        ("", "", "", ""),
    ],
)
def test_places(text: str, lang: str, place: str, rest: str) -> None:
    assert dateline(text, lang) == place
    assert without_dateline(text, lang) == rest
