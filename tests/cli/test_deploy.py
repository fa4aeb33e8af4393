"""The report of a deployment."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.cli.deploy import _rows, summary
from sitegen.deploy.model import DeployReport

SENT = DeployReport(
    target="live",
    kind="folder",
    puts=("index.html", "feed.xml"),
    deletes=("old/index.html",),
    unchanged=7,
    size=3 * 1024 * 1024,
    seconds=1.23,
    reasons={"index.html": "changed"},
)


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (SENT, "live: 2 files sent (3.0 MiB), 1 deleted, 7 unchanged (1.2 s)"),
        (
            DeployReport(target="live", kind="s3", dry_run=True, retired=1),
            "live: 0 files would be sent (0.0 MiB), 0 would be deleted, 0 unchanged,"
            " 1 old asset kept (0.0 s)",
        ),
        (
            replace(SENT, kind="s3", rolled_back=True),
            "live: rolled back, 2 files sent (3.0 MiB), 1 deleted, 7 unchanged (1.2 s)",
        ),
        (
            DeployReport(target="live", kind="git", rolled_back=True, release=4),
            "live: rolled back to release 4",
        ),
        (
            DeployReport(target="live", kind="git", rolled_back=True, dry_run=True),
            "live: would be rolled back to the release before this one",
        ),
    ],
)
def test_summary(report: DeployReport, line: str) -> None:
    assert summary(report) == line


def test_the_rows_of_a_dry_run() -> None:
    assert _rows(SENT) == [
        ("+", "index.html", "(changed)"),
        ("+", "feed.xml", ""),
        ("-", "old/index.html", ""),
    ]
