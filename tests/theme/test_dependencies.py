"""Which queries a template asks, itself or by what it includes."""

from __future__ import annotations

import pytest

from sitegen.base.text import digest
from sitegen.plugins import Plugin
from sitegen.theme.dependencies import (
    template_closures,
    template_data,
    template_queries,
    templates_behind,
)

TEMPLATES = {
    "front.html": "{% extends 'base.html' %}{{ query('latest') }}",
    "base.html": "{% include 'nav.html' %}",
    "nav.html": "{{ query('popular_tags') }}",
    "computed.html": "{% include page.name %}",
    "broken.html": "{% if %}",
    "other.html": "{{ query(name) }} {{ other('latest') }}",
}


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("front.html", "latest popular_tags"),
        ("base.html", "popular_tags"),
        ("nav.html", "popular_tags"),
        ("computed.html", "latest popular_tags"),  # may include any other one
        ("broken.html", ""),
        ("other.html", ""),
    ],
)
def test_queries_of_a_template(name: str, queries: str) -> None:
    assert template_queries(TEMPLATES)[name] == queries


@pytest.mark.parametrize(
    ("names", "behind"),
    [
        (["front.html"], ["front.html", "base.html", "nav.html"]),
        (["nav.html", "missing.html", ""], ["nav.html"]),
        (["nav.html", "computed.html"], TEMPLATES),
        (["broken.html"], TEMPLATES),
        ([], []),
    ],
)
def test_templates_that_others_lead_to(names: list[str], behind: list[str]) -> None:
    assert templates_behind(names, TEMPLATES) == set(behind)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ site.data.prices.oil }}{{ site['data']['people'][0] }}", "people prices"),
        ("{% for p in site.data.prices %}{% endfor %}{% include 'part.html' %}", "own prices"),
        ("{{ site.data[page.title] }}", "*"),
        ("{% set all = site.data %}", "*"),
        ("{{ page.data.x }}{{ site.title }}{{ data.x }}", ""),
    ],
)
def test_the_data_that_a_template_uses(text: str, names: str) -> None:
    templates = {"a.html": text, "part.html": "{{ site.data.own }}"}
    assert template_data(templates)["a.html"] == names
    assert template_data({"a.html": "x"}) == {}


def plugin(text: str) -> Plugin:
    return Plugin("minutes", "plugins/minutes.py", text, digest(text.encode()))


@pytest.mark.parametrize(
    ("template", "changes"),
    [
        ("{{ page.words | minutes }}", True),
        ("{{ minutes }}", False),
        ("{% include 'part.html' %}", True),
        ("{% include name %}", True),
    ],
)
def test_a_template_depends_on_plugins_whose_filters_it_uses(template: str, changes: bool) -> None:
    templates = {"a.html": template, "part.html": "{{ 1 | minutes }}"}
    texts = ("filters = {'minutes': str}\n", "filters = {'minutes': repr}\n")
    one, other = (template_closures(templates, (plugin(text),))["a.html"] for text in texts)
    assert (one != other) is changes


def test_every_template_depends_on_a_plugin_that_looks_at_every_page() -> None:
    texts = ("def post_render(path, data): return data\n", "def post_render(p, d): return d\n")
    one, other = (template_closures({"a.html": "x"}, (plugin(t),))["a.html"] for t in texts)
    assert one != other
