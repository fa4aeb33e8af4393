"""One holder of a lock at a time."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from sitegen.base.locks import held


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    said: list[str] = []

    def second() -> None:
        with held(tmp_path / "new/lock"):
            said.append("second")

    with held(tmp_path / "new/lock"):
        other = threading.Thread(target=second)
        other.start()
        time.sleep(0.1)
        said.append("first")
    other.join(5)
    assert said == ["first", "second"]


def test_who_does_not_wait_is_refused(tmp_path: Path) -> None:
    busy = ValueError("busy")
    with (
        held(tmp_path / "lock", busy),
        pytest.raises(ValueError, match="busy"),
        held(tmp_path / "lock", busy),
    ):
        pass
    with held(tmp_path / "lock", busy):
        pass
