"""Rules that give articles a topic."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.load import load_config
from sitegen.config.schema import TopicConfig
from sitegen.config.topics import topics_of, why
from tests.conftest import SITE

ARTICLE: dict[str, Any] = {
    "title": "The ferry to Salm is late",
    "text": "Ice on the Salm. Supply and demand rule the harbour.",
    "author": ["Ann Ames"],
    "tags": ("Ports", "ice"),
    "words": 40,
    "section": "world",
}


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("title ~ ferry|boat", "title: `ferry`"),
        ("title|body ~ harbou?r", "text: `harbour`"),
        ("title has Ferry to salm", "title: `ferry to Salm`"),
        ("text has ice", "text: `Ice`"),
        ("text has supply and demand", "text: `Supply and demand`"),
        ("tags has ice and not section is sport", ""),
        ("words < 50 and author has ann ames", ""),
        ("not title|text ~ train", ""),
        ("title ~ ferry and text ~ ice", "title: `ferry`, text: `Ice`"),
    ],
)
def test_a_rule_that_holds_says_why(rule: str, found: str) -> None:
    assert why(rule, ARTICLE) == (f"{rule} ({found})" if found else rule)


@pytest.mark.parametrize(
    "rule",
    [
        "title ~ train",
        "title has err",
        "text has supply demand",
        "not title|text ~ harbour",
        "title ~ ferry and words > 50",
        "author ~ Bo",
    ],
)
def test_a_rule_that_does_not_hold(rule: str) -> None:
    assert why(rule, ARTICLE) == ""


def test_one_of_several_rules_is_enough() -> None:
    topics = {
        "a": TopicConfig(("title ~ train", "tags has Ports")),
        "b": TopicConfig(("title ~ x",)),
    }
    assert topics_of(topics, ARTICLE) == {"a": "tags has Ports"}


@pytest.mark.parametrize(
    "text",
    ["title ~ ferry", "[title ~ ferry]", "{rules: title ~ ferry}", "{rules: [title ~ ferry]}"],
)
def test_the_forms_of_a_topic(text: str) -> None:
    config = load_config(f"{SITE}topics: {{ferries: {text}}}\n")
    assert config.topics == {"ferries": TopicConfig(("title ~ ferry",))}
    assert config.feed_formats("topic") == ("atom", "json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel ~ ferry", "unknown field `titel`"),
        ("ferry", "`ferry` is not a rule"),
        ("title ~ (", "is not a valid pattern"),
        ("'text ~ (a+)+b'", "could take very long"),
        ("title is", "has no value"),
        ("{rules: []}", "has no rule"),
        ("title ~ a and txt ~ b", "unknown field `txt`"),
    ],
)
def test_a_rule_that_cannot_be_read(text: str, message: str) -> None:
    with pytest.raises(SitegenError) as raised:
        load_config(f"{SITE}topics: {{ferries: {text}}}\n")
    assert message in raised.value.diagnostics[0].message
