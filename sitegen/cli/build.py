"""build."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.base.files import expanded
from sitegen.base.text import counted
from sitegen.cli.pool import pool_of
from sitegen.cli.shared import (
    build_options,
    clock,
    cluster_option,
    dry_run_option,
    find_site,
    json_option,
    named_folder,
    quiet_option,
    verbose_option,
)
from sitegen.cli.terminal import ProgressBar, echo, echo_json, line_width, show, table

if TYPE_CHECKING:
    from sitegen.model.output import BuildReport

_NOUNS = frozenset({"draft", "duplicate"})  # the other reasons are adjectives


def options(site: str, output: str, now: str, jobs: int | None, **flags: Any) -> Any:
    """The build options that the command line asks for."""
    from sitegen.engine.options import BuildOptions

    moment = clock(now)
    folder = str(named_folder(expanded(output).resolve())) if output else ""
    return BuildOptions(
        root=str(find_site(site)), now=moment, output=folder, jobs=jobs or 0, **flags
    )


def summary(report: BuildReport, dry_run: bool = False) -> str:
    """The line that a build ends with."""
    left_out = ", ".join(
        counted(n, reason) if reason in _NOUNS else f"{n} {reason}"
        for reason, n in report.skipped.items()
    )
    articles = counted(report.articles, "article")
    articles += f" and {counted(report.pages, 'page')}" if report.pages else ""
    articles += f" (left out: {left_out})" if left_out else ""
    cost = f"({report.seconds:.1f} s, peak memory {report.peak_mib:.0f} MiB)"
    if dry_run:
        files = counted(len(report.reasons), "file")
        return f"Would build {articles}: {files} to write, {report.unchanged} unchanged {cost}"
    written = counted(report.written, "file")
    changes = f"{written} written, {report.unchanged} unchanged, {report.removed} removed"
    return f"Built {articles}: {changes} {cost}"


def next_build(report: BuildReport) -> str:
    """When to build again, and why: `build again by 2 Dec 2026, 06:55: an article expires`."""
    if not report.next_due:
        return ""
    due = datetime.fromisoformat(report.next_due)
    return f"build again by {due.day} {due:%b %Y, %H:%M}: {report.next_change}"


@click.command("build")
@build_options
@click.option(
    "--verify",
    is_flag=True,
    help="Read every article and every file in output/ again; trust no timestamps.",
)
@cluster_option
@click.option("--profile", is_flag=True, help="Show where the time went, and what costs most.")
@dry_run_option
@json_option
@quiet_option
@verbose_option
def build_command(
    profile: bool, as_json: bool, quiet: bool, verbose: bool, cluster: str, **flags: Any
) -> None:
    """Build the site into output/.

    Only what changed since the last build is rebuilt. If there is an error, nothing is published:
    output/ stays as it was, and the exit status is 1.

    \b
    Examples:
      sitegen build
      sitegen build --dry-run        show what would be rebuilt, and why
      sitegen build --drafts -o /tmp/preview
    """
    from sitegen.engine.build import build
    from sitegen.engine.options import output_folder
    from sitegen.engine.staleness import failing

    chosen = options(**flags)
    with pool_of(
        cluster, flags["jobs"], Path(chosen.root), quiet or as_json, profile=profile
    ) as pool:
        report = build(chosen, ProgressBar(quiet or as_json), pool=pool)
    failed = failing(report.diagnostics, chosen.strict)
    if as_json:
        echo_json(report)
        sys.exit(1 if failed else 0)
    show(report.diagnostics)
    if chosen.dry_run or verbose:
        for name, reason in sorted(report.reasons.items()):
            echo(f"{name}: {reason}")
    if profile:
        _show_profile(report, Path(chosen.root))
    if failed and not report.published:
        if not chosen.dry_run:
            echo(_failure(output_folder(chosen)), err=True)
    elif not quiet:
        echo(summary(report, chosen.dry_run))
        if due := next_build(report):
            echo(due)
    sys.exit(1 if failed else 0)


def _failure(output: Path) -> str:
    """The line that a failed build ends with."""
    if (output / "index.html").is_file():
        return f"Build failed. {output.name}/ still holds the last good version."
    return "Build failed. Nothing was published."


def _show_profile(report: BuildReport, root: Path) -> None:
    """The parts of a build with their seconds, and what costs most."""
    from sitegen.engine.profile import most_expensive, profile_rows
    from sitegen.engine.site_folder import read_config

    for line in table(profile_rows(report), 2, line_width()):
        echo(line)
    echo(most_expensive(report, read_config(root)[0]))
