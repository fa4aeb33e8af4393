"""Two outputs that are one file, and outputs outside of output/."""

from __future__ import annotations

import pytest

from sitegen.model.output import Copy, Plan
from sitegen.model.views import Shard
from sitegen.pages.collisions import collisions


def found(*outputs: str, shards: tuple[Shard, ...] = ()) -> list[tuple[str, str]]:
    copies = tuple(Copy(output, output, f"static/{output}") for output in outputs)
    return [(p.code, p.path) for p in collisions(Plan((), copies, shards=shards))]


@pytest.mark.parametrize(
    ("outputs", "problems"),
    [
        (("a.txt", "b.txt"), []),
        (("a.txt", "A.TXT"), [("collision", "static/A.TXT")]),
        (("caf\u00e9", "cafe\u0301"), [("collision", "static/cafe\u0301")]),
        (("stra\u00dfe", "STRASSE"), [("collision", "static/STRASSE")]),
        (("a", "a/b.txt"), [("collision", "static/a")]),
        (("../a.txt",), [("unsafe-path", "static/../a.txt")]),
        (("a\n.txt",), [("unsafe-path", "'static/a\\n.txt'")]),
    ],
)
def test_collisions(outputs: tuple[str, ...], problems: list[tuple[str, str]]) -> None:
    assert found(*outputs) == problems


@pytest.mark.parametrize(("names", "line"), [(("a.txt", "A.TXT"), 1), (("x.d/a", "x.d/A"), 0)])
def test_what_has_no_lines_has_no_line(names: tuple[str, str], line: int) -> None:
    copies = tuple(Copy(name, name, f"static/{name}") for name in names)
    assert [p.line for p in collisions(Plan((), copies))] == [line]


def test_the_search_index_has_its_folder_for_itself() -> None:
    shards = (Shard("search/index/en/1", "en", ()),)
    assert found("search/index/mine.txt", shards=shards) == [
        ("collision", "static/search/index/mine.txt")
    ]
    assert found("search/index/mine.txt") == []
