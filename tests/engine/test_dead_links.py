"""Links that lead nowhere are reported at their line."""

from __future__ import annotations

from time import process_time

import pytest

from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.dead_links import TextLines, dead_links
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
        ("café.jpg", 5),
        ("/nowhere", 1),
    ],
)
def test_the_line_of_a_link(text: str, line: int) -> None:
    lines = TextLines("---\n[a](/a/)\r\n[u](/ü/)\n[c](</c d>) [a](/a/)\n[e](caf%C3%A9.jpg)")
    assert lines.line_with(text) == line


def test_equal_and_longer_links_have_the_lines_where_they_are() -> None:
    lines = TextLines("[a](/a)\n[a](/a10)\n[a](/a1)\n[a](/b)\n")
    assert [lines.line_with(f"/{name}") for name in ("a10", "a1", "b", "a10")] == [2, 3, 4, 2]


def test_thousands_of_links_cost_little() -> None:
    names = [f"/x/{n}/" for n in range(20_000)]
    start = process_time()
    lines = TextLines("\n\n".join(names))
    assert lines.line_with("/nowhere/") == 1
    assert [lines.line_with(name) for name in names] == list(range(1, 40_000, 2))
    assert process_time() - start < 2


BESIDE = "[gone](gone.md)\n\n![gone](gone.png)\n\n[out](https://o.example/)"
OWN_HOST = "[gone](HTTPS://T.example/gone/)\n\n![gone](//t.example/gone.png)"


@pytest.mark.parametrize(
    ("setting", "body", "lines"),
    [
        ("", BESIDE, [7, 9]),
        ("", OWN_HOST, [7, 9]),
        ("check: {link: 'off'}\n", BESIDE, []),
    ],
)
def test_links_and_images_that_lead_nowhere(
    digest: Digest, setting: str, body: str, lines: list[int]
) -> None:
    digest.write("site.yaml", SITE + setting)
    digest.article("a", body=body)
    with loaded(digest.root) as context:
        inputs = find_inputs(context)
        read_changes(context, find_changes(context, inputs.sources))
        index = new_index(context, inputs, (), None)
        problems = dead_links(context, inputs, index.site, ())
    assert sorted(problem.line for problem in problems) == lines
    assert {(p.code, p.level, p.path) for p in problems} <= {
        ("link", "warning", "content/world/a.md")
    }
