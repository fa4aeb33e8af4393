"""The command line."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from sitegen import __version__
from sitegen.base.diagnostics import SitegenError, fail, render_text


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def cli() -> None:
    """Turn a folder of collected news into a static digest."""


def find_site(start: str | None) -> Path:
    """The folder given, or the nearest one upwards that has a site.yaml."""
    if start:
        if not (Path(start) / "site.yaml").is_file():
            raise fail("config", "there is no site.yaml here", start, help="`sitegen init DIR` makes a site", exit_status=2)
        return Path(start).resolve()
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "site.yaml").is_file():
            return folder
    raise fail("config", "no site.yaml here or above", help="`sitegen init DIR` makes a site", exit_status=2)


@cli.command()
@click.option("-s", "--site", help="Folder of the site (default: the nearest one upwards with a site.yaml).")
@click.option("-o", "--output", help="Folder to write to (default: output/ of the site).")
@click.option("-b", "--base-url", default="", help="Address the site will have, instead of the one in site.yaml.")
@click.option("-D", "--drafts", is_flag=True, help="Include drafts.")
@click.option("-F", "--future", is_flag=True, help="Include articles dated in the future.")
@click.option("-E", "--expired", is_flag=True, help="Include expired articles.")
@click.option("--now", default="", help="Build as at this moment (ISO 8601).")
@click.option("-j", "--jobs", type=click.IntRange(1), default=None, help="Processes to use (default: one per core).")
@click.option("--strict", is_flag=True, help="Warnings keep the site from being published, too.")
@click.option("--no-cache", is_flag=True, help="Make everything anew.")
@click.option("--keep-going", is_flag=True, help="Publish what is right, and still exit with 1.")
@click.option("-n", "--dry-run", is_flag=True, help="Change nothing in output/.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def build(site: str | None, output: str | None, now: str, jobs: int | None, as_json: bool, **flags) -> None:  # type: ignore[no-untyped-def]
    """Build the site into output/."""
    import msgspec

    from sitegen.build import BuildOptions, failing
    from sitegen.build import build as run_build

    moment = now or datetime.now(UTC).isoformat(timespec="seconds")
    folder = str(Path(output).resolve()) if output else ""
    report = run_build(BuildOptions(root=str(find_site(site)), now=moment, output=folder, jobs=jobs or 0, **flags))
    for found in report.diagnostics:
        click.echo(render_text(found) + "\n", err=True)
    if as_json:
        click.echo(msgspec.json.encode(report))
    else:
        held = "".join(f", {n} {reason}" for reason, n in report.skipped.items())
        click.echo(
            f"{report.articles} articles{held}: {report.written} written, {report.unchanged} unchanged, "
            f"{report.removed} removed in {report.seconds:.2f} s, {report.peak_mib:.0f} MiB"
        )
    if failing(report.diagnostics, flags["strict"]):
        if not report.published and not flags["dry_run"]:
            click.echo("nothing was published: output/ is as it was", err=True)
        sys.exit(1)


def main() -> None:
    """Entry point: prints what a user can mend, and exits with its status."""
    try:
        cli()
    except SitegenError as error:
        for found in error.diagnostics:
            click.echo(render_text(found), err=True)
        sys.exit(error.exit_status)
