"""Calls of a theme's macros in the texts of trusted articles: ``{{< map place="Salm" >}}``, alone
in a paragraph.

A call is kept as an empty element that no author can write, as the sanitiser would remove its
class; the page of the article has what the macro makes of it. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from html import escape, unescape

_VALUE = '["“”][^"“”<>]*["“”]'  # also as `smart` writes quotation marks
_ARGUMENT = rf"([a-z][a-z0-9_]*)=({_VALUE})"
_CALL = re.compile(
    rf"<p>\s*\{{\{{&lt;\s*([a-z][a-z0-9_]{{0,40}})((?:\s+{_ARGUMENT})*)\s*/?&gt;\}}\}}\s*</p>"
)
_ONE = re.compile(_ARGUMENT)
_START = "{{&lt;"


def may_call(path: str, patterns: Iterable[str]) -> bool:
    """Whether the article at ``path`` below the content folder may call macros: if one of
    ``patterns`` fits, such as ``editorials/*``."""
    return any(fnmatchcase(path, pattern.lstrip("/")) for pattern in patterns)


def with_calls(html: str, trusted: bool) -> tuple[str, list[str]]:
    """``html`` with its calls as elements, and the names of those that an article which is not
    ``trusted`` tries: they stay text."""
    if _START not in html:
        return html, []
    if not trusted:
        return html, [match[1] for match in _CALL.finditer(html)]
    return _CALL.sub(_element, html), []


def _element(match: re.Match[str]) -> str:
    values = {m[1]: unescape(m[2][1:-1]) for m in _ONE.finditer(match[2])}
    call = json.dumps({"name": match[1], "values": values}, ensure_ascii=False, sort_keys=True)
    return f'<div class="shortcode" data-call="{escape(call)}"></div>'
