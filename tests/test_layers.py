"""A module imports from lower layers only, and packages of one layer do not import each other
(docs: ARCHITECTURE.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from tests.source import PACKAGE, modules, tree

LAYERS = [
    {"base"},
    {"model"},
    {"names"},
    {"config"},
    {"plugins"},
    {"content", "theme"},
    {"site"},
    {"render", "images"},
    {"pages"},
    {"engine"},
    {"scaffold", "desk"},
    {"importer", "serve", "deploy", "send", "check", "theme_check"},
    {"cli"},
]

# Within the importer, lower to higher: fields know nothing of inputs, the run knows all.
IMPORTER = [
    {"model"},
    {"prolog", "charsets", "unread"},
    {"well_formed"},
    {"detect", "archives"},
    {"safe_json", "report"},
    {"fields"},
    {"normalise", "limits", "to_markdown"},
    {"text"},
    {"html"},
    {"kept"},
    {"formats", "markdown"},
    {"input"},
    {"read"},
    {"place"},
    {"why", "full_text", "unfinished"},
    {"run"},
]


@cache
def imported(path: Path) -> tuple[tuple[str, ...], ...]:
    """Dotted names below `sitegen` that a module imports, also inside functions."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[tuple[str, ...]]:
    for name in chain.from_iterable(map(_names, ast.walk(tree(path)))):
        head, *rest = name.split(".")
        if head == "sitegen" and rest:
            yield tuple(rest)


def _names(node: ast.AST) -> list[str]:
    """The dotted names that a statement imports."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), names=names):
            return [f"{module}.{alias.name}" for alias in names]
    return []


def upward(folder: Path, prefix: Sequence[str], layers: Sequence[set[str]]) -> list[str]:
    """Imports below `folder` that go to the same layer or a higher one."""
    rank = {name: number for number, names in enumerate(layers) for name in names}
    found = []
    for path in modules(folder):
        own = path.relative_to(folder).with_suffix("").parts[0]
        if own in ("__init__", "__main__"):
            continue
        for name in imported(path):
            if name[: len(prefix)] != tuple(prefix) or len(name) <= len(prefix):
                continue
            other = name[len(prefix)]
            if other == "__version__" or other == own:
                continue
            assert other in rank, f"{path}: where is {other}?"
            if rank[other] >= rank[own]:
                found.append(f"{path.relative_to(folder)} imports {other}")
    return sorted(set(found))


def test_imports_go_downwards() -> None:
    assert upward(PACKAGE, (), LAYERS) == []


def test_imports_within_the_importer_go_downwards() -> None:
    assert upward(PACKAGE / "importer", ("importer",), IMPORTER) == []


def test_names_of_classes_are_unique() -> None:
    where: dict[str, list[str]] = {}
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name, []).append(path.relative_to(PACKAGE).as_posix())
    assert {name: places for name, places in where.items() if len(places) > 1} == {}
