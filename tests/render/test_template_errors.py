"""An error in a template says where it is and what to do."""

from __future__ import annotations

import pytest

from sitegen.base.gettext import Messages
from sitegen.model.article import Image
from sitegen.model.output import Page
from sitegen.model.views import PlainView
from sitegen.render.jinja import Environment
from sitegen.render.template_errors import template_error

PAGE = Page("a/index.html", "a.html", PlainView("T", "/a/"), "content/a.md")


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        ("\n{{ 1 | uper }}", 2, "No filter named 'uper'.", "did you mean `upper`?"),
        ("{{ 1 | qzx }}", 1, "No filter named 'qzx'.", "a plugin may add filters"),
        ("{% if 1 is ood %}{% endif %}", 1, "No test named 'ood'", "did you mean `odd`?"),
        ("{% if %}", 1, "Expected an expression", "compare what is opened"),
        ("{% include 'b.htm' %}", 1, "template `b.htm` does not exist", "did you mean `b.html`?"),
        ("{% include 'zzz' %}", 1, "template `zzz` does not exist", "write it below templates/"),
        ("\n\n{{ image.creater }}", 3, "`Image` has no field `creater`", "did you mean `creator`?"),
        ("{{ image.qqqq }}", 1, "`Image` has no field `qqqq`", "it has: src, alt"),
        ("{{ qqqq }}", 1, "undefined name `qqqq`", "(while rendering content/a.md)"),
        ("{{ post }}", 1, "undefined name `post`", "did you mean `page`?"),
        ("{{ extra.mood }}", 1, "content/a.md has no `extra.mood`", "{% if extra.mood is defined"),
        ("{{ extra['mood'] }}", 1, "content/a.md has no `extra.mood`", "{% if extra.mood is"),
        ("{{ ({})['mood'] }}", 1, "content/a.md has no key `mood`", "{% if mood is defined %}"),
        ("{% include 'a.html' %}", 1, "includes or calls itself", "theme/NAME.html"),
        ("{{ 1 / 0 }}", 1, "cannot be rendered: ", "while rendering content/a.md"),
    ],
)
def test_an_error_is_a_diagnostic(text: str, line: int, message: str, help: str) -> None:
    templates = {"a.html": text, "b.html": ""}
    places = {name: f"theme/{name}" for name in templates}
    environment = Environment(Messages({}), templates, places)
    with pytest.raises(Exception) as caught:
        environment.get_template("a.html").render(image=Image("/a.jpg"), extra={})
    problem = template_error(caught.value, PAGE, environment, templates, places)
    assert (problem.code, problem.path) == ("template", "theme/a.html")
    assert message in problem.message and help in problem.help
    assert problem.line == line or "itself" in message
    assert problem.snippet == text.strip() or "itself" in message
    assert "Error" not in problem.message


def test_a_template_that_an_article_asks_for_is_missing_at_the_article() -> None:
    environment = Environment(Messages({}), {}, {})
    with pytest.raises(Exception) as caught:
        environment.get_template("hot.html")
    problem = template_error(caught.value, PAGE, environment, {}, {"hut.html": "theme/hut.html"})
    assert problem.path == "content/a.md"
    assert problem.help == "did you mean `hut.html`?"
