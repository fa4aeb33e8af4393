"""Marks of answers, forwards and lists before a subject."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.mail_subjects import is_forward, own_subject


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        ("Re: The bell", "The bell"),
        ("RE : The bell", "The bell"),
        ("Re[2]: The bell", "The bell"),
        ("Re (3): The bell", "The bell"),
        ("Re^2: The bell", "The bell"),
        ("Fwd: FW: WG: The bell", "The bell"),
        ("RV: La campana", "La campana"),
        ("VB: Klockan", "Klockan"),
        ("SV: Antw: Klockan", "Klockan"),
        ("ATS: le lac est gelé", "ATS: le lac est gelé"),
        ("TR: what the initials mean", "TR: what the initials mean"),
        ("[video] The bell", "[video] The bell"),
        ("Odp: Dzwon", "Dzwon"),
        ("YNT: Çan", "Çan"),
        ("İLT: Çan", "Çan"),
        ("ilt: Çan", "Çan"),
        ("RES: ENC: O sino", "O sino"),
        ("Továb: Vá: A harang", "A harang"),
        ("ΠΡΘ: Η καμπάνα", "Η καμπάνα"),
        ("回复：钟", "钟"),
        ("转发: 回复：钟", "钟"),
        ("返信: 鐘", "鐘"),
        ("رد: الجرس", "الجرس"),
        ("[quay-l] The bell", "The bell"),
        ("[quay-l] Re: [quay-l] The bell", "The bell"),
        ("Re: [Quay Watchers] The bell", "The bell"),
        ("[Quay Watchers] Re: The bell", "The bell"),
        ("[Opinion] The bell", "[Opinion] The bell"),  # a label of the headline
        ("[Update 2] The bell", "[Update 2] The bell"),
        ("I: the jury", "I: the jury"),
        ("R: a language for numbers", "R: a language for numbers"),
        ("PS: one more thing", "PS: one more thing"),
        ("Reading: a town", "Reading: a town"),
        ("Re: ", "Re: "),
        ("", ""),
    ],
)
def test_a_subject_without_marks(subject: str, own: str) -> None:
    assert own_subject(subject, is_answer=False) == own


@pytest.mark.parametrize(
    ("subject", "own"),
    [
        ("R: I: La campana", "La campana"),
        ("VS: Kello", "Kello"),
        ("PD: Dzwon", "Dzwon"),
        ("TR: La cloche", "La cloche"),
        ("SV: Klockan", "Klockan"),
        ("Is it: a question", "Is it: a question"),
    ],
)
def test_short_marks_count_in_an_answer(subject: str, own: str) -> None:
    assert own_subject(subject, is_answer=True) == own


def test_names_of_the_lists_are_marks() -> None:
    assert own_subject("[Quay News] The bell", is_answer=False, lists={"quay news"}) == "The bell"


@pytest.mark.parametrize(
    ("subject", "forwards"),
    [
        ("Fwd: x", True),
        ("[quay-l] Tr : x", True),
        ("转发：x", True),
        ("I: x", True),
        ("Re: x", False),
        ("Forward march: x", False),
    ],
)
def test_a_forward_says_so(subject: str, forwards: bool) -> None:
    assert is_forward(subject) == forwards
