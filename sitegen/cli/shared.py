"""What the commands share: options, the folder of the site, and the clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.files import name_problems


def complete_folder(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Let the shell complete names of folders."""
    return [CompletionItem(incomplete, type="dir")]


def complete_file(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Let the shell complete names of files and folders."""
    return [CompletionItem(incomplete, type="file")]


def web_url(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """The value of an option that takes a URL, or an empty string.

    Raises click.BadParameter for another text.
    """
    if value and not re.match(r"https?://[^/\s]+", value):
        raise click.BadParameter(
            f"`{value}` is not a valid URL; write it as https://digest.example/"
        )
    return value


site_option = click.option(
    "-s",
    "--site",
    default="",
    metavar="DIR",
    shell_complete=complete_folder,
    help="Folder of the site (default: this folder or the nearest parent with a site.yaml).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
now_option = click.option(
    "--now",
    default="",
    metavar="ISO",
    help="Use this time instead of the clock, e.g. 2026-11-24T18:00:00+01:00.",
)
cluster_option = click.option(
    "--cluster",
    default="",
    envvar="SITEGEN_CLUSTER",
    metavar="ADDRESS",
    help="Scheduler of a Dask cluster that does the work, such as tcp://10.0.0.5:8786.",
)
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Print more.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print errors and warnings only.")
dry_run_option = click.option(
    "-n", "--dry-run", is_flag=True, help="Show what would be done, but change nothing."
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
        callback=web_url,
        help="URL of the published site, instead of the one in site.yaml.",
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
    click.option("--strict", is_flag=True, help="Treat warnings as errors."),
    click.option("--no-cache", is_flag=True, help="Ignore the cache and rebuild everything."),
    click.option(
        "--keep-going", is_flag=True, help="Publish the pages that built; exit with status 1."
    ),
]


def build_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that builds."""
    for option in reversed(_BUILD_OPTIONS):
        command = option(command)
    return command


_ALIKE = ("site.yaml", "site.yml", "site.yaml.txt", "sitegen.yaml", "sitegen.yml")


def find_site(start: str) -> Path:
    """The folder ``start``, or else the nearest folder upwards that has a site.yaml.

    Raises SitegenError (exit status 2) if there is none.
    """
    if start:
        if not (Path(start) / "site.yaml").is_file():
            hint = f"to create a site: sitegen init {start}"
            raise fail("config", "this folder has no site.yaml", start, help=hint, exit_status=2)
        return named_folder(Path(start).resolve())
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "site.yaml").is_file():
            return named_folder(folder)
    hint = "to create a site: sitegen init DIR; or name one with --site DIR"
    alike = [path.name for path in Path.cwd().iterdir() if path.name.lower() in _ALIKE]
    if alike:
        hint = f"rename {alike[0]} to site.yaml"
    message = "no site.yaml in this folder or its parents"
    raise fail("config", message, help=hint, exit_status=2)


def named_folder(folder: Path) -> Path:
    """``folder``, whose name must be UTF-8, as caches record it. Raises SitegenError if not."""
    if problems := name_problems(str(folder)):
        raise SitegenError(problems, 2)
    return folder


def clock(now: str) -> str:
    """``now`` as an ISO 8601 time with an offset (UTC if it has none), or the current time.

    Raises click.BadParameter for a text that is not such a time.
    """
    if not now:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        moment = datetime.fromisoformat(now)
    except ValueError:
        message = f"`{now}` is not a valid time; write it as 2026-11-24T18:00:00+01:00"
        raise click.BadParameter(message, param_hint="--now") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
