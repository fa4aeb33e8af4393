"""Links that lead nowhere are reported at their line."""

from __future__ import annotations

import pytest

from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.dead_links import dead_links, line_with
from sitegen.engine.inputs import find_inputs
from sitegen.engine.site_index import new_index
from tests.conftest import SITE, Digest
from tests.engine.in_process import loaded


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("/a/", 2),
        ("/ü/", 3),
        ("/%C3%BC/", 3),
        ("/c%20d", 4),
        ("/nowhere", 1),
    ],
)
def test_the_line_of_a_link(text: str, line: int) -> None:
    assert line_with(text, ["---", "[a](/a/)", "[u](/ü/)", "[c](</c d>) [a](/a/)"]) == line


@pytest.mark.parametrize(("setting", "lines"), [("", [7, 9]), ("check: {link: 'off'}\n", [])])
def test_links_and_images_that_lead_nowhere(digest: Digest, setting: str, lines: list[int]) -> None:
    digest.write("site.yaml", SITE + setting)
    digest.article("a", body="[gone](gone.md)\n\n![gone](gone.png)\n\n[out](https://o.example/)")
    with loaded(digest.root) as context:
        inputs = find_inputs(context)
        read_changes(context, find_changes(context, inputs.sources))
        index = new_index(context, inputs, (), None)
        problems = dead_links(context, inputs, index.site, ())
    assert sorted(problem.line for problem in problems) == lines
    assert {(p.code, p.level, p.path) for p in problems} <= {
        ("link", "warning", "content/world/a.md")
    }
