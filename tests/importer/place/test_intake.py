"""What becomes of the items of feeds: rules, status, limits, and what an editor has dropped.

The servers are real ones of our own.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.load import load_config
from sitegen.config.schema import SourceConfig
from sitegen.content.dropped import DROPPED, read_dropped, write_dropped
from sitegen.content.inbox_rules import judge
from sitegen.importer.model import Imported, ImportReport
from sitegen.importer.place.intake import values_of
from sitegen.importer.why import why
from tests.importer.input.test_fetch import SITE, Server, bring, root, server

__all__ = ["root", "server"]
NOW = datetime.fromisoformat("2026-11-24T12:00:00+01:00").timestamp()
WORDS = "The night ferry is late again, and forty people wait for it in the rain on the quay."


def item(number: int, title: str, day: str, text: str = WORDS, tag: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>https://post.example/{number}</link>"
        f"<pubDate>{day}</pubDate><dc:creator>Eva Falk</dc:creator>"
        + (f"<category>{tag}</category>" if tag else "")
        + f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
    )


def feed(*items: str) -> str:
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Post</title>{''.join(items)}</channel></rss>"
    )


FEED = feed(
    item(1, "Ferry late again", "Mon, 23 Nov 2026 08:00:00 +0100", tag="Quay"),
    item(2, "Sponsored: a better raincoat", "Mon, 23 Nov 2026 09:00:00 +0100"),
    item(3, "Council votes", "Mon, 23 Nov 2026 10:00:00 +0100", "Short."),
    item(4, "The old harbour", "Mon, 02 Nov 2026 10:00:00 +0100"),
)


def fetched(root: Path, server: Server, said: str, text: str = FEED, **more: Any) -> ImportReport:
    """Import one source of which site.yaml says ``said``."""
    server.answers["/feed"] = (200, {}, text)
    site = f"{SITE}sources:\n  post: {{feed: '{server.url}/feed', name: Post, {said}}}\n"
    return bring(root, site=site, now=NOW, **more)


def reasons(report: ImportReport) -> dict[str, str]:
    return {item.title: item.reason for item in report.items if item.outcome == "dropped"}


def files(root: Path, folder: str) -> list[str]:
    return sorted(path.name[11:-3] for path in (root / "content" / folder).glob("*.md"))


def test_rules_keep_and_drop_and_are_named(root: Path, server: Server) -> None:
    rules = "drop: ['title ~ ^sponsored', 'words < 5', 'age > 14d'], section: harbour"
    report = fetched(root, server, rules)
    assert reasons(report) == {
        "Sponsored: a better raincoat": "dropped by `drop: title ~ ^sponsored`",
        "Council votes": "dropped by `drop: words < 5`",
        "The old harbour": "dropped by `drop: age > 14d`",
    }
    assert files(root, "harbour") == ["ferry-late-again"]


def test_of_the_rules_of_keep_one_must_hold(root: Path, server: Server) -> None:
    report = fetched(root, server, "keep: ['tags has quay', 'title ~ harbour'], drop: ['age > 3w']")
    assert reasons(report) == {
        "Sponsored: a better raincoat": "no rule of `keep` holds",
        "Council votes": "no rule of `keep` holds",
        "The old harbour": "dropped by `drop: age > 3w`",
    }


def test_items_go_into_the_inbox_with_what_the_source_says(root: Path, server: Server) -> None:
    said = "status: inbox, section: harbour, tags: [Ferries], lang: de, rights: link"
    report = fetched(root, server, said)
    assert {i.status for i in report.items} == {"inbox"}
    assert len(files(root, "_inbox")) == 4
    assert not (root / "content/harbour").exists()
    text = (root / "content/_inbox/2026-11-23-ferry-late-again.md").read_text()
    assert "section: harbour\ntags: [Ferries, Quay]\n" in text
    assert "name: Post" in text
    again = fetched(root, server, said, fresh=True)
    assert {i.outcome for i in again.items} == {"unchanged"}


def test_a_draft_is_a_draft(root: Path, server: Server) -> None:
    fetched(root, server, "status: draft")
    texts = [path.read_text() for path in (root / "content").rglob("*.md")]
    assert len(texts) == 4
    assert all("\nstatus: draft\n" in text for text in texts)


INBOX = f"{SITE}intake: {{status: inbox}}\n"


@pytest.mark.parametrize(
    ("site", "asked", "statuses"),
    [
        (SITE, "", {""}),
        (SITE, "inbox", {"inbox"}),
        (SITE, "draft", {"draft"}),
        (INBOX, "", {"inbox"}),
        (INBOX, "published", {""}),
    ],
)
def test_a_feed_that_is_no_source_follows_intake_and_the_option(
    site: str, asked: str, statuses: set[str], root: Path
) -> None:
    (root / "feed.xml").write_text(FEED)
    report = bring(root, str(root / "feed.xml"), site=site, status=asked, now=NOW)
    assert [item.outcome for item in report.items] == ["created"] * 4
    assert {item.status for item in report.items} == statuses


def test_the_option_counts_more_than_the_source(root: Path, server: Server) -> None:
    report = fetched(root, server, "status: draft", status="inbox")
    assert {item.status for item in report.items} == {"inbox"}


def test_ones_own_articles_do_not_wait(root: Path) -> None:
    (root / "old.md").write_text("---\ntitle: Our ferry\ndate: 2026-11-02\n---\nText of our own.\n")
    bring(root, str(root / "old.md"), site=INBOX, now=NOW)
    assert not (root / "content/_inbox").exists()


def test_a_dropped_item_does_not_come_back_by_name(root: Path) -> None:
    (root / "feed.xml").write_text(FEED)
    first = bring(root, str(root / "feed.xml"), site=INBOX, now=NOW)
    path = root / first.items[0].path
    key = re.search(r"^    key: (\S+)$", path.read_text(), re.MULTILINE)
    assert key
    path.unlink()
    write_dropped(root, "content", {key[1]: "2026-11-23"})
    again = bring(root, str(root / "feed.xml"), site=INBOX, now=NOW)
    assert again.items[0].reason == "dropped from the inbox on 2026-11-23"


def test_the_limit_of_a_run_lets_the_next_run_go_on(root: Path, server: Server) -> None:
    first = fetched(root, server, "limit: 3")
    assert [i.outcome for i in first.items] == ["created"] * 3 + ["waiting"]
    assert "over the limit of 3 a run" in first.items[3].reason
    second = fetched(root, server, "limit: 3")
    assert [i.outcome for i in second.items] == ["unchanged"] * 3 + ["created"]


def test_changed_rules_apply_to_the_inbox_without_fetching(root: Path, server: Server) -> None:
    fetched(root, server, "status: inbox")
    edited = root / "content/_inbox/2026-11-02-the-old-harbour.md"
    edited.write_text(edited.read_text() + "\nA note.\n")
    server.close()
    rules = "drop: ['title ~ ^sponsored', 'title ~ harbour', 'words < 5']"
    site = (
        f"{SITE}sources:\n  post: {{feed: '{server.url}/feed', name: Post, status: inbox, {rules}}}"
    )
    dry = bring(root, site=site, now=NOW, dry_run=True)
    assert len(files(root, "_inbox")) == 4
    report = bring(root, site=site, now=NOW)
    assert (
        reasons(report)
        == reasons(dry)
        == {
            "Sponsored: a better raincoat": "dropped by `drop: title ~ ^sponsored`",
            "Council votes": "dropped by `drop: words < 5`",
        }
    )
    assert files(root, "_inbox") == ["ferry-late-again", "the-old-harbour"]


def test_what_an_editor_dropped_does_not_come_back(root: Path, server: Server) -> None:
    fetched(root, server, "status: inbox")
    path = root / "content/_inbox/2026-11-23-ferry-late-again.md"
    key = path.read_text().split("key: ")[1][:16]
    write_dropped(root, "content", {key: "2026-06-01", "f" * 16: "2025-01-01"})
    report = fetched(root, server, "status: inbox", fresh=True)
    assert reasons(report) == {"Ferry late again": "dropped from the inbox on 2026-06-01"}
    assert not path.exists()
    assert read_dropped(root, "content") == {key: "2026-11-24"}  # still in the feed
    written = (root / "content" / DROPPED).read_bytes()
    moved = feed(item(1, "Ferry late once more", "Tue, 24 Nov 2026 08:00:00 +0100"))
    assert [i.outcome for i in fetched(root, server, "status: inbox", moved).items] == ["dropped"]
    assert (root / "content" / DROPPED).read_bytes() == written


def test_an_item_that_was_taken_is_updated_and_not_taken_in_again(
    root: Path, server: Server
) -> None:
    fetched(root, server, "status: inbox")
    waiting = root / "content/_inbox/2026-11-23-ferry-late-again.md"
    (root / "content/news").mkdir()
    waiting.rename(root / "content/news" / waiting.name)
    rules = "status: inbox, drop: ['title ~ ferry']"
    changed = FEED.replace("in the rain", "in the snow")
    report = fetched(root, server, rules, changed)
    assert report.items[0].outcome == "updated"
    assert "in the snow" in (root / "content/news" / waiting.name).read_text()
    assert not waiting.exists()


def test_why_names_the_rule(root: Path, server: Server) -> None:
    fetched(root, server, "status: inbox, drop: ['title ~ ^sponsored'], keep: ['words > 0']")
    said = f"feed: '{server.url}/feed', name: Post, status: inbox"
    now_config = load_config(f"{SITE}sources:\n  post: {{{said}, drop: ['tags has Quay']}}\n")
    (raincoat,) = why(root, now_config, "better raincoat", NOW)
    assert raincoat.said == "dropped by `drop: title ~ ^sponsored`"
    (ferry,) = why(root, now_config, "https://post.example/1", NOW)
    assert (ferry.said, ferry.source) == ("dropped by `drop: tags has Quay`", "post")
    (council,) = why(root, now_config, "2026-11-23-council-votes.md", NOW)
    assert council.said == "no rule drops it"
    assert why(root, now_config, council.key[:7], NOW) == [council]
    assert why(root, now_config, "zeppelin", NOW) == []


@pytest.mark.parametrize(
    ("keep", "drop", "said"),
    [
        ((), (), "no rule drops it"),
        (("title ~ ferry",), (), "kept by `keep: title ~ ferry`"),
        (("title ~ tram", "author ~ ann"), (), "kept by `keep: author ~ ann`"),
        (("title ~ ferry",), ("title ~ late",), "dropped by `drop: title ~ late`"),
        (("title ~ tram",), (), "no rule of `keep` holds"),
    ],
)
def test_drop_takes_precedence_over_keep(
    keep: tuple[str, ...], drop: tuple[str, ...], said: str
) -> None:
    values = {"title": "Ferry late", "author": ["Ann Ames"]}
    assert judge(values, SourceConfig(name="P", keep=keep, drop=drop)).in_words() == said


def test_an_item_without_a_date_has_no_age() -> None:
    config = load_config(SITE)
    assert values_of(Imported(title="T", body="One two."), config, NOW)["age"] is None
    known = values_of(Imported(title="T", body="One two.", date="2026-11-23"), config, NOW)
    assert (known["words"], round(known["age"], 1)) == (2, 1.5)
