"""`sitegen sources`: the state of each feed, for people and for programs."""

from __future__ import annotations

import json

from sitegen.importer.input.feed_state import FILE, FeedState, mark, write_states
from tests.conftest import Digest

MAIL = "imaps://mail.example/Letters"
FEEDS = ("good", "failing", "dead", "gone", "moved", "new")
NOW = "2026-11-24T12:00:00+01:00"


def fill(digest: Digest) -> None:
    rows = [f"  {key}: {{feed: 'https://{key}.example/f'}}\n" for key in FEEDS]
    text = (digest.root / "site.yaml").read_text()
    rows.append(f"  letters: {{mail: '{MAIL}', user: desk}}\n  folder: {{mail: Maildir}}\n")
    digest.write("site.yaml", f"{text}\nsources:\n{''.join(rows)}")
    mine = {key: mark(f"https://{key}.example/f") for key in FEEDS}
    at, late = "2026-11-24T10:00:00+00:00", "2026-11-24T18:00:00+00:00"
    states = [
        FeedState("good", mine["good"], at, "2026-11-24", 12.5),
        FeedState("failing", mine["failing"], at, "2026-11-20", 3.0, at, 2, "answers 503", late),
        FeedState("dead", mine["dead"], at, failing="2026-11-10T10:00:00+00:00", until=late),
        FeedState("gone", mine["gone"], at, failing=at, reason="answers 410", gone=True),
        FeedState("moved", mine["moved"], at, "2026-11-24", moved="https://new.example/f"),
        FeedState("letters", mark(MAIL), at, "2026-11-23", 5.0, at, 1, "wrong password"),
    ]
    write_states(digest.root, "content", {state.source: state for state in states})


def test_each_state_has_a_word(digest: Digest) -> None:
    fill(digest)
    lines = digest.run("sources", "--now", NOW).stdout.splitlines()
    assert lines[0].split()[:2] == ["source", "state"]
    assert {line.split()[0]: line.split()[1] for line in lines[1:-1]} == {
        **{key: key for key in FEEDS},
        "good": "ok",
        "letters": "failing",
        "folder": "new",
    }
    assert "2026-11-24 19:00  answers 503" in "\n".join(lines)
    (row,) = (line.split() for line in lines if line.startswith("letters"))
    assert row[2:] == ["2026-11-23", "5", "2026-11-24", *"next run wrong password".split()]
    assert lines[-1] == "8 sources, 4 failing"


def test_programs_read_the_same(digest: Digest) -> None:
    fill(digest)
    rows = {r["source"]: r for r in json.loads(digest.run("sources", "--json").stdout)}
    assert rows["good"]["items_a_week"] == 12.5
    assert rows["failing"]["next_try"] == "2026-11-24T18:00:00+00:00"
    assert rows["gone"]["next_try"] == ""
    assert rows["moved"]["moved"] == "https://new.example/f"
    assert (rows["letters"]["mail"], rows["letters"]["items_a_week"]) == (MAIL, 5.0)
    assert (rows["good"]["mail"], rows["folder"]["mail"]) == ("", "Maildir")


def test_a_site_without_feeds(digest: Digest) -> None:
    assert "no source has a feed or a mailbox" in digest.run("sources").stdout
    assert not (digest.root / "content" / FILE).exists()
