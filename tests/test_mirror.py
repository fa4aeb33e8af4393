"""Tests mirror the package: the test of `sitegen/STAGE/NOUN.py` is `tests/STAGE/test_NOUN.py`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

# Modules without a test of their own: a list that only shrinks.
WITHOUT = frozenset(
    """
    cli/build cli/help cli/theme
    engine/clean engine/closed_editions engine/related engine/site_images
    importer/html/unmarked_authors importer/html/visible importer/text/press_labels
    """.split()
)


def modules() -> Iterator[str]:
    """The modules that hold functions or classes, without the suffix."""
    for path in sorted((ROOT / "sitegen").rglob("*.py")):
        name = path.relative_to(ROOT / "sitegen").with_suffix("").as_posix()
        tree = ast.parse(path.read_text("utf-8"))
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
        if any(isinstance(node, kinds) for node in tree.body) and not name.endswith("__init__"):
            yield name


def own_test(name: str) -> Path:
    """Where the test of a module is."""
    folder, _, noun = name.rpartition("/")
    return ROOT / "tests" / folder / f"test_{noun.rstrip('_')}.py"


def is_imported(name: str, test: Path) -> bool:
    """Whether a test imports a module, or runs it as the command that it is."""
    dotted = f"sitegen.{name.replace('/', '.')}"
    names: set[str] = set()
    for node in ast.walk(ast.parse(test.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return dotted in names or name.startswith(("cli/", "engine/build"))


def test_every_module_has_a_test_of_its_own() -> None:
    tests = {name: own_test(name) for name in modules()}
    missing = {n for n, test in tests.items() if not (test.is_file() and is_imported(n, test))}
    assert missing - WITHOUT == set(), "write a test that imports the module"
    assert missing == WITHOUT, "take from the list what has a test, or does not exist any more"
