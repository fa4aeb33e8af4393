"""Lines that fit a terminal: tables, the report of an import, summaries."""

from __future__ import annotations

import io
from typing import Any

import pytest
from click.testing import CliRunner

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.cli import terminal
from sitegen.cli.build import next_build, summary
from sitegen.cli.help import error_help, help_command, topics
from sitegen.cli.import_ import exit_status, item_line
from sitegen.cli.import_ import summary as import_summary
from sitegen.cli.terminal import ProgressBar, columns, help_line, shortened, table
from sitegen.importer.model import ImportedItem, ImportReport
from sitegen.model.output import BuildReport


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("harbour", 7, "harbour"),
        ("harbour", 6, "har…ur"),
        ("harbour", 1, "…"),
        ("harbour", 0, ""),
        ("港口夜间渡轮恢复", 9, "港口…恢复"),
        ("e\u0301te\u0301", 3, "e\u0301te\u0301"),
    ],
)
def test_shortened(text: str, width: int, short: str) -> None:
    assert shortened(text, width) == short
    assert columns(short) <= width


def test_the_columns_of_a_table_line_up_whatever_the_script() -> None:
    rows = [("a", "港口夜间渡轮恢复运行", "x"), ("bcd", "The night ferry runs again", "y")]
    lines = table(rows, 1, 24)
    assert lines[1] == "bcd  The nigh…s again  y"
    assert [columns(line) for line in lines] == [24, 24]
    assert table([], 0, 80) == []
    assert table([("a\nb", "\x1b[31m")], 1, 80) == [r"a\x0ab  \x1b[31m"]


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("title", ["Short", "The night ferry runs again " * 4, "夜间渡轮" * 20])
def test_an_imported_article_has_one_line_with_its_source(width: int, title: str) -> None:
    path = "content/news/2026-11-24-the-night-ferry-runs-again-from-the-old-pier-at-salm.md"
    line = item_line(ImportedItem("in/ferry.txt", "created", path, title=title), width)
    assert columns(line) <= width
    assert line.startswith("created     content/")
    assert line.endswith("(in/ferry.txt)")


def test_a_pipe_gets_the_line_in_full() -> None:
    item = ImportedItem("in/a.txt", "created", "content/news/a.md", title="A day at the pier")
    line = "created     content/news/a.md  A day at the pier  (in/a.txt)"
    assert item_line(item, terminal.UNLIMITED) == line


def report(*outcomes: str, level: str = "") -> ImportReport:
    items: list[Any] = [ImportedItem(f"{n}.txt", o) for n, o in enumerate(outcomes)]  # type: ignore[arg-type]
    problems = (problem("import", "x", level=level),) if level else ()  # type: ignore[arg-type]
    return ImportReport(tuple(items), problems)


@pytest.mark.parametrize(
    ("made", "status", "strict"),
    [
        (report("created"), 0, 0),
        (report("created", "failed", level="warning"), 0, 1),
        (report("unchanged", "failed", level="warning"), 0, 1),
        (report("listed"), 0, 0),
        (report("failed", "failed", level="warning"), 1, 1),
        (report("created", "failed", level="error"), 1, 1),
        (report("created", "quarantined", level="warning"), 1, 1),
        (report("created", "skipped"), 0, 0),
        (report("created", level="warning"), 0, 0),
    ],
)
def test_a_build_may_follow_an_import_of_which_a_source_is_down(
    made: ImportReport, status: int, strict: int
) -> None:
    assert (exit_status(made, False), exit_status(made, True)) == (status, strict)


def test_the_summary_of_an_import_counts_what_did_not_arrive() -> None:
    items = (
        ImportedItem("a", "created"),
        ImportedItem("b", "updated", status="draft", lacking=("no date", "no author")),
        ImportedItem("c", "created", status="draft", lacking=("no date",)),
        ImportedItem("d", "failed"),
        ImportedItem("e", "quarantined"),
    )
    assert import_summary(ImportReport(items, ())) == (
        "3 imported (1 updated): 1 published, 2 drafts (no date: 2, no author: 1),"
        " 1 quarantined, 1 failed"
    )


def built(**more: Any) -> BuildReport:
    values: dict[str, Any] = {
        "articles": 12,
        "written": 27,
        "unchanged": 3,
        "removed": 0,
        "skipped": {},
        "diagnostics": (),
        "seconds": 1.12,
        "stages": {},
        "templates": {},
        "reasons": {},
        "peak_mib": 52.2,
        "published": True,
    }
    return BuildReport(**values | more)


def test_the_summary_of_a_build_labels_time_and_memory() -> None:
    assert summary(built()) == (
        "Built 12 articles: 27 files written, 3 unchanged, 0 removed (1.1 s, peak memory 52 MiB)"
    )
    assert summary(built(articles=1, skipped={"draft": 2, "future": 1})).startswith(
        "Built 1 article (left out: 2 drafts, 1 future):"
    )
    dry = summary(built(written=0, reasons={"index.html": "its content changed"}), dry_run=True)
    assert dry.startswith("Would build 12 articles: 1 file to write, 3 unchanged (")


def test_the_next_build_is_named_with_what_changes_then() -> None:
    due = built(next_due="2026-12-02T06:55:35+00:00", next_change="an article expires")
    assert next_build(due) == "build again by 2 Dec 2026, 06:55: an article expires"
    assert next_build(built()) == ""


@pytest.mark.parametrize(
    ("code", "start", "rest"),
    [
        ("deploy", "error[deploy]\n\n", "# Deploying"),
        ("theme-words", "error[theme-words]\n\n", "See `sitegen help languages`."),
        ("new", "error[new]\n\n", "Usage:"),
        ("unreadable", "error[unreadable]\n\nA file or folder cannot be read.", ""),
        ("feeds", "# Feeds and sitemaps", ""),
    ],
)
def test_help_begins_with_the_error_of_that_code(code: str, start: str, rest: str) -> None:
    shown = CliRunner().invoke(help_command, [code]).stdout
    assert shown.startswith(start)
    assert rest in shown


def errors(*codes: str) -> list[Diagnostic]:
    return [problem(code, "x") for code in codes]


def test_errors_name_the_help_that_explains_them() -> None:
    assert help_line(errors("theme")) == "see: sitegen help theme"
    assert help_line(errors("theme", "template")) == "see: sitegen help errors"
    assert help_line([problem("cache", "x", level="note")]) == ""
    documents = topics()
    assert "cannot be read" in error_help("unreadable", documents)
    assert "###" not in error_help("unreadable", documents)
    assert error_help("no-such-code", documents) == ""


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, **environment: str) -> str:
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(terminal, "REDRAW_SECONDS", 0)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    bar = ProgressBar(quiet=False)
    bar("importing", 1, 3)
    bar("importing", 2, 3)
    bar("waiting for another build", 0, 0)
    bar("importing", 3, 3)
    return screen.getvalue()


def test_one_bar_is_drawn_on_a_terminal_and_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    text = drawn(monkeypatch, Screen(), TERM="xterm", NO_COLOR="1")
    first = "\r\033[Kimporting  [######..............]  1 of 3"
    assert text.startswith(first)
    assert text.endswith("2 of 3\r\033[Kwaiting for another build\n")
    assert "\033[3" not in text, "no colour"


def test_a_pipe_and_a_dumb_terminal_get_messages_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, io.StringIO()) == "waiting for another build\n"
    assert drawn(monkeypatch, Screen(), TERM="dumb") == "waiting for another build\n"
