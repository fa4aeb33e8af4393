"""Markdown to sanitised HTML: two engines behind one function."""

from __future__ import annotations

import html as entities
import itertools
import re
from functools import lru_cache
from typing import Any

from sitegen.config import MarkdownConfig

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6"
    " hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead time tr"
    " u ul var wbr".split()
)
ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "code": {"class"},
    "pre": {"class"},
    "span": {"class"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "ol": {"start"},
    "blockquote": {"cite"},
    "time": {"datetime"},
}
_ALIGNED = {"align-left", "align-right", "align-center"}
CLASSES = {  # others are dropped: they could hide text or dress it up as a part of the page
    "div": {"footnote", "footnote-definition"},
    "sup": {"footnote-reference", "footnote-definition-label"},
    "a": {"footnote-ref", "footnote-backref"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}
_DANGER = re.compile(
    r"<(script|iframe|object|embed|style|form|input|button|link|meta|base|svg|math|video|audio|frame|textarea|applet)\b"
    r"|<[a-z][^<>]{0,2000}?\s(on[a-z]+|style|srcdoc)\s*=|(javascript|vbscript|data)(?::|&#58;|&colon;)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r'\s(?:href|src)="([^"<>]+)"')
_BOX = re.compile(r'<input disabled="" type="checkbox"( checked="")?\s*/>\n?')
_NOTE_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">')
_NOTE = re.compile(r'<div class="footnote-definition" id="([^"]*)"><sup class="footnote-definition-label">([^<]*)</sup>')
_ANCHOR = re.compile(r' (id="|href="#)([^"]+)"')  # ids of a text are kept apart from those of the page
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|colon|Tab|NewLine);?")
_OPENING = re.compile(r"<h([1-6])\b", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([1-6])\b", re.IGNORECASE)
_ALIGN = re.compile(r'style="text-align: ?(left|right|center);?"')
_TABLE = re.compile(r"<table\b")


def to_html(text: str, config: MarkdownConfig) -> tuple[str, str, str]:
    """``text`` as (HTML, what was unsafe in it, an address that was lost).

    The HTML is sanitised by an allow-list unless ``config.trust`` is set. Headings start at h2,
    as the page's title is its h1; tables stand in a box that scrolls. The second value names the
    first script, handler or address of a script that was taken out, the third the first other address; either may be empty.
    """
    html = _commonmark(config.smart)(text) if config.engine == "commonmark" else _python_markdown(text, config)
    if "footnote-def" in html:
        html = _linked_notes(html)
    if "checkbox" in html:
        html = _BOX.sub(lambda m: "☑ " if m[1] else "☐ ", html)
    if "<h" in html:
        html = _outlined(html)
    if "text-align" in html:
        html = _ALIGN.sub(r'class="align-\1"', html)
    unsafe = lost = ""
    if not config.trust:
        cleaned = _cleaner().clean(html)
        kept = all(html.count(name) == cleaned.count(name) for name in ("href=", "src=") if name in html)
        danger = None if kept and "<" not in text else _DANGER.search(html if "&" not in html else _unhidden(html))
        unsafe = danger.group(0)[:60] if danger and danger.group(0) not in cleaned else ""
        lost = "" if unsafe or kept else _lost_address(html, cleaned)
        html = cleaned.replace(' class=""', "")
    if 'id="' in html or 'href="#' in html:
        html = _ANCHOR.sub(r' \1text-\2"', html)
    if "<table" in html:
        count = itertools.count(1)
        html = _TABLE.sub(lambda m: f'<div class="table-scroll" tabindex="0" role="region" aria-label="Table {next(count)}"><table', html)
        html = html.replace("</table>", "</table></div>")
    return html.replace("<img ", '<img loading="lazy" decoding="async" '), unsafe, lost


def _outlined(html: str) -> str:
    """``html`` with headings that start at h2, as the page's title is its h1, and leave out no level on the way down."""
    levels = _OPENING.findall(html)
    if not levels or levels.count("2") == len(levels):
        return html
    top, now = int(min(levels)), 1

    def shifted(match: re.Match[str]) -> str:
        nonlocal now
        if not match[1]:
            now = min(int(match[2]) - top + 2, now + 1, 6)
        return f"<{match[1]}h{now}"

    return _HEADING.sub(shifted, html)


def _linked_notes(html: str) -> str:
    """Footnotes of the CommonMark engine with a way back from each note to where it is first referred to."""
    seen: set[str] = set()

    def reference(match: re.Match[str]) -> str:
        anchor = "" if match[1] in seen else f' id="from-{match[1]}"'
        seen.add(match[1])
        return f'<sup class="footnote-reference"><a{anchor} href="#note-{match[1]}">'

    html = _NOTE_REFERENCE.sub(reference, html)
    return _NOTE.sub(
        r'<div class="footnote-definition" id="note-\1"><sup class="footnote-definition-label"><a href="#from-\1">\2</a></sup>', html
    )


def _lost_address(html: str, cleaned: str) -> str:
    """The first address that was taken out: one that cannot be read, or of another scheme."""
    return next((entities.unescape(m[1]) for m in _ATTRIBUTE.finditer(html) if m[0] not in cleaned), "")


def _unhidden(html: str) -> str:
    """``html`` with references to letters, tabs and the colon resolved, as a browser reads an address."""
    return _CHARACTER.sub(lambda m: entities.unescape(m[0]).strip(), html)


@lru_cache(maxsize=1)
def _cleaner() -> Any:
    import nh3

    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,  # nothing opens a window of its own
    )


@lru_cache(maxsize=2)
def _commonmark(smart: bool) -> Any:
    import pyromark

    options = (
        pyromark.Options.ENABLE_TABLES
        | pyromark.Options.ENABLE_FOOTNOTES
        | pyromark.Options.ENABLE_STRIKETHROUGH
        | pyromark.Options.ENABLE_TASKLISTS
    )
    if smart:
        options |= pyromark.Options.ENABLE_SMART_PUNCTUATION
    return pyromark.Markdown(options=options).html


def _python_markdown(text: str, config: MarkdownConfig) -> str:
    import markdown

    names = ["tables", "footnotes", "fenced_code", "sane_lists", *(["smarty"] if config.smart else []), *config.extensions]
    return markdown.markdown(text, extensions=names, output_format="html")
