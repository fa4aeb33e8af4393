"""Bylines: parted where they are joined, never torn apart."""

import pytest

from sitegen.importer.byline import byline_place, looks_like_name, names_only, split_byline


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("David E. SangerAndrew E. Kramer", ["David E. Sanger", "Andrew E. Kramer"]),
        ("Jane McDonaldPeter LaRue", ["Jane McDonald", "Peter LaRue"]),
        ("Robert Holm Jr.Mary Roe", ["Robert Holm Jr.", "Mary Roe"]),
        ("By Jane McDonald and Ruth MacArthur", ["Jane McDonald", "Ruth MacArthur"]),
        ("Ron DeSantis", ["Ron DeSantis"]),
        ("Sinead O’Brien, LeBron James", ["Sinead O’Brien", "LeBron James"]),
        ("Anna van der Berg & Bo von Holm", ["Anna van der Berg", "Bo von Holm"]),
        ("J.D. Vance", ["J.D. Vance"]),
        ("Martin Luther King, Jr. and Bo Berg", ["Martin Luther King, Jr.", "Bo Berg"]),
        ("Von Jana Röhm und Ole Brandt", ["Jana Röhm", "Ole Brandt"]),
        ("Par Le Courrier et AFP", ["Le Courrier", "AFP"]),
        ("Ana Gil y Luis Ruiz", ["Ana Gil", "Luis Ruiz"]),
        ("di Luca Conti e Anna Bo", ["Luca Conti", "Anna Bo"]),
        ("Di Franco Rossi", ["Franco Rossi"]),
        ("Jane Roe@janeroe", ["Jane Roe"]),
        ("Von Jana Röhm, Kiel", ["Jana Röhm"]),
        ("Von Jana Röhm mit AFP", ["Jana Röhm"]),
        ("", []),
    ],
)
def test_split(text: str, names: list[str]) -> None:
    assert [p.name for p in split_byline(text)] == names


def test_roles_and_organisations_stay_with_their_person() -> None:
    (amy,) = split_byline("Amy Roe Political Correspondent")
    assert (amy.name, amy.role) == ("Amy Roe", "Political Correspondent")
    (bo,) = split_byline("Von Bo Berg, Redakteur")
    assert (bo.name, bo.role) == ("Bo Berg", "Redakteur")
    (jane,) = split_byline("By Jane Roe | Coast News")
    assert (jane.name, jane.org) == ("Jane Roe", "Coast News")
    assert byline_place("Von Jana Röhm, Kiel") == "Kiel"


def test_what_is_no_name() -> None:
    for text in ("Top Stories", "The Night Ferry", "Read More", "Umbau des Hafens", "a b", "Port 7", ""):
        assert not looks_like_name(text), text
    assert names_only("Jane RoeJohn Doe") and not names_only("Ferry line to drop its ship")


def test_long_bylines_cost_little() -> None:
    assert len(split_byline("Aa Bb" * 50_000)) <= 30
    assert len(split_byline("aB " * 50_000)) <= 30
