"""The settings of other generators: files of TOML, YAML and JSON, and plain values of Python
files."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Any

from sitegen.base.diagnostics import SitegenError
from sitegen.base.text import unix_lines
from sitegen.base.values import read_toml
from sitegen.base.yaml import load_mapping, load_value
from sitegen.importer.archives import Tree
from sitegen.importer.detect import decode_text
from sitegen.importer.markdown.dialects import Head, split_head
from sitegen.importer.safe_json import load_json

MAX_SETTINGS = 1024 * 1024
MAX_VALUES = 100_000
# A value on one line, or a list that ends on a line of its own.
_ASSIGNED = re.compile(
    r"^([A-Z][A-Z_]{2,40})[ \t]*=[ \t]*([(\[{][ \t]*\n(?:[^\n]{0,500}\n){1,100}?[)\]}]|.{1,2000})$",
    re.M,
)


def settings_of(tree: Tree, name: str) -> dict[str, Any]:
    """The values of a file of settings in ``tree``; none where it is missing or cannot be read,
    which the notes of the tree say."""
    return _read(tree, name, _values) or {}


def data_of(tree: Tree, name: str) -> Any:
    """As `settings_of`, of a file that may hold a list, too."""
    return _read(tree, name, _value)


def _read(tree: Tree, name: str, read: Callable[[str, str], Any]) -> Any:
    text = text_of(tree, name)
    if not text.strip():
        return None
    try:
        return read(text, name)
    except SitegenError as error:
        why = error.diagnostics[0].message
    except (ValueError, RecursionError) as error:
        why = str(error)[:120]
    tree.notes.append(f"`{name}` cannot be read, and no setting of it is used: {why}")
    return None


def _values(text: str, name: str) -> dict[str, Any]:
    """The values of a file by its suffix; raises SitegenError or ValueError."""
    if name.endswith(".toml"):
        return read_toml(text)
    if name.endswith(".json"):
        found = load_json(text.encode())
        return found if isinstance(found, dict) else {}
    return load_mapping(text, name, "import")[0]


def _value(text: str, name: str) -> Any:
    """What a file holds, by its suffix; raises SitegenError or ValueError."""
    if name.endswith(".json"):
        return load_json(text.encode())
    if name.endswith(".toml"):
        return read_toml(text)
    return load_value(text, name, "import", MAX_VALUES)


def python_settings_of(tree: Tree, name: str, used: Iterable[str]) -> dict[str, Any]:
    """The plain values that a Python file in ``tree`` gives to its names; those ``used`` that are
    computed are noted, as nothing of the file is run."""
    source = text_of(tree, name)
    values = assignments(source)
    computed = {match[1] for match in _ASSIGNED.finditer(source)} - values.keys()
    shown = ", ".join(f"`{one}`" for one in used if one in computed)
    if shown:
        tree.notes.append(f"`{name}` computes {shown}, which is not read: nothing of it is run")
    return values


def text_of(tree: Tree, name: str) -> str:
    """The text of a file in ``tree``; empty where it is missing or too large."""
    try:
        return decode_text(tree.read(name, MAX_SETTINGS))[0]
    except SitegenError:
        return ""


def head_of(tree: Tree, name: str) -> Head:
    """The head of a text in ``tree``, whose lines may end in any way."""
    return split_head(unix_lines(text_of(tree, name)), name)


def assignments(source: str) -> dict[str, Any]:
    """The plain values that a Python file gives to its names.

    Nothing of it is run.
    """
    out: dict[str, Any] = {}
    for match in _ASSIGNED.finditer(source):
        try:
            out[match[1]] = ast.literal_eval(match[2].split("  #")[0].strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return out
