"""Sound and film of a site's own files as elements of a page. Pure."""

from __future__ import annotations

import re
from html import escape, unescape

from sitegen.content.embedded_files import VIDEO, suffix_of

_FIGURE = re.compile(r'<figure class="media">(<a href="([^"]*)">([^<]*)</a>)')


def with_players(html: str) -> str:
    """``html`` of a body with a player for each file; a browser that cannot play it shows the
    link.

    Nothing is loaded before the reader starts it, but for the first image of a film.
    """
    return _FIGURE.sub(_player, html) if '<figure class="media">' in html else html


def _player(match: re.Match[str]) -> str:
    link, address, words = match.groups()
    film = suffix_of(unescape(address)) in VIDEO
    name, loads, more = ("video", "metadata", " playsinline") if film else ("audio", "none", "")
    label = escape(unescape(words))
    return (
        f'<figure class="media"><{name} controls preload="{loads}"{more} src="{address}"'
        f' aria-label="{label}">{link}</{name}>'
    )
