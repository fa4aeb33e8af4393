"""init, new, list and config: the editor's small tools."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from sitegen.base.diagnostics import fail
from sitegen.cli.shared import (
    clock,
    complete_folder,
    echo,
    echo_json,
    find_site,
    json_option,
    now_option,
    show,
    site_option,
    web_address,
)

STATES = ("published", "draft", "future", "expired", "withheld", "withdrawn")
COLUMNS = ("date", "status", "section", "url", "title", "authors", "source", "tags", "lang", "updated", "words", "path")


@click.command("init")
@click.argument("folder", default=".", metavar="[DIR]", shell_complete=complete_folder)
@click.option("--title", default="My digest", show_default=True, help="What the digest is called.")
@click.option(
    "--base-url",
    default="https://digest.example/",
    show_default=True,
    metavar="URL",
    callback=web_address,
    help="Where it will be published.",
)
@click.option("--timezone", default="", help="IANA name such as Europe/Berlin (default: this machine's).")
@click.option("--language", default="en", show_default=True, help="Language of the site.")
@click.option(
    "--collects",
    type=click.Choice(["letters", "feeds", "archive"]),
    default="letters",
    show_default=True,
    help="What the digest is made from; decides sections, editions and theme.",
)
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take the defaults.")
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab"]),
    default=None,
    help="Write the workflow file that deploys the site on every push.",
)
@now_option
@click.pass_context
def init_command(ctx: click.Context, /, folder: str, yes: bool, ci: str | None, now: str, **given: str) -> None:
    """Make a new site in DIR (default: here).

    Writes site.yaml, a first article and a .gitignore. On a terminal it asks for what no option says.
    Files that exist are never changed. With --ci, a site that exists only gets its workflow file.
    """
    from sitegen.scaffold.site import Answers, init
    from sitegen.scaffold.workflows import init_ci

    root = Path(folder)
    if ci and (root / "site.yaml").exists():
        echo(f"created {init_ci(root, ci)}")
        return
    given["timezone"] = given["timezone"] or _machine_zone()
    if not yes and sys.stdin.isatty() and sys.stdout.isatty() and not (root / "site.yaml").exists():
        given = _ask(ctx, given)
    for path in init(root, Answers(**given), clock(now)):
        echo(f"created {path}")
    if ci:
        echo(f"created {init_ci(root, ci)}")
    go = "" if folder == "." else f"cd {folder} && "
    echo(f"next: {go}sitegen serve --open")


# option -> question; asked in this order
_QUESTIONS = {
    "title": "Title of the digest",
    "base_url": "URL where it will be published",
    "language": "Language (a tag such as en, de, pt-BR)",
    "timezone": "Time zone (IANA name)",
}


def _ask(ctx: click.Context, given: dict[str, str]) -> dict[str, str]:
    """``given`` with an answer for each option that the command line leaves open."""
    from sitegen.scaffold.site import STARTS

    def is_open(name: str) -> bool:
        return ctx.get_parameter_source(name) in (None, ParameterSource.DEFAULT)

    answers = dict(given)
    for name, question in _QUESTIONS.items():
        if is_open(name):
            answers[name] = click.prompt(question, default=given[name]).strip()
    if is_open("collects"):
        echo("What will you collect?")
        for kind, start in STARTS.items():
            echo(f"  {kind:8} {start.about}")
        kinds = click.Choice(list(STARTS))
        answers["collects"] = click.prompt("Collects", type=kinds, default=given["collects"])
    return answers


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


def _settings(ctx: click.Context) -> tuple[Path, Any] | None:
    """The folder and the settings of the site that a line to be completed is about; None where there is none."""
    from sitegen.base.diagnostics import SitegenError
    from sitegen.folder import read_config

    try:
        root = find_site(ctx.params.get("site") or "")
        return root, read_config(root)[0]
    except SitegenError:
        return None


def complete_section(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The sections of site.yaml and the folders of the content folder, for the shell to complete."""
    if not (found := _settings(ctx)):
        return []
    root, config = found
    folders = {p.parent.name for p in (root / config.content).glob("*/*.md") if p.parent.name[0] not in "._"}
    return sorted(n for n in {*config.sections, *folders} if n.startswith(incomplete))


