"""The values of sending."""

from __future__ import annotations

import pytest

from sitegen.send.model import NotSentYet, SendReport, TargetReport, Unavailable


@pytest.mark.parametrize(
    ("target", "complete"),
    [
        (TargetReport("mail", "smtp", sent=3, refused={"a": "550"}), True),
        (TargetReport("mail", "smtp", failed={"a": "450"}), False),
        (TargetReport("mail", "smtp", doubtful=("a",)), False),
    ],
)
def test_whether_all_is_done(target: TargetReport, complete: bool) -> None:
    assert SendReport(targets=(target,)).complete is complete


def test_a_server_that_is_not_there_has_sent_nothing() -> None:
    assert issubclass(Unavailable, NotSentYet)
