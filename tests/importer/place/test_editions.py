"""The editions that imported articles go into."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.schema import EditionsConfig
from sitegen.importer.model import Imported
from sitegen.importer.place.editions import OpenEditions
from tests.samples import config

NOW = datetime.fromisoformat("2026-11-24T10:00:00+00:00").timestamp()
SERIES = (
    EditionsConfig(kind="weekly"),
    EditionsConfig(name="Harbour", kind="daily", closes="09:30", sections=("harbour",)),
)


def article(date: str, **values: Any) -> Imported:
    return Imported(title="Crane", date=date, body="Text.", **values)


@pytest.mark.parametrize(
    ("said", "fields", "new", "edition"),
    [
        ("", {"date": "2015-03-01"}, True, ("2026-w48", "harbour/2026-11-25")),
        ("", {"date": "2015-03-01"}, False, ()),
        ("", {"date": "2015-03-01", "own": True}, True, ()),
        ("", {"date": ""}, True, ()),
        ("", {"date": "2026-11-24T09:45:00+00:00"}, True, ()),
        ("", {"date": "2015-03-01", "edition": ("2026-w50",)}, True, ("2026-w50",)),
        ("date", {"date": "2015-03-01"}, True, ()),
        ("2026-w51", {"date": "2015-03-01", "edition": ("2026-w50",)}, False, ("2026-w51",)),
    ],
)
def test_a_new_article_goes_into_the_edition_that_is_open(
    tmp_path: Path, said: str, fields: dict[str, Any], new: bool, edition: tuple[str, ...]
) -> None:
    opened = OpenEditions(tmp_path, config(editions=SERIES), said, NOW)
    assert opened.put(article(**fields), "harbour", new).edition == edition


def test_what_left_the_edition_of_its_date_is_noted(tmp_path: Path) -> None:
    closed = tmp_path / "content/editions/2026-w48.yaml"
    closed.parent.mkdir(parents=True)
    closed.write_text("number: 1\npublished: 2026-11-23\narticles: []\n")
    opened = OpenEditions(tmp_path, config(editions=SERIES[:1]), "", NOW)
    for _ in range(2):
        assert opened.put(article("2015-03-01"), "world", True).edition == ("2026-w49",)
    (note,) = opened.notes()
    assert note.message == "2 articles of other days went into 2026-w49"
    assert "--edition date" in note.help


def test_a_site_without_editions_has_none(tmp_path: Path) -> None:
    opened = OpenEditions(tmp_path, config(), "", NOW)
    assert opened.put(article("2015-03-01"), "world", True).edition == ()
    assert list(opened.notes()) == []
