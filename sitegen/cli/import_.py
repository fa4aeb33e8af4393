"""import."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from sitegen.base.diagnostics import fail
from sitegen.base.text import counted, printable
from sitegen.cli.complete import complete_section
from sitegen.cli.shared import (
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

if TYPE_CHECKING:
    from sitegen.importer.model import ImportReport, Outcome

OUTCOMES: tuple[Outcome, ...] = (
    "created",
    "updated",
    "unchanged",
    "kept",
    "quarantined",
    "failed",
    "skipped",
    "listed",
)
MAX_NAMES = 12  # of what is passed over, in one line
MAX_QUIET = 40  # outcomes beyond which only those are listed that ask for a person's eye


@click.command("import")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=complete_file)
@site_option
@click.option(
    "--section",
    default="",
    shell_complete=complete_section,
    help="Section to put the articles in (default: what the source says, else news).",
)
@click.option("--url", default="", help="Where the (single) source was published.")
@click.option("--explain", is_flag=True, help="Show where each field was found.")
@click.option(
    "--pictures", is_flag=True, help="Fetch the pictures that articles show from their outlets."
)
@click.option("--fresh", is_flag=True, help="Fetch what has not changed, too.")
@click.option(
    "--allow-private", is_flag=True, help="Fetch from addresses of the private network, too."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help="Processes to use (default: one per core).",
)
@dry_run_option
@now_option
@json_option
@quiet_option
def import_command(sources: tuple[str, ...], explain: bool, as_json: bool, **flags: Any) -> None:
    """Turn texts, pages, feeds, newsletters and exports into articles below content/.

    SOURCE is a file, a folder, a zip archive, an address, or - for what is piped in; what it holds is
    told by its content. Without SOURCE, the feeds of `sources:` in site.yaml are fetched. An article
    that was imported before is updated, unless a person has edited it. What cannot be read with
    confidence goes to content/_quarantine/ with the reason, and is never published.
    """  # noqa: E501
    from sitegen.engine.site_folder import read_config
    from sitegen.engine.workers import cores
    from sitegen.importer.run import ImportOptions, feeds_of, import_all
    from sitegen.plugins import find_plugins
    from sitegen.scaffold.site import remove_welcome

    root = find_site(flags["site"])
    config, _ = read_config(root)
    clock(flags["now"])
    if not sources and not feeds_of(config):
        hint = (
            "name files, folders or addresses: sitegen import article.txt; or give outlets of"
            " `sources:` a `feed:`"
        )
        raise fail("import", "nothing to import", help=hint, exit_status=2)
    given = {"-": sys.stdin.buffer.read()} if "-" in sources else {}
    asked = {key: flags[key] for key in ("section", "url", "dry_run", "pictures", "fresh")}
    options = ImportOptions(private=flags["allow_private"], jobs=flags["jobs"] or cores(), **asked)
    plugins = find_plugins(root, config.plugins)
    report = import_all(
        root,
        config,
        sources,
        options,
        given=given,
        plugins=plugins,
        progress=progress_bar(flags["quiet"] or as_json),
    )
    welcome = (
        remove_welcome(root, config) if report.count("created") and not options.dry_run else []
    )
    failed = (
        any(d.level == "error" for d in report.diagnostics)
        or report.count("quarantined")
        or report.count("failed")
    )
    if as_json:
        echo_json(report)
    else:
        _print(report, explain, flags["quiet"], flags["dry_run"])
        for path in () if flags["quiet"] else welcome:
            echo(f"removed {path}: the welcome article")
    sys.exit(1 if failed else 0)


def _print(report: ImportReport, explain: bool, quiet: bool, dry_run: bool) -> None:
    """The report for people: what became of each input, problems, and the sum."""
    many = len(report.items) > MAX_QUIET and not explain and not dry_run
    for item in () if quiet else report.items:
        twin = item.reason.startswith(("the same article", "in the place of"))
        if item.outcome == "skipped" or (
            many and item.outcome in ("created", "updated", "unchanged") and not twin
        ):
            continue  # what they lack is reported below
        name = printable(item.path or item.origin, keep="")
        echo(f"{item.outcome:11} {name}" + (f"  {item.title}" if item.title else ""))
        if item.reason and item.outcome != "created":
            echo(f"{'':11} {item.reason}")
        for field, how in item.evidence if explain else ():
            echo(f"{'':11} {field} {how}")
        if item.change and (dry_run or explain):
            echo(item.change)
    for line in () if quiet else _skipped(report):
        echo(line)
    show(report.diagnostics)
    if quiet:
        return
    if report.suggestion:
        echo(
            "\nTo follow these feeds, put this into site.yaml and run `sitegen"
            f" import`:\n\n{report.suggestion}"
        )
    echo(f"{summary(report)}{' (dry run: nothing was written)' if dry_run else ''}")


def _skipped(report: ImportReport) -> Iterator[str]:
    """What was passed over, by its kind: how many, why, and their names."""
    groups: dict[str, list[str]] = {}
    for item in report.items:
        if item.outcome == "skipped":
            groups.setdefault(item.reason, []).append(item.title or item.origin)
    for reason, names in groups.items():
        more = (
            f" and {len(names) - MAX_NAMES} more (--json names all)"
            if len(names) > MAX_NAMES
            else ""
        )
        yield f"{'skipped':11} {', '.join(names[:MAX_NAMES])}{more}"
        yield f"{'':11} {f'{len(names)} times: ' if len(names) > 1 else ''}{reason}"


def summary(report: ImportReport) -> str:
    """One line: `12 imported: 9 published, 3 drafts (no date: 2, no author: 1), 1 quarantined, 1 failed`."""  # noqa: E501
    brought = [i for i in report.items if i.outcome in ("created", "updated")]
    by_status = Counter(i.status for i in brought)
    drafts = Counter(why for i in brought if i.status == "draft" for why in i.lacking)
    reasons = f" ({', '.join(f'{why}: {n}' for why, n in drafts.most_common())})" if drafts else ""
    states = [f"{by_status['']} published" if by_status[""] else ""]
    states += [
        f"{n} {status}" for status, n in sorted(by_status.items()) if status not in ("", "draft")
    ]
    states += [counted(by_status["draft"], "draft") + reasons] if by_status["draft"] else []
    again = f" ({n} updated)" if (n := report.count("updated")) else ""
    parts = (
        [f"{len(brought)} imported{again}: {', '.join(s for s in states if s)}"] if brought else []
    )
    parts += [
        f"{n} {name}"
        for name in OUTCOMES
        if name not in ("created", "updated") and (n := report.count(name))
    ]
    return ", ".join(parts) or "nothing found"
