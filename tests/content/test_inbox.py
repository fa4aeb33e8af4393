"""Items of the inbox, as they are read from their files and from the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.config.schema import SectionConfig
from sitegen.content import inbox
from sitegen.content.inbox import (
    home_section,
    inbox_files,
    is_in_inbox,
    outlet_of,
    read_inbox,
)
from tests.conftest import SITE
from tests.samples import config, document

CONFIG = load_config(SITE + "sources: {post: {name: Salm Post, feed: 'https://post.example/f'}}\n")
ITEM = (
    "---\ntitle: Ferry\ndate: 2026-11-24\nsource: {name: Salm Post}\n"
    "extra:\n  import:\n    from: x\n    key: 00112233445566aa\n---\n\nIt sails.\n"
)


def write(root: Path, name: str, text: str) -> None:
    (root / "content/_inbox").mkdir(parents=True, exist_ok=True)
    (root / "content/_inbox" / name).write_text(text)


def test_an_empty_site_has_an_empty_inbox(tmp_path: Path) -> None:
    assert read_inbox(tmp_path, CONFIG) == []


def test_items_have_an_id_a_digest_and_an_article(tmp_path: Path) -> None:
    write(tmp_path, "b.md", ITEM)
    write(tmp_path, "a.md", "---\ntitle: Own\n---\n")
    write(tmp_path, ".hidden.md", ITEM)
    write(tmp_path, "picture.jpg", "x")
    (tmp_path / "content/_inbox/link.md").symlink_to("b.md")
    own, ferry = read_inbox(tmp_path, CONFIG)
    assert (ferry.path, ferry.key) == ("content/_inbox/b.md", "00112233445566aa")
    assert ferry.document is not None
    assert ferry.document.title == "Ferry"
    assert outlet_of(ferry.document, CONFIG)[0] == "post"
    assert own.document is None
    assert own.problems
    assert len(own.key) == 16
    assert own.mark != ferry.mark


def test_a_file_is_read_again_only_if_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    really = inbox.read_item
    monkeypatch.setattr(inbox, "read_item", lambda r, f, c: read.append(f.path) or really(r, f, c))
    write(tmp_path, "a.md", ITEM)
    write(tmp_path, "b.md", ITEM)
    first = read_inbox(tmp_path, CONFIG)
    assert read_inbox(tmp_path, CONFIG) == first
    assert len(read) == 2
    write(tmp_path, "b.md", ITEM.replace("Ferry", "Night ferry"))
    again = read_inbox(tmp_path, CONFIG)
    assert [i.document.title for i in again if i.document] == ["Ferry", "Night ferry"]
    assert len(read) == 3
    read_inbox(tmp_path, load_config(SITE + "markdown: {smart: true}\n"))
    assert len(read) == 5


def test_a_damaged_cache_is_made_again(tmp_path: Path) -> None:
    write(tmp_path, "a.md", ITEM)
    first = read_inbox(tmp_path, CONFIG)
    (tmp_path / inbox.CACHE).write_bytes(b"\x93broken")
    assert read_inbox(tmp_path, CONFIG) == first


def test_which_files_are_in_the_inbox(tmp_path: Path) -> None:
    assert is_in_inbox("content/_inbox/a.md", "content")
    assert not is_in_inbox("content/news/a.md", "content")
    assert not is_in_inbox("other/_inbox/a.md", "content")
    assert inbox_files(tmp_path, "content") == []
    write(tmp_path, "a.md", ITEM)
    folder = tmp_path / "content/_inbox"
    (folder / "b.md").mkdir()
    (folder / "c.md").symlink_to("a.md")
    (folder / "d.txt").touch()
    assert [file.path for file in inbox_files(tmp_path, "content")] == ["content/_inbox/a.md"]


def test_an_item_whose_name_is_not_utf8_is_reported(tmp_path: Path) -> None:
    write(tmp_path, "a.md", ITEM)
    write(tmp_path, "\udce9.md", ITEM)
    for _ in range(2):  # the second time from the cache
        read = {item.path: item for item in read_inbox(tmp_path, CONFIG)}
        odd = read["content/_inbox/\udce9.md"]
        assert (odd.document, [p.code for p in odd.problems]) == (None, ["file-name"])
        assert read["content/_inbox/a.md"].document is not None


@pytest.mark.parametrize(
    ("section", "sections", "home"),
    [
        ("ports", ("news",), "ports"),
        ("inbox", ("city", "news"), "city"),
        ("_inbox", (), "news"),
        ("", (), "news"),
    ],
)
def test_an_item_goes_to_its_section_or_the_first_of_the_site(
    section: str, sections: tuple[str, ...], home: str
) -> None:
    settings = config(sections={name: SectionConfig() for name in sections})
    assert home_section(document("a", section=section), settings) == home
