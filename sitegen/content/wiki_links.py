"""Links by the name of an article: ``[[quay-nine]]`` and ``[[quay-nine|the quay]]``. Pure."""

from __future__ import annotations

import re
from html import escape, unescape

from sitegen.base.markup import edit_words

WIKI = "[["  # what the URL of such a link starts with
_LINK = re.compile(
    r"(?<![!\[])\[\[(?!\^|_?TOC_?\]\])([^\[\]|<>\n]{1,200})(?:\|([^\[\]<>\n]{1,200}))?\]\](?!\])",
    re.IGNORECASE,
)
_EMBED = re.compile(r"!\[\[([^\[\]|#<>\n]{1,200})(?:[|#][^\[\]<>\n]{0,200})?\]\]")


def with_wiki_links(html: str) -> str:
    """``html`` in which such names are links to themselves in brackets, as where an article is can
    only be known once all are read."""
    return edit_words(html, lambda words: _LINK.sub(_link, words)) if "[[" in html else html


def embedded_names(html: str, text: str) -> tuple[str, ...]:
    """What ``![[name]]`` of Obsidian names in the words of ``html``, each once, unless the Markdown
    ``text`` escapes it."""
    found: dict[str, None] = {}

    def noted(words: str) -> str:
        found.update(dict.fromkeys(unescape(name).strip() for name in _EMBED.findall(words)))
        return words

    edit_words(html, noted)
    return tuple(name for name in found if f"\\![[{name}" not in text)


def _link(match: re.Match[str]) -> str:
    name, label = match[1].strip(), (match[2] or match[1]).strip()
    if not name or not label:
        return match[0]
    return f'<a href="{escape(f"[[{unescape(name)}]]")}">{label}</a>'
