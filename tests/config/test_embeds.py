"""Which links have a player."""

from __future__ import annotations

import pytest

from sitegen.config.embeds import PROVIDERS, player_of


@pytest.mark.parametrize(
    ("url", "names", "service"),
    [
        ("https://youtu.be/abcdefghijk", ("vimeo", "youtube"), "youtube"),
        ("https://m.youtube.com/shorts/abcdefghijk", ("youtube",), "youtube"),
        ("https://player.vimeo.com/video/12", ("vimeo",), "vimeo"),
        ("https://youtu.be/abcdefghijk", ("vimeo",), ""),
        ("https://youtu.be/abcdefghijk", (), ""),
        ("https://youtu.be/a/b", ("youtube",), ""),
    ],
)
def test_a_link_has_the_player_of_its_service(
    url: str, names: tuple[str, ...], service: str
) -> None:
    found = player_of(url, names)
    assert (found[1] if found else None) == PROVIDERS.get(service)
