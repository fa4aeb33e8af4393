"""What leans on Jinja's internals holds for the Jinja that is installed.

Each test compares with Jinja itself, or with the code that it makes: another version that differs
fails here, and not on pages.
"""

from __future__ import annotations

import inspect
from collections import ChainMap
from typing import Any

import jinja2
import jinja2.compiler
import pytest
from markupsafe import Markup

from sitegen.base.gettext import Messages
from sitegen.model.article import Image
from sitegen.render.jinja import NO_FIELD, NO_FILTER, Environment, raised_at

GERMAN = Messages({"Sections": "Ressorts", "Q & A": "Fragen & Antworten", "Tags": "<b>Marken</b>"})


def ours(templates: dict[str, str], messages: Messages = GERMAN) -> Environment:
    environment = Environment(messages, templates, {name: f"themes/{name}" for name in templates})
    environment.globals["t"] = messages
    return environment


def plain(templates: dict[str, str], messages: Messages = GERMAN) -> jinja2.Environment:
    """Jinja as it comes, with the same options."""
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = messages
    return environment


def code(text: str) -> str:
    """The Python that a template becomes."""
    return str(ours({"a.html": text}).compile(text, raw=True))


class Tagged:
    def __html__(self) -> str:
        return "<i>tagged</i>"


VALUES: dict[str, Any] = {
    "text": "plain",
    "signs": "a & b <c> \"d\" 'e'",
    "marked": Markup("<b>kept</b>"),
    "number": 3,
    "none": None,
    "true": True,
    "tagged": Tagged(),
    "items": ["a<", Markup("&amp;"), 1.5],
    "join": lambda *parts, sep=" & ": sep.join(parts),
    "key": "Sections",
}


@pytest.mark.parametrize(
    "text",
    [
        "{{ text }}{{ signs }}{{ marked }}",
        "{{ number }}{{ none }}{{ true }}{{ tagged }}",
        "<a title='{{ signs }}'>",
        "{{ 'a & b' }}{{ 'x' ~ signs }}{{ marked ~ signs }}",
        "{{ signs | safe }}{{ signs | e }}{{ marked | upper }}",
        "{% autoescape false %}{{ signs }}{{ marked }}{% endautoescape %}",
        "{% autoescape true if number else false %}{{ signs }}{% endautoescape %}",
        "{% for one in items %}{{ one }}{{ loop.index }}{{ join('a', signs) }}{% endfor %}",
        "{% set x = signs %}{{ x }}{% set y %}<p>{{ signs }}{% endset %}{{ y }}",
        "{% macro m(a, b='<') %}<u>{{ a }}{{ b }}</u>{% endmacro %}{{ m(signs) }}{{ m(1, b=2) }}",
        "{% macro m(a) %}<u>{{ caller(a) }}</u>{% endmacro %}"
        "{% call(x) m('<') %}{{ signs }}{{ x }}{% endcall %}",
        "{% block one %}{{ join('a', 'b', sep='<') }}{% for i in items %}{{ join(text) }}"
        "{% endfor %}{% endblock %}{{ self.one() }}",
        "{% filter upper %}{{ signs }}{% endfilter %}",
        "{{ t('Sections') }}{{ t('Q & A') }}{{ t('Tags') }}{{ t('Unknown <') }}",
        "{{ t(key) }}{{ t('Sections') | upper }}{% if t('Tags') == key %}x{% endif %}",
        "{% for i in items if t('Sections') %}{{ t('Sections') ~ loop.length }}{% endfor %}",
    ],
)
def test_pages_are_those_of_jinja(text: str) -> None:
    page = ours({"a.html": text}).get_template("a.html").render(**VALUES)
    assert page == plain({"a.html": text}).get_template("a.html").render(**VALUES)


FILES = {
    "base.html": "<h1>{% block title %}{{ signs }}{% endblock %}</h1>{% include 'part.html' %}",
    "part.html": "{{ t('Sections') }}{{ marked }}",
    "macros.html": "{% macro card(x) %}{{ x }}{{ site }}{{ t('Q & A') }}{% endmacro %}",
    "a.html": "{% extends 'base.html' %}{% from 'macros.html' import card %}"
    "{% block title %}{{ super() }}{{ card(signs) }}{% endblock %}",
}


