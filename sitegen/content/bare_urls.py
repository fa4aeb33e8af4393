"""URLs in the words of a text become links, as in GitHub Flavored Markdown (section 6.9, "Autolinks
(extension)"), also in languages that have no blanks. Pure."""

from __future__ import annotations

import re
from functools import partial
from html import escape, unescape

from sitegen.base.markup import edit_words
from sitegen.base.secrets import without_secrets

# Signs that end a URL wherever they are: those of full width, and quotation marks.
_ENDS = "、。，；：！？「」『』（）【】《》〈〉“”„‘’«»…‹›"
_LETTER = rf"(?:[^\s<>\"&{_ENDS}]|&amp;)"
_HOST = r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+"
_ACCOUNT = r"(?:[^\s<>\"&/?#@]+@)?"  # is left out, and reported
_USER = r"[A-Za-z0-9._+-]+"
_BARE = re.compile(
    rf"(?<![A-Za-z0-9/@._-])(?:(?P<web>https?://){_ACCOUNT}{_HOST}{_LETTER}*+"
    rf"|www\.{_HOST}{_LETTER}*+"
    rf"|mailto:{_USER}@{_HOST})",
    re.IGNORECASE,
)
# Han, kana and Hangul directly behind a Latin letter or digit: the sentence goes on.
_GOES_ON = re.compile(r"(?<=[A-Za-z0-9])[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3].*", re.DOTALL)
_TRAILING = "?!.,:;*_~'"
_PAIRS = {")": "(", "]": "["}
# Beginnings of URLs, each behind one sign that most texts do not have.
_BEGINNINGS = (("/", "://"), (":", "mailto:"), ("w", "www."), ("W", "WWW."))
_TYPED = str.maketrans({"–": "--", "—": "---"})  # what `smart` makes of dashes


def may_hold_urls(text: str) -> bool:
    """Whether there may be a URL in the Markdown ``text``: one sign at a time, as most articles
    have none."""
    return any(sign in text and beginning in text for sign, beginning in _BEGINNINGS)


def with_links(html: str) -> str:
    """``html`` in which URLs of the web, and of e-mail with ``mailto:``, are links; not those in
    code, and no other schemes."""
    return edit_words(html, partial(_BARE.sub, _link)) if _has_loose_urls(html) else html


def _has_loose_urls(html: str) -> bool:
    """Whether ``html`` may hold a URL that is not the value of an attribute: patterns that look
    for one cost more than all else."""
    attributes = html.count('="http://') + html.count('="https://')
    return (
        html.count("://") > attributes
        or _has_loose_hosts(html)
        or html.count("mailto:") > html.count('="mailto:')
    )


def _has_loose_hosts(html: str) -> bool:
    """Whether `www.` is elsewhere than in the URL of a link."""
    folded = html.encode("utf-8", "surrogatepass").lower()  # of ASCII only, and quickly
    links = folded.count(b'<a href="http://www.') + folded.count(b'<a href="https://www.')
    return folded.count(b"www.") > links


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
