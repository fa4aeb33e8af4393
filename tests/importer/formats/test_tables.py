"""Tables whose rows are articles or links."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.tables import is_table, read_table
from sitegen.importer.model import Imported

HEADS = [
    ("title,url,time_added,tags,status", True),
    ("URL;Title;Selection;Folder;Timestamp", True),
    ("\ufeffHeadline\tByline\tDate\tBody", True),
    ("Titel,Autor,Datum,Text", True),
    ("name,price,stock", False),
    ("Once upon a time, a title, and more", False),
    ("", False),
]


@pytest.mark.parametrize(("head", "known"), HEADS)
def test_a_table_of_articles_is_recognised_by_its_columns(head: str, known: bool) -> None:
    assert is_table(head + "\n") is known


def rows(text: str) -> list[Imported]:
    return [one for one in read_table(text.encode()).found if isinstance(one, Imported)]


def test_a_row_with_text_is_an_article() -> None:
    [one] = rows(
        'title,author,date,url,text,publication,page\n"A, b","Bell, Jo; Lee, Ann",2026-11-26,'
        'https://a.example/x,"One.\n\nTwo *2*.",The Post,B1\n'
    )
    assert (one.title, one.date, one.source.name) == ("A, b", "2026-11-26", "The Post")
    assert [p.name for p in one.authors] == ["Jo Bell", "Ann Lee"]
    assert one.body.strip().split("\n\n") == ["One.", r"Two \*2\*."]
    assert one.extra["page"] == "B1"
    assert one.doubts == ()


def test_html_in_a_cell_is_left_to_the_sanitiser() -> None:
    [one] = rows("title,text\nA,<p>One</p><script>x</script>\n")
    assert one.html.startswith("<p>")
    assert one.body == ""


def test_a_link_keeps_its_note_and_the_day_of_saving_is_not_its_date() -> None:
    [one] = rows('title,url,note,created,tags\nA,https://a.example/x,"My\nnote",1795700000,"a|b"\n')
    assert one.body.strip() == "My note"
    assert one.date == ""
    assert one.extra["saved_at"].startswith("2026-11-26T")
    assert one.tags == ("a", "b")
    assert one.doubts


def test_what_is_not_read_is_reported() -> None:
    batch = read_table(b"title,url,mood\nA,https://a.example/,good\n,,sad\n")
    said = " ".join(note.message for note in batch.notes)
    assert "mood" in said
    assert "1 row without title and URL" in said


def test_an_url_of_another_scheme_is_dropped() -> None:
    [one] = rows("title,url\nA,javascript:alert(1)\n")
    assert one.canonical == ""


def test_columns_may_be_named() -> None:
    data = b"Kopf;Wer;Wo\nThe tower stays;Ann Holm;https://a.example/x\n"
    mapped = {"title": "kopf", "authors": "Wer", "url": "Wo"}
    [one] = [x for x in read_table(data, "", mapped).found if isinstance(x, Imported)]
    assert (one.title, one.authors[0].name) == ("The tower stays", "Ann Holm")
    assert one.canonical == "https://a.example/x"


@pytest.mark.parametrize("mapped", [{"title": "Head"}, {}], ids=["named", "not named"])
def test_a_column_that_is_missing_is_reported_with_those_that_exist(mapped: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="its columns are `Kopf`, `Wer`"):
        read_table(b"Kopf;Wer\nA;B\n", "", mapped)


def test_a_huge_cell_is_refused_in_words() -> None:
    data = b'title,url,text\nA,https://a.example/,"' + b"x" * 5_000_000 + b'"\n'
    with pytest.raises(ValueError, match="line 2: field larger than field limit"):
        read_table(data)