def test_templates_that_use_each_other_are_those_of_jinja() -> None:
    pages = []
    for environment in (ours(FILES), plain(FILES)):
        environment.globals["site"] = "S & Co"
        pages.append(environment.get_template("a.html").render(**VALUES))
    assert pages[0] == pages[1]
    assert "S &amp; Co" in pages[0]


# The code that Jinja makes ------------------------------------------------------------------------
def test_an_output_is_escaped_by_our_function() -> None:
    assert "environment.escaped(" in code("{{ x }}")
    assert "escape(" not in code("{{ x }}").partition("root(")[2].replace("escaped(", "")
    inherited = inspect.signature(jinja2.compiler.CodeGenerator._output_child_pre)
    assert list(inherited.parameters) == ["self", "node", "frame", "finalize"]


def test_functions_are_called_by_our_context() -> None:
    assert "context.call(" in code("{{ f(1) }}")
    assert "_loop_vars=_loop_vars" in code("{% for i in x %}{{ f(i) }}{% endfor %}")
    assert "_block_vars=_block_vars" in code("{% block b %}{{ f(1) }}{% endblock %}")
    context = ours({"a.html": ""}).get_template("a.html").new_context({})
    assert type(context).call is not jinja2.runtime.Context.call
    inherited = inspect.signature(jinja2.runtime.Context.call)
    assert list(inherited.parameters)[2:] == ["args", "kwargs"]


def test_words_are_translated_when_a_template_is_compiled() -> None:
    assert "Ressorts" in code("{{ t('Sections') }}") and "'t'" not in code("{{ t('Sections') }}")
    assert "'t'" in code("{{ t(key) }}")
    inherited = inspect.signature(jinja2.Environment._parse)
    assert list(inherited.parameters) == ["self", "source", "name", "filename"]


def test_globals_are_a_plain_dict_where_jinja_has_a_chain() -> None:
    names = ours({}).make_globals({"own": 1})
    assert type(names) is dict and names["own"] == 1 and "range" in names
    assert isinstance(jinja2.Environment().make_globals({}), ChainMap)


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ("plain", "plain"),
        ("a & b", "a &amp; b"),
        ("<'\">", "&lt;&#39;&#34;&gt;"),
        (Markup("<b>"), "<b>"),
        (Tagged(), "<i>tagged</i>"),
        (None, "None"),
        (0, "0"),
    ],
)
def test_a_value_is_escaped_as_markupsafe_does(value: Any, escaped: str) -> None:
    assert Environment.escaped(value) == escaped == Markup.escape(value)


# What Jinja says ----------------------------------------------------------------------------------
def failure(files: dict[str, str], **values: Any) -> Exception:
    with pytest.raises(Exception) as caught:
        ours(files).get_template("a.html").render(**values)
    return caught.value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{ 1 | upcase }}", ("filter", "upcase")),
        ("{% if 1 is prime %}{% endif %}", ("test", "prime")),
    ],
)
def test_the_message_on_a_missing_filter_is_understood(text: str, found: tuple[str, str]) -> None:
    message = NO_FILTER.fullmatch(str(failure({"a.html": text}).message))  # type: ignore[attr-defined]
    assert message and message.groups() == found


def test_the_message_on_a_missing_field_is_understood() -> None:
    error = failure({"a.html": "{{ image.widht }}"}, image=Image("/a.jpg"))
    message = NO_FIELD.fullmatch(str(error))
    assert message and message.groups() == ("article", "Image", "widht")


def divided() -> float:
    return 1 / 0


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"a.html": "\n\n{{ missing }}"}, ("themes/a.html", 3)),
        ({"a.html": "\n{{ divided() }}"}, ("themes/a.html", 2)),
        ({"a.html": "{% include 'b.html' %}", "b.html": "\n{{ x.y }}"}, ("themes/b.html", 2)),
        (
            {
                "a.html": "{% extends 'b.html' %}\n{% block c %}\n\n{{ 1 + 'a' }}{% endblock %}",
                "b.html": "{% block c %}{% endblock %}",
            },
            ("themes/a.html", 4),
        ),
    ],
)
def test_an_error_is_at_its_template_and_line(
    files: dict[str, str], place: tuple[str, int]
) -> None:
    assert raised_at(failure(files, divided=divided, x={})) == place


def test_an_error_outside_of_templates_has_no_place() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        divided()
    assert raised_at(caught.value) == ("", 0)
