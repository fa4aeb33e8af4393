"""What macros of the theme make of the calls in a trusted article (`content/shortcodes.py`)."""

from __future__ import annotations

import json
import re
from collections.abc import Container
from html import unescape
from typing import Any

from sitegen.base.diagnostics import SitegenError, fail, nearest_hint
from sitegen.render.jinja import Environment
from sitegen.theme.dependencies import SHORTCODES

_CALL = re.compile(r'<div class="shortcode" data-call="([^"]*)"></div>')


def with_shortcodes(
    html: str, environment: Environment, templates: Container[str], article: str
) -> str:
    """``html`` of the body of ``article`` with what macros of `shortcodes.html`, if it is among
    the ``templates`` of the theme, make of its calls.

    Raises SitegenError for a macro that does not exist, or does not take what it is given; and
    whatever a macro raises.
    """
    if '<div class="shortcode"' not in html:
        return html
    found = SHORTCODES in templates
    macros = vars(environment.get_template(SHORTCODES).module) if found else {}
    try:
        return _CALL.sub(lambda match: _made(match[1], macros, article), html)
    except SitegenError:
        raise
    except Exception:  # noqa: BLE001
        environment.handle_exception()  # raises it again, with the lines of templates


def _made(written: str, macros: dict[str, Any], article: str) -> str:
    call = json.loads(unescape(written))
    name, values = call["name"], call["values"]
    macro = _macro(name, macros, article)
    known = macro.arguments
    unknown = [key for key in values if key not in known and not macro.catch_kwargs]
    if unknown:
        hint = f"it takes {', '.join(known)}" if known else "it takes nothing"
        said = f"the macro `{name}` takes no `{unknown[0]}`"
        raise fail("shortcode", said, article, help=hint)
    return str(macro(**values))


def _macro(name: str, macros: dict[str, Any], article: str) -> Any:
    """The macro of the theme with this ``name``. Raises SitegenError if there is none."""
    macro = macros.get(name)
    if callable(macro):
        return macro
    existing = [key for key, value in macros.items() if callable(value)]
    hint = nearest_hint(name, existing, f"write the macro into {SHORTCODES}")
    raise fail("shortcode", f"the theme has no macro `{name}`", article, help=hint)
