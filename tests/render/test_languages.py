"""Pages in the language of the site: every word is translated, and a site or theme may have words
of its own."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from sitegen.base.genres import GENRES
from sitegen.base.gettext import read_messages
from sitegen.content.alerts import ALERTS
from sitegen.pages.titles import TITLES
from sitegen.render.images import ROLES
from tests.conftest import SITE, Digest

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = ["ar", "de", "es", "fr", "ja"]


@cache
def said() -> frozenset[str]:
    """Every message of the templates and of the modules."""
    out = {*TITLES, *ROLES.values(), *ALERTS.values(), *GENRES}
    for path in (ROOT / "themes").rglob("*.html"):
        for call in Environment().parse(path.read_text()).find_all(nodes.Call):
            if (
                isinstance(call.node, nodes.Name)
                and call.node.name == "t"
                and isinstance(call.args[0], nodes.Const)
            ):
                out.add(call.args[0].value)
    for path in (ROOT / "sitegen").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("t", "say")
            ):
                out |= {
                    a.value
                    for a in node.args[:1]
                    if isinstance(a, ast.Constant) and isinstance(a.value, str)
                }
    return frozenset(out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_missing_and_none_is_left_over(language: str) -> None:
    known = read_messages([ROOT / f"sitegen/locales/{language}.po"])
    assert said() - known.keys() == set(), "not translated"
    assert known.keys() - said() == set(), "not used any more"
    assert [
        m for m, word in known.items() if m.rstrip(":") != m and word.rstrip(":：") == word
    ] == [], "a colon is lost"


def built(digest: Digest, language: str, more: str = "") -> None:
    digest.write("site.yaml", f"{SITE}language: {language}\npagination: 1\n{more}")
    digest.article("a", "Erste", more="tags: [See]\n")
    digest.article("b", "Zweite", more="tags: [See]\nlang: fr\n")
    digest.build()


def test_a_site_speaks_its_language(digest: Digest) -> None:
    built(digest, "de", "editions: {kind: daily}\n")
    page = digest.page("world/2026/11/01/a/index.html")
    assert '<html lang="de" dir="ltr"' in page
    assert "Zum Inhalt springen" in page
    assert "1. November 2026" in page
    assert "<title>Themen – T</title>" in digest.page("tags/index.html")
    assert "Seite nicht gefunden" in digest.page("404.html")
    assert "<title>Alle Artikel – T</title>" in digest.page("archive/index.html")
    assert ">Ausgaben</a>" in page
    assert all(
        "Skip to content" not in data.decode()
        for name, data in digest.tree().items()
        if name.endswith(".html")
    )


def test_arabic_runs_from_right_to_left_and_arrows_with_it(digest: Digest) -> None:
    built(digest, "ar")
    page = digest.page("archive/index.html")
    assert '<html lang="ar" dir="rtl"' in page
    assert "نوفمبر" in page
    assert '<span class="arrow" aria-hidden="true">←</span>' in page.split("الأقدم")[1]


def test_an_article_in_another_language_is_marked_and_its_labels_stay_those_of_the_site(
    digest: Digest,
) -> None:
    built(digest, "de")
    page = digest.page("world/2026/11/01/b/index.html")
    assert '<article class="story h-entry" lang="fr" dir="ltr">' in page
    assert 'lang="de"' in page.split("<article")[1]


def test_site_and_theme_may_have_words_of_their_own(digest: Digest) -> None:
    digest.write(
        "theme/locales/de.po",
        'msgid "Skip to content"\nmsgstr "Zum Text"\n\nmsgid "Only here"\nmsgstr "Nur <hier>"\n',
    )
    digest.write("theme/locales/de-AT.po", 'msgid "Older"\nmsgstr "Zurück"\n')
    digest.write(
        "theme/templates/404.html",
        "{{ t('Only here') }} {{ t('Older') }} {{ t('Nowhere') }} {{ t(page.title) }}",
    )
    built(digest, "de-AT")
    assert digest.page("404.html") == "Nur &lt;hier&gt; Zurück Nowhere Seite nicht gefunden"
    assert ">Zum Text<" in digest.page("index.html")
    digest.write("theme/locales/de-AT.po", 'msgid "Older"\nmsgstr "Früher"\n')
    digest.build()
    assert "Früher" in digest.page("404.html")


def test_a_language_without_a_catalogue_falls_back_to_english(digest: Digest) -> None:
    built(digest, "nl")
    page = digest.page("world/2026/11/01/a/index.html")
    assert "Skip to content" in page
    assert "november 2026" in page


def test_a_broken_catalogue_is_named_with_its_file(digest: Digest) -> None:
    digest.write("theme/locales/de.po", 'msgid "Older"\nnonsense\n')
    digest.article("a")
    digest.write("site.yaml", f"{SITE}language: de\n")
    assert "theme/locales/de.po" in digest.build(expect=1).stderr


@pytest.mark.parametrize(
    ("language", "two", "three"),
    [
        ("en", "Ann A and Bo B", "Ann A, Bo B and Cy C"),
        ("de", "Ann A und Bo B", "Ann A, Bo B und Cy C"),
        ("ar", "Ann A وBo B", "Ann A وBo B وCy C"),
        ("ja", "Ann A、Bo B", "Ann A、Bo B、Cy C"),
        ("nl", "Ann A en Bo B", "Ann A, Bo B en Cy C"),  # without a catalogue, too
    ],
)
def test_names_in_a_sentence_are_joined_as_the_language_joins_them(
    digest: Digest, language: str, two: str, three: str
) -> None:
    digest.write(
        "site.yaml", f"{SITE}language: {language}\neditions: {{kind: weekly, email: true}}\n"
    )
    digest.write(
        "content/world/two.md",
        "---\ntitle: Two\ndate: 2026-11-02\nauthors: [Ann A, Bo B]\n---\n\nText.\n",
    )
    digest.write(
        "content/world/three.md",
        "---\ntitle: Three\ndate: 2026-11-03\nauthors: [Ann A, Bo B, Cy C]\n---\n\nText.\n",
    )
    digest.build()
    for path in (
        "index.html",
        "archive/index.html",
        "edition/2026-w45/email.html",
        "edition/2026-w45/email.txt",
    ):
        text = " ".join(re.sub(r"<[^>]*>", "", digest.page(path)).split())
        assert two in text, path
        assert three in text, path
    page = re.sub(
        r"<[^>]*>", "", digest.page("world/2026/11/03/three/index.html").partition("<main")[2]
    )
    assert three in page


def test_what_is_beside_a_name_is_divided_as_the_language_divides(digest: Digest) -> None:
    digest.write("site.yaml", f"{SITE}language: ja\n")
    digest.article("a", more="credits: [{name: X}]\n")
    head = (
        "---\ntitle: B\ndate: 2026-11-02\nauthors: [{name: Ann A, role: text, org:"
        " Paper}]\n---\n\nText.\n"
    )
    digest.write("content/world/b.md", head)
    digest.build()
    page = re.sub(r"<[^>]*>", "", digest.page("world/2026/11/02/b/index.html"))
    assert "Ann A、Text、Paper" in page
