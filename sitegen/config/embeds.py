"""Services whose films and recordings a page may play once a reader asks for it."""

from __future__ import annotations

import re
from typing import NamedTuple


class Provider(NamedTuple):
    """A service: the pattern of its links, and the URL of its player with what the pattern
    finds. ``sound`` players are low."""

    pattern: str
    player: str
    sound: bool = False

    @property
    def origin(self) -> str:
        """What the player is loaded from, as a Content-Security-Policy names it."""
        return "/".join(self.player.split("/")[:3])


PROVIDERS = {
    "archive": Provider(
        r"https://archive\.org/(?:details|embed)/([\w.-]+)/?", "https://archive.org/embed/{}"
    ),
    "dailymotion": Provider(
        r"https://(?:www\.)?(?:dailymotion\.com/video|dai\.ly)/(\w+)",
        "https://geo.dailymotion.com/player.html?video={}",
    ),
    "soundcloud": Provider(
        r"https://soundcloud\.com/([\w-]+/[\w-]+)/?",
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{}&auto_play=true",
        sound=True,
    ),
    "spotify": Provider(
        r"https://open\.spotify\.com/((?:episode|show|track|album|playlist)/\w+)",
        "https://open.spotify.com/embed/{}",
        sound=True,
    ),
    "vimeo": Provider(
        r"https://(?:www\.)?(?:player\.)?vimeo\.com/(?:video/)?(\d+)",
        "https://player.vimeo.com/video/{}?dnt=1&autoplay=1",
    ),
    "youtube": Provider(
        r"https://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?v=|shorts/|live/|embed/)"
        r"|youtu\.be/)([\w-]{6,20})",
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1",
    ),
}
_END = r"(?:[?&#].*)?"


def player_of(url: str, names: tuple[str, ...]) -> tuple[str, Provider] | None:
    """The URL of the player of ``url`` and its service, if that is one of ``names``."""
    for name in names:
        provider = PROVIDERS[name]
        if found := re.fullmatch(provider.pattern + _END, url):
            return provider.player.format(found[1]), provider
    return None
