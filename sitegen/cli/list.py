"""list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import inf
from typing import TYPE_CHECKING, Any

import click

from sitegen.base.text import printable
from sitegen.cli.complete import complete_name, section_option
from sitegen.cli.shared import (
    clock,
    find_site,
    json_option,
    now_option,
    site_option,
)
from sitegen.cli.terminal import (
    UNLIMITED,
    columns,
    echo,
    echo_json,
    line_width,
    shortened,
    show,
    table,
)

if TYPE_CHECKING:
    from sitegen.config.schema import Config
    from sitegen.model.article import Document
    from sitegen.site.taxonomies import Taxonomy

STATES = ("published", "draft", "future", "expired", "withheld", "withdrawn")
KINDS = ("article", "page")
COLUMNS = (
    "date",
    "status",
    "kind",
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

INDENT = 12  # of URL and file, below the status
FEWEST_OF_PATH = 20  # columns that a long URL leaves to the file


@click.command("list")
@site_option
@section_option
@click.option("--tag", default="", help="Only articles with this tag.")
@click.option(
    "--term",
    default="",
    metavar="KIND/NAME",
    help="Only articles with this term of a taxonomy of the site, such as places/France.",
)
@click.option(
    "--author",
    default="",
    help="Only articles by this author, by name or alias.",
    shell_complete=complete_name,
)
@click.option(
    "--source",
    default="",
    help="Only articles from this source, by name or by its key in site.yaml.",
    shell_complete=complete_name,
)
@click.option(
    "--status", type=click.Choice(STATES), metavar="STATE", help="Only: " + ", ".join(STATES) + "."
)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    metavar="KIND",
    help="Only: " + ", ".join(KINDS) + ".",
)
@click.option(
    "--since",
    default="",
    metavar="DATE",
    help="Only articles of this day or time, and later ones.",
)
@click.option("--until", default="", metavar="DATE", help="Only articles up to this day or time.")
@click.option(
    "--lang", default="", metavar="TAG", help="Only articles in this language; pt also finds pt-BR."
)
@now_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print the result as CSV with a header row.")
def list_command(site: str, now: str, as_json: bool, as_csv: bool, **wanted: str) -> None:
    """List articles, the newest first, then pages: date, status, title, URL and file.

    On a narrow terminal an article takes two lines, and what is too long for them is cut; --csv and
    --json have every field in full, and a field for each taxonomy of the site's own.

    \b
    Examples:
      sitegen list --status draft
      sitegen list --tag ferries --since 2026-11-01
      sitegen list --csv > articles.csv
    """
    from sitegen.base.dates import moment
    from sitegen.engine.articles import read_documents
    from sitegen.site.taxonomies import BUILT_IN, taxonomies

    if as_json and as_csv:
        raise click.UsageError("--json and --csv cannot be used together")
    config, documents, problems = read_documents(find_site(site))
    at = moment(clock(now))
    own = {kind: x for kind, x in taxonomies(config).items() if kind not in BUILT_IN}
    aliases = {alias: a.name for a in config.authors.values() for alias in a.aliases}
    found = _in_time(documents, config, wanted.pop("since"), wanted.pop("until"))
    found = list(filter(_has_term(wanted.pop("term"), own), found))
    found.sort(key=lambda d: (d.kind == "article", d.stamp, d.path), reverse=True)
    rows = [_row(document, config, at, aliases) | _terms(document, own) for document in found]
    wanted = _with_full_names(wanted, config, aliases)
    chosen = [row for row in rows if _matches(row, wanted)]
    if as_json:
        echo_json(chosen)
    elif as_csv:
        _echo_csv(chosen, (*COLUMNS, *own))
    else:
        _echo_lines(chosen, rows, wanted)
    show(d for d in problems if d.level == "error" or d.code == "recovered")


def _in_time(
    documents: Iterable[Document], config: Config, since: str, until: str
) -> list[Document]:
    """The articles from ``since`` to ``until``, either of which may be empty.

    Raises click.BadParameter for what is not a date.
    """
    start = _bound(since, config, "--since") or -inf
    stop = _bound(until, config, "--until") or inf
    return [document for document in documents if start <= document.stamp < stop]


def _with_full_names(
    wanted: Mapping[str, str], config: Config, aliases: Mapping[str, str]
) -> dict[str, str]:
    """``wanted`` with the name of an author for an alias, and of a source for its key."""
    author, source = wanted["author"], wanted["source"]
    by_key = config.sources.get(source)
    return {
        **wanted,
        "author": aliases.get(author, author),
        "source": by_key.name if by_key else source,
    }


def _echo_lines(
    chosen: list[dict[str, Any]], rows: list[dict[str, Any]], wanted: dict[str, str]
) -> None:
    """Print ``chosen``; if nothing of ``rows`` is, the first filter that no article matches."""
    for line in lines(chosen, line_width()):
        echo(line)
    if not chosen and rows:
        echo("no article matches" + _near(rows, wanted), err=True)


def _row(document: Document, config: Config, at: float, aliases: dict[str, str]) -> dict[str, Any]:
    """What is listed of an article or page, at the moment ``at``; ``aliases`` are other names of
    authors."""
    from sitegen.content.article import NO_DATE
    from sitegen.model.site import Shown
    from sitegen.site.resolve import document_url, held_back, source_name

    d, dated = document, document.date != NO_DATE
    return {
        "date": d.date if dated else "",
        "status": held_back(d, config, at, Shown()) or d.status,
        "kind": d.kind,
        "section": d.section,
        "url": document_url(d, config) if dated else "",
        "title": d.title,
        "authors": [aliases.get(p.name, p.name) for p in d.authors],
        "source": source_name(d),
        "tags": list(d.tags),
        "lang": d.lang or config.language,
        "updated": d.updated,
        "words": d.words,
        "path": d.path,
    }


def _terms(document: Document, own: Mapping[str, Taxonomy]) -> dict[str, list[str]]:
    """The terms of an article in each of the site's ``own`` taxonomies, by their proper names."""
    return {kind: list(x.named(document.terms.get(kind, ()))) for kind, x in own.items()}


