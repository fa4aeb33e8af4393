"""Translations of one original: how pages link them, and what the front page shows of them."""

from __future__ import annotations

from sitegen.pages.translations import shown_instead, translations
from tests.samples import config, document, site

ORIGINAL = document("tide", lang="pt")


def test_the_original_comes_first_then_the_languages_in_order() -> None:
    french = document("maree", "2026-11-03", lang="fr", translation_of=ORIGINAL.path)
    german = document("flut", "2026-11-04", lang="de", translation_of=ORIGINAL.path)
    digest = site(ORIGINAL, french, german)
    linked, problems = translations(digest, {0: [1, 2]}, config())
    assert [(t.lang, t.original) for t in linked[1]] == [
        ("pt", True),
        ("de", False),
        ("fr", False),
    ]
    assert linked[0] == linked[1] == linked[2]
    assert problems == []


def test_of_two_translations_into_one_language_the_older_is_linked_and_the_other_reported() -> None:
    first = document("flut", "2026-11-03", lang="de", translation_of=ORIGINAL.path)
    second = document("gezeiten", "2026-11-04", lang="DE", translation_of=ORIGINAL.path)
    linked, (problem,) = translations(site(ORIGINAL, first, second), {0: [1, 2]}, config())
    assert sorted(linked) == [0, 1]
    assert problem.path == second.path
    assert first.path in problem.message


def test_the_front_page_shows_the_language_of_the_site_else_the_original() -> None:
    english = document("ebb", "2026-11-03", lang="en", translation_of=ORIGINAL.path)
    french = document("maree", "2026-11-04", lang="fr", translation_of=ORIGINAL.path)
    documents = (ORIGINAL, english, french)
    for language, left_out in (("en", {0, 2}), ("sv", {1, 2})):
        settings = config(language=language)
        digest = site(*documents, settings=settings)
        assert set(shown_instead(digest, {0: [1, 2]}, settings)) == left_out
