"""Figures of the code's shape, for this package or any other.

A decision is an if, loop, except, case, conditional expression, each clause of a comprehension, and
each further operand of `and` and `or`. The paths of a function are its decisions plus one (McCabe,
1976). A line of code has something other than blanks, comments and docstrings. Prints one column a
package.
"""

from __future__ import annotations

import argparse
import ast
import io
import statistics
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BRANCHES = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.match_case,
    ast.IfExp,
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (ast.Module, ast.ClassDef, *FUNCTIONS)
NOT_CODE = (
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
)
LONG = 8  # lines of a function from which its density is counted


@dataclass
class Shape:
    """What is counted in one package."""

    lengths: list[int] = field(default_factory=list)
    paths: list[int] = field(default_factory=list)
    decisions: int = 0
    dense: int = 0
    long: int = 0
    lines: int = 0
    characters: int = 0
    over_100: int = 0


def decisions(node: ast.AST) -> int:
    """The decisions in a piece of code, those of inner functions included."""
    found = 0
    for part in ast.walk(node):
        if isinstance(part, BRANCHES):
            found += 1
        elif isinstance(part, ast.comprehension):
            found += 1 + len(part.ifs)
        elif isinstance(part, ast.BoolOp):
            found += len(part.values) - 1
    return found


def docstring_lines(tree: ast.Module) -> set[int]:
    """The lines of docstrings."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        first = node.body[0] if isinstance(node, DOCUMENTED) and node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            lines |= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def code_lines(text: str, tree: ast.Module) -> list[str]:
    """The lines with code, as they are."""
    held = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NOT_CODE:
            held |= set(range(token.start[0], token.end[0] + 1))
    rows = text.splitlines()
    return [rows[n - 1] for n in sorted(held - docstring_lines(tree)) if rows[n - 1].strip()]


def modules(folder: Path) -> Iterator[tuple[Path, str]]:
    """The modules below ``folder`` that can be read, with their text."""
    for path in sorted(folder.rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")


def measure(folder: Path) -> Shape:
    """The shape of the package in ``folder``."""
    shape = Shape()
    for _, text in modules(folder):
        tree = ast.parse(text)
        rows = code_lines(text, tree)
        shape.lines += len(rows)
        shape.characters += sum(len(row.strip()) for row in rows)
        shape.over_100 += sum(len(row) > 100 for row in rows)
        shape.decisions += decisions(tree)
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS):
                count(node, shape)
    return shape


def count(node: ast.FunctionDef | ast.AsyncFunctionDef, shape: Shape) -> None:
    """Add one function to ``shape``."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    own = decisions(node)
    shape.lengths.append(length)
    shape.paths.append(own + 1)
    if length >= LONG:
        shape.long += 1
        shape.dense += own > length / 2


def imported(tests: Path, package: str) -> set[str]:
    """The modules of ``package`` that some test imports."""
    trees = [ast.parse(text) for _, text in modules(tests)]
    found = {name for tree in trees for node in ast.walk(tree) for name in names_of(node)}
    return {name for name in found if name.startswith(package)}


def names_of(node: ast.AST) -> Iterator[str]:
    """The modules that an import may be of; of none, another node."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_names(folder: Path) -> list[str]:
    """Dotted names of the modules below ``folder`` that hold more than a docstring."""
    names = []
    for path, text in modules(folder):
        if len(ast.parse(text).body) > 1:
            parts = path.relative_to(folder.parent).with_suffix("").parts
            names.append(".".join(parts).removesuffix(".__init__"))
    return names


def percentile(values: list[int], share: float) -> int:
    """The value below which ``share`` of all lie."""
    return sorted(values)[int(len(values) * share)]


def report(package: Path, tests: Path | None) -> dict[str, str]:
    """The figures of one package, named as in docs/quality.md."""
    shape = measure(package)
    spread = (
        f"{statistics.median(shape.lengths):.0f}"
        f" / {percentile(shape.lengths, 0.9)} / {max(shape.lengths)}"
    )
    rows = {
        "lines of code": f"{shape.lines:,}",
        "functions: median / p90 / longest": spread,
        "decisions per 100 lines": f"{100 * shape.decisions / shape.lines:.0f}",
        "functions of 8+ lines with a decision every two lines": (
            f"{100 * shape.dense / max(1, shape.long):.0f} %"
        ),
        "paths p90 / highest": f"{percentile(shape.paths, 0.9)} / {max(shape.paths)}",
        "characters per code line": f"{shape.characters / shape.lines:.0f}",
        "code lines over 100 characters": f"{shape.over_100}",
    }
    if tests:
        names = module_names(package)
        there = imported(tests, package.name)
        rows["test lines per code line"] = f"{measure(tests).lines / shape.lines:.2f}"
        rows["modules that some test imports"] = f"{sum(n in there for n in names)} of {len(names)}"
    return rows


def arguments() -> argparse.Namespace:
    """What is measured: packages, each perhaps followed by its tests."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument(
        "folders",
        nargs="*",
        type=folder,
        default=[Path("sitegen"), Path("tests")],
        help="packages; a folder `tests` holds those of the package before it",
    )
    return parser.parse_args()


def folder(name: str) -> Path:
    """A folder with Python code."""
    if not any(Path(name).rglob("*.py")):
        raise argparse.ArgumentTypeError(f"`{name}` is not a folder with Python code")
    return Path(name)


def paired(folders: list[Path]) -> Iterator[tuple[Path, Path | None]]:
    """Each package with its tests, which follow it."""
    for place, following in zip(folders, [*folders[1:], None], strict=True):
        if place.name != "tests":
            yield place, following if following and following.name == "tests" else None


def table(columns: dict[str, dict[str, str]]) -> Iterator[str]:
    """The lines of a Markdown table: a row a figure, a column a package."""
    yield "| | " + " | ".join(columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for key in dict.fromkeys(key for rows in columns.values() for key in rows):
        yield f"| {key} | " + " | ".join(rows.get(key, "") for rows in columns.values()) + " |"


def main() -> None:
    """Print the figures of each package."""
    pairs = paired(arguments().folders)
    print("\n".join(table({str(package): report(package, tests) for package, tests in pairs})))


if __name__ == "__main__":
    main()
