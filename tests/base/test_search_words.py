"""Words as the index has them, and the endings that they exchange."""

from __future__ import annotations

import pytest

from sitegen.base.search_words import _ENDINGS, LONGEST, endings, fold, search_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Crane’s back, at 06:12!", ["the", "crane", "s", "back", "at", "06", "12"]),
        ("Die Nachtfähre heißt Öl", ["die", "nachtfahre", "heisst", "ol"]),
        ("L’École n’est-elle", ["l", "ecole", "n", "est", "elle"]),
        ("ＡＢＣ ｶﾅ", ["abc", "カナ", "ナ"]),
        ("閲覧室", ["閲覧", "覧室", "室"]),
        ("第3回 図", ["第", "3", "回", "図"]),
        ("Йод и ёж", ["иод", "и", "еж"]),
        ("المرجُ الأخضر", ["مرج", "اخضر"]),
        ("도서관에서", ["도서관에서"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("x" * 90, ["x" * LONGEST]),
        ("· – …", []),
    ],
)
def test_a_text_is_parted_into_folded_words(text: str, words: list[str]) -> None:
    assert search_words(text) == words


def test_words_are_folded_once_and_for_all() -> None:
    for text in ("Ärger", "İstanbul", "ΆΝΟΙΞΗ", "كتابة", "ガ", "한글", "ﬁn"):
        assert fold(fold(text)) == fold(text)


def forms(word: str, lang: str) -> set[str]:
    """The forms of ``word``, as the search page makes them."""
    return {
        word.removesuffix(end) + other
        for some in endings(lang)
        for end in some
        if word.endswith(end) and len(word) - len(end) > 2
        for other in some
    }


@pytest.mark.parametrize(
    ("lang", "word", "others", "not_these"),
    [
        ("en", "lifting", ["lift", "lifts", "lifted"], ["lifeless"]),
        ("en", "cranes", ["crane", "craning"], ["crank", "cranberry"]),
        ("en", "cities", ["city"], ["cite", "citizen"]),
        ("en", "shipping", ["ship", "ships"], ["shop"]),
        ("en", "note", ["notes", "noting"], ["not"]),
        ("en", "party", ["parties"], ["part"]),
        ("de", "hauser", ["haus", "hausern"], ["hausfrau"]),
        ("de", "fahren", ["fahrt", "fahre"], ["fahrrad"]),
        ("fr", "journaux", ["journal"], ["jour"]),
        ("es", "elecciones", ["eleccion"], ["elector"]),
        ("pt", "jornais", ["jornal"], ["jornada"]),
        ("ru", "россиеи", ["россия", "россии"], ["росток"]),
        ("nb", "fergene", ["ferge", "fergen"], ["fersk"]),
        ("ja", "図書", [], ["図"]),
    ],
)
def test_forms_differ_in_endings_of_one_set(
    lang: str, word: str, others: list[str], not_these: list[str]
) -> None:
    found = forms(word, lang)
    assert found.issuperset(others)
    assert found.isdisjoint(not_these)


@pytest.mark.parametrize("lang", sorted(_ENDINGS))
def test_endings_are_folded_and_each_is_in_a_set_once(lang: str) -> None:
    for some in endings(lang):
        assert len(some) == len(set(some)) > 1
        assert all(fold(end) == end for end in some)
