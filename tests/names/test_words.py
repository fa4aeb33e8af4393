"""The vocabularies of bylines agree with each other."""

import re

import pytest

from sitegen.names import words


@pytest.mark.parametrize("pattern", [*words.LEADS, *(phrases for _, phrases in words.HELPERS)])
def test_each_phrase_is_a_pattern_that_takes_text(pattern: str) -> None:
    assert not re.compile(pattern, re.I).fullmatch("")


@pytest.mark.parametrize(
    "name",
    "PARTICLES ROLES DEPARTMENTS PRESS AGENCIES OFFICES COLLECTIVE NOT_NAMES LABELS".split(),
)
def test_words_are_looked_up_in_small_letters(name: str) -> None:
    for word in getattr(words, name):
        assert word == word.lower() and word.strip() == word


def test_what_is_between_names_is_not_a_label() -> None:
    joiners = {word for said in words.JOINERS.values() for word in said.split()}
    assert joiners.isdisjoint(words.LABELS | words.ROLES)
    assert joiners >= words.WEAK_JOINERS


def test_names_that_are_months_are_kept_from_the_words_that_no_name_has() -> None:
    assert words.NAMES_TOO.isdisjoint(words.NOT_NAMES | words.LABELS)
