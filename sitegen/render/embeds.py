"""Films and recordings of other hosts as cards: a link that becomes the player at a click, and asks
nobody before. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from urllib.parse import urlsplit

from sitegen.config.embeds import player_of

_ALONE = re.compile(r'<p>\s*<a href="(https://[^"]+)">([^<]*)</a>\s*</p>')


def with_cards_to_play(html: str, names: tuple[str, ...], say: Callable[[str], str]) -> str:
    """``html`` of a body in which a link to one of the services ``names``, alone in a paragraph, is
    a card. Without a script it stays a link."""
    return _ALONE.sub(partial(_card, names=names, say=say), html) if names else html


def _card(match: re.Match[str], names: tuple[str, ...], say: Callable[[str], str]) -> str:
    url = unescape(match[1])
    found = player_of(url, names)
    if not found:
        return match[0]
    player, provider = found
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    words = host if unescape(match[2]) == url else unescape(match[2])
    look = "sound" if provider.sound else "film"
    note = say("Your click loads the player from another host:")
    return (
        f'<figure class="embed {look}"><a href="{match[1]}" data-player="{escape(player)}">'
        f'<span class="play" aria-hidden="true">▶</span> <span>{escape(words, quote=False)}</span>'
        f"</a><figcaption>{escape(note, quote=False)} {escape(host)}</figcaption></figure>"
    )
