"""What is known of feeds between runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.content.merged_lines import ATTRIBUTES
from sitegen.importer.input.feed_state import (
    DAY,
    DEAD,
    FILE,
    FIRST_PAUSE,
    LONGEST_ASKED,
    LONGEST_PAUSE,
    FeedState,
    after,
    items_a_week,
    mark,
    read_states,
    seconds,
    write_states,
)
from sitegen.importer.input.fetch import FetchedPage
from tests.conftest import SITE

NOW = seconds("2026-11-24T12:00:00+00:00")
URL = "https://post.example/f?key=abc"
CONFIG = load_config(f"{SITE}sources:\n  post: {{feed: '{URL}'}}\n  quay: {{name: Q}}\n")
NEW = FeedState("post", mark(URL))
GOOD = FetchedPage(URL, b"x", status=200)


def failing(state: FeedState, times: int, **answer: object) -> FeedState:
    for number in range(times):
        page = FetchedPage(URL, reason="answers 503", status=503, **answer)  # type: ignore[arg-type]
        state = after(state, page, 0.0, NOW + number * DAY)
    return state


def test_a_feed_that_answers_changes_its_line_once_a_day() -> None:
    first = after(NEW, GOOD, 3.5, NOW)
    assert (first.success, first.week, first.until) == ("2026-11-24", 3.5, "")
    assert after(first, GOOD, 3.5, NOW + 3_600) == first
    assert after(first, GOOD, 0.0, NOW + 3_600) == first  # nothing new: as many as before
    assert after(first, GOOD, 3.5, NOW + DAY).success == "2026-11-25"


@pytest.mark.parametrize(
    ("times", "pause"),
    [(1, FIRST_PAUSE), (2, 2 * FIRST_PAUSE), (3, 4 * FIRST_PAUSE), (30, LONGEST_PAUSE)],
)
def test_pauses_grow(times: int, pause: float) -> None:
    state = failing(NEW, times)
    last = NOW + (times - 1) * DAY
    assert seconds(state.until) - last == pause
    assert not state.is_due(last + pause - 1)
    assert state.is_due(last + pause)
    assert state.failing == "2026-11-24T12:00:00+00:00"


def test_a_server_may_ask_for_a_longer_pause_but_not_for_ever() -> None:
    assert seconds(failing(NEW, 1, retry_after=7_200.0).until) == NOW + 7_200
    assert seconds(failing(NEW, 1, retry_after=1.0).until) == NOW + FIRST_PAUSE
    assert seconds(failing(NEW, 1, retry_after=9e8).until) == NOW + LONGEST_ASKED


def test_a_week_of_failures_is_an_error_and_one_answer_ends_them() -> None:
    state = failing(NEW, 3)
    assert not state.is_dead(NOW + DEAD - 1)
    assert state.is_dead(NOW + DEAD)
    healed = after(state, GOOD, 1.0, NOW + 3 * DAY)
    assert (healed.failing, healed.failures, healed.until, healed.reason) == ("", 0, "", "")


def test_a_feed_that_is_gone_is_not_asked_again() -> None:
    gone = after(NEW, FetchedPage(URL, reason="answers 410", status=410), 0.0, NOW)
    assert not gone.is_due(NOW + 900 * DAY)


def test_a_move_is_remembered_but_no_key() -> None:
    moved = after(NEW, FetchedPage(URL, b"x", moved="https://new.example/f"), 0.0, NOW)
    assert moved.moved == "https://new.example/f"
    assert after(moved, GOOD, 0.0, NOW + DAY).moved == "https://new.example/f"
    secret = "https://new.example/f?token=b5c1f00dfeed5eedb5c1f00dfeed5eed"
    assert after(NEW, FetchedPage(URL, b"x", moved=secret), 0.0, NOW).moved == ""


def test_states_travel_with_the_site_without_the_url(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert read_states(tmp_path, CONFIG) == {"post": NEW}
    state = failing(NEW, 2)
    write_states(tmp_path, "content", {"post": state})
    written = (tmp_path / "content" / FILE).read_text()
    assert "post.example" not in written
    assert read_states(tmp_path, CONFIG) == {"post": state}
    assert f"{FILE} merge=union" in (tmp_path / "content" / ATTRIBUTES).read_text()
    other = load_config(f"{SITE}sources: {{post: {{feed: 'https://other.example/'}}}}\n")
    assert read_states(tmp_path, other)["post"].failures == 0


def test_of_two_versions_the_later_one_counts(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    texts = []
    for state in (failing(NEW, 3), failing(NEW, 2)):
        write_states(tmp_path, "content", {"post": state})
        texts.append((tmp_path / "content" / FILE).read_text())
    merged = f"<<<<<<< ours\n{texts[0]}=======\n{texts[1]}>>>>>>> theirs\n"
    (tmp_path / "content" / FILE).write_text(merged)
    assert read_states(tmp_path, CONFIG)["post"].failures == 3


@pytest.mark.parametrize(
    ("days", "week"),
    [([], 0.0), ([1], 0.0), ([0, 7], 1.0), ([0, 0, 0, 0], 21.0), ([0, 1, 2, 3, 4, 5, 6, 7], 7.0)],
)
def test_items_a_week(days: list[int], week: float) -> None:
    assert items_a_week(NOW + day * DAY for day in days) == week
