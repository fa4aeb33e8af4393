"""Tests mirror the package: the test of `sitegen/STAGE/NOUN.py` is `tests/STAGE/test_NOUN.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

# What a module must hold to have something to test: a function, a class or a value.
_HOLDS = re.compile(r"^(?:(?:async )?def |class |[A-Za-z_]\w*(?:: [^=\n]+)? = )", re.MULTILINE)


def modules() -> Iterator[str]:
    """The modules that hold something, without the suffix."""
    for path in sorted((ROOT / "sitegen").rglob("*.py")):
        name = path.relative_to(ROOT / "sitegen").with_suffix("").as_posix()
        if not name.endswith("__init__") and _HOLDS.search(path.read_text("utf-8")):
            yield name


def own_test(name: str) -> Path:
    """Where the test of a module is."""
    folder, _, noun = name.rpartition("/")
    return ROOT / "tests" / folder / f"test_{noun.rstrip('_')}.py"


def is_imported(name: str, test: Path) -> bool:
    """Whether a test imports a module, or runs it as the command that it is."""
    package, _, noun = f"sitegen.{name.replace('/', '.')}".rpartition(".")
    own = rf"^\s*(?:from {package}\.{noun} import |import {package}\.{noun}\b"
    own += rf"|from {package} import [^\n]*\b{noun}\b)"
    is_command = name.startswith(("cli/", "engine/build"))
    return is_command or bool(re.search(own, test.read_text("utf-8"), re.MULTILINE))


def test_every_module_has_a_test_of_its_own() -> None:
    tests = {name: own_test(name) for name in modules()}
    missing = {n for n, test in tests.items() if not (test.is_file() and is_imported(n, test))}
    assert missing == set(), "write a test that imports the module"
