"""Headlines whose line has a section or a kicker before them."""

from __future__ import annotations

import pytest

from sitegen.importer.text.kicker import headline_of
from sitegen.importer.text.read import read_text


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        (
            "Bericht zur Hafenbahn Zwei Brücken und viele offene Fragen",
            "Bericht zur Hafenbahn: Zwei Brücken und viele offene Fragen",
        ),
        (
            "Neue Fähren Wie der Kreis seine Linien retten will",
            "Neue Fähren: Wie der Kreis seine Linien retten will",
        ),
        (
            "Lernen am Fluss Künstliche Inseln in der Schule bauen",
            "Lernen am Fluss: Künstliche Inseln in der Schule bauen",
        ),
        (
            "Kultur : Gast der Messe: Was lesen die Inseln?",
            "Gast der Messe: Was lesen die Inseln?",
        ),
    ],
)
def test_what_is_before_a_headline_is_parted_from_it(line: str, headline: str) -> None:
    found, change = headline_of(line, "de")
    assert found == headline
    assert change


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Was Sie über die neuen Fähren wissen müssen", "de"),
        ("Warum Die Linke im Norden so viel gewinnt", "de"),
        ("Streit um Öffentliche Sicherheit in Hafen bleibt", "de"),  # `um` ends no kicker
        ("Bericht zur Hafenbahn: Zwei Brücken und viele Fragen", "de"),
        ("Der Rat sagt „Nein“ Und der Kreis sagt nichts", "de"),
        ("Rat Wie es ist", "de"),  # too short to be two
        ("Europe : les ventes de bateaux ont progressé", "fr"),
        ("Two Ships So Far Without Any Captain This Year", "en"),
        ("Port : open again", "en"),  # too little is left
        ("", "de"),
    ],
)
def test_other_headlines_stay_as_they_are(line: str, lang: str) -> None:
    assert headline_of(line, lang) == (line, "")


def test_a_changed_headline_is_reported() -> None:
    found = read_text(
        "Neue Fähren Wie der Kreis seine Linien retten will\n\nVon Jana Roth\n\n3. Mai 2024\n\n"
        + "\n\n".join(
            f"Der Kreis hat am Montag {n} Linien geprüft und will sie nach den Worten des Rates"
            " noch in diesem Jahr mit neuen Schiffen fahren, die leiser sind als die alten."
            for n in ("zwei", "drei", "vier", "fünf")
        )
    )
    assert found.title == "Neue Fähren: Wie der Kreis seine Linien retten will"
    assert ("title", "a colon was put behind its kicker `Neue Fähren`") in found.evidence