def _has_term(asked: str, own: Mapping[str, Taxonomy]) -> Callable[[Document], bool]:
    """Whether an article has the term ``asked``, written as `places/Europe/France`, or one below
    it."""
    from sitegen.base.diagnostics import nearest_hint

    if not asked:
        return lambda _: True
    kind, _, name = asked.partition("/")
    taxonomy = own.get(kind)
    if taxonomy is None:
        known = f"use {', '.join(own)}" if own else "site.yaml has no `taxonomies`"
        message = f"there is no taxonomy `{kind}`; {nearest_hint(kind, own, known)}"
        raise click.BadParameter(message, param_hint="--term")
    slug = taxonomy.slug(taxonomy.named([name])[0])

    def has(document: Document) -> bool:
        terms = taxonomy.named(document.terms.get(kind, ()))
        return slug in {taxonomy.slug(level) for term in terms for level in taxonomy.levels(term)}

    return has


def lines(rows: list[dict[str, Any]], width: int) -> list[str]:
    """One line for each article, or two where one is too long for ``width``: URL and file below
    date, status and title."""
    heads = [(_dated(row), row["status"], row["title"]) for row in rows]
    places = [(row["url"], row["path"]) for row in rows]
    in_one = [(*head, *place) for head, place in zip(heads, places, strict=True)]
    single = table(_without_empty_columns(in_one), 0, UNLIMITED)
    if max(map(columns, single), default=0) <= width:
        return single
    above = table(heads, 2, width)
    below = [" " * INDENT + place_line(*place, width - INDENT) for place in places]
    return list(chain.from_iterable(zip(above, below, strict=True)))


def _dated(row: dict[str, Any]) -> str:
    """The day of an article, or why it has none."""
    return "page" if row["kind"] == "page" else str(row["date"] or "no date")[:10]


