"""The report of an import as a table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from sitegen.importer.model import Imported, ImportedItem, ImportReport
from sitegen.importer.report import COLUMNS, as_table, fields_of, is_report
from sitegen.model.article import Person, Source


def rows(*items: ImportedItem) -> list[dict[str, str]]:
    table = as_table(ImportReport(items, ()))
    assert table.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline="")))


def test_an_article_has_its_fields_and_their_evidence() -> None:
    found = Imported(
        title="A heron",
        authors=(Person("Ann Ames"), Person("Bo Berg")),
        date="2026-05-04",
        source=Source("Salm Post", "https://a.example/1"),
        extra={"page": "B1"},
    )
    item = ImportedItem(
        "a.txt",
        "created",
        "content/news/a.md",
        evidence=(("title", "from line 1"), ("date", "from line 2")),
        share=0.984,
        fields=fields_of(found),
    )
    [row] = rows(item)
    assert tuple(row) == COLUMNS
    assert (row["input"], row["article"], row["outcome"], row["status"]) == (
        "a.txt",
        "content/news/a.md",
        "created",
        "published",
    )
    assert (row["title"], row["authors"], row["page"]) == ("A heron", "Ann Ames; Bo Berg", "B1")
    assert (row["words kept"], row["url"]) == ("98%", "https://a.example/1")
    assert row["evidence"] == "title: from line 1; date: from line 2"


def test_what_gave_no_article_has_its_reason() -> None:
    [row] = rows(ImportedItem("x/b.mp3", "skipped", reason="is a sound file", title="b.mp3"))
    assert (row["outcome"], row["reason"], row["words kept"], row["status"]) == (
        "skipped",
        "is a sound file",
        "",
        "",
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(text: str) -> None:
    [row] = rows(ImportedItem("a", "created", fields={"title": text}))
    assert row["title"] == f"'{text}"


def test_only_a_report_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(as_table(ImportReport((), ())), encoding="utf-8")
    assert is_report(path)
    path.write_text("")
    assert is_report(path)
    path.write_text("title,url,text\nA,https://a.example/,Text\n")
    assert not is_report(path)
    assert not is_report(tmp_path)
