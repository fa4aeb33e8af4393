"""Rules for values of site.yaml: every row of the tables refuses what it is for, at its line."""

from __future__ import annotations

import pytest

from sitegen.config.load import load_config
from sitegen.config.rules import broken_rules, values_at
from sitegen.config.schema import Config, FeedConfig, SectionConfig, SourceConfig
from tests.config.refused import refused
from tests.conftest import SITE

PLAIN = Config(title="T", base_url="https://t.example/", timezone="UTC")
SOURCES = "sources:\n  a:\n    name: A\n    words: "


@pytest.mark.parametrize(
    ("text", "message", "row"),
    [
        ("canonical: both", "`canonical`: unknown value `both`", 0),
        (
            "sources: {a: {feed: 'https://f.example/', mail: m}}",
            "has both a `feed` and a `mail`",
            0,
        ),
        (
            "sources: {a: {feed: 'https://f.example/', split: links}}",
            "`sources.a.split` is for mailboxes only",
            0,
        ),
        ("sources: {a: {mail: 'imaps://h/x'}}", "`sources.a` lacks `user`", 0),
        ("sources: {a: {mail: 'imaps://u:pw@h/x'}}", "is not the URL of a mailbox", 0),
        ("editions: {kind: yearly}", "`editions.kind`: unknown value `yearly`", 0),
        ("editions:\n  lead: last", "`editions.lead`: unknown value `last`", 1),
        ("editions: {order: random}", "`editions.order`: unknown value `random`", 0),
        ("editions: {sender: news}", "`editions.sender` is not an e-mail address: `news`", 0),
        ("editions: {title: '{day}'}", "`editions.title` cannot be filled in: `{day}`", 0),
        ("feeds:\n  items: 5\n  content: none", "`feeds.content`: unknown value `none`", 2),
        ("feeds: {formats: [atom, rdf]}", "`feeds.formats`: unknown value `rdf`", 0),
        ("feeds: {formats: {tag: [rdf]}}", "`feeds.formats.tag`: unknown value `rdf`", 0),
        ("feeds: {formats: {tags: [rss]}}", "`feeds.formats`: unknown kind `tags`", 0),
        ("feeds: {text: [front]}", "`feeds.text`: unknown kind `front`", 0),
        ("feeds: {items: 0}", "`feeds.items` must lie between 1 and 1000", 0),
        ("feeds: {hub: /hub}", "`feeds.hub` is not a web URL: `/hub`", 0),
        ("feeds: {ids: 'https://t.example'}", "`feeds.ids` is not a host", 0),
        ("images: {formats: [jxl]}", "`images.formats`: unknown value `jxl`", 0),
        ("images: {widths: [8]}", "`images.widths.0` must lie between 16 and 10000", 0),
        (f"images: {{widths: {list(range(16, 29))}}}", "must be at most 12 numbers", 0),
        ("images: {quality: 101}", "`images.quality` must lie between 1 and 100", 0),
        ("logo: logo.png", "`logo` is not a URL: `logo.png`", 0),
        ("markdown: {engine: pandoc}", "`markdown.engine`: unknown value `pandoc`", 0),
        ("mining: {policy: terms}", "`mining.policy` is not a URL: `terms`", 0),
        ("pagination: 0", "`pagination` must lie between 1 and 1000", 0),
        ("related:\n  count: 21", "`related.count` must lie between 0 and 20", 1),
        ("related: {days: -1}", "`related.days` must lie between 0 and 36600", 0),
        ("search: {engine: lunar}", "`search.engine`: unknown value `lunar`", 0),
        ("share: {cards: some}", "`share.cards`: unknown value `some`", 0),
        ("share: {since: 30.11.2026}", "`share.since` is not a day: `30.11.2026`", 0),
        ("share: {image: share.png}", "`share.image` is not a URL: `share.png`", 0),
        (f"{SOURCES}0", "`sources.a.words` must lie between 1 and 1000", 3),
        ("stories: {kind: all}", "`stories.kind`: unknown value `all`", 0),
        ("stories: {hours: 0}", "`stories.hours` must lie between 1 and 8784", 0),
        ("check: {title-lang: off}", "no rule `title-lang`", 0),
        ("sections:\n  World News: {}", "section `World News` is not written as in a URL", 1),
        ("sections:\n  straße: {}\n  strasse: {}", "are one folder on some systems", 2),
        ("logo: https://t.example/l.png?token=q3ZxRk81aVb2", "`logo` holds a key or password", 0),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused_at_its_line(
    text: str, message: str, row: int
) -> None:
    (found,) = refused(f"{SITE}{text}\n")
    assert message in found.message
    assert found.line == SITE.count("\n") + row + 1
    assert found.help


@pytest.mark.parametrize(
    "text",
    [
        "editions: {kind: weekly, sender: 'The Digest <news@t.example>', title: 'Week {week}'}",
        "feeds: {formats: [atom, json], ids: t.example, hub: 'https://hub.example/'}",
        "feeds: {formats: {site: [rss], tag: []}}",
        "images: {widths: [16, 10000], formats: []}",
        "search: true",
        "search: {engine: pagefind}",
        "sections: {straße: {}, zürich: {}}",
        "mining: {policy: /terms/}",
        "share: {cards: all, since: 2026-11-30, image: /share.png}",
    ],
)
def test_values_that_keep_the_rules_are_taken(text: str) -> None:
    assert load_config(f"{SITE}{text}\n").title == "T"


def test_every_value_below_a_key_is_seen_with_its_place() -> None:
    config = Config(
        title="T",
        base_url="https://t.example/",
        timezone="UTC",
        sources={"a.b": SourceConfig(name="A"), "c": SourceConfig(name="C", words=9)},
        feeds=FeedConfig(formats={"tag": ("atom", "rss")}),
    )
    assert list(values_at(config, "sources.*.words")) == [
        (("sources", "a.b", "words"), 60),
        (("sources", "c", "words"), 9),
    ]
    assert [value for _, value in values_at(config, "feeds.formats.*.*")] == ["atom", "rss"]
    assert list(values_at(config, "search.engine")) == []


def test_the_defaults_keep_the_rules() -> None:
    assert list(broken_rules(PLAIN)) == []


def test_two_sections_of_one_folder_are_refused() -> None:
    config = Config(
        title="T",
        base_url="https://t.example/",
        timezone="UTC",
        sections={"sea": SectionConfig(), "ſea": SectionConfig()},
    )
    (found,) = broken_rules(config)
    assert found.place == ("sections", "ſea")
    assert "`sea` and `ſea`" in found.message
