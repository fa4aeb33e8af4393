"""init."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from sitegen.cli.shared import (
    clock,
    complete_folder,
    now_option,
    web_url,
)
from sitegen.cli.terminal import echo


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", shell_complete=complete_folder)
@click.option("--title", default="My digest", show_default=True, help="Title of the digest.")
@click.option(
    "--base-url",
    default="https://digest.example/",
    show_default=True,
    metavar="URL",
    callback=web_url,
    help="URL where it will be published.",
)
@click.option(
    "--timezone", default="", help="IANA name such as Europe/Berlin (default: this machine's)."
)
@click.option("--language", default="en", show_default=True, help="Language of the site.")
@click.option(
    "--collects",
    type=click.Choice(["letters", "feeds", "archive"]),
    default="letters",
    show_default=True,
    help="What you will collect; sets sections, editions and theme.",
)
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take the defaults.")
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab", "cron", "systemd"]),
    default=None,
    help="Add the files of a timer that imports, deploys, sends and commits.",
)
@click.option(
    "--cms",
    type=click.Choice(["sveltia"]),
    default=None,
    help="Add an editor in the browser, below /admin/.",
)
@now_option
@click.pass_context
def init_command(
    ctx: click.Context,
    /,
    folder: str,
    yes: bool,
    ci: str | None,
    cms: str | None,
    now: str,
    **given: str,
) -> None:
    """Create a new site in DIR (default: this folder).

    Writes site.yaml, a first article, an about page and a .gitignore. On a terminal it asks for
    what no option gives. Existing files are never changed. In an existing site, --ci only adds the
    files of a timer (see: sitegen help timers), and --cms the page and settings of the editor (see:
    sitegen help cms).

    \b
    Examples:
      sitegen init digest
      sitegen init digest --title "The Harbour Letter" --timezone Europe/Lisbon --yes
      sitegen init --ci github
    """
    from sitegen.scaffold.site import InitAnswers, init

    root = Path(folder)
    if (ci or cms) and (root / "site.yaml").exists():
        _add(root, ci, cms)
        return
    given["timezone"] = given["timezone"] or _machine_zone()
    if not yes and sys.stdin.isatty() and sys.stdout.isatty() and not (root / "site.yaml").exists():
        given = _ask(ctx, given)
    for path in init(root, InitAnswers(**given), clock(now)):
        echo(f"created {path}")
    _add(root, ci, cms)
    go = "" if folder == "." else f"cd {folder} && "
    echo(f"next: {go}sitegen serve --open")


def _add(root: Path, ci: str | None, cms: str | None) -> None:
    """Add to a site what the options ask for."""
    from sitegen.scaffold.cms import FETCH, FOLDER, UNKNOWN, init_cms
    from sitegen.scaffold.workflows import NEXT, init_ci

    if ci:
        for path in init_ci(root, ci):
            echo(f"created {path}")
        echo(f"next: {NEXT[ci]}")
    if not cms:
        return
    paths, known = init_cms(root)
    for path in paths:
        echo(f"created {path}")
    if not known:
        echo(f"next: write the name of the repository for {UNKNOWN} in {FOLDER}/config.yml")
    echo(f"next: {FETCH}")


# option -> question; asked in this order
_QUESTIONS = {
    "title": "Title of the digest",
    "base_url": "URL where it will be published",
    "language": "Language (a tag such as en, de, pt-BR)",
    "timezone": "Time zone (IANA name)",
}


def _ask(ctx: click.Context, given: dict[str, str]) -> dict[str, str]:
    """``given`` with an answer for each option that the command line leaves open."""
    from sitegen.scaffold.site import STARTS

    def is_open(name: str) -> bool:
        return ctx.get_parameter_source(name) in (None, ParameterSource.DEFAULT)

    answers = dict(given)
    for name, question in _QUESTIONS.items():
        if is_open(name):
            answers[name] = click.prompt(question, default=given[name]).strip()
    if is_open("collects"):
        echo("What will you collect?")
        for kind, start in STARTS.items():
            echo(f"  {kind:8} {start.about}")
        kinds = click.Choice(list(STARTS))
        answers["collects"] = click.prompt("Collects", type=kinds, default=given["collects"])
    return answers


def _machine_zone() -> str:
    """The machine's time zone by its IANA name, or UTC where it has none."""
    from zoneinfo import ZoneInfo

    name = os.environ.get("TZ", "").lstrip(":")
    if not name and os.path.islink("/etc/localtime"):
        name = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    try:
        zone = ZoneInfo(name or "UTC").key
    except (ValueError, OSError, LookupError):
        return "UTC"
    return "UTC" if zone == "Etc/UTC" else zone
