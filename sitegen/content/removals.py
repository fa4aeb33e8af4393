"""What of an article's HTML does not reach its page: names what a sanitiser takes out, and keeps
words that look like tags."""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal[
    "unsafe",
    "attributes",
    "costly",
    "deep",
    "unreadable",
    "tag",
    "whole",
    "address",
    "words",
    "remote",
    "secret",
    "unused-note",
    "repeated-note",
    "undefined-note",
    "repeated-id",
    "chart",
    "formula",
    "shortcode",
    "embed",
    "cells",
    "definition",
    "blanks",
]

MOST = 50  # different removals that are named of one text

# Elements of HTML, also old ones. Any other name in angle brackets is a word of the text.
ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big"
    " blink blockquote body br button canvas caption center cite code col colgroup command content"
    " data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure"
    " font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image"
    " img input ins isindex kbd keygen label layer legend li link listing main map mark marquee"
    " math menu menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option"
    " output p param picture plaintext portal pre progress q rb rp rt rtc ruby s samp script search"
    " section select shadow slot small source spacer span strike strong style sub summary sup svg"
    " table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr"
    " xmp".split()
)
DANGEROUS = frozenset(
    "script iframe object embed style form input button link meta base svg math video audio frame"
    " textarea applet".split()
)
_BARE = frozenset(  # attributes that are written without a value
    "allowfullscreen async autofocus autoplay checked compact controls default defer disabled"
    " formnovalidate hidden inert ismap itemscope loop multiple muted nomodule noshade novalidate"
    " nowrap open playsinline readonly required reversed selected".split()
)
_FOREIGN = ("svg", "math")  # names in them are not HTML's
_DECLARATION = re.compile(r"<(?:!\[CDATA\[|\?|![A-Za-z])")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,60})((?:[\s/][^<>]{0,2000})?)>")
_DRAWING = re.compile(r"<(svg|math)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LINE = re.compile(r"^( {0,3})</?([A-Za-z][A-Za-z0-9-]{0,60})[^<>\n]{0,400}>[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"<([A-Za-z][A-Za-z0-9-]{0,60})(?=[\s/>])([^<>]{0,2000})")
_HANDLER = re.compile(r"""[\s"'/](on[a-z]{2,20}|style|srcdoc)\s{0,9}=""", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""[\s"'/](?:href|src)\s{0,9}=\s{0,9}(?:"([^"]{1,400})|'([^']{1,400})|([^\s"'=`]{1,400}))""",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_GAP = re.compile(r"[\x00-\x20]+")


class Removal(NamedTuple):
    """What has been taken out of a text, or changed in it, and how often."""

    kind: Kind
    what: str
    times: int = 1


def words_kept(html: str) -> tuple[str, list[Removal]]:
    """``html`` in which words between angle brackets, such as ``<redacted>`` or ``List<String>``,
    are words, and those."""
    closed = {m[2].lower() for m in _TAG.finditer(html) if m[1]} if "</" in html else set()
    found: Counter[str] = Counter()
    drawing = 0  # how deep within <svg> or <math>, whose names are not HTML's

    def shown(match: re.Match[str]) -> str:
        nonlocal drawing
        name = match[2].lower()
        if name in _FOREIGN:
            drawing += -1 if match[1] else 1
        if drawing > 0 or not _is_words(name, match[3], closed):
            return match[0]
        found[match[0]] += 1
        return entities.escape(match[0], quote=False).replace("&amp;", "&")

    out = _TAG.sub(shown, html)
    return out, [Removal("words", what, times) for what, times in found.items()]


def words_in_lines(text: str, mark: str) -> str:
    """Markdown with ``mark`` before words in angle brackets that fill a line: CommonMark would take
    them for a block of HTML."""
    return _LINE.sub(
        lambda m: m[0] if m[2].lower() in ELEMENTS else f"{m[1]}{mark}{m[0][len(m[1]) :]}", text
    )


def _is_words(name: str, attributes: str, closed: set[str]) -> bool:
    """Whether what looks like a tag is a part of the text: no element has its name, or words are in
    it."""
    if name not in ELEMENTS:
        return not ("-" in name and name in closed)  # a custom element, of a page that was copied
    words = attributes.replace("/", " ").lower().split()
    return bool(words) and "=" not in attributes and _BARE.isdisjoint(words)


def removed(html: str, cleaned: str, allowed: frozenset[str]) -> list[Removal]:
    """What of ``html`` is not in ``cleaned``, which has the elements ``allowed`` only: tags,
    handlers, addresses."""
    html = _without_comments(html)
    found: Counter[tuple[Kind, str]] = Counter(_tags(html, allowed))
    lost = Counter(_addresses(html, allowed)) - Counter(_addresses(cleaned, allowed))
    for address, times in lost.items():
        script = _SCRIPT.match(_GAP.sub("", address))
        found["unsafe" if script else "address", script[0].lower() if script else address] += times
    return [Removal(kind, what, times) for (kind, what), times in found.items()][:MOST]


def _tags(html: str, allowed: frozenset[str]) -> Iterator[tuple[Kind, str]]:
    for match in _DECLARATION.finditer(html):
        yield "whole", match[0]
    html = _DRAWING.sub(r"<\1>", html)
    for match in _OPENING.finditer(html):
        name = match[1].lower()
        if name in DANGEROUS:
            yield "unsafe", f"<{name}"
        elif name == "template":
            yield "whole", f"<{name}>"
        elif name not in allowed:
            yield "tag", f"<{name}>"
        for handler in _HANDLER.findall(match[2]):
            yield "unsafe", f"<{name} {handler.lower()}="


def _addresses(html: str, allowed: frozenset[str]) -> Iterator[str]:
    for match in _OPENING.finditer(html):
        if match[1].lower() in allowed:
            for values in _ADDRESS.findall(match[2]):
                yield entities.unescape("".join(values))


def _without_comments(html: str) -> str:
    parts, last = [], 0
    while (start := html.find("<!--", last)) >= 0 and (end := html.find("-->", start)) >= 0:
        parts.append(html[last:start])
        last = end + 3
    return "".join([*parts, html[last:]])
