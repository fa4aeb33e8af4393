"""import."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from sitegen.base.diagnostics import fail
from sitegen.base.secrets import hidden_feeds
from sitegen.base.text import counted, printable
from sitegen.cli.complete import complete_section
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
from sitegen.cli.terminal import (
    ProgressBar,
    columns,
    echo,
    echo_json,
    echo_lines,
    line_width,
    shortened,
    show,
)
from sitegen.model.base import Struct

if TYPE_CHECKING:
    from sitegen.config.schema import Config, SourceConfig
    from sitegen.importer.model import ImportedItem, ImportOptions, ImportReport, Outcome

# Outcomes that the summary counts, after what was imported.
OUTCOMES: tuple[Outcome, ...] = (
    "unchanged",
    "kept",
    "quarantined",
    "failed",
    "dropped",
    "waiting",
    "skipped",
    "listed",
)
IMPORTED: tuple[Outcome, ...] = ("created", "updated")
# What has arrived in the site, now or before; `listed` is a feed that an OPML file names.
ARRIVED: tuple[Outcome, ...] = (
    *("created", "updated", "unchanged", "kept", "listed"),
    *("dropped", "waiting"),
)
TOGETHER: tuple[Outcome, ...] = ("skipped", "dropped", "waiting")  # listed by reason
MAX_NAMES = 12  # of skipped files in one line
MAX_LISTED = 40  # articles beyond which only those are listed that need a person's attention
MARGIN = 11  # columns of the outcome
MIN_PATH, MIN_TITLE, MAX_SOURCE = 20, 16, 24  # columns where a line has to be cut


class CommandLine(Struct, frozen=True):
    """The options of the command line, without the site and the time."""

    section: str
    edition: str
    status: str | None
    url: str
    mapped: tuple[str, ...]  # FIELD=COLUMN
    pictures: bool
    fresh: bool
    allow_private: bool
    write: bool
    why: str
    jobs: int | None
    cluster: str
    dry_run: bool
    explain: bool
    report_file: Path | None
    strict: bool
    as_json: bool
    quiet: bool


@click.command("import")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=complete_file)
@site_option
@click.option(
    "--section",
    default="",
    shell_complete=complete_section,
    help="Section for the articles (default: what the source says, else news).",
)
@click.option(
    "--edition",
    default="",
    metavar="KEY",
    help="Edition for the articles; `date`: that of each article's date (default: the open one).",
)
@click.option(
    "--status",
    type=click.Choice(["published", "draft", "inbox"]),
    default=None,
    help="Status of the articles (default: what `sources` and `intake` in site.yaml say).",
)
@click.option("--url", default="", help="URL where the (single) source was published.")
@click.option(
    "--explain", is_flag=True, help="Show where each field was found, and its candidates."
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write what became of each input to this CSV file.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column of a CSV or TSV file holds a field, such as title=Headline (repeatable).",
)
@click.option(
    "--pictures", is_flag=True, help="Download the images that articles show from other sites."
)
@click.option(
    "--why",
    default="",
    metavar="ITEM",
    help="Show which rule kept or dropped an item (a URL, an id, a file or words of its title).",
)
@click.option(
    "--write", is_flag=True, help="Write the feeds of an OPML file into `sources:` of site.yaml."
)
@click.option("--fresh", is_flag=True, help="Fetch feeds and pages even if they have not changed.")
@click.option("--allow-private", is_flag=True, help="Allow URLs of the private network.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help="Processes to use (default: one per core).",
)
@cluster_option
@click.option("--strict", is_flag=True, help="Exit with status 1 if anything failed.")
@dry_run_option
@now_option
@json_option
@quiet_option
def import_command(sources: tuple[str, ...], site: str, now: str, **flags: Any) -> None:
    """Turn texts, pages, feeds, newsletters and exports into articles below content/.

    SOURCE is a file, a folder, a zip archive, a URL, or - for standard input; its format is
    detected from the content. Without SOURCE, the feeds of `sources:` in site.yaml are fetched.
    An article that was imported before is updated, unless you have edited it. What cannot be read
    with confidence goes to content/_quarantine/ with the reason, and is never published.

    Exit status: 0 if something was imported, or if only feeds of site.yaml could not be fetched
    (that is a warning); 1 if nothing could be imported, something was quarantined, or a file that
    you named could not be read. With --strict, 1 if anything failed.

    \b
    Examples:
      sitegen import article.txt saved-page.html
      sitegen import https://post.example/feed.xml --section city
      sitegen import old-site/ --dry-run --explain
      sitegen import clippings.csv --map title=Headline --report report.csv
      sitegen import feeds.opml --write
      sitegen import --why "Ferry timetable"
      pbpaste | sitegen import -
    """
    from sitegen.engine.site_folder import read_config
    from sitegen.scaffold.site import remove_welcome

    asked = CommandLine(**flags)
    root = find_site(site)
    config, _ = read_config(root)
    moment = datetime.fromisoformat(clock(now)).timestamp()
    if asked.why:
        _explain_item(root, config, asked.why, moment, asked.as_json)
        return
    _check(root, config, sources, asked)
    report = _imported_from(sources, root, config, moment, asked)
    arrived = report.count("created") and not asked.dry_run
    welcome = remove_welcome(root, config) if arrived else []
    if asked.report_file is not None:
        _write_report(report, asked.report_file)
    _echo_report(report, welcome, root, asked)
    sys.exit(exit_status(report, asked.strict))


def _check(root: Path, config: Config, sources: Sequence[str], asked: CommandLine) -> None:
    """Raise SitegenError (exit status 2) for what cannot be done, before anything is."""
    from sitegen.importer.run import feeds_of

    if not sources and not feeds_of(config) and not _mailboxes(config):
        hint = (
            "name files, folders or URLs: sitegen import article.txt; or give sources in site.yaml"
            " a `feed:`"
        )
        raise fail("import", "nothing to import", help=hint, exit_status=2)
    if asked.edition:
        _check_edition(root, config, asked.edition)
    if asked.report_file is not None:
        _check_report(asked.report_file)


def _mailboxes(config: Config) -> dict[str, SourceConfig]:
    """The sources that are mailboxes, by their keys."""
    return {key: source for key, source in config.sources.items() if source.mail}


def _imported_from(
    sources: Sequence[str], root: Path, config: Config, moment: float, asked: CommandLine
) -> ImportReport:
    """Import ``sources``, or the feeds and mailboxes of site.yaml."""
    from sitegen.importer.input.mailboxes import variable_of
    from sitegen.importer.run import import_all
    from sitegen.plugins import find_plugins

    given = {"-": sys.stdin.buffer.read()} if "-" in sources else {}
    options = _options(asked, moment)
    mailboxes = _mailboxes(config).items()
    quiet = asked.quiet or asked.as_json
    named = [name for name in sources if Path(name).exists()]
    with pool_of(asked.cluster, asked.jobs, root, quiet, named) as pool:
        return import_all(
            root,
            config,
            sources,
            options,
            pool,
            given=given,
            plugins=find_plugins(root, config.plugins),
            progress=ProgressBar(quiet),
            passwords={key: os.environ.get(variable_of(box), "") for key, box in mailboxes},
        )


def _options(asked: CommandLine, moment: float) -> ImportOptions:
    from sitegen.importer.model import ImportOptions

    return ImportOptions(
        section=asked.section,
        url=asked.url,
        dry_run=asked.dry_run,
        pictures=asked.pictures,
        private=asked.allow_private,
        fresh=asked.fresh,
        columns=_columns(asked.mapped),
        now=moment,
        edition=asked.edition,
        status=asked.status or "",
    )


def _echo_report(
    report: ImportReport, welcome: Sequence[str], root: Path, asked: CommandLine
) -> None:
    """Print the report as it is asked for; ``welcome`` are the paths of welcome articles that were
    deleted."""
    if asked.as_json:
        echo_json(replace(report, suggestion=hidden_feeds(report.suggestion)))
    elif asked.write:
        _write_sources(root, report.suggestion, asked.dry_run)
        show(report.diagnostics)
    elif asked.quiet:
        show(report.diagnostics)
    else:
        _print(report, asked.explain, asked.dry_run)
        echo_lines(f"removed {path}: the welcome article" for path in welcome)


def _check_edition(root: Path, config: Config, edition: str) -> None:
    """Raise SitegenError for an edition that articles cannot be put into."""
    from sitegen.content.closed_editions import closed_keys
    from sitegen.importer.place.editions import BY_DATE
    from sitegen.site.membership import key_fault

    fault = key_fault(edition, config, closed_keys(root, config)) if edition != BY_DATE else None
    if fault:
        raise fail("edition", fault.message, "site.yaml", help=fault.help, exit_status=2)


def _explain_item(root: Path, config: Config, wanted: str, now: float, as_json: bool) -> None:
    """Print what was decided of the items that ``wanted`` names.

    Raises SitegenError if there is none.
    """
    from sitegen.importer.why import why

    found = why(root, config, wanted, now)
    if not found:
        hint = "name an item of the last imports by its URL, its id, its file or words of its title"
        raise fail("import", f"no item `{wanted}` is known", help=hint)
    if as_json:
        echo_json(found)
        return
    for one in found:
        echo(f"{one.key[:7]} {printable(one.title, keep='')}  ({one.source})")
        echo(f"{'':7} {one.said}")


def _columns(said: Sequence[str]) -> dict[str, str]:
    """The columns by field that `--map` names.

    Raises SitegenError for one without an equals sign, or for a field that no article has.
    """
    from sitegen.importer.fields.columns import COLUMNS

    out = {}
    for one in said:
        field, equals, column = one.partition("=")
        if not equals or field.strip() not in COLUMNS or not column.strip():
            hint = f"write --map FIELD=COLUMN; fields are {', '.join(COLUMNS)}"
            raise fail("import", f"--map {one} is not valid", help=hint, exit_status=2)
        out[field.strip()] = column.strip()
    return out


def _write_sources(root: Path, suggestion: str, dry_run: bool) -> None:
    """Add the feeds of ``suggestion`` to site.yaml, or print them in a dry run.

    Raises SitegenError where they cannot be added without other changes.
    """
    from sitegen.base.files import read_bytes, utf8, write_whole
    from sitegen.config.edit import with_sources

    path = root / "site.yaml"
    rows = suggestion.splitlines()[1:]
    if not rows:
        echo("no feed to add: the inputs list none that site.yaml lacks")
        return
    text = with_sources(utf8(read_bytes(path, "site.yaml"), "site.yaml"), rows)
    number = sum(row.startswith("    feed:") for row in rows)
    if dry_run:
        echo(hidden_feeds(suggestion))
    else:
        write_whole(path, text.encode())
    feeds = counted(number, "feed")
    did = "would be added" if dry_run else "added"
    echo(f"{feeds} {did} to site.yaml{'' if dry_run else '; fetch them with `sitegen import`'}")


def _check_report(path: Path) -> None:
    """Refuse a report in the place of a file that is not one.

    Raises SitegenError (exit status 2).
    """
    from sitegen.importer.report import is_report

    if path.exists() and not is_report(path):
        message = "exists, and is not a report of an import"
        hint = "name another file for the report, or remove this one"
        raise fail("import", message, str(path), help=hint, exit_status=2)


def _write_report(report: ImportReport, path: Path) -> None:
    """Write the report as a table.

    Raises SitegenError where that is not possible.
    """
    from sitegen.base.files import write_whole
    from sitegen.importer.report import as_table

    try:
        write_whole(path, as_table(report).encode("utf-8", "replace"))
    except OSError as error:
        what = f"the report cannot be written: {error.strerror}"
        raise fail("import", what, str(path)) from None


def exit_status(report: ImportReport, strict: bool) -> int:
    """0 if the import may be followed by a build, 1 if a person has to look first.

    A fetch that failed is a warning: it is an error only if nothing arrived, or with ``strict``.
    A feed of site.yaml that fails is an error when it has done so for a week.
    """
    levels = {diagnostic.level for diagnostic in report.diagnostics}
    if "error" in levels or report.count("quarantined"):
        return 1
    if strict:
        return int(report.count("failed") > 0)
    lost = any(item.outcome == "failed" and not item.outlet for item in report.items)
    return int(lost and not any(map(report.count, ARRIVED)))


def _print(report: ImportReport, explain: bool, dry_run: bool) -> None:
    """The report for people: what became of each source, diagnostics, and the summary."""
    for item in _listed(report, explain or dry_run):
        _print_item(item, explain, dry_run)
    for outcome in TOGETHER:
        echo_lines(_by_reason(report, outcome))
    show(report.diagnostics)
    if report.suggestion:
        _print_suggestion(report.suggestion)
    echo(f"{summary(report)}{' (dry run: nothing was written)' if dry_run else ''}")


def _listed(report: ImportReport, in_full: bool) -> Iterator[ImportedItem]:
    """The items that have a line of their own."""
    reported = {d.path for d in report.diagnostics}
    for item in report.items:
        is_reported = item.outcome == "failed" and item.origin in reported
        if not is_reported and _is_listed(item, len(report.items), in_full):
            yield item


def _print_suggestion(suggestion: str) -> None:
    """The lines for site.yaml by which feeds are followed, without the keys in their URLs."""
    shown = hidden_feeds(suggestion)
    echo(f"\nTo follow these feeds, add this to site.yaml and run `sitegen import`:\n\n{shown}")
    if shown != suggestion:
        echo("Keys are hidden here; `sitegen import --write` writes them into site.yaml.\n")


def _is_listed(item: ImportedItem, total: int, in_full: bool) -> bool:
    """Whether an item has a line of its own; of many, only those that need attention do."""
    if item.outcome in TOGETHER:
        return False
    if total <= MAX_LISTED or in_full:
        return True
    twin = item.reason.startswith(("the same article", "in the place of"))
    return twin or item.outcome not in ("created", "updated", "unchanged")


def _print_item(item: ImportedItem, explain: bool, dry_run: bool) -> None:
    echo(item_line(item, line_width()))
    if item.reason and item.outcome != "created":
        echo(f"{'':{MARGIN}} {item.reason}")
    if explain:
        _explain(item)
    if item.change and (dry_run or explain):
        echo(item.change)


def _explain(item: ImportedItem) -> None:
    """Why each field has its value."""
    for field, how in item.evidence:
        echo(f"{'':{MARGIN}} {field} {how}")
    for one in item.weighed:
        reasons = ", ".join(f"{name} {weight:+.1f}" for name, weight in one.reasons)
        echo(f"{'':{MARGIN}} {one.field} {one.chance:.2f} {printable(one.value)} ({reasons})")


def item_line(item: ImportedItem, width: int) -> str:
    """One line of at most ``width`` columns: outcome, file, title and the source it came from.

    Where there is little room, the title is cut first, then the path; both in the middle.
    """
    path, title = printable(item.path or item.origin, keep=""), printable(item.title, keep="")
    source = printable(item.origin, keep="") if item.path else ""
    room = width - MARGIN - 1
    if columns(path) + columns(title) + columns(source) + 7 > room:
        source = shortened(source, MAX_SOURCE)
    origin = f"  ({source})" if source else ""
    room -= columns(origin)
    path = shortened(path, max(MIN_PATH, room))
    left = room - columns(path) - 2
    title = shortened(title, left) if left >= min(MIN_TITLE, columns(title)) else ""
    return f"{item.outcome:{MARGIN}} {path}{f'  {title}' if title else ''}{origin}"


def _by_reason(report: ImportReport, outcome: Outcome) -> Iterator[str]:
    """What had this outcome, by reason: how many, why, and their names."""
    groups: dict[str, list[str]] = {}
    for item in report.items:
        if item.outcome == outcome:
            groups.setdefault(item.reason, []).append(item.title or item.origin)
    for reason, names in groups.items():
        count = f"{len(names)} times: " if len(names) > 1 else ""
        yield f"{outcome:{MARGIN}} {_first_names(names)}"
        yield f"{'':{MARGIN}} {count}{reason}"


def _first_names(names: Sequence[str]) -> str:
    """Names for a message, not too many."""
    shown = ", ".join(names[:MAX_NAMES])
    hidden = len(names) - MAX_NAMES
    return f"{shown} and {hidden} more (--json lists them all)" if hidden > 0 else shown


def summary(report: ImportReport) -> str:
    """One line: `12 imported: 9 published, 3 drafts (no date: 2, no author: 1), 1 failed`."""
    parts = [_imported(report)]
    parts += [f"{report.count(name)} {name}" for name in OUTCOMES if report.count(name)]
    return ", ".join(part for part in parts if part) or "nothing to import"


def _imported(report: ImportReport) -> str:
    """How many articles were imported, by their status; empty if none was."""
    imported = [item for item in report.items if item.outcome in IMPORTED]
    if not imported:
        return ""
    updated = report.count("updated")
    head = f"{len(imported)} imported" + (f" ({updated} updated)" if updated else "")
    return f"{head}: {', '.join(_states(imported))}"


def _states(imported: Sequence[ImportedItem]) -> list[str]:
    """How many articles have each status: what is published first, drafts last."""
    counts = Counter(item.status for item in imported)
    drafts = counts.pop("draft", 0)
    words = {"": "published", "inbox": "in the inbox"}
    others = sorted(counts.keys() - words.keys())
    states = [
        f"{counts[status]} {words.get(status, status)}"
        for status in (*words, *others)
        if counts[status]
    ]
    return [*states, counted(drafts, "draft") + _why_drafts(imported)] if drafts else states


def _why_drafts(imported: Sequence[ImportedItem]) -> str:
    reasons = Counter(why for item in imported if item.status == "draft" for why in item.lacking)
    if not reasons:
        return ""
    return f" ({', '.join(f'{why}: {number}' for why, number in reasons.most_common())})"
