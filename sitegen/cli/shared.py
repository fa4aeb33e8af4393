"""What the commands share: options, finding the site, the clock, and printing problems."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, render_annotation, render_text
from sitegen.base.files import name_problems
from sitegen.base.progress import Progress
from sitegen.base.text import printable

LEVELS = {"error": "red", "warning": "yellow", "note": "cyan"}
MAX_SHOWN = 50
_STEERING = re.compile(
    "[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)  # the others JSON escapes itself


def complete_folder(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Has the shell complete names of folders."""
    return [CompletionItem(incomplete, type="dir")]


def complete_file(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Has the shell complete names of files and folders."""
    return [CompletionItem(incomplete, type="file")]


def web_address(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """The value of an option that is an address on the web, if it is any. Raises click.BadParameter for what is none."""  # noqa: E501
    if value and not re.match(r"https?://[^/\s]+", value):
        raise click.BadParameter(
            f"`{value}` is no web address; write it as https://digest.example/"
        )
    return value


site_option = click.option(
    "-s",
    "--site",
    default="",
    metavar="DIR",
    shell_complete=complete_folder,
    help="Folder of the site (default: the nearest one upwards with a site.yaml).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
now_option = click.option(
    "--now",
    default="",
    metavar="ISO",
    help="Act as at this moment, such as 2026-11-24T18:00:00+01:00.",
)
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Say more.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
dry_run_option = click.option(
    "-n", "--dry-run", is_flag=True, help="Show what would be done, and change nothing."
)

_BUILD_OPTIONS = [
    site_option,
    click.option(
        "-o",
        "--output",
        default="",
        metavar="DIR",
        shell_complete=complete_folder,
        help="Folder to write to (default: output/ of the site).",
    ),
    click.option(
        "-b",
        "--base-url",
        default="",
        metavar="URL",
        callback=web_address,
        help="Address the site will have, instead of the one in site.yaml.",
    ),
    click.option("-D", "--drafts", is_flag=True, help="Include drafts."),
    click.option("-F", "--future", is_flag=True, help="Include articles dated in the future."),
    click.option("-E", "--expired", is_flag=True, help="Include expired articles."),
    now_option,
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(1),
        default=None,
        help="Processes to use (default: one per core).",
    ),
    click.option(
        "--strict", is_flag=True, help="Warnings keep the site from being published, too."
    ),
    click.option("--no-cache", is_flag=True, help="Make everything anew."),
    click.option(
        "--keep-going", is_flag=True, help="Publish what is right, and still exit with 1."
    ),
]


def build_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that builds."""
    for option in reversed(_BUILD_OPTIONS):
        command = option(command)
    return command


def find_site(start: str) -> Path:
    """The folder given, or the nearest one upwards that has a site.yaml.

    Raises SitegenError (exit status 2) where there is none.
    """
    if start:
        if not (Path(start) / "site.yaml").is_file():
            raise fail(
                "config",
                "there is no site.yaml here",
                start,
                help=f"`sitegen init {start}` makes a site",
                exit_status=2,
            )
        return named_folder(Path(start).resolve())
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "site.yaml").is_file():
            return named_folder(folder)
    raise fail(
        "config",
        "no site.yaml here or above",
        help="`sitegen init DIR` makes a site",
        exit_status=2,
    )


def named_folder(folder: Path) -> Path:
    """``folder`` of a site, whose name has to be text: it is in what is remembered between builds."""  # noqa: E501
    if problems := name_problems(str(folder)):
        raise SitegenError(problems, 2)
    return folder


def clock(now: str) -> str:
    """The moment given, checked, or the present one.

    Raises click.BadParameter for a text that is no ISO moment.
    """
    if not now:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        moment = datetime.fromisoformat(now)
    except ValueError:
        raise click.BadParameter(
            f"`{now}` is no moment; write it as 2026-11-24T18:00:00+01:00", param_hint="--now"
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def echo(text: object, newline: bool = True, err: bool = False) -> None:
    """Print ``text``. Every word that a command prints goes through here: no name or title may steer the terminal."""  # noqa: E501
    click.echo(printable(str(text)), nl=newline, err=err)


def echo_json(value: object) -> None:
    """Print ``value`` as JSON (RFC 8259), in which characters that could steer a terminal are escaped."""  # noqa: E501
    import msgspec

    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # a name that is not UTF-8
        text = msgspec.json.encode(_written(msgspec.to_builtins(value))).decode()
    click.echo(_STEERING.sub(lambda m: f"\\u{ord(m[0]):04x}", text))


def _written(value: Any) -> Any:
    """``value`` with texts that UTF-8 can hold."""
    if isinstance(value, dict):
        return {_written(key): _written(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_written(item) for item in value]
    return printable(value) if isinstance(value, str) else value


def colour(stream: Any) -> bool:
    """Whether to colour what goes to ``stream`` (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and stream.isatty()


def show(problems: Iterable[Diagnostic], as_json: bool = False) -> None:
    """Print problems: for people on stderr, as JSON on stdout, and on GitHub as annotations too."""
    found = list(problems)
    if as_json:
        echo_json({"diagnostics": found})
        return
    paint = colour(sys.stderr)
    for one in found[:MAX_SHOWN]:
        head, newline, rest = printable(render_text(one)).partition("\n")
        click.echo(
            (click.style(head, fg=LEVELS[one.level], bold=True) if paint else head)
            + newline
            + rest
            + "\n",
            err=True,
        )
    if len(found) > MAX_SHOWN:
        echo(f"… and {len(found) - MAX_SHOWN} more; --json lists them all", err=True)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        folder = _folder_in_repository()
        for one in found:
            echo(render_annotation(one, folder), err=True)


def _folder_in_repository() -> str:
    """The site that this command is about, as a folder of the repository that is checked out; empty where it is the whole."""  # noqa: E501
    named = (  # read from the words of the command: a problem may end it before or after click knows its options  # noqa: E501
        ""
    )
    for word, following in zip(sys.argv, [*sys.argv[1:], ""], strict=True):
        if word in ("-s", "--site"):
            named = following
        elif word.startswith("--site="):
            named = word.removeprefix("--site=")
    try:
        site = find_site(named)
        place = (
            site.resolve()
            .relative_to(Path(os.environ.get("GITHUB_WORKSPACE") or site).resolve())
            .as_posix()
        )
    except (SitegenError, ValueError):  # no site, or one elsewhere
        return ""
    return "" if place == "." else place


def progress_bar(quiet: bool) -> Progress:
    """A function that shows on a terminal, in one line, how far a command is."""
    terminal = sys.stderr.isatty() and not quiet

    def progress(what: str, done: int, total: int) -> None:
        if not total:
            echo(what, err=True)
        elif terminal:
            what = printable(what, keep="")
            click.echo(
                f"\r\033[K{what}: {done} of {total}" if done < total else "\r\033[K",
                nl=False,
                err=True,
            )

    return progress
