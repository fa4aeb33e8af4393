"""Progress of work that takes some time: how it is reported, and the line that shows it."""

from __future__ import annotations

from collections.abc import Callable

# what is being done, how many items are done, how many there are in all.
# With 0 in all, the text is a message of its own.
Progress = Callable[[str, int, int], None]

BAR = 20  # columns
MIN_SECONDS = 0.5  # before a rate is worth showing


def silent(what: str, done: int, total: int) -> None:
    """Report nothing: the default for callers without a terminal."""


def progress_line(what: str, done: int, total: int, seconds: float, begun: int, width: int) -> str:
    """One line of at most ``width`` columns: a bar, the count, the rate and the time left.

    ``begun`` items were done ``seconds`` ago. The bar is dropped first where there is little room.
    """
    count = f"{done} of {total}"
    pace = _pace(done - begun, total - done, seconds)
    filled = BAR * done // total
    bar = f"[{'#' * filled}{'.' * (BAR - filled)}]"
    for parts in ((what, bar, count, pace), (what, count, pace), (what, count)):
        line = "  ".join(part for part in parts if part)
        if len(line) <= width:
            return line
    return line[:width]


def _pace(done: int, left: int, seconds: float) -> str:
    if done < 1 or seconds < MIN_SECONDS:
        return ""
    rate = done / seconds
    shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
    return f"{shown}/s, {duration(left / rate)} left"


def duration(seconds: float) -> str:
    """A length of time in words: `8 s`, `3 min`, `1 h 20 min`."""
    if seconds < 59.5:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else f"{minutes} min"
