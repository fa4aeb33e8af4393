"""SVG files of articles lose what runs; those of static/ are reported."""

from __future__ import annotations

import pytest

from sitegen.content.discover import Found
from sitegen.engine.svg_files import checked_svgs
from tests.conftest import Digest

HEAD = "<svg xmlns='http://www.w3.org/2000/svg'>"
PLAIN = f"{HEAD}<circle r='4'/></svg>"
SCRIPT = f"{HEAD}\n<script>go()</script></svg>"
REMOTE = f"{HEAD}<image href='https://h.example/x.png'/></svg>"


@pytest.mark.parametrize(
    ("name", "text", "kept", "level", "line", "message"),
    [
        ("content/world/a.svg", PLAIN, True, "", 0, ""),
        ("content/world/a.svg", SCRIPT, True, "warning", 2, "was left out"),
        ("content/world/A.SVG", SCRIPT, True, "warning", 2, "was left out"),
        ("content/world/a.svg", REMOTE, True, "warning", 1, "was left out"),
        ("content/world/a.svg", "no svg <", False, "warning", 1, "cannot be read as SVG"),
        ("content/world/a.png", SCRIPT, True, "", 0, ""),
        ("static/a.svg", PLAIN, True, "", 0, ""),
        ("static/a.svg", SCRIPT, True, "note", 2, "runs a script"),
        ("static/a.svg", "no svg <", True, "", 0, ""),
    ],
)
def test_svg_files(
    digest: Digest, name: str, text: str, kept: bool, level: str, line: int, message: str
) -> None:
    digest.write(name, text)
    files = (Found(name, len(text), 1),)
    own = name.startswith("static/")
    media, problems = checked_svgs(digest.root, () if own else files, files if own else ())
    assert media == (files if kept and not own else ())
    assert [(p.level, p.path, p.line) for p in problems] == ([(level, name, line)] if level else [])
    assert all(message in p.message and p.help for p in problems)
