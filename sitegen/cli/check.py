"""check."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from sitegen.base.diagnostics import Diagnostic, fail
from sitegen.base.text import counted
from sitegen.cli.shared import (
    MAX_SHOWN,
    clock,
    complete_file,
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
)
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
    help="Only this rule; repeatable.",
)
@click.option(
    "--rules",
    "list_rules",
    is_flag=True,
    help="List the rules with their levels, and check nothing.",
)
@click.option(
    "--external",
    is_flag=True,
    help="Ask other sites whether links to them work; answers are remembered for a week.",
)
@click.option(
    "--days",
    default=7,
    show_default=True,
    type=click.IntRange(0, 3660),
    help="Tell what appears or expires in so many days.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@click.option("--fix", is_flag=True, help="Mend what has one safe answer; with -n, show how.")
@dry_run_option
@now_option
@json_option
@quiet_option
def check_command(
    paths: tuple[str, ...], list_rules: bool, strict: bool, fix: bool, as_json: bool, **flags: Any
) -> None:
    """Look for what is wrong, missing or doubtful in the site, or in the articles at PATH.

    What keeps the site from being built is reported too. Levels are set below `check:` in site.yaml.
    On GitHub Actions every problem is also shown beside its line. Exits with 1 where there is an error.
    """  # noqa: E501

    from sitegen.check.model import CheckOptions
    from sitegen.check.run import check
    from sitegen.engine.site_folder import read_config
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
        paths=tuple(_below(root, path) for path in paths),
    )
    progress = progress_bar(flags["quiet"] or as_json)
    report = check(options, progress)
    mended = 0
    if fix:
        from sitegen.check.fix import changes, write

        found = changes(root, report.fixes, read_config(root)[0])
        mended = sum(change.fixes for change in found)
        if not as_json:
            for change in found:
                echo(change.diff())
        if found and not flags["dry_run"]:
            write(root, found)
            report = check(options, progress)
    if as_json:
        echo_json(report)
    else:
        show(_in_order(report.diagnostics))
    if not as_json and not flags["quiet"]:
        if fix:
            echo(f"{'would mend' if flags['dry_run'] else 'mended'} {mended} of what was found")
        echo(_summary(report))
    sys.exit(1 if failing(report.diagnostics, strict) else 0)


def _in_order(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Problems by place; where not all can be shown, errors and warnings come first."""
    ranks = {"error": 0, "warning": 1, "note": 2}
    return sorted(found, key=lambda d: ranks[d.level]) if len(found) > MAX_SHOWN else list(found)


def _summary(report: Any) -> str:
    """The lines that a check ends with."""
    levels = Counter(d.level for d in report.diagnostics)
    said = [counted(levels[name], name) for name in ("error", "warning", "note") if levels[name]]
    rules = ", ".join(
        f"{name} {count}"
        for name, count in sorted(report.rules.items(), key=lambda item: (-item[1], item[0]))
    )
    articles = f"{counted(report.articles, 'article')} checked in {report.seconds:.2f} s"
    return f"{articles}: {', '.join(said) or 'nothing found'}" + (f"\n{rules}" if rules else "")


def _below(root: Path, path: str) -> str:
    """A file or folder as its path relative to the site."""
    for place in (Path(path).absolute(), root / path):
        if place.exists() and root in (place.resolve(), *place.resolve().parents):
            name = place.resolve().relative_to(root).as_posix()
            return "" if name == "." else name
    raise fail(
        "check",
        "is no file or folder of the site",
        path,
        help="name an article, such as content/world/oil.md",
        exit_status=2,
    )


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
