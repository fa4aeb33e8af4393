"""Inputs that a plugin reads."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.importer.input.plugin import plugged
from sitegen.importer.model import Imported
from sitegen.model.article import Person
from sitegen.plugins import Plugin

PLUGIN = Plugin("tides", "plugins/tides.py", "", "")


def read(given: Any) -> list[Imported] | None:
    importers = {"tides": (PLUGIN, lambda name, data: given)}
    return plugged(importers, "a.tide", b"x", "Europe/Berlin")


def test_what_a_plugin_does_not_know_is_left_to_others() -> None:
    assert read(None) is None
    assert plugged({}, "a.tide", b"x", "UTC") is None


def test_values_of_a_plugin_are_read_as_those_of_any_input() -> None:
    given = {
        "title": " Eels\n are back ",
        "authors": ["Ida Holm", {"name": "Bo Lind", "url": "javascript:x()"}],
        "date": "2026-11-20 08:00",
        "tags": "fish",
        "canonical": "javascript:x()",
    }
    (article,) = read([given]) or []
    assert (article.title, article.tags, article.canonical) == ("Eels are back", ("fish",), "")
    assert article.authors == (Person("Ida Holm"), Person("Bo Lind"))
    assert article.date == "2026-11-20T08:00:00+01:00"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"titel": "x"}, "unknown field `titel`; did you mean `title`?"),
        ({"title": 3}, "is not an article"),
        (7, "is not an article"),
    ],
)
def test_what_is_not_an_article_is_an_error_of_the_plugin(given: Any, message: str) -> None:
    with pytest.raises(SitegenError) as error:
        read([given])
    (diagnostic,) = error.value.diagnostics
    assert message in diagnostic.message
    assert (diagnostic.code, diagnostic.path) == ("plugin", "plugins/tides.py")
