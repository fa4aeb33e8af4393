"""Macros of the theme that trusted articles call."""

from __future__ import annotations

import jinja2
import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.gettext import Messages
from sitegen.content.shortcodes import with_calls
from sitegen.render.jinja import Environment, raised_at
from sitegen.render.shortcodes import with_shortcodes
from sitegen.theme.dependencies import SHORTCODES, template_closures

MACROS = "{% macro ferry(line, note='') %}<b>{{ line }}{{ note }}</b>{% endmacro %}"


def made(call: str, templates: dict[str, str] | None = None) -> str:
    html, _ = with_calls(f"<p>{{{{&lt; {call} &gt;}}}}</p>", True)
    texts = {SHORTCODES: MACROS} if templates is None else templates
    return with_shortcodes(html, Environment(Messages(), texts, {}), texts, "content/a.md")


def test_a_call_becomes_what_the_macro_makes() -> None:
    assert made('ferry line="9"') == "<b>9</b>"
    assert made('ferry line="9" note="!"') == "<b>9!</b>"


def test_values_are_escaped() -> None:
    assert made('ferry line="&lt;script&gt;"') == "<b>&lt;script&gt;</b>"


@pytest.mark.parametrize(
    ("call", "templates", "said"),
    [
        ("fery", None, "has no macro `fery`"),
        ("ferry", {}, "has no macro `ferry`"),
        ('ferry port="x"', None, "takes no `port`"),
        ("name", None, "has no macro `name`"),
    ],
)
def test_a_call_that_cannot_be_made_is_an_error_of_its_article(
    call: str, templates: dict[str, str] | None, said: str
) -> None:
    with pytest.raises(SitegenError) as caught:
        made(call, templates)
    assert said in caught.value.diagnostics[0].message
    assert caught.value.diagnostics[0].path == "content/a.md"


def test_a_macro_that_fails_names_its_line() -> None:
    with pytest.raises(jinja2.UndefinedError) as caught:
        made("bad", {SHORTCODES: "\n{% macro bad() %}\n{{ x.y.z }}\n{% endmacro %}"})
    assert raised_at(caught.value)[1] == 3


def test_every_page_depends_on_the_macros() -> None:
    one = template_closures({"article.html": "x", SHORTCODES: MACROS})
    other = template_closures({"article.html": "x", SHORTCODES: f"{MACROS} "})
    assert one["article.html"] != other["article.html"]
    assert template_closures({"article.html": "x"}) == template_closures({"article.html": "x"})
