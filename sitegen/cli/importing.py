"""import."""

from __future__ import annotations

import sys
from typing import Any

import click

from sitegen.base.diagnostics import fail
from sitegen.cli.shared import clock, dry_run_option, find_site, json_option, now_option, quiet_option, show, site_option


@click.command("import")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@site_option
@click.option("--section", default="", help="Section to put the articles in (default: what the source says, else news).")
@click.option("--url", default="", help="Where the (single) source was published.")
@click.option("--explain", is_flag=True, help="Show where each field was found.")
@dry_run_option
@now_option
@json_option
@quiet_option
def import_command(sources: tuple[str, ...], section: str, url: str, explain: bool, as_json: bool, **flags: Any) -> None:
    """Turn copied texts and saved pages into articles below content/.

    SOURCE is a file, a folder, or - for what is piped in; what it holds is told by its content. An
    article that was imported before is updated, unless a person has edited it. What cannot be read
    with confidence goes to content/_quarantine/ with the reason, and is never published.
    """
    from sitegen.build import read_config
    from sitegen.importer.run import import_paths

    if not sources:
        raise fail("import", "nothing to import", help="name files or folders: sitegen import article.txt", exit_status=2)
    root = find_site(flags["site"])
    config, _ = read_config(root)
    stdin = sys.stdin.buffer.read() if "-" in sources else None
    now, dry_run = clock(flags["now"]), flags["dry_run"]
    report = import_paths(root, config, sources, section=section, dry_run=dry_run, source_url=url, now=now, stdin=stdin)
    failed = any(d.level == "error" for d in report.diagnostics) or report.count("quarantined")
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(report))
        sys.exit(1 if failed else 0)
    for item in () if flags["quiet"] else report.items:
        click.echo(f"{item.outcome:11} {item.path or item.origin}" + (f"  {item.title}" if item.title else ""))
        if item.reason:
            click.echo(f"{'':11} {item.reason}")
        for field, how in item.evidence if explain else ():
            click.echo(f"{'':11} {field} {how}")
        if item.change:
            click.echo(item.change)
    show(report.diagnostics)
    if not flags["quiet"]:
        counts = {o: report.count(o) for o in ("created", "updated", "unchanged", "kept", "quarantined")}
        said = ", ".join(f"{n} {name}" for name, n in counts.items() if n) or "nothing found"
        click.echo(f"{said}{' (dry run: nothing was written)' if dry_run else ''}")
    sys.exit(1 if failed else 0)
