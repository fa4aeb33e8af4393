"""Data for templates: the files of ``data/``, as `site.data` has them.

``data/prices.yaml`` is `site.data.prices`, and ``data/teams/red.json`` is `site.data.teams.red`. A
CSV file is a list of its rows, each a mapping by the names of the columns.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from sitegen.base.diagnostics import Diagnostic, fail, problem
from sitegen.base.files import files_below, utf8
from sitegen.base.values import read_json, read_toml
from sitegen.base.yaml import load_value
from sitegen.model.views import ALL_DATA

DATA = "data"
MOST_VALUES = 200_000  # of one file
MOST_BYTES = 8 << 20
_SUFFIXES = (".yaml", ".yml", ".json", ".toml", ".csv")


def data_files(root: Path, names: AbstractSet[str]) -> tuple[list[str], list[Diagnostic]]:
    """The files of the site at ``root`` that `site.data` has below ``names``, sorted, and an error
    for each two that have one name."""
    if not names:
        return [], []
    found: list[str] = []
    taken: dict[tuple[str, ...], str] = {}
    existing, problems = files_below(root / DATA, DATA)
    for path in existing:
        place = path.relative_to(root).as_posix()
        if path.suffix.lower() not in _SUFFIXES:
            continue
        keys = keys_of(place)
        if any(key[0] in "._" for key in keys) or names.isdisjoint((ALL_DATA, keys[0])):
            continue
        other = taken.setdefault(keys, place)
        if other != place:
            message = f"has the same name as {other}: `site.data.{'.'.join(keys)}`"
            problems.append(problem("data", message, place, 1, help="rename one of them"))
        else:
            found.append(place)
    return found, problems


def keys_of(place: str) -> tuple[str, ...]:
    """The names below `site.data` of a file."""
    return tuple(place.removeprefix(f"{DATA}/").rpartition(".")[0].split("/"))


def read_data(data: bytes, place: str) -> Any:
    """The value of the file ``place``. Raises SitegenError with its line for what cannot be
    read."""
    if len(data) > MOST_BYTES:
        raise fail("data", f"is larger than {MOST_BYTES >> 20} MB", place, help="split it")
    text = utf8(data, place, "data", help="save the file as UTF-8").removeprefix("\ufeff")
    return _READERS[place.rpartition(".")[2].lower()](text, place)


def _yaml(text: str, place: str) -> Any:
    return load_value(text, place, "data", MOST_VALUES)


def _json(text: str, place: str) -> Any:
    text = text.strip()
    try:
        value, end = read_json(text, MOST_VALUES)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise fail("data", f"broken JSON: {getattr(error, 'msg', error)}", place, line) from None
    if rest := text[end:].lstrip():
        line = text.count("\n", 0, len(text) - len(rest)) + 1
        raise fail("data", "broken JSON: something follows the value", place, line)
    return value


def _toml(text: str, place: str) -> Any:
    try:
        return read_toml(text, MOST_VALUES)
    except ValueError as error:
        line = str(error).partition("at line ")[2].partition(",")[0]
        number = int(line) if line.isdigit() else 1
        raise fail("data", f"broken TOML: {error}", place, number) from None


def _csv(text: str, place: str) -> list[dict[str, str]]:
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        return list(_rows(rows, place))
    except csv.Error as error:
        raise fail("data", f"broken CSV: {error}", place, rows.line_num) from None


def _rows(rows: Any, place: str) -> Iterator[dict[str, str]]:
    head: list[str] = next(rows, [])
    if len(set(head)) < len(head):
        twice = next(name for name in head if head.count(name) > 1)
        raise fail("data", f"two columns are called `{twice}`", place, 1, "rename one of them")
    left = MOST_VALUES
    for row in rows:
        left -= len(row)
        if left < 0:
            raise fail("data", f"has more than {MOST_VALUES} values", place, rows.line_num)
        if not row:
            continue
        if len(row) != len(head):
            message = f"has {len(row)} values, and the first line {len(head)} names"
            raise fail("data", message, place, rows.line_num, "put text with a comma in quotes")
        yield dict(zip(head, row, strict=True))


_READERS: dict[str, Callable[[str, str], Any]] = {
    "yaml": _yaml,
    "yml": _yaml,
    "json": _json,
    "toml": _toml,
    "csv": _csv,
}


def as_tree(values: dict[tuple[str, ...], Any]) -> tuple[dict[str, Any], list[Diagnostic]]:
    """``values`` by their names below `site.data`, folder by folder, and an error where a folder
    and a file of another value have one name."""
    tree: dict[str, Any] = {}
    problems = []
    for keys, value in sorted(values.items(), key=lambda pair: (len(pair[0]), pair[0])):
        at: Any = tree
        for key in keys[:-1]:
            at = at.setdefault(key, {}) if isinstance(at, dict) else None
        if isinstance(at, dict) and keys[-1] not in at:
            at[keys[-1]] = value
        else:
            message = f"the folder {DATA}/{'/'.join(keys[:-1])} and a file have one name"
            problems.append(problem("data", message, DATA, help="rename one of them"))
    return tree, problems
