"""Exports of press databases in every form: as many articles as documents, with their fields, and
what belongs to none is reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.run import import_all
from tests.importer.generate import press_forms as press
from tests.importer.generate.articles import Article, make_articles
from tests.importer.test_generated import SITE, expected, found, share

ALL = ("authors", "date", "source", "section", "page", "lang")
NO_SECTION = tuple(field for field in ALL if field != "section")
Rows = Callable[[Sequence[Article]], list[str]]


def plain(document: Callable[..., list[str]]) -> Rows:
    return lambda articles: press.rows_of(document, articles)


LAYOUTS: dict[str, tuple[Rows, str, tuple[str, ...]]] = {
    **{f"lexisnexis {lang}": (plain(press.lexis), lang, ALL) for lang in press.DAYS},
    **{f"nexis uni {lang}": (plain(press.uni), lang, ALL) for lang in press.DAYS},
    **{f"factiva {lang}": (plain(press.factiva), lang, NO_SECTION) for lang in ("en", "de", "fr")},
    "proquest": (plain(press.proquest), "en", NO_SECTION),
    "ebsco": (plain(press.ebsco), "en", NO_SECTION),
}


def bring(tmp_path: Path, rows: Sequence[str], form: str) -> ImportReport:
    make, suffix = press.FORMS[form]
    (tmp_path / "content").mkdir()
    path = tmp_path / f"in{suffix}"
    path.write_bytes(make(rows))
    return import_all(tmp_path, load_config(SITE, "site.yaml"), [str(path)], ImportOptions())


def differences(
    tmp_path: Path, articles: Sequence[Article], report: ImportReport, says: Sequence[str]
) -> list[str]:
    """What of the articles did not arrive as it is in the file."""
    items = {item.title: item for item in report.items if item.outcome == "created"}
    out = [] if len(items) == len(report.items) == len(articles) else ["their number"]
    for one in articles:
        if (item := items.get(one.title)) is None:
            out.append(one.title)
            continue
        out += [f"{one.title}: {f}" for f in says if found(item, f) != expected(one, f)]
        text = (tmp_path / item.path).read_text().split("\n---\n", 1)[1]
        if share(one.text, text) < 0.99 or share(text, one.text) < 0.99:
            out.append(f"{one.title}: text")
    return out


@pytest.mark.parametrize("form", press.FORMS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_each_document_is_an_article(tmp_path: Path, name: str, form: str) -> None:
    rows, lang, says = LAYOUTS[name]
    articles = make_articles(3, 2, lang)
    report = bring(tmp_path, rows(articles), form)
    assert differences(tmp_path, articles, report, says) == []


@pytest.mark.parametrize("form", press.FORMS)
def test_a_cover_is_reported_and_in_no_article(tmp_path: Path, form: str) -> None:
    articles = make_articles(5, 2, "en")
    rows = [*press.uni_cover(articles), *press.rows_of(press.uni, articles)]
    report = bring(tmp_path, rows, form)
    assert differences(tmp_path, articles, report, ALL) == []
    assert any("before the first article" in d.message for d in report.diagnostics)


@pytest.mark.parametrize("form", press.FORMS)
def test_what_is_below_the_last_document_is_reported(tmp_path: Path, form: str) -> None:
    articles = make_articles(6, 2, "en")
    report = bring(tmp_path, [*press.rows_of(press.factiva, articles), *press.SEARCH], form)
    assert differences(tmp_path, articles, report, NO_SECTION) == []
    assert any("after the last article" in d.message for d in report.diagnostics)


@pytest.mark.parametrize("edition", ["Late Edition - Final", "Correction Appended", "Edition 1;"])
def test_a_line_on_the_edition_is_no_headline(tmp_path: Path, edition: str) -> None:
    articles = make_articles(7, 2, "en")
    rows = [row for n, one in enumerate(articles, 1) for row in press.lexis(one, n, 2, edition)]
    assert differences(tmp_path, articles, bring(tmp_path, rows, "text"), ALL) == []


def test_a_part_of_an_export_and_two_exports_in_one_file_are_divided(tmp_path: Path) -> None:
    one, two, three = make_articles(8, 3, "en")
    rows = [
        *press.rows_of(press.lexis, [one], first=2001),
        *press.rows_of(press.lexis, [two, three]),
    ]
    assert differences(tmp_path, [one, two, three], bring(tmp_path, rows, "html"), ALL) == []


def test_a_document_that_is_cut_off_is_an_article(tmp_path: Path) -> None:
    articles = make_articles(9, 2, "en")
    rows = press.rows_of(press.uni, articles)[:-1]
    assert differences(tmp_path, articles, bring(tmp_path, rows, "text"), ALL) == []


def test_a_brief_is_as_long_as_its_label_says(tmp_path: Path) -> None:
    rows = [
        *("1 of 1 DOCUMENTS", "The Salm Courier", "November 26, 2026 Thursday", "Ferry late"),
        *("SECTION: Section B; Column 2; Harbour Desk; Pg. 4", "LENGTH: 9 words"),
        *("The ferry was late on Monday, and nobody minded.", "LANGUAGE: ENGLISH"),
        "CORRECTION-DATE: November 28, 2026",
        "CORRECTION: It was late on Tuesday.",
    ]
    (item,) = bring(tmp_path, rows, "text").items
    assert (item.outcome, item.fields["section"]) == ("created", "Harbour Desk")
    text = (tmp_path / item.path).read_text()
    assert "It was late on Tuesday." in text and "2026-11-28" in text
