"""Credits of images: lines, ends of captions, and their holders."""

import pytest

from sitegen.importer.fields.credits import (
    caption_and_credit,
    credit_of_caption,
    credit_people,
    credit_role,
    is_agency,
    surely_caption,
    whole_credit,
)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Photo: Jane Roe", "Jane Roe"),
        ("Foto: Jane Roe / Nordbild", "Jane Roe / Nordbild"),
        ("Photograph by Jane Roe", "Jane Roe"),
        ("(Jane Roe/Daily Post)", "Jane Roe/Daily Post"),
        ("Jane Roe/AFP via Getty Images", "Jane Roe/AFP via Getty Images"),
        ("Jane Roe for The Tideway Times", "Jane Roe for The Tideway Times"),
        ("Reuters", "Reuters"),
        ("Image shows the harbour at dawn", ""),
        ("Copyright © 2023 Tideway Media", ""),
        ("Source: Tideway Institute", ""),
        ("Copyright Jane Roe", "Jane Roe"),
        ("© AFP", "AFP"),
        ("Getty Images", "Getty Images"),
        ("Jane Roe / Harbour Archive", "Jane Roe / Harbour Archive"),
        ("Tideway Agency/Photo: Jane Roe", "Tideway Agency/Photo: Jane Roe"),
        ("(The Coast Press)", "The Coast Press"),
        ("(Photo: Jane Roe)", "Jane Roe"),
        ("(a boat at dawn)", ""),
        ("jane / roe", ""),
        ("Photo: the boat that was moored behind the sluice at the end of the summer.", ""),
        ("Jane Roe, Olle Nyman and others wrote for the paper about a boat", ""),
        ("The paper bought photos of the boat from the agency AFP in the last year", ""),
        ("The harbour opened on Monday.", ""),
        ("", ""),
    ],
)
def test_a_line_that_is_a_credit(line: str, credit: str) -> None:
    assert whole_credit(line) == credit


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("A heron on the bow rope. Photo: Jane Roe", "A heron on the bow rope.", "Jane Roe"),
        ("A heron on the bow rope (Jane Roe/AFP)", "A heron on the bow rope", "Jane Roe/AFP"),
        ("A heron by the quay | Jane Roe / AFP", "A heron by the quay", "Jane Roe / AFP"),
        (
            "Ein Reiher auf dem Tau, 12. Juli. JANE ROE / AFP",
            "Ein Reiher auf dem Tau, 12. Juli.",
            "JANE ROE / AFP",
        ),
        ("The harbour opened on Monday, as Reuters reported.", "", ""),
        ("The keel of the boat | Jane Roe | AFP", "The keel of the boat", "Jane Roe | AFP"),
        (
            "A boat at the quay of Salm. Jane Roe/AFP, July 2026",
            "A boat at the quay of Salm.",
            "Jane Roe/AFP, July 2026",
        ),
        (
            "the new crane at the quay of the town, Jane Roe / AFP",
            "the new crane at the quay of the town,",
            "Jane Roe / AFP",
        ),
        (
            "The crane of Salm at the quay, Photo: (Jane Roe",
            "The crane of Salm at the quay,",
            "Jane Roe",
        ),
        (
            "The crane of Salm is at the quay. Photo: AFP.",
            "The crane of Salm is at the quay.",
            "AFP.",
        ),
        (
            "The crane of Salm is at the quay (Photo: Jane Roe)",
            "The crane of Salm is at the quay",
            "Jane Roe",
        ),
        ("The keel. Photo: Roe", "The keel.", "Roe"),
        ("Keel Photo: Roe", "", ""),
        ("the new crane/AFP", "", ""),
        ("The crane at the quay of Salm AFP", "", ""),
        ("The crane of Salm is at the quay. Photo: he said it was new.", "", ""),
        ("The crane of Salm NO RESALES. NO ARCHIVES", "", ""),
        ("A line without an end. " * 60, "", ""),
        ("The harbour opened on Monday.", "", ""),
    ],
)
def test_the_end_of_a_caption(line: str, caption: str, credit: str) -> None:
    assert caption_and_credit(line) == (caption, credit)


@pytest.mark.parametrize(
    ("credit", "holders"),
    [
        ("Jane Roe/EPA, via Archive", [("Jane Roe", "EPA, via Archive")]),
        ("AFP / Photo Ruta Brandt", [("AFP", ""), ("Ruta Brandt", "")]),
        ("EFE Foto: Ruta Brandt", [("EFE", ""), ("Ruta Brandt", "")]),
        ("AFP/Jane Roe", [("Jane Roe", "AFP")]),
        ("Jane Roe (Tideway Post)", [("Jane Roe", "Tideway Post")]),
        ("Jane Roe, AFP", [("Jane Roe", "AFP")]),
        ("Jane Roe via Reuters", [("Jane Roe", "Reuters")]),
        ("Jane Roe for The Coast Press", [("Jane Roe", "The Coast Press")]),
        ("Keel/AFP | Jane Roe", [("Jane Roe", "Keel/AFP")]),
        ("AFP/Reuters", [("AFP/Reuters", "")]),
        ("Photo by Jane Roe (AFP", [("Jane Roe", "AFP")]),
        ("Jane Roe) of the paper", [("Jane Roe", "")]),
        ("Jane Roe, seamstress", [("Jane Roe, seamstress", "")]),
        ("Text: dpa, Foto: Olle Nyman", [("Olle Nyman", "")]),
        ("", []),
        ("x" * 300, []),
    ],
)
def test_holders_of_a_credit(credit: str, holders: list[tuple[str, str]]) -> None:
    assert [(p.name, p.org) for p in credit_people(credit)] == holders


def test_what_a_label_says() -> None:
    assert [credit_role(f"{label}: Jane Roe") for label in ("Illustration", "Grafik", "Foto")] == [
        "illustration",
        "graphic",
        "photo",
    ]
    assert is_agency("(Reuters)") and not is_agency("Jane Roe/Reuters")


def test_what_only_captions_have() -> None:
    assert surely_caption("A heron on the rope. MANDATORY CREDIT")
    assert surely_caption("A heron on the rope (Jane Roe/AFP)")
    assert not surely_caption("The harbour (and its heron) opened")


def test_every_agency_begins_with_one_of_the_letters_that_are_looked_for() -> None:
    for name in ("dpa", "picture alliance", "imago", "iStock", "ullstein bild", "action press"):
        assert is_agency(name)
    for name in ("stock.adobe.com", "bildagentur", "AFP", "Zuma", "Nordbild Images"):
        assert is_agency(name)


def test_the_credit_of_a_long_caption() -> None:
    caption = "Fog over the harbour at dawn. " * 60
    assert credit_of_caption(f"{caption}Photo: Ida Ek") == (caption.strip(), "Ida Ek")
    assert credit_of_caption("Fog.") == ("Fog.", "")
