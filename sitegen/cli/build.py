"""build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from sitegen.base.text import counted
from sitegen.cli.shared import (
    build_options,
    clock,
    dry_run_option,
    echo,
    echo_json,
    find_site,
    json_option,
    named_folder,
    progress_bar,
    quiet_option,
    show,
    verbose_option,
)


def options(site: str, output: str, now: str, jobs: int | None, **flags: Any) -> Any:
    """The build options that the command line asks for."""
    from sitegen.engine.options import BuildOptions

    moment = clock(now)
    folder = str(named_folder(Path(output).resolve())) if output else ""
    return BuildOptions(
        root=str(find_site(site)), now=moment, output=folder, jobs=jobs or 0, **flags
    )


def summary(report: Any) -> str:
    """The line that a build ends with."""
    held = "".join(f", {n} {reason}" for reason, n in report.skipped.items())
    return (
        f"{counted(report.articles, 'article')}{held}: {counted(report.written, 'file')} written,"
        f" {report.unchanged} unchanged, {report.removed} removed in {report.seconds:.2f} s,"
        f" {report.peak_mib:.0f} MiB"
    )


@click.command("build")
@build_options
@click.option(
    "--verify",
    is_flag=True,
    help="Trust no time stamp: read every article and every file in output/ again.",
)
@click.option("--profile", is_flag=True, help="Show the seconds spent in each stage and template.")
@dry_run_option
@json_option
@quiet_option
@verbose_option
def build_command(profile: bool, as_json: bool, quiet: bool, verbose: bool, **flags: Any) -> None:
    """Build the site into output/.

    Only what has changed since the last build is made again. Where something is wrong nothing is
    published: output/ stays as it was, and the exit status is 1.
    """
    from sitegen.engine.build import build
    from sitegen.engine.staleness import failing

    chosen = options(**flags)
    report = build(chosen, progress_bar(quiet or as_json))
    failed = failing(report.diagnostics, chosen.strict)
    if as_json:
        echo_json(report)
        sys.exit(1 if failed else 0)
    show(report.diagnostics)
    if chosen.dry_run or verbose:
        for name, reason in sorted(report.reasons.items()):
            echo(f"{name}: {reason}")
    if profile:
        for title, seconds in (("stage", report.stages), ("template", report.templates)):
            for name, value in seconds.items():
                echo(f"{value:9.3f} s  {title} {name}")
    if not quiet:
        echo(summary(report))
        if report.next_due:
            echo(f"next change due by date: {report.next_due}")
    if failed:
        if not report.published and not chosen.dry_run:
            echo("nothing was published: output/ is as it was", err=True)
        sys.exit(1)
