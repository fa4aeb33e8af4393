"""Pages that plugins add, as values."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import digest
from sitegen.model.views import OwnView
from sitegen.pages.plugin_pages import plugin_pages
from sitegen.plugins import Plugin
from tests.samples import document, site

DIGEST = site(document("tide"), document("ship", "2026-11-03"))


def plugin(given: dict[str, Any]) -> Plugin:
    text = f"def add_pages(site):\n    return [{given!r}]\n"
    return Plugin("numbers", "plugins/numbers.py", text, digest(text.encode()))


@pytest.mark.parametrize(
    ("lacks", "given"),
    [
        ("url", {"title": "N", "template": "n.html"}),
        ("title", {"url": "/n/", "template": "n.html"}),
        ("template", {"url": "/n/", "title": "N", "template": "n.txt"}),
        ("url", {"url": "../..", "title": "N", "template": "n.html"}),
    ],
)
def test_a_page_without_its_fields_is_an_error(lacks: str, given: dict[str, Any]) -> None:
    with pytest.raises(SitegenError) as error:
        list(plugin_pages(DIGEST, (plugin(given),)))
    (problem,) = error.value.diagnostics
    assert "incomplete" in problem.message
    assert f"`{lacks}`" in problem.help


def test_a_page_of_a_plugin() -> None:
    given = {"url": "/numbers/", "title": "N", "template": "n.html", "data": {"count": 2}}
    (page,) = plugin_pages(DIGEST, (plugin(given),))
    assert (page.output, page.template) == ("numbers/index.html", "n.html")
    assert page.view == OwnView("N", "/numbers/", {"count": 2})
