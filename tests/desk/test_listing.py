"""The inbox as it is listed: by story, with what is known of each item."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.article import parse
from sitegen.content.dropped import write_dropped
from sitegen.desk.listing import inbox
from sitegen.model.article import Document
from sitegen.model.site import ClosedEdition
from tests.desk.samples import FERRY, NOW, config_of, put


def article(path: Path, root: Path) -> Document:
    shown = path.relative_to(root).as_posix()
    document = parse(path.read_bytes(), shown, config_of()).document
    assert document is not None
    return document


def test_items_of_a_story_are_together_and_the_newest_first(tmp_path: Path) -> None:
    put(tmp_path, 1, "Ferry late after bridge stays down", FERRY, date="2026-11-22")
    put(tmp_path, 2, date="2026-11-21")
    put(tmp_path, 3, "Night ferry arrives late", FERRY, date="2026-11-23", source="Gazette")
    put(tmp_path, 4, date="2026-11-24")
    items = inbox(tmp_path, config_of(), NOW).items
    assert [item.key[0] for item in items] == ["4", "3", "1", "2"]
    assert [bool(item.story) for item in items] == [False, True, True, False]
    assert items[1].story == items[2].story
    assert items[1].same_as == "content/_inbox/2026-11-22-item-1.md"
    assert round(items[3].age or 0, 1) == 3.5
    assert items[1].words > 40
    assert items[1].source == "Gazette"


def test_what_is_in_an_edition_already_is_said(tmp_path: Path) -> None:
    put(tmp_path, 1, "Ferry late after bridge stays down", FERRY)
    sent = put(tmp_path, 2, "The ferry is late", FERRY, folder="news", source="Gazette")
    document = article(sent, tmp_path)
    closed = [ClosedEdition("2026-w47", "x", 41, "", "2026-11-20", (document.id,))]
    (item,) = inbox(tmp_path, config_of(), NOW, [document], closed).items
    assert item.edition == "No. 41"
    assert item.same_as == "content/news/2026-11-23-item-2.md"
    (item,) = inbox(tmp_path, config_of(), NOW, [document]).items
    assert (item.edition, item.same_as) == ("", "content/news/2026-11-23-item-2.md")


def test_what_the_next_import_takes_away_is_hidden_and_counted(tmp_path: Path) -> None:
    for number in (1, 2, 3, 4):
        put(tmp_path, number)
    write_dropped(tmp_path, "content", {"1" * 16: "2026-11-20"})
    published = article(put(tmp_path, 2, folder="news"), tmp_path)
    said = "feed: 'https://post.example/f', name: Salm Post, drop: ['title ~ item 3']"
    config = config_of(f"sources:\n  post: {{{said}}}\n")
    found = inbox(tmp_path, config, NOW, [published])
    assert [item.key[0] for item in found.items] == ["4"]
    assert found.hidden == {
        "dropped before": 1,
        "in the site already": 1,
        "dropped by `drop: title ~ item 3`": 1,
    }


def test_a_file_that_cannot_be_read_is_listed_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "content/_inbox").mkdir(parents=True)
    (tmp_path / "content/_inbox/odd.md").write_text("---\ntitle: [\n---\n")
    (item,) = inbox(tmp_path, config_of(), NOW).items
    assert item.title == "odd.md"
    assert "YAML" in item.problem
