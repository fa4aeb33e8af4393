"""The package's own source as trees, parsed once for all tests that look at it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "sitegen"


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text("utf-8"))


@cache
def modules(folder: Path = PACKAGE) -> tuple[Path, ...]:
    """The modules below a folder."""
    return tuple(sorted(folder.rglob("*.py")))
