"""What columns with a field are called."""

from __future__ import annotations

import pytest

from sitegen.importer.fields.columns import COLUMNS, field_of


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Headline", "title"),
        ("Überschrift", "title"),
        ("Título", "title"),
        ("Заголовок", "title"),
        ("見出し", ""),
        ("タイトル", "title"),
        ("Autor(en)", "authors"),
        ("Författare", "authors"),
        ("data", "date"),
        ("Date de publication", "date"),
        ("Treść", "text"),
        ("full_text", "text"),
        ("Periódico", "source"),
        ("Sección", "section"),
        ("Συγγραφέας", "authors"),
        ("news_title", "title"),
        ("post_content", "text"),
        ("post_name", ""),
        ("Price", ""),
    ],
)
def test_the_field_of_a_column(name: str, field: str) -> None:
    assert field_of(name) == field


def test_each_name_is_of_one_field() -> None:
    names = [name for said in COLUMNS.values() for name in said]
    assert len(names) == len(set(names))
