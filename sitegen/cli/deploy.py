"""deploy."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.base.diagnostics import fail
from sitegen.base.text import counted
from sitegen.cli.complete import complete_name
from sitegen.cli.pool import pool_of
from sitegen.cli.shared import (
    clock,
    cluster_option,
    dry_run_option,
    find_site,
    json_option,
    now_option,
    quiet_option,
    site_option,
    verbose_option,
)
from sitegen.cli.terminal import ProgressBar, echo, echo_json, line_width, show, table

if TYPE_CHECKING:
    from sitegen.deploy.model import DeployReport


@click.command("deploy")
@click.argument("target", default="", metavar="[TARGET]", shell_complete=complete_name)
@site_option
@click.option("--rollback", is_flag=True, help="Roll back to the release before the last one.")
@click.option(
    "--max-deletes",
    default="",
    metavar="N",
    help="Delete at most N files, or a share such as 10%.",
)
@click.option(
    "-y",
    "--yes",
    is_flag=True,
    help="Deploy even if it looks like a mistake: a clock set back, most of the site gone.",
)
@click.option(
    "--prune", is_flag=True, help="Also delete files at the target that sitegen did not upload."
)
@click.option(
    "--verify",
    is_flag=True,
    help="Compare every file at the target, instead of trusting its manifest.",
)
@click.option("--unlock", is_flag=True, help="Take over the lock of another deployment.")
@click.option("--strict", is_flag=True, help="Treat warnings of the build as errors.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help="Processes to build with (default: one per core).",
)
@cluster_option
@now_option
@dry_run_option
@json_option
@quiet_option
@verbose_option
def deploy_command(
    target: str, rollback: bool, as_json: bool, quiet: bool, verbose: bool, **flags: Any
) -> None:
    """Build the site and upload it to TARGET of site.yaml (default: the only target).

    Only what changed is sent; assets are sent before the pages that show them, and deletions come
    last. To complete a deployment that was interrupted, run it again. The exit status is 1 if
    anything was not done.

    \b
    Examples:
      sitegen deploy --dry-run       show what would be sent and deleted
      sitegen deploy live
      sitegen deploy live --rollback
    """
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
            f"`--max-deletes {limit}` is not a valid number or share",
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
    progress = ProgressBar(quiet or as_json)
    if rollback:
        report = roll_back(root, name, wish, around, progress)
    else:
        options = BuildOptions(
            root=str(root), now=now, strict=flags["strict"], jobs=flags["jobs"] or 0
        )
        with pool_of(flags["cluster"], flags["jobs"], Path(root), quiet or as_json) as pool:
            report, made = deploy_site(Path(root), name, options, wish, around, progress, pool)
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
    if "send" in chosen.after and not (wish.dry_run or rollback):
        from sitegen.cli.send import send_after_deploy

        send_after_deploy(Path(root), now, quiet or as_json)


def _echo(report: DeployReport, quiet: bool, verbose: bool) -> None:
    """The plan of a dry run, then what was done in one line."""
    if report.dry_run or verbose:
        for line in table(_rows(report), 1, line_width()):
            echo(line)
    for name in report.not_done:
        echo(f"not done: {name}", err=True)
    if quiet:
        return
    for note in report.notes:
        echo(f"note: {note}", err=True)
    echo(summary(report))


def _rows(report: DeployReport) -> list[tuple[str, str, str]]:
    """What is sent and deleted, one row for each file: sign, file, reason."""
    signed = [*(("+", name) for name in report.puts), *(("-", name) for name in report.deletes)]
    return [
        (sign, name, f"({reason})" if (reason := report.reasons.get(name, "")) else "")
        for sign, name in signed
    ]


def summary(report: DeployReport) -> str:
    """The line that a deployment ends with."""
    if report.rolled_back and report.kind in ("git", "folder") and not report.puts:
        return _rolled_back(report)
    would = "would be " if report.dry_run else ""
    kept = f", {counted(report.retired, 'old asset')} kept" if report.retired else ""
    size = f"{report.size / 1048576:.1f} MiB"
    sent = f"{counted(len(report.puts), 'file')} {would}sent ({size})"
    others = f"{len(report.deletes)} {would}deleted, {report.unchanged} unchanged{kept}"
    back = f"{would}rolled back, " if report.rolled_back else ""
    return f"{report.target}: {back}{sent}, {others} ({report.seconds:.1f} s)"


def _rolled_back(report: DeployReport) -> str:
    """The line that a rollback to another release ends with."""
    if report.dry_run:
        return f"{report.target}: would be rolled back to the release before this one"
    return f"{report.target}: rolled back to release {report.release}"
