"""check."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sitegen.base.diagnostics import Diagnostic, fail
from sitegen.base.text import counted
from sitegen.cli.pool import pool_of
from sitegen.cli.shared import (
    clock,
    cluster_option,
    complete_file,
    dry_run_option,
    find_site,
    json_option,
    now_option,
    quiet_option,
    site_option,
)
from sitegen.cli.terminal import MAX_SHOWN, ProgressBar, counted_levels, echo, echo_json, show
from sitegen.config.check_rules import RULES


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_file)
@site_option
@click.option("-D", "--drafts", is_flag=True, help="Check drafts too.")
@click.option(
    "-r",
    "--rule",
    "rules",
    multiple=True,
    type=click.Choice(list(RULES)),
    metavar="RULE",
    help="Check only this rule; repeatable.",
)
@click.option(
    "--rules",
    "list_rules",
    is_flag=True,
    help="List the rules with their levels, and exit.",
)
@click.option(
    "--external",
    is_flag=True,
    help="Also check links to other sites; answers are cached for a week.",
)
@click.option(
    "--days",
    default=7,
    show_default=True,
    type=click.IntRange(0, 3660),
    help="Report articles that go live or expire within N days.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--fix",
    is_flag=True,
    help="Fix problems that have exactly one safe fix; with -n, only show the diff.",
)
@cluster_option
@dry_run_option
@now_option
@json_option
@quiet_option
def check_command(
    paths: tuple[str, ...], list_rules: bool, strict: bool, fix: bool, as_json: bool, **flags: Any
) -> None:
    """Check the site, or only the articles at PATH, for errors, gaps and dead links.

    Errors that would stop a build are reported too. The levels of rules are set below `check:` in
    site.yaml. On GitHub Actions each problem is also shown next to its line. The exit status is 1
    if there is an error.

    \b
    Examples:
      sitegen check
      sitegen check content/world --rule link --rule image-alt
      sitegen check --external       also ask other sites whether links work
      sitegen check --fix --dry-run  show what would be fixed
    """
    from sitegen.check.model import CheckOptions
    from sitegen.check.run import check
    from sitegen.engine.staleness import failing

    root = find_site(flags["site"])
    if list_rules:
        return _list_rules(root, as_json)
    options = CheckOptions(
        root=str(root),
        now=clock(flags["now"]),
        drafts=flags["drafts"],
        days=flags["days"],
        external=flags["external"],
        rules=flags["rules"],
        paths=tuple(below(root, path) for path in paths),
    )
    progress = ProgressBar(flags["quiet"] or as_json)
    fixed = 0
    with pool_of(flags["cluster"], None, root, flags["quiet"] or as_json) as pool:
        report = check(options, progress, pool)
        if fix:
            fixed = _fix(root, report.fixes, flags["dry_run"], as_json)
            if fixed and not flags["dry_run"]:
                report = check(options, progress, pool)
    if as_json:
        echo_json(report)
    else:
        show(in_order(report.diagnostics))
    if not as_json and not flags["quiet"]:
        if fix:
            echo(f"{'would fix' if flags['dry_run'] else 'fixed'} {counted(fixed, 'problem')}")
        echo(summary(report))
    sys.exit(1 if failing(report.diagnostics, strict) else 0)


def _fix(root: Path, fixes: Any, dry_run: bool, as_json: bool) -> int:
    """Show the changes that fix problems, and make them unless ``dry_run``; how many they fix."""
    from sitegen.check.fix import changes, write
    from sitegen.engine.site_folder import read_config

    planned = changes(root, fixes, read_config(root)[0])
    for change in () if as_json else planned:
        echo(change.diff())
    if planned and not dry_run:
        write(root, planned)
    return sum(change.fixes for change in planned)


def in_order(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics by place; where not all can be shown, errors and warnings come first."""
    ranks = {"error": 0, "warning": 1, "note": 2}
    if len(problems) <= MAX_SHOWN:
        return list(problems)
    return sorted(problems, key=lambda d: ranks[d.level])


def summary(report: Any) -> str:
    """The lines that a check ends with."""
    found = counted_levels(report.diagnostics)
    by_rule = sorted(report.rules.items(), key=lambda item: (-item[1], item[0]))
    rules = ", ".join(f"{name} {count}" for name, count in by_rule)
    line = f"{counted(report.articles, 'article')} checked: {found} ({report.seconds:.1f} s)"
    return f"{line}\n{rules}".rstrip()


def below(root: Path, path: str) -> str:
    """A file or folder as its path relative to the site."""
    for candidate in (Path(path).absolute(), root / path):
        resolved = candidate.resolve()
        if candidate.exists() and root in (resolved, *resolved.parents):
            name = resolved.relative_to(root).as_posix()
            return "" if name == "." else name
    hint = "name an article, such as content/world/oil.md"
    raise fail("check", "is not a file or folder of the site", path, help=hint, exit_status=2)


def _list_rules(root: Path, as_json: bool) -> None:
    from sitegen.engine.site_folder import read_config

    chosen = read_config(root)[0].check
    rows = [
        {"rule": name, "level": chosen.get(name, level), "about": text}
        for name, (level, text) in RULES.items()
    ]
    if as_json:
        echo_json(rows)
    for row in () if as_json else rows:
        echo(f"{row['level']:8} {row['rule']:20} {row['about']}")
