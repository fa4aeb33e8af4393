"""Markdown to sanitised HTML: two engines behind one function."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from html import escape, unescape
from typing import Any, NamedTuple

from sitegen.base.markup import CODE, Attributes, edit_tags, edit_words, start_tag
from sitegen.base.secrets import (
    has_secret,
    hidden,
    text_without_secrets,
    values_without_secrets,
    without_secrets,
)
from sitegen.base.tags import few_attributes
from sitegen.base.urls import is_elsewhere
from sitegen.config.schema import MarkdownConfig
from sitegen.content.alerts import with_alerts
from sitegen.content.bare_urls import may_hold_urls, with_links
from sitegen.content.cjk import MARK, joined_lines, with_marks, without_marks
from sitegen.content.embedded_files import odd_charts, with_files
from sitegen.content.figures import with_figures
from sitegen.content.footnotes import Notes, collected, is_meant
from sitegen.content.formulas import unreadable_formulas, with_formulas
from sitegen.content.headings import OWN_ID, with_ids
from sitegen.content.markdown_cost import too_costly
from sitegen.content.removals import Kind, Removal, removed, words_in_lines, words_kept
from sitegen.content.shortcodes import with_calls
from sitegen.content.swallowed import swallowed
from sitegen.content.wiki_links import embedded_names, with_wiki_links

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small"
    " span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "code": {"class"},
    "pre": {"class"},
    "span": {"class"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "ol": {"start"},
    "blockquote": {"cite"},
    "time": {"datetime"},
}
_ALIGNED = {"align-left", "align-right", "align-center"}
CLASSES = {  # others are dropped: they could hide text or dress it up as a part of the page
    "div": {"footnote", "footnotes", "footnote-definition"},
    "sup": {"footnote-reference", "footnote-definition-label"},
    "a": {"footnote-ref", "footnote-backref"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}
_BOX = re.compile(r'<input disabled="" type="checkbox"( checked="")?\s*/>\n?')
_ANCHORED = (' id="', ' href="#', "<img ")
_OPENING = re.compile(r"<h([1-6])\b", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([1-6])\b", re.IGNORECASE)
_ALIGN = re.compile(r'style="text-align: ?(left|right|center);?"')
_NOTES = {"footnotes": {"USE_DEFINITION_ORDER": False}}  # but in the order of reference
_NOT_ROOTED = re.compile(r' src="(?!/[^/])')
_VALUE = re.compile(r'="([^"]*)"')
MAX_DEPTH = 400  # of elements in each other
_ELEMENT = re.compile(
    r"<(/?)(?!(?:p|li|t[dhr]|d[dt]|br|hr|img|wbr|col|input)\b)[a-z][a-z0-9]*\b", re.IGNORECASE
)
_TABLE = re.compile(r"<table\b")


class Html(NamedTuple):
    """The HTML of a text, and what of the text is not in it or was changed."""

    html: str
    removals: tuple[Removal, ...] = ()

    @property
    def unsafe(self) -> tuple[str, ...]:
        """The scripts, handlers and addresses of scripts that were taken out."""
        return tuple(r.what for r in self.removals if r.kind == "unsafe")


def to_html(text: str, config: MarkdownConfig, base_url: str = "", may_call: bool = False) -> Html:
    """``text`` as HTML, with a report of all that was taken out of it.

    The HTML is sanitised by an allow-list unless ``config.trust`` is set. Headings start at h2, as
    the page's title is its h1; tables are in a box that scrolls; footnotes come behind the text.
    Images of hosts other than that of ``base_url`` become links, so that a reader's browser asks
    nobody else. Only an article that ``may_call`` macros of the theme has calls of them.
    """
    rendered, removals = _rendered(text, config)
    if _is_deep(rendered):  # a sanitiser takes time that grows with the square of the depth
        rendered = f"<p>{escape(text)}</p>"
        removals += [Removal("deep", f"{MAX_DEPTH}")]
    html, crowded = few_attributes(rendered)
    if "checkbox" in html:
        html = _BOX.sub(lambda m: "☑ " if m[1] else "☐ ", html)
    if "<h" in html:
        html = _outlined(html)
    if "text-align" in html:
        html = _ALIGN.sub(r'class="align-\1"', html)
    removals += [Removal("attributes", crowded)] if crowded else []
    if not config.trust:
        html, gone = _sanitised(text, html)
        html, secret = _secrets_removed(_linked(text, html))
        html, changes = _ours(html, base_url)
        removals += gone + changes + secret
    else:
        html = _linked(text, html)
    notes = collected(html)
    removals += _of_notes(notes, text)
    removals += swallowed(text, html) if config.engine == "commonmark" else []
    html, more = _enriched(text, joined_lines(notes.html), config, may_call)
    removals += more
    html, repeated = _finished(html)
    html, written = with_ids(html)
    removals += [Removal("repeated-id", name) for name in (*repeated, *written)]
    return Html(html, tuple(removals))


def _of_notes(notes: Notes, text: str) -> Iterator[Removal]:
    """What of the footnotes of a Markdown ``text`` is not shown, or not as it is meant."""
    yield from (Removal("unused-note", name) for name in notes.unused)
    yield from (Removal("repeated-note", name) for name in notes.repeated)
    undefined = (name for name in notes.undefined if is_meant(text, name))
    yield from (Removal("undefined-note", name) for name in undefined)


def _is_deep(html: str) -> bool:
    """Whether elements of ``html`` are nested deeper than `MAX_DEPTH`; those that need no end tag
    do not count."""
    if html.count("<") <= MAX_DEPTH:
        return False
    depth = 0
    for match in _ELEMENT.finditer(html):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > MAX_DEPTH:
            return True
    return False


def _rendered(text: str, config: MarkdownConfig) -> tuple[str, list[Removal]]:
    """``text`` as the engine of ``config`` renders it, or as commonmark does, with the reason why
    that engine does not."""
    if config.engine != "commonmark":
        html, refusal = _python_markdown(text, config)
        return (_commonmark(text, config), [refusal]) if refusal else (html, [])
    return _commonmark(text, config), []


def _commonmark(text: str, config: MarkdownConfig) -> str:
    marked = with_marks(text)
    if "<" in text and not config.trust:
        marked = words_in_lines(marked, MARK)
    return without_marks(_pyromark(config.smart, config.math)(marked))


def _python_markdown(text: str, config: MarkdownConfig) -> tuple[str, Removal | None]:
    """``text`` as python-markdown renders it, or why it does not."""
    sign = too_costly(text)
    if sign is not None:
        return "", Removal("costly", f", mostly for `{sign}`" if sign else "")
    import markdown

    smart = ["smarty"] if config.smart else []
    names = ["tables", "footnotes", "fenced_code", "sane_lists", *smart, *config.extensions]
    engine = markdown.Markdown(extensions=names, extension_configs=_NOTES, output_format="html")
    try:
        return engine.convert(text), None
    except Exception:  # noqa: BLE001 -- extensions may raise anything, and the engine itself does
        return "", Removal("unreadable", "")


def _sanitised(text: str, html: str) -> tuple[str, list[Removal]]:
    """The ``html`` of ``text`` with what is allowed only, and what was taken out."""
    words: list[Removal] = []
    if "<" in text:
        html, words = words_kept(html)
    cleaned = _cleaner().clean(html)
    kept = all(
        html.count(name) == cleaned.count(name) for name in ("href=", "src=") if name in html
    )
    gone = [] if kept and "<" not in text else removed(html, cleaned, TAGS)
    return cleaned.replace(' class=""', ""), words + gone


def _linked(text: str, html: str) -> str:
    """The ``html`` of ``text`` with links of names in brackets and of bare URLs."""
    if _holds(text, "[", "[["):
        html = with_wiki_links(html)
    return with_links(html) if may_hold_urls(text) else html


def _enriched(
    text: str, html: str, config: MarkdownConfig, may_call: bool
) -> tuple[str, list[Removal]]:
    """The ``html`` of ``text`` with formulas, calls, figures and alerts, and what of them cannot be
    shown.

    They are looked for in the Markdown, where their signs are rare: most articles have none, and
    pay nothing.
    """
    formulas: list[str] = []
    calls: list[str] = []
    charts: list[str] = []
    if config.math:
        html = with_formulas(html)
        formulas = unreadable_formulas(html)
    if _holds(text, "{", "{{<"):
        html, calls = with_calls(html, may_call or config.trust)
    if _holds(text, "[", "![") or "<" in text:
        html = with_figures(with_files(html))
        charts = odd_charts(html)
    if _holds(text, "[", "[!"):
        html = with_alerts(html)
    embeds = embedded_names(html, text) if _holds(text, "[", "![[") else []
    lost: dict[Kind, Iterable[str]]
    lost = {"formula": formulas, "shortcode": calls, "chart": charts, "embed": embeds}
    return html, [Removal(kind, name) for kind, names in lost.items() for name in names]


def _holds(text: str, letter: str, sign: str) -> bool:
    """Whether ``sign`` is in ``text``; one ``letter`` of it is looked for first, which is quick."""
    return letter in text and sign in text


def _secrets_removed(html: str) -> tuple[str, list[Removal]]:
    """``html`` whose words hold no URL with a key or password, and those that did; code stays as
    its author quotes it."""
    found: list[Removal] = []

    def published(words: str) -> str:
        text = unescape(words)
        clean = text_without_secrets(text)
        if clean == text:
            return words
        found.append(Removal("secret", hidden(" ".join(text.split()))[:80]))
        return escape(clean, quote=False)

    if html.count("//") == html.count('="http'):
        return html, found
    return edit_words(html, published, CODE), found


def _link_to_image(attributes: Attributes, within: bool) -> str:
    """A link to the image of another host, called by its words or its file; only the words
    ``within`` a link."""
    src = attributes.get("src", "")
    words = escape(attributes.get("alt", "") or src.rpartition("/")[2] or src, quote=False)
    if within:
        return words
    return f"{start_tag('a', {'href': without_secrets(src)})}{words}</a>"


def _ours(html: str, base_url: str) -> tuple[str, list[Removal]]:
    """Sanitised ``html`` that asks no other host and holds no secret, and what was changed for
    that."""
    changes: list[Removal] = []
    if not _may_ask_or_tell(html):
        return html, changes
    within = False  # a link, which cannot hold another one

    def edited(name: str, attributes: Attributes) -> str | None:
        nonlocal within
        if name in ("a", "/a"):
            within = name == "a"
        if name == "a":
            return _link(attributes, changes)
        src = attributes.get("src", "")
        if name == "img" and is_elsewhere(src, base_url):
            changes.append(Removal("remote", src))
            return _link_to_image(attributes, within)
        fresh = values_without_secrets(attributes)
        return start_tag(name, fresh) if fresh != attributes else None

    return edit_tags(html, edited), changes


def _may_ask_or_tell(html: str) -> bool:
    """Whether ``html``, as the sanitiser writes it, may hold names of links, images of other hosts,
    or keys in URLs: most has none, and its tags need not be read one by one."""
    return (
        ' name="' in html
        or _NOT_ROOTED.search(html) is not None
        or any("=" in value or "@" in value for value in _VALUE.findall(html))
    )


def _link(attributes: Attributes, changes: list[Removal]) -> str | None:
    """A link with an id for its name, and without the secrets of its URL; None where it needs
    neither."""
    fresh: Attributes = values_without_secrets(attributes)
    href, name = attributes.get("href", ""), fresh.pop("name", "")
    if name:
        fresh.setdefault("id", name)
    if has_secret(href):
        changes.append(Removal("secret", hidden(href)))
        fresh["href"] = without_secrets(href)
    return start_tag("a", fresh) if fresh != attributes else None


def _finished(html: str) -> tuple[str, list[str]]:
    """``html`` with ids of its own, tables in boxes, and images that load late; and the ids that
    more than one element has."""
    ids: Counter[str] = Counter()
    if any(sign in html for sign in _ANCHORED):
        html = edit_tags(html, partial(_own, ids=ids))
    if "<table" in html:
        count = itertools.count(1)
        box = '<div class="table-scroll" tabindex="0" role="region" aria-label="Table {}"><table'
        html = _TABLE.sub(lambda m: box.format(next(count)), html)
        html = html.replace("</table>", "</table></div>")
    return html, [name for name, times in ids.items() if times > 1]


def _own(name: str, attributes: Attributes, ids: Counter[str]) -> str | None:
    """A tag whose id, or link to one, is kept apart from those of the page; of an image one that
    loads late. Only the first element of an id has it."""
    fresh = (
        {"loading": "lazy", "decoding": "async", **attributes}
        if name == "img"
        else dict(attributes)
    )
    if anchor := fresh.pop("id", ""):
        ids[anchor] += 1
        if ids[anchor] == 1:
            fresh = {"id": f"{OWN_ID}{anchor}", **fresh}
    if fresh.get("href", "").startswith("#") and fresh["href"] != "#":
        fresh["href"] = f"#{OWN_ID}{fresh['href'][1:]}"
    return start_tag(name, fresh) if fresh != attributes else None


def _outlined(html: str) -> str:
    """``html`` with headings that start at h2, as the page's title is its h1, and leave out no
    level on the way down."""
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


@lru_cache(maxsize=4)
def _pyromark(smart: bool, math: bool) -> Any:
    import pyromark

    options = (
        pyromark.Options.ENABLE_TABLES
        | pyromark.Options.ENABLE_FOOTNOTES
        | pyromark.Options.ENABLE_STRIKETHROUGH
        | pyromark.Options.ENABLE_TASKLISTS
    )
    if smart:
        options |= pyromark.Options.ENABLE_SMART_PUNCTUATION
    if math:
        options |= pyromark.Options.ENABLE_MATH
    return pyromark.Markdown(options=options).html
