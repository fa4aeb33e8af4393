"""list."""

from __future__ import annotations

from typing import Any

import click

from sitegen.cli.complete import complete_name, section_option
from sitegen.cli.shared import (
    clock,
    echo,
    echo_json,
    find_site,
    json_option,
    now_option,
    show,
    site_option,
)

STATES = ("published", "draft", "future", "expired", "withheld", "withdrawn")
COLUMNS = (
    "date",
    "status",
    "section",
    "url",
    "title",
    "authors",
    "source",
    "tags",
    "lang",
    "updated",
    "words",
    "path",
)


@click.command("list")
@site_option
@section_option
@click.option("--tag", default="", help="Only articles with this tag.")
@click.option(
    "--author",
    default="",
    help="Only articles by this author, by name or alias.",
    shell_complete=complete_name,
)
@click.option(
    "--source",
    default="",
    help="Only articles from this outlet, by name or by its key in site.yaml.",
    shell_complete=complete_name,
)
@click.option(
    "--status", type=click.Choice(STATES), metavar="STATE", help="Only: " + ", ".join(STATES) + "."
)
@click.option(
    "--since",
    default="",
    metavar="DATE",
    help="Only articles of this day or moment, and later ones.",
)
@click.option("--until", default="", metavar="DATE", help="Only articles up to this day or moment.")
@click.option(
    "--lang", default="", metavar="TAG", help="Only articles in this language; pt finds pt-BR, too."
)
@now_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print the result as CSV with a heading.")
def list_command(site: str, now: str, as_json: bool, as_csv: bool, **wanted: str) -> None:
    """List articles, the newest first: date, status, address, title and file."""
    from sitegen.base.text import printable
    from sitegen.content.article import NO_DATE
    from sitegen.engine.articles import read_documents
    from sitegen.site.resolve import Shown, document_url, held_back, moment, source_name

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude each other")
    config, documents, problems = read_documents(find_site(site))
    at = moment(clock(now))
    start, stop = (
        _bound(wanted["since"], config, "--since"),
        _bound(wanted["until"], config, "--until"),
    )
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
            echo(
                f"{str(row['date'] or 'no date')[:16]:16}  {row['status']:9} "
                f" {row['title']}\n{'':29}{place}"
            )
        if not chosen and rows:
            echo("no article matches" + _near(rows, wanted), err=True)
    show(d for d in problems if d.level == "error" or d.code == "recovered")


def _bound(value: str, config: Any, option: str) -> float:
    """The moment from which `--since` counts, or the one up to which `--until` does, in seconds; 0 where none is given.

    A day is meant with its whole 24 hours.
    """  # noqa: E501
    from datetime import date, timedelta

    from sitegen.base.dates import read_date

    if not value:
        return 0.0
    try:
        text, stamp = read_date(value, config.zone)
        if option == "--until":
            stamp = (
                read_date(str(date.fromisoformat(text) + timedelta(1)), config.zone)[1]
                if len(text) == 10
                else stamp + 1
            )
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"`{value}` is no date; write it as 2026-11-24", param_hint=option
        ) from None
    return stamp


FEW = 8  # values that are named where none of them was asked for
LISTED = {
    "section": "section",
    "tag": "tags",
    "author": "authors",
    "source": "source",
}  # option -> column


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
        values = {
            v
            for row in rows
            for v in (row[column] if isinstance(row[column], list) else [row[column]])
            if v
        }
        if not wanted[option] or slugify(wanted[option]) in {slugify(value) for value in values}:
            continue
        near = nearest(
            wanted[option].casefold(), known := {value.casefold(): value for value in values}
        )
        hint = f"did you mean --{option} `{known[near]}`?" if near else _those(values)
        return f": there is no {option} `{wanted[option]}`; {hint}"
    return ""


def _those(values: set[str]) -> str:
    """The first of ``values``, for who has named none of them."""
    named = sorted(values, key=str.casefold)
    return (
        "there are: " + ", ".join(named[:FEW]) + (" …" if len(named) > FEW else "")
        if named
        else "no article has one"
    )


def _echo_csv(rows: list[dict[str, Any]]) -> None:
    """Print ``rows`` as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets a `'` in front."""  # noqa: E501
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        texts = ("; ".join(row[c]) if isinstance(row[c], list) else str(row[c]) for c in COLUMNS)
        writer.writerow([f"'{t}" if t[:1] in ("=", "+", "-", "@") else t for t in texts])
    echo(out.getvalue(), newline=False)
