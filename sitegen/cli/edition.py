"""edition: closing editions and listing them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sitegen.base.diagnostics import SitegenError, fail, nearest_hint
from sitegen.base.text import counted
from sitegen.cli.shared import (
    clock,
    dry_run_option,
    find_site,
    now_option,
    quiet_option,
    site_option,
)
from sitegen.cli.terminal import echo, line_width, show, table


@click.command("edition")
@click.argument("action", type=click.Choice(["close", "list"]))
@click.argument("key", default="")
@site_option
@now_option
@dry_run_option
@quiet_option
def edition_command(action: str, key: str, site: str, now: str, dry_run: bool, quiet: bool) -> None:
    """List editions, or close them.

    `close` writes content/editions/KEY.yaml for every edition that has ended, or for the edition
    KEY and all older ones. A closed edition no longer changes: articles that come late go into the
    next one.

    \b
    Examples:
      sitegen edition list
      sitegen edition close --dry-run
      sitegen edition close 2026-w48
    """
    root, moment = find_site(site), clock(now)
    digest, config, listed = _editions(root, moment)
    if action == "list":
        for line in table([_row(edition) for edition in reversed(listed)], 4, line_width()):
            echo(line)
        return
    chosen = _chosen(key, config, listed, moment)
    for edition in chosen:
        name = _write(root, edition, digest, config, moment, dry_run)
        if not quiet:
            articles = counted(len(edition.documents), "article")
            echo(
                f"{'would write' if dry_run else 'wrote'} {name}: edition {edition.number},"
                f" {articles}"
            )
    if not chosen and not quiet:
        echo(
            "no open edition has ended; name one to close it now: `sitegen edition list` lists them"
        )


def _row(edition: Any) -> tuple[str, ...]:
    state = "closed" if edition.published else "open"
    articles = counted(len(edition.documents), "article")
    return edition.key, f"No. {edition.number}", state, articles, edition.title


def _editions(root: Path, moment: str) -> tuple[Any, Any, Any]:
    from sitegen.content.closed_editions import manifest_files, read_manifests
    from sitegen.engine.articles import read_documents
    from sitegen.engine.staleness import failing
    from sitegen.site.editions import editions
    from sitegen.site.resolve import Shown, resolve
    from sitegen.site.resolve import moment as seconds

    config, documents, problems = read_documents(root)
    if not config.editions.kind:
        hint = "add them to site.yaml: `editions: {kind: daily}`; see: sitegen help editions"
        raise fail("edition", "this site has no editions", "site.yaml", help=hint, exit_status=2)
    frozen, errors = read_manifests(root, manifest_files(root, config), config)
    digest, _ = resolve(documents, config, seconds(moment), Shown())
    listed, notes = editions(digest, config, frozen)
    if failing([*problems, *errors], False):
        raise SitegenError([*problems, *errors])
    show(notes)
    return digest, config, listed


def _chosen(key: str, config: Any, listed: Any, moment: str) -> list[Any]:
    from sitegen.site.editions import ended
    from sitegen.site.resolve import moment as seconds

    open_ones = [e for e in listed if not e.published]
    if not key:
        over = [ended(e, config, seconds(moment)) for e in open_ones]
        return open_ones[: over.index(False)] if False in over else open_ones
    keys = [e.key for e in open_ones]
    if key.lower() not in keys:
        closed = any(e.key == key.lower() for e in listed)
        hint = nearest_hint(key, keys, "`sitegen edition list` lists them")
        raise fail(
            "edition",
            f"edition `{key}` {'is already closed' if closed else 'does not exist'}",
            help=hint,
            exit_status=2,
        )
    return open_ones[: keys.index(key.lower()) + 1]


def _write(root: Path, edition: Any, digest: Any, config: Any, moment: str, dry_run: bool) -> str:
    from datetime import datetime

    from sitegen.base.files import write_whole
    from sitegen.content.closed_editions import FOLDER
    from sitegen.site.editions import manifest

    name = f"{config.content}/{FOLDER}/{edition.key}.yaml"
    if _is_closed(root, name, config):
        raise fail(
            "edition",
            "already exists",
            name,
            help="correct it, or delete it to open the edition again",
        )
    if not dry_run:
        published = (
            datetime.fromisoformat(moment).astimezone(config.zone).isoformat(timespec="seconds")
        )
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / name, manifest(edition, digest, published).encode())
    return name


def _is_closed(root: Path, name: str, config: Any) -> bool:
    """Whether the file of an edition closes it already; one that only holds an editor's words does
    not."""
    from sitegen.base.files import read_bytes
    from sitegen.content.closed_editions import read_manifest

    if not (root / name).exists():
        return False
    return bool(read_manifest(read_bytes(root / name, name), name, config).published)
