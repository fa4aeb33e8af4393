"""Links to films of other hosts are cards that ask nobody before a click."""

from __future__ import annotations

import re

import pytest

from sitegen.config.content_policy import content_policy
from sitegen.config.embeds import PROVIDERS
from sitegen.content.markdown import to_html
from sitegen.render.embeds import with_cards_to_play
from tests.samples import config

ALL = tuple(PROVIDERS)


def shown(text: str, names: tuple[str, ...] = ALL) -> str:
    settings = config()
    return with_cards_to_play(to_html(text, settings.markdown).html, names, str)


@pytest.mark.parametrize(
    ("url", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk",
            "www.youtube-nocookie.com/embed/abcdefghijk",
        ),
        ("https://youtu.be/abcdefghijk?t=3", "www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://vimeo.com/1234567", "player.vimeo.com/video/1234567"),
        ("https://soundcloud.com/salm/harbour", "w.soundcloud.com/player/"),
        ("https://open.spotify.com/episode/abc123", "open.spotify.com/embed/episode/abc123"),
        ("https://archive.org/details/salm-1911", "archive.org/embed/salm-1911"),
        ("https://www.dailymotion.com/video/x8abc", "geo.dailymotion.com/player.html?video=x8abc"),
    ],
)
@pytest.mark.parametrize("text", ["{}", "[The film]({})"])
def test_a_link_alone_is_a_card_that_loads_nothing(url: str, player: str, text: str) -> None:
    html = shown(f"A.\n\n{text.format(url)}\n\nB.")
    assert f'data-player="https://{player}' in html
    assert f'<a href="{url}"' in html  # without a script
    assert not re.search(r"<(?:iframe|img|script|link|video)|\ssrc=", html)


@pytest.mark.parametrize(
    "text",
    [
        "See https://youtu.be/abcdefghijk now.",
        "https://a.example/watch?v=abcdefghijk",
        "https://youtube.com.a.example/watch?v=abcdefghijk",
        "http://youtu.be/abcdefghijk",
        'https://youtu.be/"><script>',
        "https://vimeo.com/about",
    ],
)
def test_other_links_stay_links(text: str) -> None:
    assert "data-player" not in shown(text)


def test_only_services_that_the_site_names_have_cards_and_are_allowed() -> None:
    film = "https://youtu.be/abcdefghijk"
    assert "data-player" not in shown(film, ())
    assert "data-player" not in shown(film, ("vimeo",))
    assert "frame-src" not in content_policy(config())
    policy = content_policy(config(embeds=("youtube",)))
    assert "frame-src 'self' https://www.youtube-nocookie.com" in policy


@pytest.mark.parametrize("name", PROVIDERS)
def test_each_player_is_of_the_origin_that_the_policy_names(name: str) -> None:
    assert PROVIDERS[name].player.startswith(f"{PROVIDERS[name].origin}/")
    assert PROVIDERS[name].origin.startswith("https://")
