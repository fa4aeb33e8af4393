"""A module imports from lower layers only, and siblings do not import each other (docs: ARCHITECTURE.md)."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "sitegen"
LAYERS = [
    {"base"},
    {"model", "rules"},
    {"names"},
    {"rights"},
    {"config"},
    {"plugins", "policy"},
    {"content", "theme", "themetexts"},
    {"twins"},
    {"site"},
    {"pictures", "links"},
    {"syndicate"},
    {"lists"},
    {"editions", "stories", "related", "queries", "search"},
    {"issues"},
    {"plan"},
    {"feeds", "figures"},
    {"structured", "ninjs", "letters", "epub"},
    {"render"},
    {"manifest", "places"},
    {"store", "publish", "workers", "decide", "indexing"},
    {"pooled", "recent", "folder"},
    {"published"},
    {"build"},
    {"serve", "deploy", "importer", "check", "scaffold", "themecheck"},
    {"cli"},
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def imports(path: Path) -> set[str]:
    """The parts of the package that a module imports, also within functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found |= {n.split(".")[1] for n in names if n.startswith("sitegen.")}
    return found


def test_imports_go_downwards() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] in ("__init__", "__main__"):
            continue
        for other in imports(path) - {parts[0]}:
            if RANK[other] >= RANK[parts[0]]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {other}")
    assert wrong == []


def test_nothing_below_the_command_line_reads_clock_environment_or_locale() -> None:
    banned = ("datetime.now(", "date.today(", "os.environ", "getenv(", "setlocale(", "os.chdir(", "pickle")
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] != "cli":
            text = path.read_text()
            assert [b for b in banned if b in text] == [], path
