"""The line that shows the progress of work."""

from __future__ import annotations

import pytest

from sitegen.base.progress import duration, progress_line, silent


@pytest.mark.parametrize(
    ("done", "total", "seconds", "begun", "width", "line"),
    [
        (50, 100, 5, 0, 80, "importing  [##########..........]  50 of 100  10/s, 5 s left"),
        (50, 100, 25, 0, 80, "importing  [##########..........]  50 of 100  2.0/s, 25 s left"),
        (75, 100, 5, 25, 80, "importing  [###############.....]  75 of 100  10/s, 2 s left"),
        (1, 100, 0, 1, 80, "importing  [....................]  1 of 100"),
        (50, 100, 0.2, 0, 80, "importing  [##########..........]  50 of 100"),
        (50, 100, 5, 0, 50, "importing  50 of 100  10/s, 5 s left"),
        (50, 100, 5, 0, 25, "importing  50 of 100"),
        (50, 100, 5, 0, 8, "importin"),
    ],
)
def test_progress_line(
    done: int, total: int, seconds: float, begun: int, width: int, line: str
) -> None:
    assert progress_line("importing", done, total, seconds, begun, width) == line


@pytest.mark.parametrize("width", range(1, 90))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert len(progress_line("rendering pages", 777, 100_000, 3, 0, width)) <= width


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 s"),
        (59, "59 s"),
        (59.7, "1 min"),
        (150, "2 min"),
        (3600, "1 h 0 min"),
        (4800, "1 h 20 min"),
    ],
)
def test_duration(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_silent_reports_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    silent("importing", 1, 2)
    assert capsys.readouterr() == ("", "")