def complete_name(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """The names of authors, sources or targets in site.yaml, its keys, or the archetypes, for the shell to complete."""
    if not (found := _settings(ctx)):
        return []
    root, config = found
    known = {
        "authors": [a.name for a in config.authors.values()],
        "author": [a.name for a in config.authors.values()],
        "source": list(config.sources),
        "target": list(config.deploy),
        "key": list(config.__struct_fields__),
        "archetype": [p.stem for p in (root / "archetypes").glob("*.md")],
    }
    return sorted(n for n in known[parameter.name or ""] if n.lower().startswith(incomplete.lower()))


section_option = click.option("--section", default="", help="Only this section.", shell_complete=complete_section)


@click.command("new")
@click.argument("title")
@site_option
@click.option("--section", default="", help="Section to put it in (default: the first of site.yaml).", shell_complete=complete_section)
@click.option("--author", "authors", multiple=True, help="Who wrote it; may be given several times.", shell_complete=complete_name)
@click.option(
    "--archetype",
    default="",
    metavar="NAME",
    help="Start from archetypes/NAME.md (default: the section's, else default.md).",
    shell_complete=complete_name,
)
@now_option
def new_command(title: str, site: str, section: str, authors: tuple[str, ...], archetype: str, now: str) -> None:
    """Start an article called TITLE: a draft with its front matter, ready to be written.

    A site may have archetypes: Markdown files in which {title}, {slug}, {section}, {date}, {day}, {year},
    {author} and {authors} are filled in.
    """
    from sitegen.folder import read_config
    from sitegen.scaffold.article import new

    root = find_site(site)
    config, _ = read_config(root)
    echo(new(root, config, title, section, authors, clock(now), archetype))


@click.command("list")
@site_option
@section_option
@click.option("--tag", default="", help="Only articles with this tag.")
@click.option("--author", default="", help="Only articles by this author, by name or alias.", shell_complete=complete_name)
@click.option(
    "--source", default="", help="Only articles from this outlet, by name or by its key in site.yaml.", shell_complete=complete_name
)
@click.option("--status", type=click.Choice(STATES), metavar="STATE", help="Only: " + ", ".join(STATES) + ".")
@click.option("--since", default="", metavar="DATE", help="Only articles of this day or moment, and later ones.")
@click.option("--until", default="", metavar="DATE", help="Only articles up to this day or moment.")
@click.option("--lang", default="", metavar="TAG", help="Only articles in this language; pt finds pt-BR, too.")
@now_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print the result as CSV with a heading.")
def list_command(site: str, now: str, as_json: bool, as_csv: bool, **wanted: str) -> None:
    """List articles, the newest first: date, status, address, title and file."""
    from sitegen.base.text import printable
    from sitegen.build import read_documents
    from sitegen.content.parse import NO_DATE
    from sitegen.site import Shown, document_url, held_back, moment, source_name

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    config, documents, problems = read_documents(find_site(site))
    at = moment(clock(now))
    start, stop = _bound(wanted["since"], config, "--since"), _bound(wanted["until"], config, "--until")
    aliases = {alias: a.name for a in config.authors.values() for alias in a.aliases}
    rows = []
    for d in sorted(documents, key=lambda d: (d.stamp, d.path), reverse=True):
        if (start and d.stamp < start) or (stop and d.stamp >= stop):
            continue
        row = {
            "date": "" if d.date == NO_DATE else d.date,
            "status": held_back(d, config, at, Shown()) or d.status,
            "section": d.section,
            "url": "" if d.date == NO_DATE else document_url(d, config),
            "title": d.title,
            "authors": [aliases.get(p.name, p.name) for p in d.authors],
            "source": source_name(d),
            "tags": list(d.tags),
            "lang": d.lang or config.language,
            "updated": d.updated,
            "words": d.words,
            "path": d.path,
        }
        rows.append(row)
    outlets = {key: s.name for key, s in config.sources.items()}
    wanted["author"] = aliases.get(wanted["author"], wanted["author"])
    wanted["source"] = outlets.get(wanted["source"], wanted["source"])
    chosen = [row for row in rows if _matches(row, wanted)]
    if as_json:

        echo_json(chosen)
    elif as_csv:
        _echo_csv(chosen)
    else:
        for row in chosen:
            path = printable(str(row["path"]), keep="")
            place = f"{row['url']}  ({path})" if row["url"] else path
            echo(f"{str(row['date'] or 'no date')[:16]:16}  {row['status']:9}  {row['title']}\n{'':29}{place}")
        if not chosen and rows:
            echo("no article matches" + _near(rows, wanted), err=True)
    show(d for d in problems if d.level == "error" or d.code == "recovered")


def _bound(value: str, config: Any, option: str) -> float:
    """The moment from which `--since` counts, or the one up to which `--until` does, in seconds; 0 where none is given.

    A day is meant with its whole 24 hours.
    """
    from datetime import date, timedelta

    from sitegen.base.dates import read_date

    if not value:
        return 0.0
    try:
        text, stamp = read_date(value, config.zone)
        if option == "--until":
            stamp = read_date(str(date.fromisoformat(text) + timedelta(1)), config.zone)[1] if len(text) == 10 else stamp + 1
    except (ValueError, OverflowError):
        raise click.BadParameter(f"`{value}` is no date; write it as 2026-11-24", param_hint=option) from None
    return stamp


FEW = 8  # values that are named where none of them was asked for
LISTED = {"section": "section", "tag": "tags", "author": "authors", "source": "source"}  # option -> column


def _matches(row: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Whether an article is as asked for; names are compared as addresses are made of them."""
    from sitegen.base.text import slugify

    for option, column in LISTED.items():
        values = row[column] if isinstance(row[column], list) else [row[column]]
        if wanted[option] and slugify(wanted[option]) not in {slugify(v) for v in values if v}:
            return False
    lang = wanted["lang"].lower()
    if lang and row["lang"].lower() != lang and not row["lang"].lower().startswith(f"{lang}-"):
        return False
    return wanted["status"] in (None, row["status"])


def _near(rows: list[dict[str, Any]], wanted: dict[str, str]) -> str:
    """What was probably meant by the first filter whose value no article has."""
    from sitegen.base.diagnostics import nearest
    from sitegen.base.text import slugify

    for option, column in LISTED.items():
        values = {v for row in rows for v in (row[column] if isinstance(row[column], list) else [row[column]]) if v}
        if not wanted[option] or slugify(wanted[option]) in {slugify(value) for value in values}:
            continue
        near = nearest(wanted[option].casefold(), known := {value.casefold(): value for value in values})
        hint = f"did you mean --{option} `{known[near]}`?" if near else _those(values)
        return f": there is no {option} `{wanted[option]}`; {hint}"
    return ""


def _those(values: set[str]) -> str:
    """The first of ``values``, for who has named none of them."""
    named = sorted(values, key=str.casefold)
    return "there are: " + ", ".join(named[:FEW]) + (" …" if len(named) > FEW else "") if named else "no article has one"


def _echo_csv(rows: list[dict[str, Any]]) -> None:
    """Print ``rows`` as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets a `'` in front."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        texts = ("; ".join(row[c]) if isinstance(row[c], list) else str(row[c]) for c in COLUMNS)
        writer.writerow([f"'{t}" if t[:1] in ("=", "+", "-", "@") else t for t in texts])
    echo(out.getvalue(), newline=False)


@click.command("config")
@click.argument("key", default="", shell_complete=complete_name)
@site_option
@json_option
def config_command(key: str, site: str, as_json: bool) -> None:
    """Show the settings in force, or one of them: `sitegen config markdown.engine`."""
    import yaml

    from sitegen.base.diagnostics import nearest
    from sitegen.folder import read_config

    config, _ = read_config(find_site(site))
    value: Any = _whole(config)
    for part in key.split(".") if key else ():
        if not isinstance(value, dict) or part not in value:
            near = nearest(part, value if isinstance(value, dict) else ())
            raise fail("config", f"no setting `{key}`", help=f"did you mean `{near}`?" if near else "", exit_status=2)
        value = value[part]
    if as_json:
        echo_json(value)
    elif isinstance(value, (dict, list)):
        echo(yaml.safe_dump(value, allow_unicode=True, sort_keys=False).rstrip())
    else:
        echo("true" if value is True else "false" if value is False else value)


def _whole(value: Any) -> Any:
    """A struct as a mapping with its defaults; other values as they are in JSON."""
    import msgspec

    if isinstance(value, msgspec.Struct):
        return {name: _whole(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value
