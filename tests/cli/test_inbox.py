"""`sitegen inbox` as an editor uses it, and what builds see of it."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Digest
from tests.desk.samples import FERRY, put

NOW = "2026-11-24T12:00:00+01:00"


@pytest.fixture
def desk(digest: Digest) -> Digest:
    put(digest.root, 1, "Ferry late after bridge stays down", FERRY, date="2026-11-22")
    put(digest.root, 2, date="2026-11-21")
    put(digest.root, 3, "Night ferry arrives late", FERRY, source="Gazette")
    return digest


def waiting(desk: Digest) -> list[str]:
    found = json.loads(desk.run("inbox", "--json", "--now", NOW).stdout)
    return [item["key"][0] for item in found["items"]]


def test_the_list_shows_stories_and_remarks(desk: Digest) -> None:
    lines = desk.run("inbox", "--now", NOW).stdout.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["1", "2", "3"]
    assert lines[0].split()[1] == "3333333"
    assert "Gazette" in lines[0]
    assert "+ Ferry late" in lines[1]
    assert lines[-1] == "3 items waiting"
    few = desk.run("inbox", "--limit", "1", "--now", NOW).stdout
    assert "3 items waiting, 2 more (--limit 0 lists all)" in few


def test_numbers_rules_and_undo(desk: Digest) -> None:
    desk.run("inbox", "--now", NOW)
    assert "picked content/news/2026-11-22-item-1.md" in desk.run("inbox", "pick", "2").stdout
    assert "dropped Item 2" in desk.run("inbox", "drop", "--where", "title is item 2").stdout
    assert waiting(desk) == ["3"]
    assert "undone content/_inbox/2026-11-21-item-2.md" in desk.run("inbox", "undo").stdout
    assert waiting(desk) == ["3", "2"]
    assert "no item fits" in desk.run("inbox", "drop", "--where", "title is x").stdout
    assert "nothing to drop" in desk.run("inbox", "drop", expect=2).stderr
    assert "list takes no items" in desk.run("inbox", "list", "1", expect=2).stderr
    assert "no item `abcdef1`" in desk.run("inbox", "pick", "abcdef1", expect=1).stderr


def test_a_dry_run_changes_nothing(desk: Digest) -> None:
    before = desk.tree()
    done = desk.run("inbox", "drop", "--where", "words > 0", "--dry-run", "--now", NOW)
    assert done.stdout.count("would drop") == 3
    assert desk.tree() == before
    assert len(waiting(desk)) == 3


def test_the_inbox_is_never_built(desk: Digest) -> None:
    (desk.root / "content/_inbox/picture.jpg").write_bytes(b"jpeg")
    desk.article("own")
    desk.build("--strict")
    with_inbox = desk.tree()
    assert not any("item-" in name or "inbox" in name or "dropped" in name for name in with_inbox)
    desk.run("inbox", "drop", "--where", "words > 0")
    desk.build("--strict")
    assert desk.tree() == with_inbox
