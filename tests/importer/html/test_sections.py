"""The section of a page."""

from __future__ import annotations

from sitegen.importer.html.candidates import Claims
from sitegen.importer.html.sections import given_section, rate_sections, section_candidates


def claims(*said: tuple[str, str]) -> Claims:
    out = Claims()
    for value, where in said:
        out.say("sections", value, where)
    return out


def test_what_data_say_is_certain() -> None:
    said = claims(("harbour", "the URL"), ("Nature", "meta article:section"))
    assert rate_sections(said)[0].value == "Nature"
    assert given_section(claims(("harbour", "the URL"))) is None


def test_the_headline_is_no_section() -> None:
    said = claims(("Eels are back", "breadcrumb 2"), ("Nature", "breadcrumb 1"))
    said.say("titles", "Eels are back", "h1")
    assert [value for value, _ in section_candidates(said)] == ["", "Nature"]


def test_a_breadcrumb_and_the_url_agree() -> None:
    features = dict(section_candidates(claims(("Nature", "breadcrumb 1"), ("nature", "the URL"))))
    assert {"breadcrumb 1", "the URL", "agreed by 2"} <= set(features["Nature"])
