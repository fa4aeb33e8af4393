"""Problems with the lines that they are about."""

from __future__ import annotations

import os
from pathlib import Path

from sitegen.base.diagnostics import problem
from sitegen.serve.overlay import MAX_SHOWN, Problem, error_page, with_lines
from tests.serve.helpers import put


def test_problems_come_with_their_lines_from_inside_the_site_only(tmp_path: Path) -> None:
    root = tmp_path / "site"
    put(root, "a.md", "\n".join(f"line {n}" for n in range(1, 10)))
    put(tmp_path, "secret", "secret\n" * 9)
    os.symlink(tmp_path / "secret", root / "link.md")
    inside, outside, linked, beyond, noted = with_lines(
        [
            problem("x", "m", "a.md", 5),
            problem("x", "m", "../secret", 5),
            problem("x", "m", "link.md", 5),
            problem("x", "m", "a.md", 500, snippet="as found"),
            problem("x", "m", "a.md", 1, level="note"),
        ],
        [root],
    )
    assert inside.lines == tuple((n, f"line {n}") for n in range(3, 8))
    assert (outside.lines, linked.lines) == ((), ())
    assert beyond.lines == ((500, "as found"),)
    assert noted.lines[0] == (1, "line 1")


def test_the_page_in_place_of_a_site_shows_problems_as_text() -> None:
    shown = Problem("error", "x", "<b>no</b>", "a.md", 2, lines=((2, "<i>"),))
    page = error_page([shown] * (MAX_SHOWN + 2), "Not built")
    assert page.count("&lt;b&gt;no&lt;/b&gt;") == MAX_SHOWN
    assert "<code>a.md:2</code>" in page
    assert "    2 &gt; &lt;i&gt;" in page
    assert "… and 2 more" in page
