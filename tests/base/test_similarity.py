"""Signatures of texts, by which near-duplicates are found."""

from __future__ import annotations

import pytest

from sitegen.base.similarity import (
    FEWEST,
    SIZE,
    keys,
    long_text,
    sketch,
    text_alike,
    title_alike,
    title_words,
)

WORDS = [f"harbour{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200)]


def html(*words: str) -> str:
    return f"<p>{' '.join(words)}</p>"


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (WORDS, WORDS, 1.0, 1.0),
        (WORDS, [*WORDS[:180], *(f"replaced{n}" for n in range(20))], 0.6, 1.0),
        (WORDS[:100], WORDS[100:], 0.0, 0.1),
        (WORDS[:4], WORDS[:4], 0.0, 0.0),  # too short
    ],
)
def test_texts_are_alike(one: list[str], other: list[str], least: float, most: float) -> None:
    alike = text_alike(sketch("One", html(*one)), sketch("Other", html(*other)))
    assert least <= alike <= most


def test_tags_do_not_count() -> None:
    plain, marked = html(*WORDS), html(*(f"<b>{word}</b>" for word in WORDS))
    assert text_alike(sketch("", plain), sketch("", marked[:2_500])) > 0.5


def test_a_text_without_blanks_is_compared_by_its_characters() -> None:
    text = "".join(chr(0x4E00 + n * 7) for n in range(120))
    assert text_alike(sketch("", text), sketch("", text)) == 1.0
    assert text_alike(sketch("", text), sketch("", text[::-1])) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ferry returns to the old harbour", "Old harbour: ferry returns to the", 1.0),
        ("Ferry returns to old harbour", "Mayor opens new swimming pool", 0.0),
        ("Ferry line 7 returns to harbour", "Ferry line 8 returns to harbour", 0.0),
        ("Ferry returns", "Ferry returns", 0.0),  # too few words
    ],
)
def test_titles_are_alike(one: str, other: str, alike: float) -> None:
    assert title_alike(one, other) == alike


def test_words_of_a_title() -> None:
    assert title_words("At 7 the Tide TURNS") == {"7", "the", "tide", "turns"}


def test_keys_are_of_the_title_and_of_a_text_that_is_long_enough() -> None:
    titles, texts = keys(sketch("Ferry returns harbour", html(*WORDS)))
    assert (len(titles), len(texts)) == (3, 8)
    titles, texts = keys(sketch("Ferry", html(*WORDS[: FEWEST - 1])))
    assert (titles, texts) == ((), ())


def test_only_a_full_signature_identifies_a_text() -> None:
    assert len(long_text(sketch("Ferry", html(*WORDS)))) == 4 * SIZE
    assert long_text(sketch("Ferry", html(*WORDS[:20]))) == b""
