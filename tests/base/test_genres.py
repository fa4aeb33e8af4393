"""Genres: read in every language of sitegen, and said in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.genres import GENRES, OPINIONS, genre_of
from sitegen.base.gettext import read_messages

CATALOGUES = sorted(Path("sitegen/locales").glob("*.po"))


@pytest.mark.parametrize(
    ("words", "genre"),
    [
        ("analysis", "Analysis"),
        ("ANALYSE", "Analysis"),
        ("Fact-check", "Fact check"),
        ("fact_check", "Fact check"),
        ("Décryptage", "Explainer"),
        ("Éditorial", "Editorial"),
        ("en  directo", "Live"),
        ("社説", "Editorial"),
        ("مقابلة", "Interview"),
        ("Glosse", "Glosse"),
        ("", ""),
    ],
)
def test_a_genre_is_known_by_its_words(words: str, genre: str) -> None:
    assert genre_of(words) == genre


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_what_pages_say_in_a_language_is_read_in_it(catalogue: Path) -> None:
    say = read_messages([catalogue])
    assert [say(genre) for genre in GENRES if genre not in say] == []
    assert {genre: genre_of(say(genre)) for genre in GENRES} == {genre: genre for genre in GENRES}


def test_no_word_means_two_genres() -> None:
    words = [word.casefold() for genre, also in GENRES.items() for word in (genre, *also)]
    assert len(words) == len({*words})


def test_opinions_are_genres() -> None:
    assert {*GENRES} >= OPINIONS
