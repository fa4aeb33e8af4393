"""Functions with too many paths, against the list of those that may have them: `python
quality/complexity.py`.

The list, quality/complexity.txt, only shrinks: a function that is not on it is an error, and so is
an entry that is no longer needed. Counted by ruff (C901 is McCabe's complexity, PLR0912 counts
branches).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALLOWED = HERE / "complexity.txt"
NAME = re.compile(r"`(\w+)`")


def found(root: Path) -> set[str]:
    """``FILE NAME`` of each function over the limits in pyproject.toml."""
    command = [sys.executable, "-m", "ruff", "check", "--select", "C901,PLR0912"]
    command += ["--exit-zero", "--output-format", "json", "sitegen"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    over = set()
    for row in json.loads(done.stdout):
        path = Path(row["filename"]).relative_to(root)
        line = Path(row["filename"]).read_text("utf-8").splitlines()[row["location"]["row"] - 1]
        name = NAME.search(row["message"]) or re.search(r"def (\w+)", line)
        over.add(f"{path.as_posix()} {name[1] if name else line.strip()}")
    return over


def main() -> None:
    """Compare, print what differs, and exit with 1 where something does."""
    over = found(HERE.parent.resolve())
    allowed = set(ALLOWED.read_text("utf-8").split("\n")) - {""}
    for entry in sorted(over - allowed):
        print(f"too many paths, split it: {entry}")
    for entry in sorted(allowed - over):
        print(f"take it from {ALLOWED.name}, it is simple enough now: {entry}")
    sys.exit(1 if over != allowed else 0)


if __name__ == "__main__":
    main()
