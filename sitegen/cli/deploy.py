"""deploy."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any

import click

from sitegen.base.diagnostics import fail
from sitegen.base.text import counted
from sitegen.cli.complete import complete_name
from sitegen.cli.shared import (
    clock,
    dry_run_option,
    echo,
    echo_json,
    find_site,
    json_option,
    now_option,
    progress_bar,
    quiet_option,
    show,
    site_option,
    verbose_option,
)


@click.command("deploy")
@click.argument("target", default="", metavar="[TARGET]", shell_complete=complete_name)
@site_option
@click.option("--rollback", is_flag=True, help="Bring back the release before the last one.")
@click.option(
    "--max-deletes",
    default="",
    metavar="N",
    help="Delete at most so many files, or a share such as 10%.",
)
@click.option(
    "-y",
    "--yes",
    is_flag=True,
    help="Deploy also what looks like a mistake: a clock that went back, most of the site gone.",
)
@click.option(
    "--prune", is_flag=True, help="Delete files at the target that sitegen did not put there, too."
)
@click.option(
    "--verify",
    is_flag=True,
    help="Look at every file at the target, instead of trusting its manifest.",
)
@click.option("--unlock", is_flag=True, help="Take over the lock of another deployment.")
@click.option(
    "--strict", is_flag=True, help="Warnings of the build keep the site from being deployed, too."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help="Processes to build with (default: one per core).",
)
@now_option
@dry_run_option
@json_option
@quiet_option
@verbose_option
def deploy_command(
    target: str, rollback: bool, as_json: bool, quiet: bool, verbose: bool, **flags: Any
) -> None:
    """Build the site and bring it to TARGET of site.yaml (default: the only one there is).

    Only what has changed travels; pages follow the assets they show, and deletions come last. A deployment
    that was broken off is completed by running it again. Exits with 1 where anything was not done.
    """  # noqa: E501

    from sitegen.deploy.model import Surroundings
    from sitegen.deploy.run import DeployOptions, problems_of
    from sitegen.deploy.site import deploy_site, find_target, kind_of, roll_back
    from sitegen.engine.options import BuildOptions
    from sitegen.engine.site_folder import read_config

    root = find_site(flags["site"])
    name, chosen = find_target(read_config(root)[0], target)
    limit = flags["max_deletes"] or chosen.max_deletes
    if not str(limit).removesuffix("%").isdigit():
        raise fail(
            "deploy",
            f"`--max-deletes {limit}` is neither a number nor a share",
            help="write 300 or 10%",
            exit_status=2,
        )
    wish = DeployOptions(
        target=name,
        kind=kind_of(chosen),
        keep=chosen.keep,
        max_deletes=limit,
        many=bool(flags["max_deletes"]),
        **{key: flags[key] for key in ("dry_run", "prune", "verify", "unlock", "yes")},
    )
    now = clock(flags["now"])
    around = Surroundings(dict(os.environ), now, secrets.token_hex(8))
    progress = progress_bar(quiet or as_json)
    if rollback:
        report = roll_back(root, name, wish, around, progress)
    else:
        options = BuildOptions(
            root=str(root), now=now, strict=flags["strict"], jobs=flags["jobs"] or 0
        )
        report, made = deploy_site(Path(root), name, options, wish, around, progress)
        if made and not as_json:
            show(made.diagnostics)
    if as_json:
        echo_json(report)
    else:
        _echo(report, quiet, verbose)
    if report.failed:
        if not as_json:
            show(problems_of(report).diagnostics)
        sys.exit(1)


def _echo(report: Any, quiet: bool, verbose: bool) -> None:
    """The plan of a dry run, then what was done in a line."""
    if report.dry_run or verbose:
        for sign, names in (("+", report.puts), ("-", report.deletes)):
            for name in names:
                echo(f"{sign} {name}  ({report.reasons.get(name, '')})")
    for name in report.not_done:
        echo(f"not done: {name}", err=True)
    for note in () if quiet else report.notes:
        echo(f"note: {note}", err=True)
    if quiet:
        return
    if report.rolled_back and report.kind in ("git", "folder") and not report.puts:
        echo(f"{report.target}: the release before {'would be' if report.dry_run else 'is'} back")
        return
    would = "would be " if report.dry_run else ""
    kept = f", {counted(report.retired, 'old asset')} kept" if report.retired else ""
    size = f"{report.size / 1048576:.1f} MiB"
    sent = f"{counted(len(report.puts), 'file')} {would}sent ({size})"
    others = f"{len(report.deletes)} {would}deleted, {report.unchanged} unchanged{kept}"
    echo(f"{report.target}: {sent}, {others} in {report.seconds:.2f} s")
