"""init, new, list and config: the editor's small tools."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from sitegen.base.diagnostics import fail
from sitegen.cli.shared import clock, find_site, json_option, now_option, show, site_option


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--title", default="My digest", show_default=True, help="What the digest is called.")
@click.option("--base-url", default="https://digest.example/", show_default=True, metavar="URL", help="Where it will live.")
@click.option("--timezone", default="", help="IANA name such as Europe/Berlin (default: this machine's).")
@click.option("--language", default="en", show_default=True, help="Language of the site.")
@now_option
def init_command(folder: str, title: str, base_url: str, timezone: str, language: str, now: str) -> None:
    """Make a new site in DIR (default: here): site.yaml, a first article, a .gitignore.

    Files that are already there are never changed.
    """
    from sitegen.scaffold import init

    for path in init(Path(folder), title, base_url, timezone or _machine_zone(), language, clock(now)):
        click.echo(f"made {path}")
    go = "" if folder == "." else f"cd {folder} && "
    click.echo(f"next: {go}sitegen serve --open")


def _machine_zone() -> str:
    """The machine's time zone by its IANA name, or UTC where it has none."""
    from zoneinfo import ZoneInfo

    name = os.environ.get("TZ", "").lstrip(":")
    if not name and os.path.islink("/etc/localtime"):
        name = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    try:
        return ZoneInfo(name or "UTC").key
    except (ValueError, OSError, LookupError):
        return "UTC"


@click.command("new")
@click.argument("title")
@site_option
@click.option("--section", default="", help="Section to put it in (default: the first of site.yaml).")
@click.option("--author", "authors", multiple=True, help="Who wrote it; may be given several times.")
@now_option
def new_command(title: str, site: str, section: str, authors: tuple[str, ...], now: str) -> None:
    """Start an article called TITLE: a draft with its front matter, ready to be written."""
    from sitegen.build import read_config
    from sitegen.scaffold import new

    root = find_site(site)
    config, _ = read_config(root)
    click.echo(new(root, config, title, section, authors, clock(now)))


@click.command("list")
@site_option
@click.option("--section", default="", help="Only this section.")
@click.option("--tag", default="", help="Only articles with this tag.")
@click.option("--author", default="", help="Only articles by this author.")
@click.option("--status", default="", help="Only: published, draft, future, expired, withheld or withdrawn.")
@now_option
@json_option
def list_command(site: str, section: str, tag: str, author: str, status: str, now: str, as_json: bool) -> None:
    """List articles, the newest first: date, status, address, title and file."""
    from sitegen.build import read_documents
    from sitegen.site import Shown, document_url, held_back, moment

    config, documents, problems = read_documents(find_site(site))
    at = moment(clock(now))
    rows = []
    for d in sorted(documents, key=lambda d: (d.stamp, d.path), reverse=True):
        state = held_back(d, at, Shown()) or d.status
        if section not in ("", d.section) or (tag and tag not in d.tags) or (status and status != state):
            continue
        if author and author not in (p.name for p in d.authors):
            continue
        names = [p.name for p in d.authors]
        rows.append({"date": d.date, "status": state, "url": document_url(d, config), "title": d.title, "authors": names, "path": d.path})
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(rows))
    for row in () if as_json else rows:
        click.echo(f"{row['date'][:16]:16}  {row['status']:9}  {row['title']}\n{'':29}{row['url']}  ({row['path']})")
    show(d for d in problems if d.level == "error")


@click.command("config")
@click.argument("key", default="")
@site_option
@json_option
def config_command(key: str, site: str, as_json: bool) -> None:
    """Show the settings in force, or one of them: `sitegen config markdown.engine`."""
    import msgspec
    import yaml

    from sitegen.base.diagnostics import nearest
    from sitegen.build import read_config

    config, _ = read_config(find_site(site))
    value: Any = _whole(config)
    for part in key.split(".") if key else ():
        if not isinstance(value, dict) or part not in value:
            near = nearest(part, value if isinstance(value, dict) else ())
            raise fail("config", f"no setting `{key}`", help=f"did you mean `{near}`?" if near else "", exit_status=2)
        value = value[part]
    if as_json:
        click.echo(msgspec.json.encode(value))
    elif isinstance(value, (dict, list)):
        click.echo(yaml.safe_dump(value, allow_unicode=True, sort_keys=False).rstrip())
    else:
        click.echo("true" if value is True else "false" if value is False else value)


def _whole(value: Any) -> Any:
    """A struct as a mapping with its defaults; other values as they are in JSON."""
    import msgspec

    if isinstance(value, msgspec.Struct):
        return {name: _whole(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value
