"""Quotes that are something else: alerts (``> [!NOTE]``, as on GitHub) and pull quotes
(``> [!PULLQUOTE]``). Pure."""

from __future__ import annotations

import re

ALERTS = {  # kind -> its title in English, which `render/` puts into the language of the site
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
}
_SAME = {  # further names, as other programs have them
    "info": "note",
    "hint": "tip",
    "attention": "warning",
    "danger": "caution",
    "quote": "pullquote",
}
_MARK = re.compile(
    r"<blockquote>\s*+<p>\[!([A-Za-z]{2,20})\][+-]?[ \t]*([^\n<]*+)(?:<br\s*/?>)?\s*+(</p>)?"
)


def with_alerts(html: str) -> str:
    """``html`` in which quotes that start with such a mark have a class and, of alerts, a title:
    the words behind the mark, else the name of the kind."""
    return _MARK.sub(_marked, html) if "[!" in html else html


def _marked(match: re.Match[str]) -> str:
    named, words, closed = match[1].lower(), match[2].strip(), match[3]
    kind = _SAME.get(named, named)
    if kind == "pullquote":
        return f'<blockquote class="pullquote">\n{_paragraph(words, closed)}'
    if kind not in ALERTS:
        return match[0]
    title = f'<p class="alert-title">{words or ALERTS[kind]}</p>\n'
    return f'<blockquote class="alert alert-{kind}">\n{title}{_paragraph("", closed)}'


def _paragraph(words: str, closed: str | None) -> str:
    """The start of the paragraph that held the mark; all of it where it held nothing else."""
    if closed:
        return f"<p>{words}</p>" if words else ""
    return f"<p>{words}\n" if words else "<p>"
