"""What goes wrong in a template, as a diagnostic with its line and what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import jinja2

from sitegen.base.diagnostics import (
    Diagnostic,
    did_you_mean,
    in_words,
    nearest,
    nearest_hint,
    problem,
)
from sitegen.model import article, output, site, views
from sitegen.model.output import Page
from sitegen.render.jinja import (
    NO_FIELD,
    NO_FILTER,
    NO_KEY,
    NO_NAME,
    Environment,
    raised_at,
)

# What other programs call the names that templates have here.
_ELSEWHERE = {
    **dict.fromkeys("article post entry item document paper".split(), "page"),
    **dict.fromkeys("content text html".split(), "body"),
    **dict.fromkeys("SITENAME SITEURL blog website".split(), "site"),
    **dict.fromkeys("params metadata meta".split(), "page.extra"),
}
NAMES_HELP = "`sitegen help theming` lists the names; pass a macro the values that it needs"
_NOUNS = {"article": article, "output": output, "site": site, "views": views}


def template_error(
    error: Exception,
    page: Page,
    environment: Environment,
    templates: Mapping[str, str],
    places: Mapping[str, str],
) -> Diagnostic:
    """``error``, raised while ``page`` was rendered, at its line in a template.

    For a template that an article asks for and that does not exist, the article is named.
    """
    name, line = raised_at(error)
    help = _while_rendering(page)
    match error:
        case jinja2.TemplateNotFound(name=str(missing)):
            name = name or page.origin
            message, help = _missing_template(missing, places)
        case jinja2.TemplateSyntaxError():
            name, line = error.filename or error.name or "", error.lineno
            message = error.message or ""
            help = "compare what is opened on this line and above with what is closed"
        case jinja2.UndefinedError():
            message, help = _undefined(error, page, _written(name, line, templates, places))
        case RecursionError():
            message = "extends, includes or calls itself without end"
            help = "`theme/NAME.html` is the theme's own template of that name"
        case _:
            message = f"cannot be rendered: {in_words(error)}"
    if lacking := NO_FILTER.fullmatch(str(getattr(error, "message", None) or "")):
        message, help = lacking[0], _filter_help(lacking[1], lacking[2], environment)
    return problem(
        "template",
        message,
        name or page.template,
        line,
        help=help,
        snippet=_written(name, line, templates, places),
    )


def _missing_template(missing: str, places: Mapping[str, str]) -> tuple[str, str]:
    tail = re.split("[:/]", missing)[-1]
    near = f"theme/{tail}" if tail in places else nearest(missing, places)
    help = "write it below templates/ of the theme, or correct the name"
    return f"template `{missing}` does not exist", did_you_mean(near, help)


def _filter_help(kind: str, name: str, environment: Environment) -> str:
    existing: Collection[str] = environment.tests if kind == "test" else environment.filters
    return nearest_hint(name, existing, "a plugin may add filters; see: sitegen help plugins")


def _missing_field(module: str, noun: str, field: str) -> tuple[str, str]:
    fields = getattr(_NOUNS[module], noun).__struct_fields__
    help = nearest_hint(field, fields, f"it has: {', '.join(fields)}")
    return f"`{noun}` has no field `{field}`", help


def name_hint(name: str, names: Iterable[str] = ()) -> str:
    """What to write for a name that no template has; ``names`` are those that this one has."""
    if there := _ELSEWHERE.get(name):
        return f"did you mean `{there}`?"
    return nearest_hint(name, names, NAMES_HELP)


def _undefined(error: jinja2.UndefinedError, page: Page, line: str) -> tuple[str, str]:
    """What is said of a value that ``line`` of a template lacks on this page, and what to do."""
    message, where = str(error), _while_rendering(page)
    if field := NO_FIELD.fullmatch(message):
        return _missing_field(*field.groups())
    if key := NO_KEY.fullmatch(message):
        return _missing_key(key[1], line, page)
    if name := NO_NAME.fullmatch(message):
        return f"undefined name `{name[1]}`", f"{name_hint(name[1])} ({where})"
    return message, where


def _while_rendering(page: Page) -> str:
    return f"while rendering {page.origin}"


def _missing_key(key: str, line: str, page: Page) -> tuple[str, str]:
    """What is said of a key that a mapping lacks on this page, and what to do."""
    owner = re.search(rf"(\w[\w.]*)(?:\.{re.escape(key)}\b|\[['\"]{re.escape(key)}['\"]\])", line)
    value = f"{owner[1]}.{key}" if owner else key
    what = f"{page.origin} has no `{value}`" if owner else f"{page.origin} has no key `{key}`"
    return what, f"write `{{% if {value} is defined %}}` where it may be missing"


def _written(name: str, line: int, templates: Mapping[str, str], places: Mapping[str, str]) -> str:
    """The line of the template that messages call ``name``; empty where there is none."""
    text = next((templates[key] for key, place in places.items() if place == name), "")
    lines = text.splitlines()
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""
