"""What a preview prints after each build."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import problem
from sitegen.cli.serve import Reporter
from tests.cli.test_tables import built

ERROR = problem("template", "cannot be parsed")
WARNING = problem("link", "leads nowhere", level="warning")


def test_each_outcome_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(tmp_path, quiet=False)
    reporter.built(None, [ERROR])
    assert "The site appears here once the errors are fixed." in capsys.readouterr().err
    reporter.built(built(changed=("index.html",)), [])
    assert capsys.readouterr().out.startswith("Fixed and rebuilt: 27 files written")
    (tmp_path / "index.html").touch()
    reporter.built(built(published=False), [ERROR])
    assert "Build failed. Still showing the last good version." in capsys.readouterr().err
    reporter.built(built(changed=("index.html",)), [])
    reporter.built(built(changed=("index.html",)), [])
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Fixed and rebuilt", "Rebuilt"]


def test_the_first_build_has_the_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Reporter(tmp_path, quiet=False).built(built(), [])
    assert capsys.readouterr().out.startswith("Built 12 articles:")


def test_a_warning_is_reported_once_and_an_error_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = Reporter(tmp_path, quiet=True)
    for problems in ([WARNING], [WARNING, ERROR], [ERROR, WARNING]):
        reporter.built(built(), problems)
    text = capsys.readouterr().err
    assert (text.count("leads nowhere"), text.count("cannot be parsed")) == (1, 2)


def test_a_message_is_printed_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(tmp_path, quiet=False)
    for _ in range(2):
        reporter.progress("another build is running here; waiting for it", 0, 0)
    assert capsys.readouterr().err.count("waiting") == 1
