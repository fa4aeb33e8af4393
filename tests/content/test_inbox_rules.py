"""Rules of a source, asked of an item that waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.dates import read_date
from sitegen.config.load import load_config
from sitegen.content.inbox import read_inbox
from sitegen.content.inbox_rules import Verdict, age_in_days, age_of, refused
from tests.conftest import SITE

ITEM = (
    "---\ntitle: Ferry late\ndate: 2026-11-20\nauthors: [Ann Ames]\ntags: [Quay]\nlang: de\n"
    "source: {name: post, url: 'https://post.example/1'}\nsection: harbour\nsummary: It is late.\n"
    "---\n\nForty people wait in the rain.\n"
)
NOW = read_date("2026-11-24", load_config(SITE).zone)[1]


@pytest.mark.parametrize(
    ("rule", "drops"),
    [
        ("title ~ late", True),
        ("summary ~ it is", True),
        ("text ~ rain", True),
        ("text ~ snow", False),
        ("author has ann ames", True),
        ("source is post", True),
        ("section is harbour", True),
        ("url ~ post.example", True),
        ("lang is de", True),
        ("tags has quay", True),
        ("words = 6", True),
        ("age > 3d", True),
        ("age > 4d", False),
    ],
)
def test_every_field_can_be_asked(tmp_path: Path, rule: str, drops: bool) -> None:
    said = f"feed: 'https://post.example/f', drop: ['{rule}']"
    config = load_config(f"{SITE}sources:\n  post: {{{said}}}\n")
    (tmp_path / "content/_inbox").mkdir(parents=True)
    (tmp_path / "content/_inbox/a.md").write_text(ITEM)
    (item,) = read_inbox(tmp_path, config)
    assert bool(refused(tmp_path, item, config, NOW)) is drops


def test_an_item_of_no_source_is_refused_by_no_rule(tmp_path: Path) -> None:
    config = load_config(f"{SITE}intake: {{drop: [words < 900]}}\n")
    (tmp_path / "content/_inbox").mkdir(parents=True)
    (tmp_path / "content/_inbox/a.md").write_text(ITEM)
    (item,) = read_inbox(tmp_path, config)
    assert refused(tmp_path, item, config, NOW) == ""


def test_words_of_verdicts() -> None:
    assert Verdict(True).in_words() == "no rule drops it"
    assert Verdict(False).in_words() == "no rule of `keep` holds"
    assert age_in_days("2026-11-23", load_config(SITE), NOW) == 1.0
    assert age_in_days("2026-11-23", load_config(SITE), 0.0) is None
    assert age_in_days("", load_config(SITE), NOW) is None


def test_an_item_without_a_date_has_no_age(tmp_path: Path) -> None:
    said = "feed: 'https://post.example/f', drop: [age > 1d]"
    config = load_config(f"{SITE}sources:\n  post: {{{said}}}\n")
    (tmp_path / "content/_inbox").mkdir(parents=True)
    undated = ITEM.replace("date: 2026-11-20\n", "status: draft\n")
    (tmp_path / "content/_inbox/a.md").write_text(undated)
    (item,) = read_inbox(tmp_path, config)
    assert item.document is not None
    assert age_of(item.document, NOW) is None
    assert refused(tmp_path, item, config, NOW) == ""
