"""What the lines of a copied page are taken for, and how sure that is."""

from __future__ import annotations

import pytest

from sitegen.importer.text.judged import FIELDS, WeighedLines
from sitegen.importer.text.read import lines_of_text, read_text
from sitegen.importer.text.segments import BODY, BOX, HEAD
from tests.importer.samples import PLAIN_DE, PLAIN_EN

SENTENCES = (
    "PORT SALM — The line keeps its oldest ship on the night route for another year, its director"
    " said on Monday, although the council had asked for a faster one with room for more cars.",
    "Passengers had written hundreds of letters since the spring, most of them by hand, and the"
    " director said on Monday that he had read each of them on the night route himself.",
    "The council will decide in the autumn whether the ship may go on after that year, and it has"
    " asked for a report on the engines, which are as old as the ship itself.",
)
DEK = "The director of the line answers hundreds of letters that passengers have sent since May."
ABOVE = "Home|World|Ferry line keeps its oldest ship for another year|Jane Roe|June 5, 2024|Share"
BELOW = "Sign up for our newsletter|Most read|Seven bridges to cross in a day|The tram map"
IMAGE = ("Image", "The ship at her berth.", "Ruta Lind/Salm Pictures")
DEK_BELOW_DATE = "\n\n".join((*ABOVE.split("|"), DEK, *IMAGE, *SENTENCES, *BELOW.split("|")))


def judged(*chances: dict[str, float]) -> WeighedLines:
    lines, _ = lines_of_text("\n\n".join("A line of words." for _ in chances))
    empty = dict.fromkeys(("title", "dek", "byline", "date", "body", "heading", "aside"), 0.0)
    return WeighedLines(lines, [()] * len(lines), [empty | some for some in chances])


def test_states_are_corrected_where_the_weights_are_sure() -> None:
    found = judged(
        {"body": 0.9}, {"aside": 0.9}, {"body": 0.5}, {"aside": 0.9, "body": 0.1}, {"heading": 0.9}
    )
    assert found.states([HEAD, HEAD, BODY, BODY, BOX]) == [BODY, HEAD, BODY, BOX, BODY]


def test_a_paragraph_needs_less_to_stay_than_a_short_line() -> None:
    lines, _ = lines_of_text(f"{SENTENCES[0]}\n\n{SENTENCES[1]}\n\nOne more\n\nAnd another")
    chances = [{"body": value, "heading": 0.0} for value in (0.3, 0.2, 0.3, 0.5)]
    found = WeighedLines(lines, [()] * 4, chances)
    assert found.states([BODY] * 4) == [BODY, BOX, BOX, BODY]


@pytest.mark.parametrize(
    ("best", "other"),
    [
        ("Home World Ferry line keeps its ship", "Ferry line keeps its ship"),
        ("Ferry line keeps its ship | Salm today", "Ferry line keeps its ship"),
    ],
)
def test_the_headline_is_the_line_without_what_the_site_adds(best: str, other: str) -> None:
    lines, _ = lines_of_text(f"{best}\n\nShare\n\n{other}")
    chances = [{"title": value} for value in (0.6, 0.0, 0.2)]
    assert WeighedLines(lines, [()] * 3, chances).title() == 2


def test_the_date_may_be_in_the_byline() -> None:
    found = judged({"title": 0.75}, {"byline": 0.6, "date": 0.3})
    read_from = {"title": 0, "authors": 1, "date": 1, "credits": 0}
    assert found.confidence(read_from) == {"title": 0.75, "authors": 0.6, "date": 0.9}


@pytest.mark.parametrize("text", [PLAIN_EN, PLAIN_DE], ids=["English", "German"])
def test_fields_of_a_page_have_a_confidence_and_candidates(text: str) -> None:
    found = read_text(text)
    assert set(found.confidence) <= set(FIELDS)
    assert all(0 <= chance <= 1 for chance in found.confidence.values())
    best = {one.field: one for one in reversed(found.weighed)}
    assert best["title"].value == found.title and found.confidence["title"] > 0.5
    assert best["title"].chance == pytest.approx(found.confidence["title"], abs=0.01)
    assert all(len(one.reasons) <= 4 for one in found.weighed)


def test_a_text_without_its_page_has_nothing_to_choose_among() -> None:
    body = "The line keeps its oldest ship for another year, its director said on Monday night."
    found = read_text(f"Ferry line keeps its ship\n\nBy Jane Roe\n\n{body}\n\n{body}\n")
    assert found.title and not found.confidence and not found.weighed


def test_a_dek_below_names_and_date_is_no_paragraph() -> None:
    found = read_text(DEK_BELOW_DATE)
    assert found.dek.startswith("The director of the line answers")
    assert found.dek not in found.body
    assert [person.name for person in found.authors] == ["Jane Roe"]
    assert "The council will decide" in found.body and "Seven bridges" not in found.body


def test_a_lead_in_small_letters_may_be_glued_to_a_name() -> None:
    found = read_text(DEK_BELOW_DATE.replace("Jane Roe", "byJane Roe"))
    assert [person.name for person in found.authors] == ["Jane Roe"]
