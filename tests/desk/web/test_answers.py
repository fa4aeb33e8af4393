"""What a form does, where a page of the desk would not ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.desk.under_way import EditionRow
from sitegen.desk.web.answers import ACTIONS, DONE, reordered
from tests.desk.samples import put
from tests.desk.web.windows import Window, desk_of


def rows(*names: str) -> list[EditionRow]:
    """Rows of section a or b, by the first letter; one that ends in `!` is the lead."""
    return [
        EditionRow(name, name, "m", name, section=name[0], is_lead=name.endswith("!"))
        for name in names
    ]


@pytest.mark.parametrize(
    ("moved", "way", "before", "order"),
    [
        ("a2", "up", "", "a2 a1 b1 a3"),
        ("a2", "down", "", "a1 a3 b1 a2"),
        ("a1", "up", "", "a1 a2 b1 a3"),
        ("a3", "down", "", "a1 a2 b1 a3"),
        ("a3", "up", "", "a1 a3 b1 a2"),
        ("a3", "to", "a1", "a3 a1 b1 a2"),
        ("a1", "to", "", "a2 a3 b1 a1"),
        ("a1", "to", "b1", "a2 a3 b1 a1"),
        ("b1", "down", "", "a1 a2 b1 a3"),
    ],
)
def test_an_article_moves_within_its_section(moved: str, way: str, before: str, order: str) -> None:
    given = rows("a1", "a2", "b1", "a3")
    row = next(one for one in given if one.name == moved)
    assert [one.name for one in reordered(given, row, way, before)] == order.split()


def test_the_lead_stays_where_it_is() -> None:
    given = rows("a1!", "a2", "a3")
    assert reordered(given, given[0], "down") == given
    assert [row.name for row in reordered(given, given[2], "up")] == ["a1!", "a3", "a2"]


def test_each_action_has_words() -> None:
    assert set(DONE) <= set(ACTIONS)


@pytest.mark.parametrize(
    ("action", "fields", "said"),
    [
        ("pick", {"one": "m content/news/x.md"}, "is not in the inbox"),
        ("pick", {}, "nothing is selected"),
        ("pick", {"edition": "2026-w99", "one": "{item}"}, "is not a weekly edition"),
        ("order", {"edition": "2026-w48", "move": "up x"}, "is not in 2026-w48 any more"),
        ("order", {"edition": "../x", "move": "up x"}, "names no series"),
        ("words", {"edition": "", "title": "x"}, "is not a weekly edition"),
        ("close", {"edition": "2026-w48"}, "does not exist"),
        ("lead", {"edition": "2026-w48", "lead": "x"}, "is not in 2026-w48 any more"),
        ("send", {"edition": "2026-w48", "sure": "yes"}, "sending is not set up"),
        ("undo", {}, "there is nothing to undo"),
    ],
)
def test_a_form_that_cannot_be_done_says_why(
    tmp_path: Path, action: str, fields: dict[str, str], said: str
) -> None:
    put(tmp_path, 1)
    window = Window(desk_of(tmp_path))
    item = window.page.xpath("//button[@data-key='p']/@value")[0]
    given = {name: text.replace("{item}", item) for name, text in fields.items()}
    answer = window.post(f"/_desk/{action}", {"token": window.token(), **given})
    assert said in answer.text
    assert "Traceback" not in answer.text
    assert [path.name for path in (tmp_path / "content").rglob("*.md")] == ["2026-11-23-item-1.md"]
