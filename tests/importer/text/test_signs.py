"""Features of the lines of a copied page."""

from __future__ import annotations

import pytest

from sitegen.importer.text.read import lines_of_text, page_of
from sitegen.importer.text.signs import signs_of

TITLE = "Ferry line keeps its oldest ship for a year"
FIRST = "The line keeps its oldest ship on the night route for another year, its director said."
SECOND = (
    "Passengers had asked for the old ship in hundreds of letters since the spring of last year."
)
PAGE = f"""Home

{TITLE}

By Jane Roe

5 June 2024

{FIRST}

Share

{SECOND}

Sign up for our newsletter

{TITLE}
"""


def signs_at(at: int) -> tuple[str, ...]:
    lines, lang = lines_of_text(PAGE)
    return signs_of(page_of(lines, lang))[at]


@pytest.mark.parametrize(
    ("at", "sign"),
    [
        (0, "-1 edge"),
        (0, "line 1"),
        (0, "headline 1 below"),
        (1, "headline here"),
        (1, "repeated, long"),
        (1, "ends open"),
        (2, "headline 1 above"),
        (2, "byline, signature here"),
        (3, "date"),
        (3, "stamp, paragraphs below 2"),
        (4, "prose, paragraphs above 0"),
        (4, "12 words, ends ."),
        (5, "noise, paragraphs above 1"),
        (6, "prose, paragraphs above 1"),
        (7, "prose 1 above"),
        (8, "+1 edge"),
        (8, "from the end 1"),
    ],
)
def test_a_line_has_a_sign(at: int, sign: str) -> None:
    assert sign in signs_at(at)


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("Council answers passengers of the night route", "below, shares <0.67"),
        ("Director keeps passengers and letters", "below, shares >=1"),
        ("Seven bridges to cross before summer ends", "below, shares <0.01"),
        ("Two of us", "short, shares few words"),
        (f"{TITLE} | Salm today", "another line and more"),
        ("Ferry line keeps its oldest", "begins another line"),
    ],
)
def test_a_line_is_compared_with_the_text(line: str, sign: str) -> None:
    lines, lang = lines_of_text(f"{PAGE}\n{SECOND} {FIRST}\n\n{line}\n")
    assert sign in signs_of(page_of(lines, lang))[-1]


def test_a_script_without_blanks_is_not_compared_by_words() -> None:
    lines, lang = lines_of_text(f"{PAGE}\n船は夜に出る、と会社は言った\n")
    assert not any("shares" in sign for sign in signs_of(page_of(lines, lang))[-1])


def test_signs_of_the_same_text_are_the_same_and_each_once() -> None:
    lines, lang = lines_of_text(PAGE)
    found = signs_of(page_of(lines, lang))
    assert found == signs_of(page_of(lines, lang))
    assert all(len(set(names)) == len(names) for names in found)
