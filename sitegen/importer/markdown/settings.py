"""The settings of other generators: files of TOML, YAML and JSON, and plain values of Python
files."""

from __future__ import annotations

import ast
import re
from typing import Any

from sitegen.base.diagnostics import SitegenError
from sitegen.base.values import read_toml
from sitegen.base.yaml import load_mapping
from sitegen.importer.archives import Tree
from sitegen.importer.detect import decode_text
from sitegen.importer.safe_json import load_json

MAX_SETTINGS = 1024 * 1024
# A value on one line, or a list that ends on a line of its own.
_ASSIGNED = re.compile(
    r"^([A-Z][A-Z_]{2,40})[ \t]*=[ \t]*([(\[{][ \t]*\n(?:[^\n]{0,500}\n){1,100}?[)\]}]|.{1,2000})$",
    re.M,
)


def settings_of(tree: Tree, name: str) -> dict[str, Any]:
    """The values of a file of settings in ``tree``; none where it is missing or cannot be read."""
    text = text_of(tree, name)
    try:
        if name.endswith(".toml"):
            return read_toml(text)
        if name.endswith(".json"):
            found = load_json(text.encode())
            return found if isinstance(found, dict) else {}
        return load_mapping(text, name, "import")[0]
    except (SitegenError, ValueError, RecursionError):
        return {}


def text_of(tree: Tree, name: str) -> str:
    """The text of a file in ``tree``; empty where it is missing or too large."""
    try:
        return decode_text(tree.read(name, MAX_SETTINGS))[0]
    except SitegenError:
        return ""


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
