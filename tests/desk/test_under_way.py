"""The edition under way: which one it is, and what is in it."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.article import parse
from sitegen.content.closed_editions import edition_path
from sitegen.desk.under_way import desk_editions, open_keys, under_way
from sitegen.model.article import Comment, Document
from sitegen.model.site import ClosedEdition
from tests.desk.samples import config_of, put

NOW = "2026-11-24T12:00:00+01:00"
SERIES = "editions: [{kind: weekly}, {name: Daily, kind: daily}]\n"


def documents(root: Path, *dates: str) -> list[Document]:
    out = []
    for number, date in enumerate(dates, 1):
        path = put(root, number, folder="news", date=date)
        name = path.relative_to(root).as_posix()
        document = parse(path.read_bytes(), name, config_of()).document
        assert document
        out.append(document)
    return out


def test_a_pick_goes_into_the_first_of_the_open_editions(tmp_path: Path) -> None:
    found = documents(tmp_path, "2026-11-10", "2026-11-24")
    given = desk_editions(found, config_of(SERIES), (), NOW)
    assert open_keys(given, ()) == [
        "2026-w48",
        "daily/2026-11-24",
        "daily/2026-11-10",
        "2026-w46",
    ]
    assert open_keys(given, {"2026-w48"})[:2] == ["2026-w49", "daily/2026-11-24"]
    assert open_keys(desk_editions(found, config_of(), (), NOW), ()) == []


def test_its_articles_come_with_what_is_said_of_them(tmp_path: Path) -> None:
    found = documents(tmp_path, "2026-11-23", "2026-11-24", "2026-11-26")
    plan = ClosedEdition(
        "2026-w48", "x", 0, "Mine", "", (found[0].id,), comments={found[0].id: Comment("Ours.")}
    )
    given = desk_editions(found, config_of("editions: {kind: weekly}\n"), (plan,), NOW)
    edition = under_way(tmp_path, given, "2026-w48", {found[0].path, found[1].path})
    assert edition.title == "Mine"
    assert [row.title for row in edition.lines] == ["Item 1", "Item 3", "Item 2"]
    assert [row.status for row in edition.lines] == ["", "dated in the future", ""]
    assert edition.lines[0].said == Comment("Ours.")
    assert edition.lines[0].is_lead
    assert all(len(row.mark) == 32 for row in edition.lines)
    assert edition.mark == ""


def test_an_edition_may_be_empty(tmp_path: Path) -> None:
    config = config_of(SERIES)
    edition = under_way(tmp_path, desk_editions((), config, (), NOW), "daily/2026-11-24", ())
    assert (edition.lines, edition.title) == ([], "daily/2026-11-24")
    assert edition.path == edition_path(config, "daily/2026-11-24")
