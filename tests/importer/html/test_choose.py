"""What is believed of a page's claims, with its confidence and reasons."""

from __future__ import annotations

import pytest

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.choose import choose
from sitegen.model.article import Person


def claims() -> Claims:
    out = Claims()
    out.canonical = "https://twp.example/nature/eels-are-back"
    for where in ("JSON-LD", "h1", "meta og:title"):
        out.say("titles", "Eels are back", where)
    out.say("authors", (Person("Ida Holm"),), "JSON-LD")
    out.say("authors", (Person("Ida Holm"),), "a line with By", ("at the headline",))
    out.say("dates", "2026-11-20T10:00:00+01:00", "JSON-LD")
    out.say("dates", "2026-11-21T10:00:00+01:00", "JSON-LD dateModified", ("called change",))
    out.say("sections", "Nature", "JSON-LD")
    return out


def test_each_field_has_a_value_a_confidence_and_evidence() -> None:
    choice = choose(claims(), "", "https://twp.example/nature/eels-are-back", "")
    assert (choice.title, choice.section) == ("Eels are back", "Nature")
    assert [p.name for p in choice.authors] == ["Ida Holm"]
    assert choice.date == "2026-11-20T10:00:00+01:00"
    assert choice.updated == "2026-11-21T10:00:00+01:00"
    assert set(choice.confidence) == {"title", "authors", "date", "section"}
    assert all(chance > 0.5 for chance in choice.confidence.values())
    assert dict(choice.evidence)["authors"] == "from JSON-LD, a line with By"
    assert {"title", "authors", "date", "section"} == {one.field for one in choice.weighed}
    assert choice.doubts == ()


def test_a_date_that_only_the_text_holds_is_a_guess() -> None:
    empty = Claims()
    html = "<html><body><p>Posted in Salm on 20 November 2019 by nobody</p></body></html>"
    choice = choose(empty, html, "", "")
    assert choice.confidence == ({"date": 0.0} if choice.date else {})
    assert bool(choice.doubts) is bool(choice.date)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("<legend>20 November 2019</legend>", "2019-11-20"),
        ("<b>20.11.2019 Die Fähre fährt wieder, und alle freuen sich darüber.</b>", "2019-11-20"),
        ("<p>Nobody thought that she would sail again before 20 November 2019, not even at the quay"
         " itself.</p>", ""),
    ],
)  # fmt: skip
def test_a_day_within_a_sentence_is_no_guess(line: str, date: str) -> None:
    assert choose(Claims(), f"<html><body>{line}</body></html>", "", "").date == date
