"""Captions of copied pages leave the body; paragraphs next to a credit line stay."""

import pytest

from sitegen.importer.text.captions import is_caption
from sitegen.importer.text.read import read_text
from sitegen.importer.text.segments import HEAD
from tests.importer.text.test_headline import TEXT
from tests.importer.text.test_headline import lines as labelled

PARAGRAPHS = (
    "The ferry to Norsund left its berth eleven minutes late on Monday, because a heron had settled"
    " on the bow rope and would not move.",
    "The captain, who has sailed the route for thirty years, had waited longer for ministers and"
    " been thanked less often, as the log of the harbour shows.",
    "Passengers passed the time with a song about the weather, of which nobody on board knew more"
    " than the second verse, and with a game of cards.",
)
BUTTONS = ("Share", "Save", "Advertisement", "Sign up for our newsletter")


def page(above: str, credit: str) -> str:
    """A page with buttons, whose second paragraph is followed by ``above`` and a credit line."""
    first, second, third = PARAGRAPHS
    lines = (
        "Heron delays the ferry to Norsund by eleven minutes",
        "By Edda Marsh",
        "24 November 2026",
        *BUTTONS[:2],
        first,
        second,
        above,
        credit,
        third,
        *BUTTONS[2:],
    )
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    "caption",
    [
        "A heron on the bow rope.",
        "Norsund ferry heron.",
        "Der Reiher auf dem Tau, hinter ihm die Fähre.",
    ],
)
@pytest.mark.parametrize("credit", ["Photo: Noor Halden", "Image Credits: Tideway Ferries"])
def test_a_caption_above_its_credit_leaves_the_body(caption: str, credit: str) -> None:
    body = read_text(page(caption, credit)).body
    assert caption not in body
    assert all(paragraph in body for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The harbour said that the heron would be left alone until spring.",
        "Der Hafen teilte am Montag mit, der Reiher dürfe bis zum Frühjahr bleiben.",
        "Le port a déclaré que le héron pourrait rester jusqu'au printemps.",
        "Según el puerto, la garza podrá quedarse hasta la primavera.",
        "Volgens de haven mag de reiger tot het voorjaar blijven.",
        "“We have never seen a bird that calm on a working rope,” the cook wrote.",
        "The heron left. It was seen on two other ferries.",
        "The heron left. It came back at noon. It has been seen on two other ferries.",
    ],
)
def test_a_paragraph_above_a_credit_stays(paragraph: str) -> None:
    assert paragraph in read_text(page(paragraph, "Getty Images")).body


def test_a_caption_that_says_where_people_are_leaves_a_text_without_its_page() -> None:
    caption = "Edda Marsh (left) on the quay. Behind her the cook, who opened the galley."
    text = "\n\n".join([PARAGRAPHS[0], PARAGRAPHS[1], caption, "Photo: Noor Halden", PARAGRAPHS[2]])
    found = read_text(text)
    assert caption not in found.body and all(p in found.body for p in PARAGRAPHS)
    assert [p.name for p in found.credits] == ["Noor Halden"]


@pytest.mark.parametrize(
    ("rows", "at", "expected"),
    [
        (["The heron on the ramp (file photo)", *TEXT], 0, True),
        (["The heron on the ramp on Monday.", "Photo: Ole Lund", *TEXT], 0, True),
        ([TEXT[0], TEXT[1]], 0, False),
    ],
)
def test_a_caption(rows: list[str], at: int, expected: bool) -> None:
    found = labelled(*rows)
    assert is_caption(found, [HEAD] * len(found), False, at) is expected
