"""URLs in the words of a text become links, as in GitHub Flavored Markdown (section 6.9, "Autolinks
(extension)"), also in languages that have no blanks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from sitegen.base.secrets import without_secrets

_SIGN = re.compile(r'(?<!")(?:https?://|www\.|mailto:)', re.IGNORECASE)
_PART = re.compile(r'(<!--.*?-->|<(/?)([a-zA-Z][\w-]*)(?:[^<>"]|"[^"]*")*>)', re.DOTALL)
_KEPT = frozenset("a code pre kbd samp var script style svg math textarea".split())

# Signs that end a URL wherever they are: those of full width, and quotation marks.
_ENDS = "、。，；：！？「」『』（）【】《》〈〉“”„‘’«»…‹›"
_LETTER = rf"(?:[^\s<>\"&{_ENDS}]|&amp;)"
_HOST = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+"
_USER = r"[A-Za-z0-9._+-]+"
_BARE = re.compile(
    rf"(?<![A-Za-z0-9/@._-])(?:(?P<web>https?://){_HOST}{_LETTER}*+"
    rf"|www\.{_HOST}{_LETTER}*+"
    rf"|mailto:{_USER}@{_HOST})",
    re.IGNORECASE,
)
# Han, kana and Hangul directly behind a Latin letter or digit: the sentence goes on.
_GOES_ON = re.compile(r"(?<=[A-Za-z0-9])[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3].*", re.DOTALL)
_TRAILING = "?!.,:;*_~'"
_PAIRS = {")": "(", "]": "["}
_TYPED = str.maketrans({"–": "--", "—": "---"})  # what `smart` makes of dashes


def with_links(html: str) -> str:
    """``html`` in which URLs of the web, and of e-mail with ``mailto:``, are links; not those in
    code, and no other schemes."""
    if not _SIGN.search(html):
        return html
    return "".join(_parts(html))


def _parts(html: str) -> Iterator[str]:
    within, last = 0, 0  # how many of the elements in `_KEPT` are open
    for match in _PART.finditer(html):
        text = html[last : match.start()]
        yield text if within else _BARE.sub(_link, text)
        yield match[0]
        last = match.end()
        if (match[3] or "").lower() in _KEPT:
            within = max(0, within - 1) if match[2] else within + 1
    yield html[last:] if within else _BARE.sub(_link, html[last:])


def _link(match: re.Match[str]) -> str:
    url = _without_end(_GOES_ON.sub("", match[0]))
    if not _BARE.fullmatch(url):
        return match[0]
    address = unescape(url).translate(_TYPED)
    shown = escape(without_secrets(address), quote=False)
    href = f"http://{address}" if address.lower().startswith("www.") else address
    return f'<a href="{escape(href)}">{shown}</a>{match[0][len(url) :]}'


def _without_end(url: str) -> str:
    """``url`` without the punctuation of the sentence that it ends: also a bracket that is opened
    before it."""
    spare = {end: url.count(end) - url.count(start) for end, start in _PAIRS.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        if url.endswith("&amp;", 0, end):
            end -= len("&amp;")
        elif last in _TRAILING:
            end -= 1
        elif spare.get(last, 0) > 0:
            spare[last] -= 1
            end -= 1
        else:
            break
    return url[:end]
