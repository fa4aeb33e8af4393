"""What is known of each feed and mailbox between runs: when it last answered, since when it fails,
when it may be asked again, where it has moved.

It is kept in ``content/_feeds.jsonl``, a line for each source, so that it travels with the site: a
runner of continuous integration has no cache. A line changes at most once a day while its feed
answers. Of two lines of one source, as a merge may leave them, the later one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import SitegenError
from sitegen.base.files import read_bytes
from sitegen.base.secrets import has_secret
from sitegen.base.text import digest
from sitegen.config.schema import Config
from sitegen.content.merged_lines import write_lines
from sitegen.importer.input.fetch import FetchedPage
from sitegen.model.base import Struct

FILE = "_feeds.jsonl"
DAY = 86_400.0
FIRST_PAUSE = 900.0  # seconds after a first failure; each further one doubles it
LONGEST_PAUSE = DAY
LONGEST_ASKED = 7 * DAY  # of a pause that a server asks for
DEAD = 7 * DAY  # after which a feed that fails is an error


class FeedState(Struct, frozen=True):
    """One feed or mailbox. Moments are RFC 3339 in UTC, days are ISO 8601.

    ``feed`` is a digest of its URL in site.yaml: with another URL it is another feed. ``success``
    is the day of the last answer, ``failing`` the moment of the first failure since, ``until``
    the moment before which it is not asked. ``moved`` is where it has moved for good.
    """

    source: str
    feed: str
    at: str = ""  # when this was written
    success: str = ""
    week: float = 0.0  # items a week
    failing: str = ""
    failures: int = 0
    reason: str = ""
    until: str = ""
    moved: str = ""
    gone: bool = False

    def is_due(self, now: float) -> bool:
        """Whether the feed may be asked at ``now``."""
        return not self.gone and (not self.until or seconds(self.until) <= now)

    def is_dead(self, now: float) -> bool:
        """Whether the feed has failed for so long that a person has to look."""
        return bool(self.failing) and now - seconds(self.failing) >= DEAD


def read_states(root: Path, config: Config) -> dict[str, FeedState]:
    """What is known of the feeds and mailboxes of site.yaml, by the keys of their sources; each has
    a state."""
    polled = {key: source.feed or source.mail for key, source in config.sources.items()}
    states = {key: FeedState(key, mark(feed)) for key, feed in polled.items() if feed}
    for state in _written(root, config.content):
        if state.source in states and _follows(state, states[state.source]):
            states[state.source] = state
    return states


def _follows(state: FeedState, known: FeedState) -> bool:
    """Whether a state is of the same feed as the one that is ``known``, and not older."""
    return state.feed == known.feed and state.at >= known.at


def _written(root: Path, content: str) -> Iterable[FeedState]:
    """The lines of the file; those that are none, such as the marks of a merge, mean nothing."""
    shown = f"{content}/{FILE}"
    try:
        text = read_bytes(root / shown, shown).decode("utf-8", "replace")
    except SitegenError:
        if (root / shown).exists():
            raise
        return
    for line in text.splitlines():
        try:
            yield msgspec.json.decode(line, type=FeedState)
        except msgspec.DecodeError:
            continue


def write_states(root: Path, content: str, states: Mapping[str, FeedState]) -> None:
    """Replace the file, if anything in it changes."""
    rows = [msgspec.json.encode(state) for _, state in sorted(states.items()) if state.at]
    text = "".join(f"{row.decode()}\n" for row in rows)
    path = root / content / FILE
    if rows and (not path.is_file() or path.read_bytes() != text.encode()):
        write_lines(root / content, FILE, text)


def after(state: FeedState, page: FetchedPage, week: float, now: float) -> FeedState:
    """``state`` after the feed was asked at ``now`` and answered ``page`` with ``week`` items a
    week (0: as many as before)."""
    if not page.reason:
        moved = page.moved if page.moved and not has_secret(page.moved) else state.moved
        return _answered(state, week or state.week, now, moved)
    failed = _failed(state, page.reason, now)
    pause = min(FIRST_PAUSE * 2 ** min(failed.failures - 1, 20), LONGEST_PAUSE)
    asked = min(page.retry_after, LONGEST_ASKED)
    return msgspec.structs.replace(
        failed,
        until=moment(now + max(pause, asked)),
        gone=page.status == 410,
    )


def after_mail(state: FeedState, reason: str, week: float, now: float) -> FeedState:
    """``state`` after a mailbox was read at ``now``, or could not be for a ``reason``.

    It is the site's own mailbox, so it is read in every run; there are no pauses.
    """
    return _failed(state, reason, now) if reason else _answered(state, week, now)


def _answered(state: FeedState, week: float, now: float, moved: str = "") -> FeedState:
    day = moment(now)[:10]
    new = FeedState(state.source, state.feed, state.at, day, week, moved=moved)
    return new if new == state else msgspec.structs.replace(new, at=moment(now))


def _failed(state: FeedState, reason: str, now: float) -> FeedState:
    return msgspec.structs.replace(
        state,
        at=moment(now),
        failing=state.failing or moment(now),
        failures=state.failures + 1,
        reason=reason,
    )


def items_a_week(stamps: Iterable[float]) -> float:
    """How many items a week a feed brings, by the moments of those that it holds; 0 where that
    cannot be known."""
    known = sorted(stamps)
    if len(known) < 2:
        return 0.0
    days = (known[-1] - known[0]) / DAY
    return round((len(known) - 1) * 7 / max(days, 1.0), 1)


def mark(url: str) -> str:
    """A short digest of a URL, which may hold a key."""
    return digest(url.encode())[:12]


def moment(now: float) -> str:
    """``now`` as RFC 3339 in UTC."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")


def seconds(said: str) -> float:
    """The moment ``said`` in seconds since 1970."""
    return datetime.fromisoformat(said).timestamp()
