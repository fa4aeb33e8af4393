"""What the series of site.yaml must be."""

from __future__ import annotations

import pytest

from sitegen.config.editions import broken_editions
from sitegen.config.schema import EditionsConfig
from tests.config.refused import refused
from tests.samples import config

SITE = "title: T\nbase_url: https://t.example/\ntimezone: UTC\nsections: {harbour: {}}\n"


@pytest.mark.parametrize(
    ("text", "row", "message", "help"),
    [
        ("editions: {kind: daily, closes: friday 12:00}", 1, "is not valid for daily", "18:00"),
        ("editions: {kind: key, closes: '18:00'}", 1, "is not valid for key", "remove it"),
        ("editions: {kind: daily, title: '{day}'}", 1, "`editions.title` cannot", "{date}"),
        ("editions: {kind: daily, intro: '{articles}'}", 1, "`editions.intro` cannot", "{count}"),
        ("editions: {kind: daily, language: english}", 1, "is not a language tag", "`en`?"),
        ("editions:\n- name: A\n- kind: daily", 2, "`editions.0` lacks `kind`", "add `kind"),
        ("editions:\n- kind: daily\n- kind: weekly", 3, "has no name, as another", "name: weekly"),
        (
            "editions:\n- {kind: daily, name: The A}\n- {kind: weekly, name: the a}",
            3,
            "`editions.1` has the name `the a`, as another series has",
            "name: weekly",
        ),
        ("editions:\n- {kind: daily, name: Page}", 2, "is taken by pages of the index", "another"),
        ("editions:\n- {kind: daily, name: A, sectoins: [b]}", 2, "unknown key", "`sections`?"),
        ("editions:\n- {kind: yearly, name: A}", 2, "unknown value `yearly`", "daily"),
        ("editions:\n- {kind: daily, name: A, lead: best}", 2, "unknown value `best`", "flag"),
        ("editions:\n- {kind: daily, name: A, sender: me}", 2, "is not an e-mail address", "news@"),
        (
            "editions:\n- {kind: daily, name: A, sections: [harbor]}",
            2,
            "`harbor` is not in `sections`",
            "did you mean `harbour`?",
        ),
        (
            "editions:\n- {kind: daily, name: A, sources: [post]}",
            2,
            "`post` is not in `sources`",
            "there are: none",
        ),
    ],
)
def test_a_broken_series(text: str, row: int, message: str, help: str) -> None:
    (found,) = refused(f"{SITE}{text}\n")
    assert message in found.message
    assert help in found.help
    assert found.line == 4 + row


def test_series_that_are_right() -> None:
    series = (
        EditionsConfig(kind="weekly", closes="friday 12:00", intro="{count} of {week}"),
        EditionsConfig(name="Ferries", kind="monthly", language="pt"),
    )
    assert list(broken_editions(config(editions=series))) == []
