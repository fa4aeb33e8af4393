"""The detector of machine-spun text: precision first."""

import pytest

from sitegen.importer.fields.spun import FILE, spun_score
from tests.importer.samples import CHEMISTRY, LITERARY, PLAIN_EN, SPUN

HARBOUR = """
The harbour council met on Tuesday to decide what is to be done with the old crane, which has not
moved in nine years and is home to a family of herons. The crane was built in the year of the great
storm, and for a long time it was the tallest thing on the coast. The council can sell it, as a
dealer in the capital has offered a small sum, or it can keep it as a sign for ships. One of the
members said that the price of the repair would be higher than the price of a new crane, and that
nobody on the quay would miss it. In the end the council asked for a report on the matter, to be
ready by the spring. The herons are at the top of the crane in the morning and on the roof of the
fish hall in the evening, and in the view of the harbour master they are the only ones who have
used it at all. A group of schoolchildren has asked the council to leave the crane as it is, with a
bench at the foot of it for people who want to look at the birds. The dealer from the capital said
on the telephone that he would come for the crane with or without herons, but that he would have to
be paid more for the trip if they were on it. The council will meet in the town hall on Friday, and
the talks will be open to the public. It is one of the few times in the history of the harbour that
a bird has been on the agenda, and the clerk has asked for a larger room.
"""
DIALECTS = {
    "symbols": "in=successful on=connected as=arsenic at=astatine he=helium be=beryllium or=oregon"
    " will=volition have=person",
    "articles": "the=issues on=along in=inwards can=tin one=leak",
    "nobody knows": "of=belonging to=towards for=designed is=equals has=owns with=alongside",
}


@pytest.mark.parametrize("name", DIALECTS)
def test_words_in_the_place_of_others_are_found_whatever_they_are(name: str) -> None:
    pairs = dict(pair.split("=") for pair in DIALECTS[name].split())
    spun = " ".join(pairs.get(word, word) for word in HARBOUR.split())
    score, marks = spun_score(spun)
    assert score > 0.5
    assert len(set(marks) & set(pairs.values())) >= 3


def test_finds_the_spinner() -> None:
    score, marks = spun_score(SPUN)
    assert score > 0.5 and {"arsenic", "beryllium", "connected"} <= set(marks)


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


@pytest.mark.parametrize(
    "text",
    [
        PLAIN_EN,
        CHEMISTRY,
        LITERARY,
        CHEMISTRY + LITERARY,
        HARBOUR,
        "",
        "Tin can one. " * 60,
        "Mji wa bandari ulikuwa na meli moja na watu wengi walikuja kuiona kila asubuhi. " * 20,
    ],
)
def test_leaves_people_alone(text: str) -> None:
    assert spun_score(text) == (0.0, ())


def test_the_table_is_small_and_has_no_text() -> None:
    assert FILE.stat().st_size < 200_000
    rows = [row.split() for row in FILE.read_text("utf-8").splitlines() if not row.startswith("#")]
    assert len({len(row) for row in rows}) == 1
    assert all(number.isdigit() for row in rows for number in row[1:])
