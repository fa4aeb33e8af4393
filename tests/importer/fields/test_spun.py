"""The detector of machine-spun text: precision first."""

from sitegen.importer.fields.spun import spun_score
from tests.importer.samples import CHEMISTRY, LITERARY, PLAIN_EN, SPUN


def test_finds_the_spinner() -> None:
    score, marks = spun_score(SPUN)
    assert score > 0.5 and {"arsenic", "beryllium", "helium"} <= set(marks)


def test_other_spinner_of_symbols() -> None:
    text = (
        "The mayor said that helium would not go, and that the bridge would be closed by Beaver"
        " State opened later. Workers stood atomic number 85 the gate, and the town could beryllium"
        " quiet for once. Nobody knew whether indiana the end the bridge would stand, oregon fall,"
        " and nobelium one asked. It was nobelium longer safe arsenic the wind rose, and helium"
        " said that it must beryllium watched. People came to beryllium there atomic number 33 a"
        " crowd."
    )
    assert spun_score(text)[0] > 0.5


def test_leaves_people_alone() -> None:
    for text in (PLAIN_EN, CHEMISTRY, LITERARY, CHEMISTRY + LITERARY, ""):
        assert spun_score(text) == (0.0, ()), text[:60]
