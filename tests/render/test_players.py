"""Players of own files."""

from __future__ import annotations

import pytest

from sitegen.render.players import with_players


@pytest.mark.parametrize(
    ("file", "element"),
    [("a.mp3", "audio"), ("a.OGG", "audio"), ("a.mp4", "video"), ("a.webm", "video")],
)
def test_a_file_has_a_player_that_loads_nothing_by_itself(file: str, element: str) -> None:
    html = with_players(f'<figure class="media"><a href="/{file}">T "q"</a></figure>')
    assert f"<{element} controls" in html and f'src="/{file}"' in html
    assert f'<a href="/{file}">T "q"</a></{element}>' in html
    assert 'aria-label="T &quot;q&quot;"' in html
    assert "autoplay" not in html
