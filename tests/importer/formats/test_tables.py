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
    ("Highlight,Book Title,Book Author,Note,Highlighted at", True),
    ("sep=;\nTitel;Adresse", True),
    ("Title|URL|Tags", True),
    ("name,price,stock", False),
    ("name,description,price", False),
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


CLOCK = "https://gazette.example/clock"
# service, its table, (title, URL, authors, tags, section, what was noted)
SERVICES = {
    "instapaper": (
        "URL,Title,Selection,Folder,Timestamp,Tags\n"
        f'{CLOCK},The clock,By it.,Unread,1795680000,"[""a""]"\n',
        ("The clock", CLOCK, [], ("a",), "", "By it."),
    ),
    "instapaper with a folder": (
        f"URL,Title,Selection,Folder,Timestamp\n{CLOCK},The clock,,Time,1795680000\n",
        ("The clock", CLOCK, [], (), "Time", ""),
    ),
    "readwise": (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Highlighted at,"
        "Document tags\n"
        "By it.,The clock,Edda Marsh,,True.,,a,2026-11-26 08:00:00+00:00,b\n",
        ("The clock", "", ["Edda Marsh"], ("a", "b"), "", "By it.\n\nTrue."),
    ),
    "raindrop": (
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        f'1,The clock,Mine.,,{CLOCK},Unsorted,"a, b",2026-11-26T08:00:00Z,,,false\n',
        ("The clock", CLOCK, [], ("a", "b"), "", "Mine."),
    ),
    "wallabag": (
        'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\n'
        f"The clock;{CLOCK};;a;text/html;en;26/11/2026 08:00:00\n",
        ("The clock", CLOCK, [], ("a",), "", ""),
    ),
    "zotero": (
        '"Key","Item Type","Author","Title","Publication Title","Url","Abstract Note","Date",'
        '"Pages","Language","Manual Tags","Automatic Tags"\n'
        f'"K","newspaperArticle","Marsh, Edda","The clock","The Gazette","{CLOCK}","By it.",'
        '"2026-11-26","B1","en","a","b"\n',
        ("The clock", CLOCK, ["Edda Marsh"], ("a", "b"), "", "By it."),
    ),
    "pinboard": (
        f"href,title,extended,time,tags\n{CLOCK},The clock,Mine.,2026-11-26T08:00:00Z,a\n",
        ("The clock", CLOCK, [], ("a",), "", "Mine."),
    ),
    "excel, german": (
        "sep=;\r\nTitel;Adresse;Verfasser;Schlagworte;Notiz\r\n"
        f"The clock;{CLOCK};Edda Marsh;a;Mine.\r\n",
        ("The clock", CLOCK, ["Edda Marsh"], ("a",), "", "Mine."),
    ),
    "old macintosh": (f"Title\tURL\rThe clock\t{CLOCK}\r", ("The clock", CLOCK, [], (), "", "")),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", SERVICES)
def test_the_tables_of_services(name: str, encoding: str) -> None:
    text, (title, url, authors, tags, section, note) = SERVICES[name]
    [one] = [x for x in read_table(text.encode(encoding)).found if isinstance(x, Imported)]
    assert (one.title, one.canonical) == (title, url)
    assert [p.name for p in one.authors] == authors
    assert (one.tags, one.section) == (tags, section)
    assert one.body.strip() == note


def test_rows_on_one_entry_are_one_entry_with_all_their_passages() -> None:
    batch = read_table(
        f"Highlight,Title,URL,Note\nOne.,The clock,{CLOCK},\nThree.,Bees,https://b.example/,\n"
        f"Two.,The clock,{CLOCK},True.\n".encode()
    )
    found = [x for x in batch.found if isinstance(x, Imported)]
    assert [one.title for one in found] == ["The clock", "Bees"]
    assert found[0].body.split() == ["One.", "Two.", "True."]
    assert any("1 row on an entry of a row above" in note.message for note in batch.notes)


def test_equal_headlines_with_text_are_two_articles() -> None:
    assert len(rows("title,text\nThe week,One.\nThe week,Two.\n")) == 2


def test_a_note_beside_the_text_is_kept_as_data() -> None:
    [one] = rows("title,text,note\nThe clock,It is fast.,For Friday.\n")
    assert (one.body.strip(), one.extra["comment"]) == ("It is fast.", "For Friday.")


def test_the_words_of_a_row_are_counted() -> None:
    [one] = rows(f"title,text,mood\nThe clock,{'It is fast. ' * 9},good\n")
    assert one.share == 1.0
