"""BibTeX entries: their grammar, LaTeX in them, and days."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.bibtex import read_bibtex
from sitegen.importer.model import Imported


def entries(text: str) -> list[Imported]:
    return [one for one in read_bibtex(text.encode()).found if isinstance(one, Imported)]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("{The {Tower} stays}", "The Tower stays"),
        ('"A " # "heron"', "A heron"),
        (r"{M{\"u}ller \& S{\o}n}", "Müller & Søn"),
        (r"{Caf\'e, na\"{\i}ve, \v{C}apek, \c{c}a}", "Café, naïve, Čapek, ça"),
        (r"{\emph{Bees} on 50\% of roofs -- all}", "Bees on 50% of roofs – all"),
        ("{``Quoted'' text}", "“Quoted” text"),
        (r"{Stra{\ss}e in \AA rhus}", "Straße in Århus"),
    ],
)
def test_a_title_is_read_as_text(written: str, plain: str) -> None:
    [one] = entries(f"@article{{k, title = {written}}}")
    assert one.title == plain


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("year = 2026, month = nov, day = {26}", "2026-11-26"),
        ("year = {2026}, month = {November}, day = 6", "2026-11-06"),
        ("year = {2026}, month = {11}, day = {26}", "2026-11-26"),
        ("date = {2026-11-26}", "2026-11-26"),
        ("date = {2026-11-26/2026-11-28}", "2026-11-26"),
        ('year = 2026, month = "26~" # nov', "2026-11-26"),
        ("year = 2026, month = nov", ""),
        ("year = 2026", ""),
    ],
)
def test_a_day_needs_year_month_and_day(fields: str, day: str) -> None:
    [one] = entries(f"@article{{k, title = {{T}}, {fields}}}")
    assert one.date == day


def test_an_entry() -> None:
    [one] = entries(
        "@string{x = {y}} @comment{no} % a remark\n@Article(k, author = {Marsh, Edda and Piet"
        " Vance}, TITLE = {T}, journal = {The Salm Post}, pages = {B1}, url = {https://a.example/x},"
        " keywords = {boats, clocks}, abstract = {One.\n\nTwo.})"
    )
    assert [p.name for p in one.authors] == ["Edda Marsh", "Piet Vance"]
    assert (one.source.name, one.canonical) == ("The Salm Post", "https://a.example/x")
    assert (one.tags, one.extra) == (("boats", "clocks"), {"page": "B1"})
    assert one.body == "One.\n\nTwo.\n"
    assert one.doubts == ("no text found: the reference gives only an abstract",)


def test_what_is_broken_is_reported_with_its_line() -> None:
    batch = read_bibtex(b"@misc{a, note = {x}}\n\n@article{b, title = {Open")
    assert [(note.line, note.message.split(" ")[1]) for note in batch.notes] == [
        (1, "entry"),
        (3, "entry"),
    ]
    assert [one.title for one in batch.found if isinstance(one, Imported)] == ["Open"]
