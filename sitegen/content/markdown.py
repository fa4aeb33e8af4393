"""Markdown to sanitised HTML: two engines behind one function (design §10)."""

from __future__ import annotations

import html as entities
import re
from functools import lru_cache
from typing import Any

from sitegen.config import MarkdownConfig

TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "ol": {"start"},
    "blockquote": {"cite"},
    "time": {"datetime"},
}
_DANGER = re.compile(
    r"<(script|iframe|object|embed|style|form|input|button|link|meta|base|svg|math|video|audio|frame|textarea|applet)\b"
    r"|<[a-z][^<>]{0,2000}?\s(on[a-z]+|style|srcdoc)\s*=|(javascript|vbscript|data)(?::|&#58;|&colon;)",
    re.IGNORECASE,
)
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|colon|Tab|NewLine);?")
_H1 = re.compile(r"<(/?)h1\b")
_ALIGN = re.compile(r'style="text-align: ?(left|right|center);?"')
_TABLE = re.compile(r"<table\b")
_IMG = re.compile(r"<img ")


def to_html(text: str, config: MarkdownConfig) -> tuple[str, str]:
    """``text`` as (HTML, what was unsafe in it).

    The HTML is sanitised by an allow-list unless ``config.trust`` is set. Headings start at h2,
    as the page's title is its h1; tables stand in a box that scrolls. The second value names the
    first script, handler or address that was taken out, or is empty.
    """
    html = _commonmark(config.smart)(text) if config.engine == "commonmark" else _python_markdown(text, config)
    html = _ALIGN.sub(r'class="align-\1"', _H1.sub(r"<\1h2", html))
    unsafe = ""
    if not config.trust:
        danger = _danger(text, html)
        cleaned = _cleaner().clean(html)
        unsafe = danger.group(0)[:60] if danger and danger.group(0) not in cleaned else ""
        html = cleaned
    if "<table" in html:
        html = _TABLE.sub('<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table', html)
        html = html.replace("</table>", "</table></div>")
    return _IMG.sub('<img loading="lazy" decoding="async" ', html), unsafe


def _danger(text: str, html: str) -> re.Match[str] | None:
    """The first script, handler or address in ``html`` that may not stay; quick where ``text`` holds no markup at all."""
    low = html.lower()
    if "<" not in text and "script:" not in low and "data:" not in low and "&#" not in low and "&colon" not in low:
        return None
    return _DANGER.search(html if "&" not in html else _unhidden(html))


def _unhidden(html: str) -> str:
    """``html`` with references to letters, tabs and the colon resolved, as a browser reads an address."""
    return _CHARACTER.sub(lambda m: entities.unescape(m[0]).strip(), html)


@lru_cache(maxsize=1)
def _cleaner() -> Any:
    import nh3

    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
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
