"""The language of a text by its common words and its letters."""

import pytest

from sitegen.importer.fields.language import guess_language, language_code, language_of_letters

SENTENCES = {
    "en": "The heron that sat on the rope of the ferry has not left, and they will wait for it.",
    "de": "Der Reiher, der auf dem Tau der Fähre saß, ist nicht weg, und sie warten auf ihn.",
    "fr": "Le héron qui est sur la corde du bac ne part pas, et les gens sont dans une cabine.",
    "nl": "De reiger die op het touw van de boot zat is niet weg en ze zijn er nog met een lied.",
}


@pytest.mark.parametrize("lang", sorted(SENTENCES))
def test_common_words(lang: str) -> None:
    assert guess_language(SENTENCES[lang] * 3) == lang


def test_a_few_words_say_nothing() -> None:
    assert guess_language("The heron left") == ""
    assert guess_language("heron rope quay ferry " * 20) == ""


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Паром стоит у причала, и капитан ждёт", "ru"),
        ("フェリーは港で待っている、船長も待っている。", "ja"),
        ("渡轮停在码头等待鹭鸟离开然后才能启航离开港口", "zh"),
        ("کشتی در اسکله منتظر است، پرنده‌ای روی طناب نشسته و گفته", "fa"),
        ("The ferry is waiting at the quay for a heron", ""),
        ("Пар", ""),
    ],
)
def test_letters(text: str, lang: str) -> None:
    assert language_of_letters(text)[0] == lang


@pytest.mark.parametrize(
    ("tag", "code"), [("de-AT", "de"), ("en_US", "en"), ("FR", "fr"), ("x", ""), ("", "")]
)
def test_tags(tag: str, code: str) -> None:
    assert language_code(tag) == code
