"""What a page says of its authors and its day: broken data, uploaders, updates."""

import json

import pytest

from sitegen.importer.html.read import read_html
from sitegen.importer.model import Imported

TEXT = (
    "<p>The lock keeper counted the boats of the summer again and found one more than there had"
    " been before lunch.</p>" * 3
)
PUBLISHED = "2026-03-01T09:00:00+00:00"


def _page(head: str = "", body: str = "") -> Imported:
    html = (
        f"<html lang=en><head><title>Boats are counted</title>{head}</head><body><article><h1>Boats"
        f" are counted</h1>{body}{TEXT}"
    )
    return read_html(f"{html}</article></body></html>".encode())


def _data(text: str) -> str:
    return f"<script type='application/ld+json'>{text}</script>"


@pytest.mark.parametrize(
    "text",
    [
        (
            '{"@type": "NewsArticle", "headline": "Boats are counted", "author": {"@type":'
            ' "Person", "name": "Ada Quill",},}'
        ),
        (
            '{"@type": "NewsArticle", /* by hand */ "headline": "Boats are counted", // here\n'
            ' "author": [{"name": "Ada Quill"},,]}'
        ),
        '{"@type": "NewsArticle", "headline": "Ada\\\'s boats", "author": {"name": "Ada Quill"',
        (
            '{"@type": "NewsArticle", "headline": "A, }", "author": {"givenName": "Ada",'
            ' "familyName": "Quill"}}'
        ),
    ],
)
def test_broken_json_ld_is_repaired(text: str) -> None:
    assert [p.name for p in _page(_data(text)).authors] == ["Ada Quill"]


def test_json_ld_beyond_repair_is_reported() -> None:
    assert any("JSON-LD" in note for note in _page(_data("<%= author %>")).notes)


def test_claims_that_agree_outvote_an_uploader() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "Boats are counted",
        "author": {"name": "Cem System"},
    }
    metas = "<meta name=author content='Ada Quill'><meta name=parsely-author content='Ada Quill'>"
    assert [p.name for p in _page(_data(json.dumps(article)) + metas).authors] == ["Ada Quill"]


def test_an_outlet_is_no_author_beside_a_person() -> None:
    head = (
        "<meta property=og:site_name content='Lock Gazette'><meta name=author content='Lock"
        " Gazette, Ada Quill'>"
    )
    assert [p.name for p in _page(head).authors] == ["Ada Quill"]


def test_a_translator_is_a_credit() -> None:
    found = _page(body="<p class=byline>By Ada Quill. Translated from the Danish by Bo Lund</p>")
    assert [p.name for p in found.authors] == ["Ada Quill"]
    assert [(p.name, p.role) for p in found.credits] == [("Bo Lund", "translator")]


@pytest.mark.parametrize(
    "label", ["Updated", "Aktualisiert am", "Mis à jour le", "Uppdaterad", "Obnovljeno – 更新"]
)
def test_the_day_of_an_update_is_no_day_of_publication(label: str) -> None:
    days = {"datePublished": PUBLISHED, "dateModified": "2026-03-02T10:00:00+00:00"}
    article = {"@type": "NewsArticle", "headline": "Boats are counted", **days}
    found = _page(_data(json.dumps(article)), f"<div class=date>{label} 2026-03-02</div>")
    assert found.date == PUBLISHED
