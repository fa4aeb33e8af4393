"""Errors in templates that are found without rendering a page."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from sitegen.base.gettext import Messages
from sitegen.theme_check.templates import (
    Template,
    _dotted,
    check_templates,
    environment,
    read,
    renderer_names,
)
from tests.theme_check.subjects import subject

GERMAN = {"de": Messages({"Latest": "Neueste"})}
PART = "{% macro card(x) %}{{ x }}{% endmacro %}"


def found(folder: Path, name: str, text: str, options: str = "") -> list[tuple[int, str, str]]:
    """Line, message and help of each error in one template of a theme that extends base."""
    one = subject(folder, {f"templates/{name}": text, "templates/part.html": PART}, options)
    return [(p.line, p.message, p.help) for p in check_templates(one, read(one), GERMAN)]


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("{% if %}", "Expected an expression", ""),
        ("{% include 'prat.html' %}", "template `prat.html` does not exist", "`part.html`?"),
        ("{{ page.title | uppr }}", "unknown filter `uppr`", "did you mean `upper`?"),
        ("{% if page is definde %}x{% endif %}", "unknown test `definde`", "`defined`?"),
        ("{{ asset('nothing.css') }}", "the theme has no asset `nothing.css`", ""),
        ("{{ query('lates') }}", "unknown query `lates`", "did you mean `latest`?"),
        ("{{ site.titel }}", "`site` has no `titel` here", "did you mean `site.title`?"),
        ("{{ page.titel }}", "`page` has no `titel` here", "did you mean `page.title`?"),
        ("{{ site.theme_options.wdie }}", "the theme has no option `wdie`", "`wide`?"),
        (
            "{% set o = site.theme_options %}{{ o['wdie'] }}",
            "the theme has no option `wdie`",
            "`wide`?",
        ),
        ("{{ pgae }}", "undefined name `pgae`", "did you mean `page`?"),
        ("{{ t('Newest of all') }}", "`Newest of all` is not translated into: de", "locales/"),
    ],
)
def test_an_error_names_its_line(tmp_path: Path, text: str, message: str, help: str) -> None:
    options = "options:\n  wide: {type: boolean, default: false, description: Wide}\n"
    ((line, said, hint),) = found(tmp_path, "story.html", f"\n{text}", options)
    assert line == 2
    assert said.startswith(message)
    assert help in hint


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title | upper }}",
        "{{ page.titel is defined }}",
        "{{ page.titel | default('') }}",
        "{% include 'missing.html' ignore missing %}",
        "{% from 'part.html' import card %}{{ card(page.title) }}",
        "{% set own = 1 %}{{ own }}",
        "{{ t('Latest') }}",
        "{{ site.theme_options.items() }}",
        "{{ query(page.title) }}",
    ],
)
def test_what_a_template_may_use(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, "story.html", text) == []


def test_a_block_that_the_template_above_does_not_have(tmp_path: Path) -> None:
    text = "{% extends 'base.html' %}\n{% block mian %}x{% endblock %}"
    ((line, message, help),) = found(tmp_path, "story.html", text)
    assert (line, help) == (2, "did you mean `main`?")
    assert message == "block `mian` is not shown: `base.html` has no such block"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ a }}", "a"),
        ("{{ a.b.c }}", "a.b.c"),
        ("{{ a['b'].c }}", "a.b.c"),
        ("{{ a[b] }}", ""),
        ("{{ a().b }}", ""),
    ],
)
def test_a_name_with_its_owner(text: str, name: str) -> None:
    (output,) = environment().parse(text).body
    assert isinstance(output, nodes.Output)
    assert _dotted(output.nodes[0]) == name


def test_a_template_that_cannot_be_parsed_has_an_error_and_nothing_else() -> None:
    one = Template("a.html", "{% if %}", "mine/templates/a.html", environment())
    assert isinstance(one.error, jinja2.TemplateSyntaxError)
    assert (one.parent, one.blocks, one.exports) == ("", {}, set())


def test_names_that_every_template_sees() -> None:
    assert {"site", "url", "asset", "t", "query", "jsonld"} <= renderer_names()
