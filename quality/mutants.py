"""Random changes of modules that their own tests should notice: `python quality/mutants.py
[--count N] [--seed N] [STAGE/NOUN]...`, by default two changes of every module with its own test.

Each change is made in a clone of the last commit: a condition is turned around, a comparison, `and`
or `or` is replaced by its opposite, or a result by None. Then the fast tests of
`tests/STAGE/test_NOUN.py` run. Prints the changes that no test noticed, and how many were.
"""

from __future__ import annotations

import argparse
import ast
import random
import subprocess
import sys
import tempfile
from pathlib import Path

FAST = "not slow and not browser and not network"
SECONDS = 300  # after which tests that do not end count as a failure
OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.Lt: ast.GtE,
    ast.Gt: ast.LtE,
    ast.In: ast.NotIn,
    ast.Is: ast.IsNot,
}
OPPOSITES |= {other: one for one, other in OPPOSITES.items()}
Place = ast.If | ast.IfExp | ast.Compare | ast.BoolOp | ast.Return


def places(tree: ast.Module) -> list[Place]:
    """Where a module can be changed."""
    kinds = (ast.If, ast.IfExp, ast.Compare, ast.BoolOp, ast.Return)
    nodes = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return [node for node in nodes if not isinstance(node, ast.Return) or node.value]


def changed(node: Place) -> None:
    """Change one place."""
    match node:
        case ast.If() | ast.IfExp():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Compare():
            node.ops[0] = OPPOSITES[type(node.ops[0])]()
        case ast.BoolOp():
            node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        case ast.Return():
            node.value = ast.Constant(None)


def is_noticed(clone: Path, name: str, number: int) -> tuple[bool, int]:
    """Whether the module's own tests fail after change ``number``, and the line of the change."""
    path = clone / f"sitegen/{name}.py"
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    node = places(tree)[number]
    changed(node)
    path.write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", FAST, str(own_test(clone, name))]
    try:
        done = subprocess.run(command, cwd=clone, capture_output=True, timeout=SECONDS, check=False)
        return done.returncode in (1, 2), node.lineno
    except subprocess.TimeoutExpired:
        return True, node.lineno
    finally:
        path.write_text(text, "utf-8")


def own_test(root: Path, name: str) -> Path:
    """The test of a module, as tests/test_mirror.py has it."""
    folder, _, noun = name.rpartition("/")
    return root / "tests" / folder / f"test_{noun}.py"


def main() -> None:
    """Change, test, and print what went unnoticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--count", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    root = Path(__file__).parent.parent.resolve()
    pick = random.Random(wanted.seed)
    noticed = tried = 0
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "-q", str(root), str(clone)], check=True)
        names = wanted.modules or [
            path.relative_to(clone / "sitegen").with_suffix("").as_posix()
            for path in sorted((clone / "sitegen").rglob("*.py"))
        ]
        for name in names:
            text = (clone / f"sitegen/{name}.py").read_text("utf-8")
            numbers = range(len(places(ast.parse(text))))
            if not own_test(clone, name).is_file():
                continue
            for number in pick.sample(numbers, min(wanted.count, len(numbers))):
                is_dead, line = is_noticed(clone, name, number)
                tried, noticed = tried + 1, noticed + is_dead
                if not is_dead:
                    print(f"unnoticed: sitegen/{name}.py:{line}", flush=True)
    print(f"{noticed} of {tried} changes were noticed")


if __name__ == "__main__":
    main()