def place_line(url: str, path: str, width: int) -> str:
    """URL and file in ``width`` columns; the URL is cut last."""
    url, path = printable(url, keep=""), printable(path, keep="")
    if not url:
        return shortened(path, width)
    for_path = min(columns(path), FEWEST_OF_PATH, width // 2)
    url = shortened(url, max(0, width - for_path - 2))
    return f"{url}  {shortened(path, width - columns(url) - 2)}"


def _without_empty_columns(cells: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """``cells`` without the columns that are empty in all rows."""
    filled = [column for column in zip(*cells, strict=True) if any(column)]
    return list(zip(*filled, strict=True))


def _bound(value: str, config: Any, option: str) -> float:
    """The seconds since 1970 that `--since` begins with or `--until` ends with; 0 for no value.

    A day includes all of its 24 hours.
    """
    from datetime import date, timedelta

    from sitegen.base.dates import read_date

    if not value:
        return 0.0
    try:
        text, stamp = read_date(value, config.zone)
        if option == "--since":
            return stamp
        if len(text) > 10:
            return stamp + 1
        following = date.fromisoformat(text) + timedelta(1)
        return read_date(str(following), config.zone)[1]
    except (ValueError, OverflowError):
        message = f"`{value}` is not a valid date; write it as 2026-11-24"
        raise click.BadParameter(message, param_hint=option) from None


FEW = 8  # values that are named where none of them was asked for
LISTED = {
    "section": "section",
    "tag": "tags",
    "author": "authors",
    "source": "source",
}  # option -> column


def _matches(row: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Whether an article matches the options; names are compared by their slugs."""
    if not all(_is_listed(row[column], wanted[option]) for option, column in LISTED.items()):
        return False
    if wanted["lang"] and not _is_in_language(row["lang"].lower(), wanted["lang"].lower()):
        return False
    return all(wanted[key] in (None, row[key]) for key in ("status", "kind"))


def _is_listed(values: str | list[str], name: str) -> bool:
    """Whether ``name``, if there is one, is among the values of a column."""
    from sitegen.base.text import slugify

    several = values if isinstance(values, list) else [values]
    return not name or slugify(name) in map(slugify, filter(None, several))


def _is_in_language(lang: str, wanted: str) -> bool:
    return lang == wanted or lang.startswith(f"{wanted}-")


def _near(rows: list[dict[str, Any]], wanted: dict[str, str]) -> str:
    """What was probably meant by the first filter whose value no article has."""
    from sitegen.base.diagnostics import nearest
    from sitegen.base.text import slugify

    for option, column in LISTED.items():
        asked, values = wanted[option], set(_values(rows, column))
        if not asked or slugify(asked) in {slugify(value) for value in values}:
            continue
        by_folded = {value.casefold(): value for value in values}
        near = nearest(asked.casefold(), by_folded)
        hint = f"did you mean --{option} `{by_folded[near]}`?" if near else _examples(values)
        return f": there is no {option} `{asked}`; {hint}"
    return ""


def _values(rows: list[dict[str, Any]], column: str) -> Iterator[str]:
    for row in rows:
        values = row[column] if isinstance(row[column], list) else [row[column]]
        yield from (value for value in values if value)


def _examples(values: set[str]) -> str:
    """The first of ``values``, as a hint."""
    if not values:
        return "no article has one"
    names = sorted(values, key=str.casefold)
    return "choose one of: " + ", ".join(names[:FEW]) + (" …" if len(names) > FEW else "")


def _echo_csv(rows: list[dict[str, Any]], names: Sequence[str]) -> None:
    """Print ``rows`` as CSV (RFC 4180) with the columns ``names``.

    A text that a spreadsheet would take for a formula gets a `'` in front.
    """
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        texts = ("; ".join(row[c]) if isinstance(row[c], list) else str(row[c]) for c in names)
        writer.writerow([f"'{t}" if t[:1] in ("=", "+", "-", "@") else t for t in texts])
    echo(out.getvalue(), newline=False)
