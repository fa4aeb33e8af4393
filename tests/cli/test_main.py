"""The command line as a whole: exit status, wrong usage, and what ends a command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest

from sitegen import __version__
from sitegen.base.diagnostics import fail
from sitegen.cli import config
from sitegen.cli.main import COMMANDS, cli, disk_problem, internal_error
from tests.cli.conftest import Done


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_help_with_an_example_or_options(
    sitegen: Callable[..., Done], name: str
) -> None:
    done = sitegen(name, "--help")
    assert done.status == 0
    assert done.stdout.startswith(f"Usage: sitegen {name} ")


def test_the_summary_in_the_list_is_a_sentence() -> None:
    for _, text in COMMANDS.values():
        assert text[0].isupper()
        assert text.endswith(".")
        assert len(text) <= 66


@pytest.mark.parametrize(
    ("arguments", "status", "stdout", "stderr"),
    [
        (["--version"], 0, f"sitegen {__version__}\n", ""),
        (["biuld"], 2, "", "Error: No such command 'biuld'. Did you mean 'build'?\n"),
        (["qqqqqq"], 2, "", "Error: No such command 'qqqqqq'.\n"),
        (["build", "--nonsense"], 2, "", "No such option"),
        (["build"], 2, "", "no site.yaml in this folder or its parents"),
        (["build", "--site", "nowhere"], 2, "", "this folder has no site.yaml"),
        (["list", "--now", "soon"], 2, "", "`soon` is not a valid time"),
    ],
)
def test_wrong_usage_exits_with_two(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sitegen: Callable[..., Done],
    arguments: list[str],
    status: int,
    stdout: str,
    stderr: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments == ["list", "--now", "soon"]:
        (tmp_path / "site.yaml").write_text("title: T\nbase_url: https://t.press/\ntimezone: UTC\n")
    done = sitegen(*arguments)
    assert (done.status, done.stdout) == (status, stdout)
    assert stderr in done.stderr


def test_without_arguments_it_says_where_to_start(sitegen: Callable[..., Done]) -> None:
    done = sitegen()
    assert "sitegen init digest" in done.stdout + done.stderr


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `sitegen config` end with ``error``."""

    def broken(*_: Any, **__: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(config.config_command, "callback", broken)


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (fail("config", "no setting `x`", exit_status=2), 2, "error[config]: no setting `x`"),
        (fail("config", "x"), 1, "error[config]: x"),
        (click.Abort(), 130, "interrupted: nothing more was changed"),
        (KeyboardInterrupt(), 130, "interrupted: nothing more was changed"),
        (click.UsageError("a and b cannot be used together"), 2, "a and b cannot be used together"),
        (OSError(28, "No space left on device", "output/x"), 1, "No space left on device"),
        (ZeroDivisionError("by zero"), 1, "this is a bug in sitegen"),
        (SystemExit(1), 1, ""),
        (SystemExit(None), 0, ""),
    ],
)
def test_what_ends_a_command(
    monkeypatch: pytest.MonkeyPatch,
    sitegen: Callable[..., Done],
    error: BaseException,
    status: int,
    text: str,
) -> None:
    raising(monkeypatch, error)
    done = sitegen("config")
    assert (done.status, done.stdout) == (status, "")
    assert text in done.stderr
    assert "Traceback" not in done.stderr


def test_an_error_is_json_where_the_result_is(
    monkeypatch: pytest.MonkeyPatch, sitegen: Callable[..., Done]
) -> None:
    raising(monkeypatch, fail("config", "no setting `x`", exit_status=2))
    done = sitegen("config", "--json")
    [only] = json.loads(done.stdout)["diagnostics"]
    assert (done.status, done.stderr, only["code"]) == (2, "", "config")


def test_a_traceback_is_printed_where_the_environment_asks_for_it(
    monkeypatch: pytest.MonkeyPatch, sitegen: Callable[..., Done]
) -> None:
    raising(monkeypatch, ZeroDivisionError("by zero"))
    monkeypatch.setenv("SITEGEN_TRACEBACK", "1")
    done = sitegen("config")
    assert "Traceback (most recent call last)" in done.stderr


def test_a_full_disk_says_what_to_do() -> None:
    shown = disk_problem(OSError(28, "No space left on device", "output/index.html"))
    assert shown.path == "output/index.html"
    assert shown.message == "cannot be read or written: No space left on device"
    assert shown.help.startswith("free some disk space")
    assert disk_problem(OSError("odd")).message == "cannot be read or written: odd"


def test_a_bug_names_its_place() -> None:
    try:
        raise ValueError("odd")
    except ValueError as error:
        shown = internal_error(error, verbose=False)
    assert shown.code == "internal"
    assert shown.message.startswith("ValueError: odd (test_main.py:")
    assert "SITEGEN_TRACEBACK=1" in shown.help


def test_commands_are_listed_in_the_order_of_a_first_hour() -> None:
    with click.Context(cli) as context:
        assert cli.list_commands(context) == list(COMMANDS)
        assert cli.get_command(context, "biuld") is None
